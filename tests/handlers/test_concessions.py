"""More time and gestures in Slack: given, said to be beyond the mandate, asked, answered."""

from typing import Any

from bot.rendering import ids
from tests.handlers.conftest import ANNE, CHANNEL, CONFIG, FIONA, KARIM, Stage
from tests.playground.conftest import button, client_of

BEYOND: dict[str, Any] = {ids.UNTIL: "2027-02-26", ids.REASON: "chantier en retard"}


async def asked(stage: Stage) -> int:
    """Have Anne ask for more time than is hers to give, and insist; return the request's id."""
    window = await stage.open(ANNE, ids.GIVE_TIME)
    await stage.slack.submit(ANNE, window["id"], BEYOND)
    await stage.slack.submit(ANNE, stage.window(ANNE)["id"], BEYOND)
    return int(stage.rows("concession")[0]["id"])


async def answered(stage: Stage, action: str, user: str = FIONA) -> None:
    """Press a button of finance's message."""
    carried = ids.value(concession_id=await asked(stage))
    blocks: list[dict[str, Any]] = [{"type": "actions", "elements": [button(action, carried)]}]
    client = client_of(stage.slack, CONFIG.bot_token)
    post = await client.chat_postMessage(channel=CHANNEL, text="Demande", blocks=blocks)
    await stage.slack.click(user, str(post["ts"]), action)


async def test_what_is_beyond_the_mandate_is_said_before_anything_is_kept(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.GIVE_TIME)
    await stage.slack.submit(ANNE, window["id"], BEYOND)

    assert "délégation" in str(stage.window(ANNE)["blocks"])
    assert stage.rows("concession") == []


async def test_insisting_asks_finance(stage: Stage) -> None:
    await asked(stage)

    assert [row["state"] for row in stage.rows("concession")] == ["asked"]
    assert stage.slack.modal_of(ANNE) is None


async def test_a_missing_reason_is_said_at_its_field(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.GIVE_TIME)
    await stage.slack.submit(ANNE, window["id"], {ids.UNTIL: "2026-12-04", ids.REASON: " "})

    assert list(stage.window(ANNE)["errors"]) == [ids.REASON]


async def test_finance_agrees_with_one_click(stage: Stage) -> None:
    await answered(stage, ids.GRANT_CONCESSION)

    assert stage.rows("concession")[0]["state"] == "granted"


async def test_finance_says_why_it_refuses(stage: Stage) -> None:
    await answered(stage, ids.REFUSE_CONCESSION)
    await stage.slack.submit(FIONA, stage.window(FIONA)["id"], {ids.REASON: "trop long"})

    assert stage.rows("concession")[0]["state"] == "refused"


async def test_a_colleague_cannot_agree(stage: Stage) -> None:
    await answered(stage, ids.GRANT_CONCESSION, KARIM)

    assert stage.rows("concession")[0]["state"] == "asked"


async def test_a_gesture_reaches_finance(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.ASK_GESTURE)
    values: dict[str, Any] = {ids.GESTURE: "5 %", ids.REASON: "livraison incomplète"}
    await stage.slack.submit(ANNE, window["id"], values)

    told = [row for row in stage.rows("message") if row["kind"] == "concession"]
    assert [row["channel"] for row in told] == ["CFINANCE"]
