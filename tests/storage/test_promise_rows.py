"""Promises as rows: one alive, what came in since, judged once."""

from datetime import date

from sqlalchemy import select

from bot.domain.lifecycle import (
    PromiseState,
)
from storage import promises
from storage.tables.ledger import Balance
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Company, a_receipt, an_import
from tests.storage.written_follow_ups import MONDAY, received, write_promise


def test_a_new_promise_takes_the_place_of_the_live_one(
    database: Database, company: Company
) -> None:
    with database.write() as work:
        write_promise(work.session, company, "p1")
        write_promise(work.session, company, "p2")
        states = [
            promise.state
            for promise in promises.list_promises(
                work.session, workspace_id=company.workspace_id, client_id=company.client_id
            )
        ]
    assert states == [PromiseState.LIVE, PromiseState.REPLACED]


def test_receipts_of_the_first_day_on_count_matched_or_not(
    database: Database, company: Company
) -> None:
    with database.write() as work:
        write_promise(work.session, company)
        work.commit()
    a_receipt(database, company, minor=100, on=TUESDAY)
    a_receipt(database, company, minor=20, on=MONDAY, matched=False)
    a_receipt(database, company, minor=999, on=date(2026, 11, 23))
    assert received(database, company) == 120


def test_the_accounts_last_receipt_counts_where_nothing_can_be_matched(
    database: Database, company: Company
) -> None:
    with database.write() as work:
        write_promise(work.session, company)
        balance = work.session.scalars(select(Balance)).one()
        balance.last_receipt_on, balance.last_receipt_minor = MONDAY, 75
        work.session.add(balance)
        work.commit()
    assert received(database, company) == 75


def test_what_came_before_the_promise_that_day_does_not_count(
    database: Database, company: Company
) -> None:
    a_receipt(database, company, minor=100, on=TUESDAY)
    with database.write() as work:
        write_promise(work.session, company)
        work.commit()
    assert received(database, company) == 0


def test_a_live_promise_knows_up_to_when_the_books_were_read(
    database: Database, company: Company
) -> None:
    an_import(database, company, as_of=date(2026, 11, 20))
    an_import(database, company, as_of=TUESDAY)
    with database.write() as work:
        id = write_promise(work.session, company)
        assert id is not None
        (live,) = promises.list_live_promises(
            work.session, workspace_id=company.workspace_id, ids=[id]
        )
    assert (live.books_until, live.owed_minor) == (TUESDAY, 12_480_00)


def test_a_promise_is_judged_once(database: Database, company: Company) -> None:
    with database.write() as work:
        id = write_promise(work.session, company)
        assert id is not None
        verdicts = [
            promises.close_promise(
                work.session,
                workspace_id=company.workspace_id,
                id=id,
                state=PromiseState.BROKEN,
                received_minor=0,
                at=AT_TEN,
            )
            for _ in range(2)
        ]
    assert verdicts == [True, False]
