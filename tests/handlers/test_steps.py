"""Reminders of the day in Slack: read over and sent, called, skipped; never twice, never void."""

from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.playground.choices import Entered
from bot.rendering import ids
from storage.ids import new_id
from storage.schema import metadata
from tests.follow_up_rows import AT_TEN, TUESDAY, an_import
from tests.handlers.conftest import ANNE, CONFIG, FIONA, KARIM, Stage
from tests.playground.conftest import button, client_of


def a_step(stage: Stage, channel: str = "email", *, mail: bool = True) -> int:
    """Write a step of Anne's about the client's invoice, with somebody to write to."""
    company, step_id = stage.company, new_id()
    workspace = metadata.tables["workspace"]
    an_import(stage.database, company, as_of=TUESDAY)
    with stage.database.write() as uow:
        seal = uow.vault.seal
        of = {"workspace_id": company.workspace_id, "client_id": company.client_id}
        uow.session.execute(update(workspace).values(activated_at=AT_TEN))
        if mail:
            sealed = seal(company.workspace_id, "compta@roy.example")
            row = {"id": new_id(), "key": "accounts:1", "email_sealed": sealed}
            uow.session.execute(insert(metadata.tables["contact"]).values(**of, **row))
        uow.session.execute(
            insert(metadata.tables["step"]).values(
                **of,
                id=step_id,
                episode=1,
                step_key="first",
                profile="new",
                level=1,
                offset_days=5,
                actor="sales",
                channel=channel,
                tone="friendly",
                mode="draft",
                contact="accounts",
                text_key="reminder_1",
                person_id=company.anne.person_id,
                state="drafted" if channel == "email" else "due",
                item_ids=[company.item_id],
                totals={"EUR": 12_480_00},
                planned_on=TUESDAY,
                made_at=AT_TEN,
                changed_at=AT_TEN,
            )
        )
        uow.commit()
    return step_id


async def press(stage: Stage, user: str, step_id: int, action: str = ids.STEP) -> None:
    """Press the button of a step."""
    carried = ids.value(step_id=step_id, client_id=stage.company.client_id)
    blocks: list[Any] = [{"type": "actions", "elements": [button(action, carried)]}]
    poster = client_of(stage.slack, CONFIG.bot_token)
    posted = await poster.chat_postMessage(channel="CANNE", text="Relances", blocks=blocks)
    await stage.slack.click(user, str(posted["ts"]), action)


def states(stage: Stage) -> list[str]:
    return [row["state"] for row in stage.rows("step")]


async def test_an_email_opens_with_its_text_and_figures(stage: Stage) -> None:
    await press(stage, ANNE, a_step(stage))
    shown = stage.window(ANNE)
    assert shown["callback_id"] == ids.STEP_MAIL_FORM
    assert "12 480,00" in str(shown["blocks"]).replace("\u202f", " ").replace("\\u202f", " ")


async def test_an_edited_email_is_queued_as_it_was_left(stage: Stage) -> None:
    await press(stage, ANNE, a_step(stage))
    typed: dict[str, Entered] = {ids.SUBJECT: "Facture F1", ids.TEXT: "Un mot sur F1 ?"}
    assert (await stage.slack.submit(ANNE, stage.window(ANNE)["id"], typed)).ok
    assert states(stage) == ["queued"]
    assert [row["words_sealed"] != "" for row in stage.rows("email")] == [True]
    assert stage.wakes


async def test_an_email_left_as_it_was_is_written_anew_when_it_leaves(stage: Stage) -> None:
    await press(stage, ANNE, a_step(stage))
    assert (await stage.slack.submit(ANNE, stage.window(ANNE)["id"], {})).ok
    assert [row["words_sealed"] for row in stage.rows("email")] == [""]


async def test_a_blank_text_keeps_the_window_with_its_error(stage: Stage) -> None:
    await press(stage, ANNE, a_step(stage))
    typed: dict[str, Entered] = {ids.SUBJECT: "Facture F1", ids.TEXT: "   "}
    await stage.slack.submit(ANNE, stage.window(ANNE)["id"], typed)
    assert list(stage.window(ANNE)["errors"]) == [ids.TEXT]
    assert states(stage) == ["drafted"]


@pytest.mark.parametrize("channel", ["call", "letter"])
async def test_what_is_no_email_is_done_with_a_click(stage: Stage, channel: str) -> None:
    await press(stage, ANNE, a_step(stage, channel))
    assert (await stage.slack.submit(ANNE, stage.window(ANNE)["id"], {})).ok
    assert states(stage) == ["done"]


async def test_an_email_without_address_asks_for_one(stage: Stage) -> None:
    await press(stage, ANNE, a_step(stage, mail=False))
    assert stage.window(ANNE)["callback_id"] == ids.STEP_FORM


async def test_a_call_can_be_noted_from_its_window(stage: Stage) -> None:
    await press(stage, ANNE, a_step(stage, "call"))
    await stage.slack.click(ANNE, stage.window(ANNE)["id"], ids.NOTE)
    assert stage.window(ANNE)["callback_id"] == ids.NOTE_FORM


async def test_a_step_is_skipped_with_its_reason(stage: Stage) -> None:
    await press(stage, ANNE, a_step(stage))
    await stage.slack.click(ANNE, stage.window(ANNE)["id"], ids.SKIP_STEP)
    assert (await stage.slack.submit(ANNE, stage.window(ANNE)["id"], {ids.REASON: "vu hier"})).ok
    assert states(stage) == ["skipped"]


async def test_a_step_done_already_opens_no_window(stage: Stage) -> None:
    step_id = a_step(stage, "call")
    await press(stage, ANNE, step_id)
    await stage.slack.submit(ANNE, stage.window(ANNE)["id"], {})
    await press(stage, ANNE, step_id)
    assert stage.slack.modal_of(ANNE) is None
    assert stage.said_to(ANNE).startswith("Déjà traité par Anne")


async def test_a_step_about_what_was_paid_only_says_so(stage: Stage) -> None:
    step_id = a_step(stage)
    with stage.database.write() as uow:
        uow.session.execute(update(metadata.tables["open_item"]).values(open_minor=0))
        uow.commit()
    await press(stage, ANNE, step_id)
    assert "submit" not in stage.window(ANNE) or stage.window(ANNE)["submit"] is None


async def test_somebody_elses_step_is_refused(stage: Stage) -> None:
    await press(stage, KARIM, a_step(stage))
    assert stage.slack.modal_of(KARIM) is None
    assert stage.said_to(KARIM)


async def test_finance_may_open_a_salespersons_step(stage: Stage) -> None:
    await press(stage, FIONA, a_step(stage))
    assert stage.window(FIONA)["callback_id"] == ids.STEP_MAIL_FORM
