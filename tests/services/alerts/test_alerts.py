"""Scanning a small company's clients: what opens, what is said, what waits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.services.alerts.scan_report import Delivery, ScanReport
from bot.services.alerts.service import AlertService
from tests.books import TODAY, Books, open_books
from tests.services.alerts.scanning import (
    EURO,
    NIGHT,
    NOW,
    change,
    everything,
    late,
    rows,
    send_posts,
)


def test_opens_an_alert_in_the_owners_channel(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne = books.person("Anne", channel="CANNE")
    late(books, books.client("C1", "Garage Lemoine", owner_id=anne), 900, 10)
    line = scan().alerts[0]
    assert (line.level, line.change, line.channel, line.delivery, line.owner) == (
        1,
        "opened",
        "CANNE",
        Delivery.QUEUED,
        "Anne",
    )


def test_a_second_scan_changes_nothing(books: Books, scan: Callable[..., ScanReport]) -> None:
    anne = books.person("Anne", channel="CANNE")
    for number in range(5):
        client = books.client(f"C{number}", f"Client {number}", owner_id=anne)
        late(books, client, 900 + number, 10 + number * 10)
    late(books, books.client("N1", "Sans personne"), 7000, 50)
    scan()
    before = everything(books)
    assert scan().alerts[0].change == "none"
    assert everything(books) == before


def test_a_second_scan_says_of_an_unsent_alert_that_it_is_pending(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne = books.person("Anne", channel="CANNE")
    late(books, books.client("C1", "Garage Lemoine", owner_id=anne), 900, 10)
    scan()
    assert scan().alerts[0].delivery is Delivery.PENDING


def test_an_alert_that_was_sent_has_nothing_to_deliver(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne = books.person("Anne", channel="CANNE")
    late(books, books.client("C1", "Garage Lemoine", owner_id=anne), 900, 10)
    scan()
    send_posts(books)
    assert scan().alerts[0].delivery is Delivery.NONE


def test_the_budget_posts_three_a_day_the_worst_first(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne = books.person("Anne", channel="CANNE")
    for number in range(5):
        late(books, books.client(f"C{number}", "X", owner_id=anne), 1000 + number, 10)
    deliveries = [line.delivery for line in scan().alerts]
    assert deliveries == [Delivery.QUEUED] * 3 + [Delivery.BUDGET] * 2
    send_posts(books)
    later = {line.client: line.delivery for line in scan(TODAY + timedelta(days=1)).alerts}
    assert [later["C0 X"], later["C1 X"]] == [Delivery.QUEUED, Delivery.QUEUED]


def test_at_night_the_post_waits_for_the_next_working_minute(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne = books.person("Anne", channel="CANNE")
    late(books, books.client("C1", "Roy", owner_id=anne), 900, 10)
    assert scan(now=NIGHT).alerts[0].delivery is Delivery.QUIET
    waits = rows(books, "message", "next_attempt_at")[0][0]
    assert waits == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def test_clients_nobody_owns_are_one_message_to_finance(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    for number in range(4):
        late(books, books.client(f"C{number}", "X"), 900, 10)
    scan()
    told = [(kind, channel) for kind, channel in rows(books, "message", "kind", "channel")]
    assert told == [("unowned", "CFINANCE")]


def test_a_new_level_speaks_in_the_thread(books: Books, scan: Callable[..., ScanReport]) -> None:
    anne = books.person("Anne", channel="CANNE")
    late(books, books.client("C1", "Roy", owner_id=anne), 900, 29)
    scan()
    send_posts(books)
    assert scan(TODAY + timedelta(days=1)).alerts[0].change == "news"
    assert rows(books, "message", "kind")[-1] == ("alert_news",)


def test_a_credit_limit_is_said_once_and_rearmed(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne = books.person("Anne", channel="CANNE")
    client = books.client("C1", "Roy", owner_id=anne, credit_limit_minor=1000 * EURO)
    item = books.item(client, "F1", 1200 * EURO, due_on=TODAY + timedelta(days=20))
    assert [(line.level, line.change) for line in scan().alerts] == [(0, "limit")]
    scan()
    assert rows(books, "message", "kind", "channel") == [("limit", ""), ("limit", "CFINANCE")]
    change(books, "open_item", item, open_minor=100 * EURO)
    scan()
    assert rows(books, "client", "limit_said") == [(None,)]


def test_a_crossing_scan_sees_what_a_full_one_sees(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne = books.person("Anne", channel="CANNE")
    for days in range(1, 60):
        late(books, books.client(f"C{days:02}", "X", owner_id=anne), 900, days)
    scan()
    send_posts(books)
    scan(TODAY + timedelta(days=3), everything=False)
    full = scan(TODAY + timedelta(days=3))
    changed = {line.change for line in full.alerts}
    assert changed == {"none"}


def test_the_report_reads_as_json(books: Books, scan: Callable[..., ScanReport]) -> None:
    anne = books.person("Anne", channel="CANNE")
    late(books, books.client("C1", "Roy", owner_id=anne), 900, 10)
    alert = scan().to_json()["alerts"][0]
    assert alert["reasons"] == [
        {
            "rule": "level_1",
            "text": "900.00 EUR overdue (500.00 EUR or more), the oldest item 10 days late",
        }
    ]


def test_another_workspace_sees_nothing(books: Books, scan: Callable[..., ScanReport]) -> None:
    late(books, books.client("C1", "Roy"), 900, 10)
    scan()
    other = open_books(books.database, activated_at=NOW)
    report = AlertService(books.database).scan(other.workspace_id, today=TODAY, now=NOW)
    assert (report.alerts, report.held) == ([], [])
