"""The good-cop window says its clock wherever the client appears: account, windows, Home."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.actors import Actor
from bot.domain.lifecycle import AlertState
from bot.rendering.views import ClockView
from bot.services.follow_ups.forms import FormService
from bot.services.mornings.home import HomeService
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.services.asking import asked, days_ago, finance, sales

ENDS, PAUSED = TODAY + timedelta(days=14), TODAY + timedelta(days=6)


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


@pytest.fixture
def anne(books: Books) -> Actor:
    return sales(books, books.person("Anne"))


def in_window(books: Books, anne: Actor, state: AlertState = AlertState.OPEN, **window: Any) -> int:
    """Write a client of Anne's whose window ends in two weeks."""
    client_id = books.client("C1", "Roy", owner_id=anne.person_id)
    books.alert(client_id, state=state.value, **{"window_ends_on": ENDS, **window})
    return client_id


def test_the_owner_reads_it_as_theirs_finance_with_their_name(books: Books, anne: Actor) -> None:
    in_window(books, anne)
    own, others = asked(books, "c1", anne), asked(books, "c1", finance(books))
    assert (own.clock, others.clock) == (ClockView(ENDS), ClockView(ENDS, owner="Anne"))


def test_a_stopped_clock_says_until_when(books: Books, anne: Actor) -> None:
    in_window(books, anne, AlertState.PROMISED, window_suspended_until=PAUSED)
    assert asked(books, "c1", anne).clock == ClockView(ENDS, PAUSED)


def test_a_suspension_that_is_over_is_not_said(books: Books, anne: Actor) -> None:
    in_window(books, anne, window_suspended_until=days_ago(1))
    assert asked(books, "c1", anne).clock == ClockView(ENDS)


@pytest.mark.parametrize("state", [AlertState.HANDED_OVER, AlertState.TAKEN])
def test_with_finance_no_clock_runs(books: Books, anne: Actor, state: AlertState) -> None:
    in_window(books, anne, state)
    assert asked(books, "c1", anne).clock is None


@pytest.mark.parametrize("window", [{"window_ends_on": None}, {"window_ends_on": days_ago(1)}])
def test_before_it_is_shown_and_once_it_is_over_nothing_is_said(
    books: Books, anne: Actor, window: dict[str, Any]
) -> None:
    in_window(books, anne, **window)
    assert asked(books, "c1", anne).clock is None


def test_a_client_kept_out_of_alerts_has_no_clock(books: Books, anne: Actor) -> None:
    client_id = in_window(books, anne)
    books.change("client", client_id, muted_until=ENDS)
    assert asked(books, "c1", anne).clock is None


def test_every_window_about_the_client_says_it(books: Books, anne: Actor) -> None:
    client_id = in_window(books, anne)
    form = FormService(books.database).client_form(anne, client_id, today=TODAY)
    assert form.clock == ClockView(ENDS)


def test_home_says_the_last_day_of_each_alert(books: Books, anne: Actor) -> None:
    in_window(books, anne)
    [line] = HomeService(books.database).home(anne, TODAY).alerts
    assert line.until == ENDS
