from collections.abc import AsyncIterator

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.config import Control
from bot.playground.server import Playground, create, serve
from tests.playground.conftest import ANNE, SALES, App, a_config, a_modal, button


@pytest.fixture
async def http(playground: Playground) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of the control routes."""
    async with httpx.AsyncClient(trust_env=False, base_url=playground.slack.base_url) as client:
        yield client


async def test_another_process_types_a_command_and_reads_the_answer(
    http: httpx.AsyncClient, app: App
) -> None:
    app.say("command", {"text": "18 900 €"})
    line = {"user": ANNE, "channel": SALES, "line": "/balance dupont"}
    answer = (await http.post("/control/command", json=line)).json()
    state = (await http.get("/control/state", params={"user": ANNE})).json()
    assert answer["ok"] is True
    assert [message["text"] for message in state["channels"][SALES]] == ["18 900 €"]


async def test_another_process_clicks_and_submits(
    http: httpx.AsyncClient, app: App, client: AsyncWebClient, playground: Playground
) -> None:
    blocks = [{"type": "actions", "elements": [button("note", "42")]}]
    posted = await client.chat_postMessage(channel=SALES, text="un", blocks=blocks)
    click = {"user": ANNE, "where": posted["ts"], "action_id": "note"}
    await http.post("/control/click", json=click)
    await client.views_open(trigger_id=app.payloads[0]["trigger_id"], view=a_modal())
    view = (await http.get("/control/state", params={"user": ANNE})).json()["modals"][0]
    submit = {"user": ANNE, "view_id": view["id"], "values": {"what": "oui"}}
    assert (await http.post("/control/submit", json=submit)).json()["ok"] is True
    assert playground.modal_of(ANNE) is None


async def test_pressing_what_is_not_there_is_refused(http: httpx.AsyncClient) -> None:
    click = {"user": ANNE, "where": "1.000000", "action_id": "note"}
    answer = await http.post("/control/click", json=click)
    assert (answer.status_code, answer.json()["ok"]) == (400, False)


async def test_record_of_posts_is_read_from_where_one_left(
    http: httpx.AsyncClient, client: AsyncWebClient
) -> None:
    for text in ("un", "deux"):
        await client.chat_postMessage(channel=SALES, text=text)
    posts = (await http.get("/control/posts", params={"after": 1})).json()["posts"]
    assert [post["text"] for post in posts] == ["deux"]


async def test_closing_a_modal_tells_an_app_that_asked(
    app: App, client: AsyncWebClient, playground: Playground
) -> None:
    trigger = playground.slack.tickets.give_trigger(ANNE)
    view = a_modal(notify_on_close=True)
    opened = (await client.views_open(trigger_id=trigger, view=view))["view"]
    await playground.close(ANNE, opened["id"])
    assert app.payloads[0]["type"] == "view_closed"


async def test_button_of_a_modal_pushes_another(
    app: App, client: AsyncWebClient, playground: Playground
) -> None:
    trigger = playground.slack.tickets.give_trigger(ANNE)
    row = {"type": "actions", "elements": [button("more")]}
    opened = (await client.views_open(trigger_id=trigger, view=a_modal(row)))["view"]
    await playground.click(ANNE, opened["id"], "more")
    await client.views_push(trigger_id=app.payloads[0]["trigger_id"], view=a_modal())
    assert len(playground.slack.workspace.stacks[ANNE]) == 2


async def test_message_event_reaches_a_subscribed_app(app: App, playground: Playground) -> None:
    await playground.say(ANNE, SALES, "pas d’abonnement")
    assert app.payloads == []
    assert playground.messages(SALES)[0]["user"] == ANNE


async def test_control_buttons_are_drawn_and_say_what_failed() -> None:
    control = Control("Matin suivant", "http://127.0.0.1:9/morning")
    with serve(create(a_config(controls=(control,)))) as served:
        async with httpx.AsyncClient(trust_env=False, base_url=served.base_url) as http:
            assert "Matin suivant" in (await http.get(f"/as/{ANNE}/{SALES}")).text
            assert "ConnectError" in (await http.post("/controls/0")).text


def test_plain_code_runs_an_act_on_the_served_playground() -> None:
    with serve(create(a_config())) as served:
        answer = served.run(served.playground.type_command(ANNE, SALES, "/unknown"))
    assert answer.error == "unknown_command"
