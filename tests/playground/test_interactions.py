import asyncio
import time

from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from starlette.responses import Response

from bot.playground.server import Playground
from bot.playground.shapes import Json
from tests.playground.conftest import ANNE, SALES, App, a_modal, an_input, button, section


async def open_modal(playground: Playground, client: AsyncWebClient, view: Json) -> str:
    trigger = playground.slack.tickets.give_trigger(ANNE)
    return str((await client.views_open(trigger_id=trigger, view=view))["view"]["id"])


async def test_requests_are_signed(playground: Playground, app: App) -> None:
    await playground.type_command(ANNE, SALES, "/balance dupont")
    headers, body = app.requests[0]
    assert SignatureVerifier("playground-signing-secret").is_valid_request(body, headers)
    assert not SignatureVerifier("another").is_valid_request(body, headers)


async def test_command_carries_its_text_and_answers_privately(
    playground: Playground, app: App
) -> None:
    app.say("command", {"text": "18 900 €", "blocks": [section("18 900 €")]})
    await playground.type_command(ANNE, SALES, "/balance  dupont et fils ")
    assert app.payloads[0]["text"] == "dupont et fils"
    assert playground.ephemerals(ANNE)[0]["text"] == "18 900 €"
    assert playground.messages(SALES) == []


async def test_in_channel_answer_is_seen_by_all(playground: Playground, app: App) -> None:
    app.say("command", {"text": "pour tous", "response_type": "in_channel"})
    await playground.type_command(ANNE, SALES, "/balance dupont")
    assert playground.messages(SALES)[0]["text"] == "pour tous"


async def test_late_acknowledgement_is_told_to_the_person(playground: Playground, app: App) -> None:
    def late(payload: Json) -> Response:
        time.sleep(0.9)
        return Response()

    app.answers["command"] = late
    answer = await playground.type_command(ANNE, SALES, "/balance dupont")
    assert answer.error == "operation_timeout"
    assert "operation_timeout" in playground.ephemerals(ANNE)[0]["text"]


async def test_response_url_works_five_times(playground: Playground, app: App) -> None:
    await playground.type_command(ANNE, SALES, "/balance dupont")
    webhook = AsyncWebhookClient(app.payloads[0]["response_url"])
    statuses = [(await webhook.send(text=str(n))).status_code for n in range(6)]
    assert statuses == [200] * 5 + [404]
    assert [message["text"] for message in playground.ephemerals(ANNE)] == list("01234")


async def test_click_carries_value_message_and_response_url(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    blocks = [{"type": "actions", "elements": [button("note", "42")]}]
    posted = await client.chat_postMessage(channel=SALES, text="un", blocks=blocks)
    await playground.click(ANNE, posted["ts"], "note")
    payload = app.payloads[0]
    assert payload["actions"][0]["value"] == "42"
    assert payload["message"]["ts"] == posted["ts"]
    webhook = AsyncWebhookClient(payload["response_url"])
    await webhook.send(text="remplacé", replace_original=True)
    assert playground.messages(SALES)[0]["text"] == "remplacé"


async def test_choice_carries_the_option(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    options = [{"text": {"type": "plain_text", "text": v}, "value": v} for v in ("a", "b")]
    menu = {"type": "overflow", "action_id": "more", "options": options}
    blocks = [{"type": "actions", "elements": [menu]}]
    posted = await client.chat_postMessage(channel=SALES, text="un", blocks=blocks)
    await playground.click(ANNE, posted["ts"], "more", "b")
    assert app.payloads[0]["actions"][0]["selected_option"]["value"] == "b"


async def test_required_field_is_refused_before_sending(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    view_id = await open_modal(playground, client, a_modal())
    await playground.submit(ANNE, view_id, {})
    modal = playground.modal_of(ANNE)
    assert modal is not None
    assert modal["errors"] == {"what": "!required"}
    assert app.payloads == []


async def test_errors_of_the_app_keep_the_modal_and_its_input(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    app.say("view_submission", {"response_action": "errors", "errors": {"what": "Trop court."}})
    view_id = await open_modal(playground, client, a_modal())
    await playground.submit(ANNE, view_id, {"what": "oui"})
    modal = playground.modal_of(ANNE)
    assert modal is not None
    assert modal["errors"] == {"what": "Trop court."}
    assert modal["state"]["values"]["what"]["text"]["value"] == "oui"


async def test_empty_answer_closes_the_modal(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    view_id = await open_modal(playground, client, a_modal())
    await playground.submit(ANNE, view_id, {"text": "oui"})
    assert app.payloads[0]["view"]["state"]["values"]["what"]["text"]["value"] == "oui"
    assert playground.modal_of(ANNE) is None


async def test_push_puts_a_modal_on_top(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    app.say("view_submission", {"response_action": "push", "view": a_modal(callback_id="next")})
    view_id = await open_modal(playground, client, a_modal())
    await playground.submit(ANNE, view_id, {"text": "oui"})
    modal = playground.modal_of(ANNE)
    assert modal is not None
    assert (modal["callback_id"], modal["previous_view_id"]) == ("next", view_id)


async def test_update_keeps_what_was_entered_under_the_same_ids(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    more = a_modal(an_input(), an_input("why"))
    app.say("view_submission", {"response_action": "update", "view": more})
    view_id = await open_modal(playground, client, a_modal())
    await playground.submit(ANNE, view_id, {"what": "oui"})
    modal = playground.modal_of(ANNE)
    assert modal is not None
    assert modal["state"]["values"]["what"]["text"]["value"] == "oui"
    assert modal["state"]["values"]["why"]["text"]["value"] is None


async def test_shortcut_carries_the_message(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=SALES, text="un")
    await playground.shortcut(ANNE, posted["ts"], "log_note")
    assert app.payloads[0]["callback_id"] == "log_note"
    assert app.payloads[0]["message"]["text"] == "un"


async def test_failed_event_is_retried_with_its_headers(playground: Playground, app: App) -> None:
    app.say("event_callback", {}, status=500)
    event = await playground.open_home(ANNE)
    assert event is not None
    for _ in range(50):
        if len(app.requests) == 2:
            break
        await asyncio.sleep(0.02)
    headers = app.requests[1][0]
    assert (headers["x-slack-retry-num"], headers["x-slack-retry-reason"]) == ("1", "http_error")
    assert app.payloads[0]["event_id"] == app.payloads[1]["event_id"]
