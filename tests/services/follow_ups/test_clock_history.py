"""The history of a client says when its good-cop window stopped, runs again, and where it leads."""

from datetime import date
from typing import Any

from bot.domain.lifecycle import DisputeOutcome, Outcome
from bot.rendering.event_kinds import EventKind
from bot.services.follow_ups.service import FollowUpService
from bot.services.lookups.service import LookupService
from storage import disputes
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Company
from tests.services.follow_ups.noting import MONDAY, a_note, a_promise

CLOCK = (EventKind.WINDOW_STOPPED, EventKind.WINDOW_RUNS)


def clock_of(database: Database, company: Company) -> list[tuple[str, date | None, date | None]]:
    """Return what Anne reads of the clock: kind, until when it stands, the last day."""
    told: Any = LookupService(database).history(company.anne, company.client_id, today=TUESDAY)
    return [(one.kind, one.day, one.ends_on) for one in reversed(told.events) if one.kind in CLOCK]


def test_a_promise_stops_it_until_its_day(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_promise(company))
    stopped = (EventKind.WINDOW_STOPPED, MONDAY, date(2026, 12, 14))
    assert clock_of(database, company) == [stopped]


def test_the_same_click_twice_says_it_once(
    database: Database, company: Company, service: FollowUpService
) -> None:
    for _ in range(2):
        service.record(company.anne, a_promise(company))
    assert len(clock_of(database, company)) == 1


def test_a_dispute_closed_lets_it_run_again(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_note(company, Outcome.DISPUTES, reason="rayures"))
    with database.read() as work:
        [dispute] = disputes.list_disputes(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    service.resolve_dispute(company.anne, dispute.id, DisputeOutcome.COMPANY_RIGHT)
    kinds = [kind for kind, _, _ in clock_of(database, company)]
    assert kinds == [EventKind.WINDOW_STOPPED, EventKind.WINDOW_RUNS]
    assert clock_of(database, company)[-1][2] == date(2026, 12, 8)


def test_a_note_that_agrees_on_nothing_leaves_it_running(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_note(company, Outcome.OTHER, text="vu au salon"))
    assert clock_of(database, company) == []
