"""Clients that finance keeps out of alerts: until when, why, and back before it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.errors import InvalidInput, NotAllowed, NotFound
from bot.domain.told import Told
from bot.services.alerts.muting import MutingService
from bot.services.lookups.service import LookupService
from bot.services.mornings.digests import DigestService
from bot.services.mornings.home import HomeService
from storage.messages import EDIT
from storage.muting import Mute, find_mute
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company
from tests.services.drawing import draw, words
from tests.services.outbox import alert_of, told

UNTIL = TUESDAY + timedelta(days=30)


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def books(database: Database, company: Company) -> Books:
    return Books(database, company.workspace_id, company.entity_id)


@pytest.fixture
def muting(database: Database) -> MutingService:
    return MutingService(database, Clock())


def mute(muting: MutingService, company: Company, key: str = "k", until: date = UNTIL) -> None:
    """Keep the client out of alerts, as Fiona."""
    muting.mute(company.fiona, company.client_id, until=until, reason="procès", key=key)


def column(books: Books, table: str, name: str) -> list[Any]:
    """Return one column of a table, in the order of ids."""
    c = metadata.tables[table].c
    with books.database.read() as uow:
        return list(uow.session.scalars(select(c[name]).order_by(c.id)))


def test_a_mute_keeps_its_author_reason_and_end(
    books: Books, company: Company, muting: MutingService
) -> None:
    mute(muting, company)
    with books.database.read() as work:
        kept = find_mute(
            work.session,
            workspace_id=company.workspace_id,
            client_id=company.client_id,
            today=UNTIL,
        )
    assert kept == Mute(UNTIL, "procès", "Fiona")


def test_the_reason_of_a_mute_is_sealed_where_it_is_kept(
    books: Books, company: Company, muting: MutingService
) -> None:
    mute(muting, company)
    (kept,) = column(books, "client", "muted_reason_sealed")
    assert "procès" not in kept


@pytest.mark.parametrize("who", ["anne", "karim", "nadia"])
def test_finance_alone_keeps_a_client_out(
    company: Company, muting: MutingService, who: str
) -> None:
    with pytest.raises(NotAllowed):
        muting.mute(getattr(company, who), company.client_id, until=UNTIL, reason="r", key="k")


@pytest.mark.parametrize("until", [None, TUESDAY, TUESDAY + timedelta(days=367)])
def test_an_end_is_asked_within_a_year(
    company: Company, muting: MutingService, until: date | None
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        muting.mute(company.fiona, company.client_id, until=until, reason="r", key="k")
    assert refusal.value.field == "until"


def test_a_reason_is_asked(company: Company, muting: MutingService) -> None:
    with pytest.raises(InvalidInput) as refusal:
        muting.mute(company.fiona, company.client_id, until=UNTIL, reason=" ", key="k")
    assert refusal.value.field == "reason"


def test_an_unknown_client_is_not_found(company: Company, muting: MutingService) -> None:
    with pytest.raises(NotFound):
        muting.mute(company.fiona, 1, until=UNTIL, reason="r", key="k")


def test_the_owner_is_told_in_the_thread_and_the_alert_is_edited(
    books: Books, company: Company, muting: MutingService
) -> None:
    mute(muting, company)
    assert told(books.database, company) == [
        ("alert", "CANNE", "chat.update"),
        ("alert_event", "CANNE", "chat.postMessage"),
    ]


def test_the_alert_says_that_it_is_out_until_when_and_why(
    books: Books, company: Company, muting: MutingService
) -> None:
    mute(muting, company)
    drawing = draw(books, Told.ALERT, {"alert_id": company.alert_id}, method=EDIT)
    assert "Hors alertes jusqu’au jeudi 24 décembre : « procès » (Fiona)" in words(drawing)


def test_the_window_stops_until_the_end(
    books: Books, company: Company, muting: MutingService
) -> None:
    mute(muting, company)
    assert alert_of(books.database, company).window_suspended_until == UNTIL


def test_a_client_without_alert_is_kept_out_silently(
    database: Database, muting: MutingService
) -> None:
    company = a_company(database, with_alert=False)
    mute(muting, company)
    assert told(database, company) == []


def test_the_same_submission_twice_is_one_event(
    books: Books, company: Company, muting: MutingService
) -> None:
    mute(muting, company)
    mute(muting, company)
    assert column(books, "event", "kind") == ["muted"]


def test_back_before_the_end_the_client_is_judged_at_once(
    books: Books, company: Company, muting: MutingService
) -> None:
    mute(muting, company)
    muting.unmute(company.fiona, company.client_id, key="u")
    assert column(books, "client", "muted_until") == [None]
    assert column(books, "job", "kind") == ["scan_clients"]


def test_back_before_the_end_the_window_runs_again(
    books: Books, company: Company, muting: MutingService
) -> None:
    before = alert_of(books.database, company).window_ends_on
    mute(muting, company)
    muting.unmute(company.fiona, company.client_id, key="u")
    after = alert_of(books.database, company)
    assert (after.window_suspended_until, after.window_ends_on) == (None, before)


def test_a_promise_still_stops_the_window_of_a_client_put_back(
    books: Books, company: Company, muting: MutingService
) -> None:
    friday = date(2026, 11, 27)
    books.change("alert", company.alert_id, state="promised", state_ends_on=friday)
    mute(muting, company)
    muting.unmute(company.fiona, company.client_id, key="u")
    assert alert_of(books.database, company).window_suspended_until == friday


def test_putting_back_a_client_that_is_not_out_changes_nothing(
    books: Books, company: Company, muting: MutingService
) -> None:
    muting.unmute(company.fiona, company.client_id, key="u")
    assert column(books, "event", "kind") == []


def test_the_balance_says_it_and_offers_finance_to_undo_it(
    books: Books, company: Company, muting: MutingService
) -> None:
    mute(muting, company)
    view = LookupService(books.database).balance_of(company.fiona, company.client_id, today=TUESDAY)
    assert getattr(view, "mute", None) is not None
    assert getattr(view, "may_mute", False)


def test_a_mute_that_is_over_is_not_shown(
    books: Books, company: Company, muting: MutingService
) -> None:
    mute(muting, company)
    view = LookupService(books.database).balance_of(
        company.fiona, company.client_id, today=UNTIL + timedelta(days=1)
    )
    assert getattr(view, "mute", "shown") is None


def test_home_does_not_ask_to_decide_of_a_client_that_is_out(
    books: Books, company: Company, muting: MutingService
) -> None:
    mute(muting, company)
    page = HomeService(books.database).home(company.anne, TUESDAY)
    assert (page.alerts, page.alert_count) == ((), 0)


def test_the_digest_does_not_ask_to_decide_of_a_client_that_is_out(
    books: Books, company: Company, muting: MutingService
) -> None:
    wednesday = TUESDAY + timedelta(days=1)
    books.change("workspace", company.workspace_id, activated_at=AT_TEN)
    books.change("alert", company.alert_id, shown_at=AT_TEN - timedelta(days=5))
    service = DigestService(books.database, Clock())
    early = AT_TEN + timedelta(hours=20)
    before = service.digest(company.workspace_id, wednesday, early, write=False).digests
    mute(muting, company)
    after = service.digest(company.workspace_id, wednesday, early, write=False).digests
    assert "Menuiserie Roy" in str(before)
    assert "Menuiserie Roy" not in str(after)
