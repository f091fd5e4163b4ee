"""The first import's preview: who would get what, told to finance once."""

from datetime import date

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.ledger import ClientKind
from bot.domain.told import Told
from bot.services.alerts.previews import PreviewService
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, Clock, Company, a_company
from tests.services.drawing import draw, words


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def books(database: Database, company: Company) -> Books:
    return Books(database, company.workspace_id, company.entity_id)


def test_a_preview_says_what_each_person_would_get(books: Books) -> None:
    books.import_run()
    said = words(draw(books, Told.PREVIEW, {}))
    assert "Anne" in said
    assert "12 480 €" in said


def test_nothing_is_previewed_before_an_import(books: Books) -> None:
    assert draw(books, Told.PREVIEW, {}) is None


def test_finance_is_told_of_an_import_s_preview_once(books: Books, company: Company) -> None:
    service = PreviewService(books.database, Clock())
    books.import_run()
    assert [service.tell_finance(company.workspace_id) for _ in range(2)] == [True, False]


def test_finance_is_told_no_preview_once_alerts_are_on(books: Books, company: Company) -> None:
    books.import_run()
    books.change("workspace", company.workspace_id, activated_at=AT_TEN)
    assert not PreviewService(books.database, Clock()).tell_finance(company.workspace_id)


def test_a_salesperson_does_not_see_the_preview(books: Books, company: Company) -> None:
    with pytest.raises(NotAllowed):
        PreviewService(books.database, Clock()).view(company.anne)


def test_the_preview_counts_clients_without_owner(books: Books, company: Company) -> None:
    books.import_run()
    books.change("client", company.client_id, owner_id=None)
    view = PreviewService(books.database, Clock()).view(company.fiona)
    assert view is not None
    assert (view.alert_count, view.unowned_count, view.people) == (1, 1, ())


def test_books_too_old_are_previewed_all_the_same(books: Books, company: Company) -> None:
    books.import_run(as_of=date(2026, 9, 30))
    view = PreviewService(books.database, Clock()).view(company.fiona)
    assert view is not None
    assert (view.alert_count, view.as_of) == (1, date(2026, 9, 30))


def test_the_preview_asks_to_check_only_what_nobody_confirmed(
    books: Books, company: Company
) -> None:
    books.import_run()
    books.client("T1", "Caisse", kind="till")
    books.client("T2", "Comptoir", kind="till", kind_confirmed=True)
    view = PreviewService(books.database, Clock()).view(company.fiona)
    assert view is not None
    assert view.kinds == ((ClientKind.TILL, 1),)


def test_an_import_that_asks_nothing_is_not_told(books: Books, company: Company) -> None:
    service = PreviewService(books.database, Clock())
    assert not service.tell_import(company.workspace_id, books.import_run())


def test_an_import_with_refused_rows_is_told_once(books: Books, company: Company) -> None:
    service = PreviewService(books.database, Clock())
    run_id = books.import_run(rejected_count=2)
    assert [service.tell_import(company.workspace_id, run_id) for _ in range(2)] == [True, False]


def test_an_import_that_brings_accounts_to_check_leads_to_them(
    books: Books, company: Company
) -> None:
    run_id = books.import_run()
    books.client("T1", "Caisse", kind="till")
    assert PreviewService(books.database, Clock()).tell_import(company.workspace_id, run_id)
    assert "Vérifier les comptes" in words(draw(books, Told.IMPORT_REPORT, {"run_id": run_id}))


def test_accounts_that_an_older_import_brought_are_not_told_again(
    books: Books, company: Company
) -> None:
    books.client("T1", "Caisse", kind="till")
    run_id = books.import_run(applied_at=AT_TEN)
    assert not PreviewService(books.database, Clock()).tell_import(company.workspace_id, run_id)


def test_an_unknown_import_is_not_told(books: Books, company: Company) -> None:
    assert not PreviewService(books.database, Clock()).tell_import(company.workspace_id, 1)
