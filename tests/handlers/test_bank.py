"""Whose a bank receipt is, answered with the buttons of the question finance reads."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from bot.domain.bank.statement import LineSort
from bot.domain.lifecycle import Role
from bot.rendering import ids
from bot.rendering.bank_views import payment_question
from bot.rendering.views import Voice
from bot.services.bank.service import BankService
from bot.services.bank.views import line_view
from storage.ids import new_id
from storage.tables.bank import BankAccount, BankLine
from storage.tables.ledger import ImportRun
from storage.tables.workspaces import Person
from tests.follow_up_rows import AT_TEN, TUESDAY, an_import
from tests.handlers.conftest import ANNE, CHANNEL, CONFIG, FIONA, KARIM, Stage
from tests.playground.conftest import client_of


@pytest.fixture
def line_id(stage: Stage) -> int:
    """Seven thousand euros from the client: less than its invoice, so that finance is asked."""
    tenant, id, account_id = stage.company.workspace_id, new_id(), new_id()
    an_import(stage.database, stage.company, as_of=date(2026, 11, 20))
    with stage.database.write() as uow:
        vault = uow.session.info["vault"]
        run_id = uow.session.execute(select(col(ImportRun.id))).scalar_one()
        account = BankAccount(
            workspace_id=tenant,
            id=account_id,
            entity_id=stage.company.entity_id,
            number_sealed=vault.seal(tenant, "0001"),
            currency="EUR",
        )
        uow.session.add(account)
        uow.session.flush()
        line = BankLine(
            workspace_id=tenant,
            id=id,
            account_id=account_id,
            import_run_id=run_id,
            identity="one",
            booked_on=date(2026, 11, 23),
            minor=7_000_00,
            currency="EUR",
            sort=LineSort.RECEIPT,
            payer_sealed=vault.seal(tenant, "Menuiserie Roy"),
            text_sealed=vault.seal(tenant, "acompte"),
            added_at=AT_TEN,
        )
        uow.session.add(line)
        uow.commit()
    BankService(stage.database, lambda: AT_TEN).match(tenant, TUESDAY)
    return id


async def asked(stage: Stage, line_id: int) -> str:
    """Post the question as finance reads it; return its ts."""
    with stage.database.read() as uow:
        view = line_view(uow.session, workspace_id=stage.company.workspace_id, line_id=line_id)
    assert view is not None
    drawn = payment_question(view, Voice())
    answer = await client_of(stage.slack, CONFIG.bot_token).chat_postMessage(
        channel=CHANNEL, text=drawn.text, blocks=drawn.blocks
    )
    return str(answer["ts"])


def kept(stage: Stage) -> tuple[str, int | None]:
    """Return where the receipt stands, and who decided it."""
    (line,) = stage.rows("bank_line")
    return line["state"], line["decided_by_id"]


def join_finance(stage: Stage, name: str) -> None:
    """Give a person finance's role."""
    with stage.database.write() as uow:
        uow.session.execute(
            update(Person).where(col(Person.name) == name).values(roles=Role.FINANCE.value)
        )
        uow.commit()


async def test_finance_gives_a_receipt_to_the_client_proposed(stage: Stage, line_id: int) -> None:
    await stage.slack.click(FIONA, await asked(stage, line_id), ids.PAYMENT_OF)
    assert kept(stage) == ("matched", stage.company.fiona.person_id)


async def test_what_the_client_paid_is_seen_at_the_bank(stage: Stage, line_id: int) -> None:
    await stage.slack.click(FIONA, await asked(stage, line_id), ids.PAYMENT_OF)
    assert [(part["item_key"], part["minor"]) for part in stage.rows("bank_part")] == [
        ("F1", 7_000_00)
    ]


async def test_the_question_becomes_the_answer(stage: Stage, line_id: int) -> None:
    await stage.slack.click(FIONA, await asked(stage, line_id), ids.PAYMENT_OF)
    methods = [m["method"] for m in stage.rows("message") if m["kind"] == "payment_question"]
    assert (methods, len(stage.wakes)) == (["chat.postMessage", "chat.update"], 1)


async def test_finance_refuses_every_client_proposed(stage: Stage, line_id: int) -> None:
    await stage.slack.click(FIONA, await asked(stage, line_id), ids.PAYMENT_NONE)
    assert kept(stage) == ("set_aside", stage.company.fiona.person_id)


async def test_a_refused_receipt_pays_nothing(stage: Stage, line_id: int) -> None:
    await stage.slack.click(FIONA, await asked(stage, line_id), ids.PAYMENT_NONE)
    assert stage.rows("bank_part") == []


async def test_the_same_answer_again_is_taken_in_silence(stage: Stage, line_id: int) -> None:
    ts = await asked(stage, line_id)
    await stage.slack.click(FIONA, ts, ids.PAYMENT_OF)
    await stage.slack.click(FIONA, ts, ids.PAYMENT_OF)
    assert (len(stage.rows("bank_part")), stage.slack.ephemerals(FIONA)) == (1, [])


async def test_another_answer_later_hears_who_answered(stage: Stage, line_id: int) -> None:
    join_finance(stage, "Karim")
    ts = await asked(stage, line_id)
    await stage.slack.click(FIONA, ts, ids.PAYMENT_OF)
    await stage.slack.click(KARIM, ts, ids.PAYMENT_NONE)
    assert (kept(stage)[0], "Fiona" in stage.said_to(KARIM)) == ("matched", True)


async def test_a_salesperson_is_refused(stage: Stage, line_id: int) -> None:
    await stage.slack.click(ANNE, await asked(stage, line_id), ids.PAYMENT_OF)
    assert (kept(stage), bool(stage.said_to(ANNE))) == (("suggested", None), True)


async def test_finance_chooses_what_the_receipt_pays(stage: Stage, line_id: int) -> None:
    await stage.slack.click(FIONA, await asked(stage, line_id), ids.PAYMENT_ITEMS)
    typed: dict[str, Any] = {ids.ITEMS: [str(stage.company.item_id)]}
    answer = await stage.slack.submit(FIONA, stage.window(FIONA)["id"], typed)
    assert (answer.ok, kept(stage)[0]) == (True, "matched")


async def test_a_choice_of_nothing_keeps_the_window_with_its_error(
    stage: Stage, line_id: int
) -> None:
    await stage.slack.click(FIONA, await asked(stage, line_id), ids.PAYMENT_ITEMS)
    await stage.slack.submit(FIONA, stage.window(FIONA)["id"], {ids.ITEMS: []})
    assert list(stage.window(FIONA)["errors"]) == [ids.ITEMS]


async def test_a_choice_too_late_hears_who_answered_in_its_window(
    stage: Stage, line_id: int
) -> None:
    join_finance(stage, "Karim")
    ts = await asked(stage, line_id)
    await stage.slack.click(KARIM, ts, ids.PAYMENT_ITEMS)
    await stage.slack.click(FIONA, ts, ids.PAYMENT_NONE)
    typed: dict[str, Any] = {ids.ITEMS: [str(stage.company.item_id)]}
    await stage.slack.submit(KARIM, stage.window(KARIM)["id"], typed)
    assert "Fiona" in stage.window(KARIM)["errors"][ids.ITEMS]


async def test_a_salesperson_is_not_shown_the_choice(stage: Stage, line_id: int) -> None:
    await stage.slack.click(ANNE, await asked(stage, line_id), ids.PAYMENT_ITEMS)
    assert (stage.slack.modal_of(ANNE), bool(stage.said_to(ANNE))) == (None, True)
