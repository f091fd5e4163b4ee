"""The days a watch asks for, and the one event of a company that waits for a decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.solvency.dossier import Event, EventKind
from bot.domain.solvency.watching import days_to_ask, is_over, to_decide

TODAY = date(2026, 11, 24)
OPENED = Event("A1", "552032534", EventKind.REDRESSEMENT, date(2026, 9, 1))
CONVERTED = replace(
    OPENED,
    notice_id="A2",
    kind=EventKind.CONVERSION,
    into=EventKind.LIQUIDATION,
    published_on=date(2026, 11, 20),
)
FILED = replace(OPENED, notice_id="C1", kind=EventKind.ACCOUNTS_FILED, published_on=TODAY)


def test_a_first_watch_looks_back_as_far_as_claims_may_be_declared() -> None:
    days = days_to_ask(None, TODAY)
    assert (days[0], days[-1]) == (date(2026, 9, 20), TODAY)


def test_the_next_night_asks_for_the_days_since_and_the_two_before_again() -> None:
    days = days_to_ask(TODAY - timedelta(days=2), TODAY)
    assert days == tuple(TODAY - timedelta(days=n) for n in (3, 2, 1, 0))


def test_missed_nights_are_caught_up_a_year_at_most() -> None:
    assert len(days_to_ask(TODAY - timedelta(days=10), TODAY)) == 12
    assert len(days_to_ask(date(2020, 1, 1), TODAY)) == 366


def test_today_is_not_over() -> None:
    assert not is_over(TODAY, TODAY)
    assert is_over(TODAY - timedelta(days=1), TODAY)


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        ((), (OPENED,), OPENED),
        ((), (OPENED, CONVERTED), CONVERTED),
        ((OPENED,), (OPENED, CONVERTED), CONVERTED),
        ((OPENED,), (OPENED, FILED), None),
        ((OPENED, CONVERTED), (OPENED, CONVERTED), None),
    ],
)
def test_the_latest_news_is_asked_once(
    before: tuple[Event, ...], after: tuple[Event, ...], asked: Event | None
) -> None:
    assert to_decide(before, after, since=date(2026, 9, 1)) == asked


def test_a_company_met_for_the_first_time_asks_about_what_is_in_force() -> None:
    assert to_decide((), (OPENED,), since=TODAY) == OPENED
    assert to_decide((), (OPENED, CONVERTED), since=TODAY) == CONVERTED


def test_what_ended_before_the_watch_began_asks_nothing() -> None:
    ended = replace(OPENED, notice_id="A3", kind=EventKind.CLOSED_PAID, published_on=TODAY)
    assert to_decide((), (OPENED, ended), since=TODAY) is None
