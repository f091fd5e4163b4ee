"""An offer to give fees up is taken up the day the bank shows the money, before the books do."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.domain.late_payment.waivers import Waiver, WaiverState
from bot.services.late_payment.offers import OfferService
from storage import waivers
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.import_files import AT
from tests.services.bank.counter import NUMBER, Counter, booked, open_counter, paid, taken_back

UNTIL = date(2026, 11, 20)
LATER = date(2026, 11, 30)


@pytest.fixture
def counter(database: Database, tmp_path: Path) -> Counter:
    """Books with an invoice of 1 200 EUR, and an offer on it until 20 November."""
    counter = open_counter(database, tmp_path)
    ((item_id,),) = counter.desk.rows("SELECT id FROM open_item WHERE number = :n", n=NUMBER)
    with database.write() as uow:
        waivers.add_waiver(
            uow.session,
            workspace_id=counter.desk.workspace_id,
            key="offer",
            client_id=counter.client_id(),
            offer=Waiver(40_00, 1_200_00, "EUR", date(2026, 11, 10), UNTIL),
            item_ids=[int(item_id)],
            by_id=None,
            at=AT,
        )
        uow.commit()
    return counter


def judged(counter: Counter, today: date = LATER) -> WaiverState:
    """Judge the offer on a day; return where it stands."""
    OfferService(counter.desk.database, lambda: AT).judge(counter.desk.workspace_id, today)
    ((state,),) = counter.desk.rows("SELECT state FROM waiver")
    return WaiverState(state)


def given_up(counter: Counter) -> int:
    """Return how many items ask for no interest and no fee any more."""
    with counter.desk.database.read() as uow:
        found = waivers.waived_items(
            uow.session, workspace_id=counter.desk.workspace_id, client_id=counter.client_id()
        )
    return len(found)


def test_money_seen_in_time_takes_the_offer_up(counter: Counter) -> None:
    counter.statement(paid(day="20"))
    assert (judged(counter, UNTIL), given_up(counter)) == (WaiverState.FULFILLED, 1)


def test_money_seen_after_its_day_is_too_late(counter: Counter) -> None:
    counter.statement(paid(day="21"))
    assert judged(counter) is WaiverState.LAPSED


def test_a_part_of_the_money_takes_nothing_up(counter: Counter) -> None:
    counter.statement(paid(amount="1100.00"))
    assert judged(counter, UNTIL) is WaiverState.OFFERED


def test_money_taken_back_takes_nothing_up(counter: Counter) -> None:
    counter.statement(paid(), taken_back())
    assert judged(counter, UNTIL) is WaiverState.OFFERED


def test_fees_are_asked_again_once_the_money_is_taken_back(counter: Counter) -> None:
    counter.statement(paid())
    judged(counter, UNTIL)
    counter.statement(taken_back())
    assert given_up(counter) == 0


def test_the_books_that_follow_change_nothing(counter: Counter) -> None:
    counter.statement(paid())
    judged(counter, UNTIL)
    counter.books(booked())
    assert (judged(counter), given_up(counter)) == (WaiverState.FULFILLED, 1)


def test_books_older_than_its_day_end_no_offer(counter: Counter) -> None:
    with counter.desk.database.write() as uow:
        uow.session.execute(update(metadata.tables["import_run"]).values(as_of=date(2026, 11, 19)))
        uow.commit()
    assert judged(counter) is WaiverState.OFFERED
