import aiohttp
import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.faults import Fault, FaultKind
from bot.playground.server import Playground
from tests.playground.conftest import SALES


async def test_rate_limit_on_demand_says_when_to_come_back(
    client: AsyncWebClient, playground: Playground
) -> None:
    playground.faults.add(Fault("chat.postMessage", FaultKind.RATE_LIMITED, retry_after=7))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=SALES, text="un")
    assert caught.value.response.headers["Retry-After"] == "7"
    await client.chat_postMessage(channel=SALES, text="deux")
    assert [post["text"] for post in playground.posts()] == ["deux"]


async def test_lost_answer_leaves_the_message_posted(
    client: AsyncWebClient, playground: Playground
) -> None:
    playground.faults.add(Fault("*", FaultKind.ANSWER_LOST))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=SALES, text="un")
    assert [post["text"] for post in playground.posts()] == ["un"]


@pytest.mark.parametrize("kind", [FaultKind.ERROR_500, FaultKind.ERROR_502, FaultKind.EMPTY_BODY])
async def test_failure_does_nothing(
    client: AsyncWebClient, playground: Playground, kind: FaultKind
) -> None:
    playground.faults.add(Fault("*", kind))
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=SALES, text="un")
    assert playground.posts() == []


async def test_time_out_drops_the_call(client: AsyncWebClient, playground: Playground) -> None:
    playground.faults.add(Fault("*", FaultKind.TIMEOUT, hold_seconds=0.05))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=SALES, text="un")
    assert playground.posts() == []


async def test_faults_are_asked_for_and_cleared_over_http(playground: Playground) -> None:
    url = f"{playground.slack.base_url}/control/faults"
    async with httpx.AsyncClient(trust_env=False) as http:
        await http.post(url, json={"method": "*", "kind": "500", "times": None})
        down = (await http.post(url, json={"down_for": 60})).json()
        cleared = (await http.delete(url)).json()
    assert down["down"] is True
    assert len(down["faults"]) == 1
    assert cleared == {"faults": [], "down": False}
