import json
import time
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier

from bot.playground import payloads
from bot.playground.faults import Fault, FaultKind
from bot.rendering import ids
from tests.handlers.conftest import ANNE, CHANNEL, CONFIG, STRANGER, Stage

UNKNOWN = f"command=%2Fnothing&team_id={CONFIG.team_id}&user_id={ANNE}"


async def test_promise_is_kept_and_the_window_closes(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.PROMISE)
    await stage.slack.submit(
        ANNE, window["id"], {ids.AMOUNT: "1 200,50", ids.PROMISED_ON: "2026-12-01"}
    )

    assert [row["minor"] for row in stage.rows("promise")] == [1200_50]
    assert stage.slack.modal_of(ANNE) is None
    assert stage.wakes


async def test_bad_amount_is_said_at_its_field_and_nothing_is_kept(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.PROMISE)
    await stage.slack.submit(
        ANNE, window["id"], {ids.AMOUNT: "beaucoup", ids.PROMISED_ON: "2026-12-01"}
    )

    assert list(stage.window(ANNE)["errors"]) == [ids.AMOUNT]
    assert stage.rows("note") == []


async def test_same_submission_twice_is_one_note(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.PROMISE)
    view = stage.slack.slack.workspace.find_view(window["id"])
    await stage.slack.submit(ANNE, window["id"], {ids.AMOUNT: "100", ids.PROMISED_ON: "2026-12-01"})
    body = urlencode({"payload": json.dumps(payloads.view_submission(stage.slack.slack, view))})

    assert await _status(stage, body=body) == 200
    assert len(stage.rows("note")) == 1


async def test_chosen_outcome_asks_for_its_fields(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.NOTE)
    await stage.slack.click(ANNE, window["id"], ids.OUTCOME, "promises")

    blocks = [block.get("block_id") for block in stage.window(ANNE)["blocks"]]
    assert ids.PROMISED_ON in blocks


async def test_message_becomes_a_note_on_the_chosen_client(stage: Stage) -> None:
    message = await stage.slack.say(ANNE, CHANNEL, "Le comptable est en congé")
    await stage.slack.shortcut(ANNE, message["ts"], ids.LOG_AS_NOTE)
    picker = stage.window(ANNE)
    (found,) = await stage.slack.suggest(ANNE, picker["id"], ids.CLIENT, "menuis")
    await stage.slack.submit(ANNE, picker["id"], {ids.CLIENT: found["value"]})
    await stage.slack.submit(ANNE, stage.window(ANNE)["id"], {})

    assert [row["outcome"] for row in stage.rows("note")] == ["other"]


async def test_clients_offered_for_a_note_are_named_with_their_code(stage: Stage) -> None:
    message = await stage.slack.say(ANNE, CHANNEL, "Le comptable est en congé")
    await stage.slack.shortcut(ANNE, message["ts"], ids.LOG_AS_NOTE)
    picker = stage.window(ANNE)["id"]
    texts = [
        option["text"]["text"] for option in await stage.slack.suggest(ANNE, picker, ids.CLIENT, "")
    ]
    assert texts == ["Menuiserie Roy (C0412)"]


async def test_window_slack_did_not_wait_for_is_said(stage: Stage) -> None:
    late = Fault("views.open", FaultKind.SLACK_ERROR, detail="expired_trigger_id")
    stage.slack.faults.add(late)
    await stage.slack.click(ANNE, await stage.post(ids.NOTE), ids.NOTE)
    assert stage.said_to(ANNE) == "Slack n’a pas attendu cette fenêtre. Réessayez."


async def test_stranger_cannot_open_a_note(stage: Stage) -> None:
    answer = await stage.slack.click(STRANGER, await stage.post(ids.NOTE), ids.NOTE)

    assert answer.ok
    assert stage.slack.modal_of(STRANGER) is None
    assert stage.said_to(STRANGER)


async def test_forged_signature_is_refused(stage: Stage) -> None:
    assert await _status(stage, secret="forged") == 401


async def test_old_request_is_refused(stage: Stage) -> None:
    assert await _status(stage, age_seconds=600) == 401


async def test_well_signed_request_nobody_handles_is_accepted(stage: Stage) -> None:
    assert await _status(stage) == 200


async def _status(
    stage: Stage,
    *,
    body: str = UNKNOWN,
    secret: str = CONFIG.signing_secret,
    age_seconds: int = 0,
) -> int:
    at = str(int(time.time()) - age_seconds)
    signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body)
    headers = {
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": str(signature),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    async with httpx.AsyncClient() as http:
        answer = await http.post(stage.url, content=body, headers=headers)
    return answer.status_code


async def test_a_promise_in_several_times_proposes_payments_that_add_up(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.PROMISE)
    await stage.slack.click(ANNE, window["id"], ids.TIMES, "2")
    fields = [block.get("block_id") for block in stage.window(ANNE)["blocks"]]
    await stage.slack.submit(
        ANNE,
        window["id"],
        {
            ids.AMOUNT: "100",
            "payment_2_1_on": "2026-12-01",
            "payment_2_1_amount": "40",
            "payment_2_2_on": "2027-01-04",
            "payment_2_2_amount": "60",
        },
    )

    assert {"payment_2_1_on", "payment_2_2_amount"} <= set(fields)
    assert [row["due_minor"] for row in stage.rows("promise")] == [40_00]


async def test_a_dispute_is_closed_by_who_is_right(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.DISPUTE)
    await stage.slack.submit(ANNE, window["id"], {ids.REASON: "rayures", ids.MEANS: "visit"})
    assert [row["means"] for row in stage.rows("note")] == ["visit"]
    window = await stage.open(ANNE, ids.CLOSE_DISPUTE)
    await stage.slack.submit(ANNE, window["id"], {ids.WHO_IS_RIGHT: "company_right"})

    assert [row["outcome"] for row in stage.rows("dispute")] == ["company_right"]
