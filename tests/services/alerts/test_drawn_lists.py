"""Lists, files and reports are drawn as they stand when the message leaves, or not at all."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import AlertState, HandoverState, Outcome
from bot.domain.told import Told
from bot.services.delivery.drawings import sent_hooks
from bot.services.follow_ups.service import FollowUpService
from storage import handovers
from storage.messages import POST
from storage.outgoing import Outgoing
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company
from tests.services.drawing import a_handover, draw, put, words
from tests.services.outbox import messages_of


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def books(database: Database, company: Company) -> Books:
    return Books(database, company.workspace_id, company.entity_id)


def test_a_limit_passed_is_said(books: Books, company: Company) -> None:
    books.change("client", company.client_id, credit_limit_minor=10_000_00)
    body = {"client_id": company.client_id, "stage": 100, "day": "2026-11-24"}
    assert "10 000 €" in words(draw(books, Told.LIMIT, body))


def test_a_limit_no_longer_passed_is_not_said(books: Books, company: Company) -> None:
    books.change("client", company.client_id, credit_limit_minor=20_000_00)
    body = {"client_id": company.client_id, "stage": 100, "day": "2026-11-24"}
    assert draw(books, Told.LIMIT, body) is None


def test_unowned_clients_are_listed(books: Books, company: Company) -> None:
    books.change("client", company.client_id, owner_id=None)
    drawn = draw(books, Told.UNOWNED, {"alert_ids": [company.alert_id]})
    assert "Menuiserie Roy" in words(drawn)


def test_unowned_clients_that_found_an_owner_are_not_listed(books: Books, company: Company) -> None:
    assert draw(books, Told.UNOWNED, {"alert_ids": [company.alert_id]}) is None


def test_a_backlog_lists_its_alerts(books: Books, company: Company) -> None:
    body = {"alert_ids": [company.alert_id]}
    drawn = draw(books, Told.BACKLOG, body, person_id=company.anne.person_id)
    assert "Menuiserie Roy" in words(drawn)


def test_a_settled_backlog_is_not_said(books: Books, company: Company) -> None:
    put(books, company, state=AlertState.RESOLVED)
    assert draw(books, Told.BACKLOG, {"alert_ids": [company.alert_id]}) is None


def test_books_too_old_are_said(books: Books) -> None:
    books.import_run(as_of=date(2026, 11, 2))
    body = {"entity_id": books.entity_id, "why": "stale_books", "until": "2026-11-02"}
    assert "20 novembre" in words(draw(books, Told.STALE_BOOKS, body))


def test_fresh_books_are_not_said_too_old(books: Books) -> None:
    books.import_run(as_of=TUESDAY)
    body = {"entity_id": books.entity_id, "why": "stale_books", "until": "2026-11-02"}
    assert draw(books, Told.STALE_BOOKS, body) is None


def test_an_import_is_reported_with_what_it_refused(books: Books) -> None:
    run_id = books.import_run(
        file_name="ventes.csv",
        rejected_count=1,
        totals=[{"currency": "EUR", "net_minor": 500, "open_minor": 500, "unattributed_minor": 0}],
    )
    books.add("rejected_row", import_run_id=run_id, line=7, column="Debit", reason="unreadable")
    assert "ligne 7" in words(draw(books, Told.IMPORT_REPORT, {"run_id": run_id}))


def test_a_shared_balance_names_who_shared_it(books: Books, company: Company) -> None:
    body = {"client_id": company.client_id, "by_id": company.anne.person_id}
    assert "Anne" in words(draw(books, Told.SHARED_BALANCE, body))


def test_a_handover_is_drawn(books: Books, company: Company) -> None:
    id = a_handover(books, company, HandoverState.OFFERED)
    put(books, company, state=AlertState.HANDED_OVER)
    assert "Menuiserie Roy" in words(draw(books, Told.HANDOVER, {"handover_id": id}))


def test_a_handover_taken_is_not_reminded_of(books: Books, company: Company) -> None:
    id = a_handover(books, company, HandoverState.TAKEN)
    body = {"handover_ids": [id], "manager_id": None}
    assert draw(books, Told.HANDOVER_REMINDER, body) is None


def test_a_handover_not_taken_is_reminded_of(books: Books, company: Company) -> None:
    id = a_handover(books, company, HandoverState.OFFERED)
    body = {"handover_ids": [id], "manager_id": company.nadia.person_id}
    assert "<@UNADIA>" in words(draw(books, Told.HANDOVER_REMINDER, body))


def test_a_promise_not_kept_is_said_to_finance(books: Books, company: Company) -> None:
    id = books.add(
        "promise",
        key="p",
        client_id=company.client_id,
        minor=5_000_00,
        currency="EUR",
        due_on=date(2026, 11, 18),
        made_on=date(2026, 11, 10),
        state="broken",
    )
    drawn = draw(books, Told.PROMISE_BROKEN, {"promise_id": id, "to_finance": True})
    assert "5 000 €" in words(drawn)


def test_all_that_a_note_queues_can_be_drawn(books: Books, company: Company) -> None:
    FollowUpService(books.database, Clock()).record(
        company.anne,
        FollowUpForm(
            key="k1",
            client_id=company.client_id,
            alert_id=company.alert_id,
            outcome=Outcome.CASH_TROUBLE,
            said="la banque a réduit le découvert",
        ),
    )
    queued = messages_of(books.database, company)
    drawn = [draw(books, Told(row.kind), row.body, method=row.method) for row in queued]
    assert drawn
    assert None not in drawn


def test_a_person_s_digest_is_drawn(books: Books, company: Company) -> None:
    books.change("workspace", company.workspace_id, activated_at=AT_TEN)
    put(books, company, shown_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    body = {"today": TUESDAY.isoformat(), "person_id": company.anne.person_id}
    drawn = draw(books, Told.DIGEST, body, person_id=company.anne.person_id)
    assert "Menuiserie Roy" in words(drawn)


def test_finance_s_digest_is_drawn(books: Books, company: Company) -> None:
    books.change("client", company.client_id, owner_id=None)
    body = {"today": TUESDAY.isoformat(), "person_id": None}
    assert "Menuiserie Roy" in words(draw(books, Told.FINANCE_DIGEST, body))


def test_posting_a_handover_remembers_where(books: Books, company: Company) -> None:
    id = a_handover(books, company, HandoverState.OFFERED)
    message = Outgoing(
        books.workspace_id,
        1,
        "k",
        "handover",
        "s",
        1,
        POST,
        "CFINANCE",
        "",
        "",
        None,
        1,
        AT_TEN,
        "t",
        {"handover_id": id},
    )
    with books.database.write() as work:
        sent_hooks()[Told.HANDOVER](work.session, message, "CFINANCE", "7.5")
        work.commit()
    with books.database.read() as work:
        line = handovers.get_handover(work.session, workspace_id=books.workspace_id, id=id)
    assert line is not None
    assert (line.channel, line.ts) == ("CFINANCE", "7.5")
