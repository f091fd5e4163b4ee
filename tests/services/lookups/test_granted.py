"""What was granted to a client is said beside its figures, as long as it runs."""

from datetime import date, timedelta

import pytest

from bot.domain.late_payment.waivers import WaiverState
from bot.domain.lifecycle import ConcessionKind, ConcessionState
from bot.rendering.card_views import GrantedView
from storage.unit_of_work import Database
from tests.books import AT, TODAY, Books, open_books
from tests.services.asking import balance_of

FRIDAY = TODAY + timedelta(days=3)


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


def grant(
    books: Books, client_id: int, until: date, state: ConcessionState, **by: int | None
) -> None:
    kind = ConcessionKind.EXTENSION
    books.add(
        "concession",
        client_id=client_id,
        key=f"{until}:{state}",
        kind=kind,
        state=state,
        minor=4_000_00,
        currency="EUR",
        until_on=until,
        asked_at=AT,
        open_item_ids=[],
        beyond=[],
        **by,
    )


def offer(books: Books, client_id: int, state: WaiverState) -> None:
    books.add(
        "waiver",
        client_id=client_id,
        key=state,
        state=state,
        given_up_minor=120_00,
        principal_minor=4_000_00,
        currency="EUR",
        until_on=FRIDAY,
        made_on=TODAY,
        made_at=AT,
        open_item_ids=[],
    )


def test_more_time_that_runs_is_said_and_what_is_over_or_asked_is_not(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    grant(books, client_id, FRIDAY, ConcessionState.GRANTED)
    grant(books, client_id, TODAY - timedelta(days=1), ConcessionState.GRANTED)
    grant(books, client_id, FRIDAY + timedelta(days=9), ConcessionState.ASKED)
    assert balance_of(books, "c1").granted == (GrantedView(4_000_00, "EUR", FRIDAY),)


def test_who_gave_more_time_is_named_finance_when_it_decided(books: Books) -> None:
    client_id, anne = books.client("C1", "Roy"), books.person("Anne")
    fiona = books.person("Fiona")
    grant(books, client_id, FRIDAY, ConcessionState.GRANTED, by_id=anne)
    grant(books, client_id, TODAY, ConcessionState.GRANTED, by_id=anne, decided_by_id=fiona)
    assert [one.by for one in balance_of(books, "c1").granted] == ["Anne", "Fiona"]


def test_an_offer_is_said_until_it_is_judged(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    offer(books, client_id, WaiverState.LAPSED)
    assert balance_of(books, "c1").granted == ()
    offer(books, client_id, WaiverState.OFFERED)
    assert balance_of(books, "c1").granted == (GrantedView(120_00, "EUR", FRIDAY, is_offer=True),)
