"""After a published event: the window, the decision, the second click, the claim sheet."""

from datetime import date
from typing import Any

from sqlalchemy import update

from bot.domain.solvency.dossier import Event, EventKind
from bot.rendering import ids
from bot.rendering.parts import option, overflow
from storage import event_decisions, notices
from storage.schema import metadata
from tests.follow_up_rows import AT_TEN
from tests.handlers.conftest import ANNE, CHANNEL, CONFIG, FIONA, KARIM, Stage
from tests.playground.conftest import button, client_of

SIREN = "552032534"
OPENED = Event("A1", SIREN, EventKind.REDRESSEMENT, date(2026, 11, 12), date(2026, 11, 3))


async def asked(stage: Stage, *actions: str) -> str:
    """Write an event with its question and post its buttons; return the message's ts."""
    tenant = stage.company.workspace_id
    with stage.database.write() as work:
        work.session.execute(update(metadata.tables["client"]).values(siren=SIREN))
        notices.replace_events(
            work.session, workspace_id=tenant, siren=SIREN, events=(OPENED,), at=AT_TEN
        )
        event_decisions.ask_decision(
            work.session, workspace_id=tenant, siren=SIREN, notice_id="A1", at=AT_TEN
        )
        work.commit()
    carried = ids.value(decision_id=int(stage.rows("event_decision")[0]["id"]))
    elements = [button(action, carried) for action in actions]
    client = client_of(stage.slack, CONFIG.bot_token)
    blocks = [{"type": "actions", "elements": elements}]
    post = await client.chat_postMessage(channel=CHANNEL, text="Annonce", blocks=blocks)
    return str(post["ts"])


async def decide(stage: Stage, user: str, course: str, words: str = "") -> None:
    """Open the window, choose and save."""
    await stage.slack.click(user, await asked(stage, ids.COURSE_STOP), ids.COURSE_STOP)
    values: dict[str, Any] = {ids.COURSE: course, ids.CONDITIONS: words}
    await stage.slack.submit(user, stage.window(user)["id"], values)


def course(stage: Stage) -> str:
    return str(stage.rows("event_decision")[0]["course"])


async def test_finance_decides_with_conditions(stage: Stage) -> None:
    await decide(stage, FIONA, "conditions", "comptant")
    assert course(stage) == "conditions"
    assert "company_course" in [row["kind"] for row in stage.rows("message")]


async def test_missing_conditions_are_asked_for_at_their_field(stage: Stage) -> None:
    await decide(stage, FIONA, "conditions")
    assert course(stage) == ""


async def test_another_salesperson_decides_nothing(stage: Stage) -> None:
    await decide(stage, KARIM, "stop")
    assert course(stage) == ""


async def test_a_second_click_reads_who_decided(stage: Stage) -> None:
    ts = await asked(stage, ids.COURSE_STOP, ids.COURSE_CONTINUE)
    await stage.slack.click(FIONA, ts, ids.COURSE_STOP)
    await stage.slack.submit(FIONA, stage.window(FIONA)["id"], {ids.COURSE: "stop"})
    await stage.slack.click(FIONA, ts, ids.COURSE_CONTINUE)
    assert "Fiona" in stage.said_to(FIONA)


async def test_the_claim_sheet_is_shown_to_who_asks(stage: Stage) -> None:
    await stage.slack.click(ANNE, await asked(stage, ids.CLAIM_SHEET), ids.CLAIM_SHEET)
    assert "12" in stage.said_to(ANNE)
    assert "en principal" in stage.said_to(ANNE)


async def test_finance_says_that_the_claim_is_declared(stage: Stage) -> None:
    await stage.slack.click(FIONA, await asked(stage, ids.CLAIM_DECLARED), ids.CLAIM_DECLARED)
    assert stage.rows("event_decision")[0]["claimed_on"] == date(2026, 11, 24)
    assert [row["kind"] for row in stage.rows("interruption")] == ["claim_filed"]


async def test_a_salesperson_declares_no_claim(stage: Stage) -> None:
    await stage.slack.click(ANNE, await asked(stage, ids.CLAIM_DECLARED), ids.CLAIM_DECLARED)
    assert stage.rows("event_decision")[0]["claimed_on"] is None


async def test_what_is_declared_to_the_insurer_is_finances_to_say(stage: Stage) -> None:
    await stage.slack.click(ANNE, await stage.post(ids.COVER_DECLARED), ids.COVER_DECLARED)
    assert "Vous ne pouvez pas faire cela" in stage.said_to(ANNE)


async def test_finance_sells_again_from_the_card(stage: Stage) -> None:
    await decide(stage, FIONA, "stop")
    chosen = ids.value(do=ids.RESUME_SALES, siren=SIREN)
    blocks = [
        {"type": "actions", "elements": [overflow(ids.SOLVENCY_MORE, [option("Vendre", chosen)])]}
    ]
    client = client_of(stage.slack, CONFIG.bot_token)
    post = await client.chat_postMessage(channel=CHANNEL, text="Fiche", blocks=blocks)
    await stage.slack.click(FIONA, str(post["ts"]), ids.SOLVENCY_MORE, chosen)
    assert stage.rows("event_decision")[0]["lifted_at"] is not None
