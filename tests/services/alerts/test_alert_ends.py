"""An alert ends with the money, moves with its owner, leaves with its window."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.domain.decision import Change
from bot.services.alerts.scan_report import Delivery, ScanReport
from bot.services.alerts.service import on_backlog_sent
from tests.books import TODAY, Books
from tests.services.alerts.scanning import EURO, Sent, change, late, rows, send_posts


def test_the_alert_resolves_when_the_money_is_in(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne = books.person("Anne", channel="CANNE")
    item = late(books, books.client("C1", "Roy", owner_id=anne), 900, 10)
    scan()
    send_posts(books)
    change(books, "open_item", item, open_minor=0)
    books.add("settlement", open_item_id=item, by="receipt", minor=900 * EURO, settled_on=TODAY)
    assert scan().alerts[0].change == "resolved"
    state, by, how = rows(books, "alert", "state", "resolved_by", "resolution")[0]
    assert (state, by, how["settled_minor"]) == ("resolved", "receipt", 900 * EURO)
    assert rows(books, "message", "method")[-1] == ("chat.update",)


def test_an_alert_written_off_in_the_books_ends_as_written_off_and_leaves_the_lists(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    item = late(books, books.client("C1", "Roy", owner_id=books.person("Anne")), 900, 10)
    scan()
    change(books, "open_item", item, open_minor=0)
    books.add("settlement", open_item_id=item, by="write_off", minor=900 * EURO, settled_on=TODAY)
    scan()
    assert rows(books, "alert", "state", "resolved_by") == [("written_off", "write_off")]
    late(books, books.client("C2", "Baudry"), 900, 10)
    assert len(scan().alerts) == 1


def test_a_settled_alert_says_how_late_the_money_came_by_the_books(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    item = late(books, books.client("C1", "Roy", owner_id=books.person("Anne")), 900, 10)
    scan()
    change(books, "open_item", item, open_minor=0)
    paid_on = TODAY - timedelta(days=2)
    books.add("settlement", open_item_id=item, by="receipt", minor=900 * EURO, settled_on=paid_on)
    scan()
    assert rows(books, "alert", "resolution")[0][0]["days"] == 8


def test_the_window_ends_in_a_handover(books: Books, scan: Callable[..., ScanReport]) -> None:
    anne = books.person("Anne", channel="CANNE")
    late(books, books.client("C1", "Roy", owner_id=anne), 900, 10)
    scan()
    send_posts(books)
    report = scan(date(2026, 12, 9))
    assert (report.alerts[0].change, report.alerts[0].state) == ("handed_over", "handed_over")
    assert rows(books, "handover", "automatic", "take_by_on") == [(True, date(2026, 12, 10))]
    assert ("handover", "CFINANCE") in rows(books, "message", "kind", "channel")


def test_two_days_before_its_end_the_owner_is_warned_once(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne = books.person("Anne", channel="CANNE")
    late(books, books.client("C1", "Roy", owner_id=anne), 900, 10)
    scan()
    send_posts(books)
    scan(date(2026, 12, 4))
    scan(date(2026, 12, 4))
    kinds = [kind for (kind,) in rows(books, "message", "kind")]
    assert kinds.count("window_ending") == 1


def test_two_days_before_its_end_the_manager_sees_what_leaves_the_team(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    nadia = books.person("Nadia", roles="manager", channel="CNADIA")
    anne = books.person("Anne", channel="CANNE", manager_id=nadia)
    late(books, books.client("C1", "Roy", owner_id=anne), 900, 10)
    scan()
    send_posts(books)
    scan(date(2026, 12, 4))
    scan(date(2026, 12, 4))
    told = rows(books, "message", "kind", "person_id", "channel", "state")
    assert [one[1:] for one in told if one[0] == "window_ending"] == [
        (anne, "CANNE", "pending"),
        (nadia, "", "pending"),
    ]


def test_an_owner_who_saw_only_the_list_is_warned_outside_any_thread(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne = books.person("Anne", channel="CANNE")
    late(books, books.client("C1", "Roy", owner_id=anne), 900, 10)
    scan()
    with books.database.write() as uow:
        ids = [id for (id,) in rows(books, "alert", "id")]
        body = {"alert_ids": ids}
        on_backlog_sent(uow.session, Sent(books.workspace_id, body), "CANNE", "1.0")
        uow.commit()
    scan(date(2026, 12, 4))
    told = rows(books, "message", "kind", "person_id", "thread")
    assert [one[1:] for one in told if one[0] == "window_ending"] == [(anne, "")]


def test_a_client_given_to_another_person_is_posted_to_them(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne, karim = books.person("Anne", channel="CA"), books.person("Karim", channel="CK")
    client = books.client("C1", "Roy", owner_id=anne)
    late(books, client, 900, 10)
    scan()
    send_posts(books)
    change(books, "client", client, owner_id=karim)
    line = scan().alerts[0]
    assert (line.change, line.channel, line.delivery) == (
        Change.REASSIGNED.value,
        "CK",
        Delivery.QUEUED,
    )


def test_an_owner_changed_by_an_import_edits_the_old_message(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    anne, karim = books.person("Anne", channel="CA"), books.person("Karim", channel="CK")
    client = books.client("C1", "Roy", owner_id=anne)
    late(books, client, 900, 10)
    scan()
    send_posts(books)
    ((ts,),) = rows(books, "alert", "ts")
    change(books, "client", client, owner_id=karim)
    scan()
    told = rows(books, "message", "kind", "method", "channel", "thread")
    assert [one[1:] for one in told if one[0] == "alert_given"] == [
        ("chat.update", "CANNE", ts),
    ]


def test_an_owner_changed_by_an_import_is_named_in_the_history(
    books: Books, scan: Callable[..., ScanReport]
) -> None:
    karim = books.person("Karim", channel="CK")
    client = books.client("C1", "Roy", owner_id=books.person("Anne", channel="CA"))
    late(books, client, 900, 10)
    scan()
    change(books, "client", client, owner_id=karim)
    scan()
    bodies = [body for kind, body in rows(books, "event", "kind", "body") if kind == "reassigned"]
    assert [body["to"] for body in bodies] == ["Karim"]
