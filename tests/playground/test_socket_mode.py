import asyncio

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.conftest import ANNE, SALES


async def connected(client: AsyncWebClient, playground: Playground) -> SocketModeClient:
    socket = SocketModeClient("xapp-playground", web_client=client, auto_reconnect_enabled=False)

    async def answer(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        payload = {"text": f"{request.type}: {request.payload['text']}"}
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

    socket.socket_mode_request_listeners.append(answer)
    await socket.connect()  # type: ignore[no-untyped-call]
    for _ in range(100):
        if playground.socket_mode.connected:
            break
        await asyncio.sleep(0.01)
    return socket


async def test_command_is_answered_through_the_socket(
    client: AsyncWebClient, playground: Playground
) -> None:
    socket = await connected(client, playground)
    await playground.type_command(ANNE, SALES, "/balance dupont")
    await socket.close()  # type: ignore[no-untyped-call]
    assert playground.ephemerals(ANNE)[0]["text"] == "slash_commands: dupont"


async def test_nobody_connected_is_a_failed_dispatch(playground: Playground) -> None:
    answer = await playground.type_command(ANNE, SALES, "/balance dupont")
    assert answer.error == "dispatch_failed"
