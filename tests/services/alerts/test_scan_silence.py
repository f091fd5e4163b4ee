"""What keeps a client out of a scan's words: no activation, stale books, accounts kept out."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.actors import Actor, system
from bot.domain.errors import NotAllowed
from bot.domain.ledger import ClientKind
from bot.domain.lifecycle import Role
from bot.services.alerts.scan_report import Delivery, ScanReport
from bot.services.alerts.service import AlertService, on_backlog_sent
from tests.books import TODAY, Books
from tests.services.alerts.scanning import NOW, Sent, change, everything, late, rows


def test_before_activation_the_scan_is_a_preview_that_writes_nothing(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    change(books, "workspace", books.workspace_id, activated_at=None)
    late(books, books.client("C1", "Roy"), 900, 10)
    assert scan().alerts[0].delivery is Delivery.PREVIEW
    assert everything(books) == [[], [], []]


def test_activation_lists_the_backlog_and_starts_its_clocks(books: Books) -> None:
    change(books, "workspace", books.workspace_id, activated_at=None)
    anne = books.person("Anne", channel="CANNE")
    for number in range(5):
        late(books, books.client(f"C{number}", "X", owner_id=anne), 1000 + number, 10)
    service = AlertService(books.database)
    service.activate(system(books.workspace_id), today=TODAY, now=NOW)
    kinds = [kind for (kind,) in rows(books, "message", "kind")]
    assert kinds == ["backlog", "alert", "alert", "alert"]
    body = rows(books, "message", "body")[0][0]
    with books.database.write() as uow:
        on_backlog_sent(uow.session, Sent(books.workspace_id, body), "CANNE", "1.0")
        uow.commit()
    ends = {day for (day,) in rows(books, "alert", "window_ends_on")}
    assert ends == {date(2026, 12, 8)}


def test_activation_of_one_person_leaves_the_others_alone(books: Books) -> None:
    change(books, "workspace", books.workspace_id, activated_at=None)
    anne, karim = books.person("Anne", channel="CA"), books.person("Karim", channel="CK")
    late(books, books.client("C1", "Roy", owner_id=anne), 900, 10)
    late(books, books.client("C2", "Ray", owner_id=karim), 900, 10)
    report = AlertService(books.database).activate(
        system(books.workspace_id), today=TODAY, now=NOW, person_id=anne
    )
    assert [line.client for line in report.alerts] == ["C1 Roy"]
    assert [(line.client, line.held.why) for line in report.held] == [("C2 Ray", "not_active")]


def test_a_salesperson_does_not_activate(books: Books) -> None:
    anne = Actor(books.workspace_id, 1, roles=frozenset({Role.SALES}))
    with pytest.raises(NotAllowed):
        AlertService(books.database).activate(anne, today=TODAY, now=NOW)


def test_stale_books_hold_every_alert_and_tell_finance_once(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    books.import_run(as_of=TODAY - timedelta(days=7))
    late(books, books.client("C1", "Roy"), 900, 10)
    report = scan()
    scan()
    assert (report.alerts, report.held[0].held.why) == ([], "stale_books")
    assert rows(books, "message", "kind", "channel") == [("stale_books", "CFINANCE")]


def test_receipts_that_lag_sales_hold_every_alert(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    books.import_run(as_of=TODAY, sales_until=TODAY, receipts_until=TODAY - timedelta(days=9))
    late(books, books.client("C1", "Roy"), 900, 10)
    assert [line.held.why for line in scan().held] == ["receipts_lag"]


def test_finance_may_state_how_far_receipts_go(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    books.import_run(as_of=TODAY, sales_until=TODAY, receipts_until=TODAY - timedelta(days=9))
    change(books, "entity", books.entity_id, receipts_stated_until=TODAY)
    late(books, books.client("C1", "Roy"), 900, 10)
    assert [line.change for line in scan().alerts] == ["opened"]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"kind": ClientKind.TILL.value}, "kind"),
        ({"muted_until": TODAY, "muted_reason_sealed": "procès"}, "muted"),
    ],
)
def test_accounts_kept_out_raise_nothing(
    books: Books, scan: Callable[..., ScanReport], values: dict[str, Any], why: str
) -> None:
    late(books, books.client("C1", "Roy", **values), 9000, 50)
    report = scan()
    assert (report.alerts, [line.held.why for line in report.held]) == ([], [why])
