"""Asked of finance, granted or refused, followed, flagged: what people decide about a company."""

from datetime import date
from typing import Any

from bot.demo.ledger import siren_for
from bot.rendering import ids
from tests.handlers.conftest import ANNE, CHANNEL, CONFIG, FIONA, KARIM, Stage
from tests.handlers.test_solvency import shown_in_window
from tests.playground.conftest import button, client_of

SIREN = siren_for("C0412")


async def shown_card(stage: Stage, order: str = "", user: str = ANNE) -> str:
    """Return the ts of a card shown privately."""
    await stage.slack.type_command(user, CHANNEL, f"/solvency {SIREN}")
    await shown_in_window(stage, user, "confiance")
    await stage.slack.type_command(user, CHANNEL, f"/solvency {SIREN} {order}")
    return str(stage.slack.ephemerals(user)[-1]["ts"])


async def card_again(stage: Stage, user: str = ANNE) -> dict[str, Any]:
    """Return the card of the same company, whose answers are kept by now."""
    await stage.slack.type_command(user, CHANNEL, f"/solvency {SIREN}")
    return dict(stage.slack.ephemerals(user)[-1])


async def asked(stage: Stage) -> int:
    """Have Anne ask finance about an order; return the request's id."""
    await stage.slack.click(ANNE, await shown_card(stage, "5000"), ids.ASK_FINANCE)
    window = stage.window(ANNE)
    await stage.slack.submit(ANNE, window["id"], {ids.QUESTION: "gros chantier"})
    return int(stage.rows("solvency_request")[0]["id"])


async def answered(stage: Stage, action: str, values: dict[str, Any], user: str = FIONA) -> None:
    """Have finance open a form on the request and submit it."""
    request_id = await asked(stage)
    carried = ids.value(request_id=request_id)
    elements = [button(action, carried)]
    client = client_of(stage.slack, CONFIG.bot_token)
    blocks = [{"type": "actions", "elements": elements}]
    post = await client.chat_postMessage(channel=CHANNEL, text="Demande", blocks=blocks)
    await stage.slack.click(user, str(post["ts"]), action)
    await stage.slack.submit(user, stage.window(user)["id"], values)


async def test_a_question_reaches_finance_once(stage: Stage) -> None:
    await asked(stage)

    told = [row for row in stage.rows("message") if row["kind"] == "solvency_request"]
    assert [row["channel"] for row in told] == ["CFINANCE"]
    assert stage.rows("solvency_request")[0]["order_minor"] == 5_000_00


async def test_who_asked_takes_the_question_back_from_the_card(stage: Stage) -> None:
    await asked(stage)
    await stage.slack.click(ANNE, (await card_again(stage))["ts"], ids.WITHDRAW_REQUEST)

    assert stage.rows("solvency_request")[0]["state"] == "withdrawn"
    assert "a été retirée" in stage.said_to(ANNE)


async def test_finance_s_message_says_that_the_question_was_taken_back(stage: Stage) -> None:
    await asked(stage)
    await stage.slack.click(ANNE, (await card_again(stage))["ts"], ids.WITHDRAW_REQUEST)

    told = [row for row in stage.rows("message") if row["kind"] == "solvency_request"]
    assert [row["method"] for row in told] == ["chat.postMessage", "chat.update"]


async def test_a_colleague_is_offered_to_ask_and_not_to_take_back(stage: Stage) -> None:
    await asked(stage)
    shown = str((await card_again(stage, KARIM))["blocks"])

    assert (ids.ASK_FINANCE in shown, ids.WITHDRAW_REQUEST in shown) == (True, False)


async def test_a_grant_is_recorded_and_told(stage: Stage) -> None:
    until = date(2027, 2, 28).isoformat()
    values = {ids.GRANTED: "20000", ids.TERMS_DAYS: "30", ids.UNTIL: until}
    await answered(stage, ids.GRANT, values)

    line = stage.rows("solvency_request")[0]
    assert (line["state"], line["granted_minor"], line["terms"]) == ("granted", 20_000_00, "30")
    assert "solvency_answer" in [row["kind"] for row in stage.rows("message")]


async def test_a_refusal_says_why(stage: Stage) -> None:
    await answered(stage, ids.REFUSE, {ids.REASON: "trop d’impayés"})

    assert stage.rows("solvency_request")[0]["state"] == "refused"


async def test_bad_terms_are_refused_at_their_field(stage: Stage) -> None:
    until = date(2027, 2, 28).isoformat()
    values = {ids.GRANTED: "20000", ids.TERMS_DAYS: "soon", ids.UNTIL: until}
    await answered(stage, ids.GRANT, values)

    assert stage.rows("solvency_request")[0]["state"] == "open"


async def test_a_salesperson_cannot_grant(stage: Stage) -> None:
    until = date(2027, 2, 28).isoformat()
    values = {ids.GRANTED: "20000", ids.TERMS_DAYS: "30", ids.UNTIL: until}
    await answered(stage, ids.GRANT, values, KARIM)

    assert stage.rows("solvency_request")[0]["state"] == "open"


async def test_following_and_stopping_are_said(stage: Stage) -> None:
    await stage.slack.click(ANNE, await shown_card(stage), ids.WATCH)

    assert len(stage.rows("watch")) == 1
    await stage.slack.click(ANNE, await shown_again(stage), ids.UNWATCH)
    assert stage.rows("watch") == []


async def shown_again(stage: Stage) -> str:
    """Return the ts of the card as it is now."""
    await stage.slack.type_command(ANNE, CHANNEL, f"/solvency {SIREN}")
    return str(stage.slack.ephemerals(ANNE)[-1]["ts"])


async def test_a_flag_is_said_first_on_the_next_card(stage: Stage) -> None:
    carried = ids.value(do=ids.FLAG, siren=SIREN)
    await stage.slack.click(ANNE, await shown_card(stage), ids.SOLVENCY_MORE, carried)
    await stage.slack.submit(ANNE, stage.window(ANNE)["id"], {ids.REASON: "chèque rejeté"})
    await stage.slack.type_command(ANNE, CHANNEL, f"/solvency {SIREN}")

    first = str(stage.slack.ephemerals(ANNE)[-1]["blocks"][0])
    assert "chèque rejeté" in first
    assert first.index("chèque rejeté") < first.index(SIREN)
