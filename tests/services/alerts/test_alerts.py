"""Scanning a small company's clients: what opens, what is said, what waits, what settles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.actors import Actor, system
from bot.domain.decision import Change
from bot.domain.errors import NotAllowed
from bot.domain.ledger import ClientKind
from bot.domain.lifecycle import Role
from bot.services.alerts.scan_report import Delivery, ScanReport
from bot.services.alerts.service import AlertService, on_alert_sent, on_backlog_sent
from storage.ids import new_id
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
EURO = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """A message Slack took."""

    workspace_id: int
    body: dict[str, Any]
    attempted_at: datetime = NOW


@pytest.fixture
def books(database: Database) -> Books:
    """An active company whose finance channel is set."""
    return open_books(database, finance_channel="CFINANCE", activated_at=NOW)


@pytest.fixture
def scan(books: Books) -> Callable[..., ScanReport]:
    """A scan of the company, today at 10:00 in Paris unless said."""

    def run(today: date = TODAY, now: datetime | None = None, **how: Any) -> ScanReport:
        at = now or NOW + timedelta(days=(today - TODAY).days)
        return AlertService(books.database).scan(books.workspace_id, today=today, now=at, **how)

    return run


def late(books: Books, client_id: int, euros: int, days: int, **values: Any) -> int:
    """Add an invoice `days` late."""
    number = f"F{new_id()}"
    return books.item(
        client_id, number, euros * EURO, due_on=TODAY - timedelta(days=days), **values
    )


def rows(books: Books, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of a table's rows, in the order they were made."""
    c = metadata.tables[table].c
    query = select(*(c[name] for name in columns)).order_by(c.id)
    with books.database.read() as uow:
        found = uow.session.execute(query.where(c.workspace_id == books.workspace_id))
        return [tuple(row) for row in found]


def change(books: Books, table: str, row_id: int, **values: Any) -> None:
    """Change a row."""
    target = metadata.tables[table]
    with books.database.write() as uow:
        uow.session.execute(update(target).where(target.c.id == row_id).values(**values))
        uow.commit()


def send_posts(books: Books, now: datetime = NOW) -> None:
    """Do what follows the sending of every alert post in the outbox."""
    c = metadata.tables["message"].c
    with books.database.write() as uow:
        query = select(c.id, c.body).where(
            c.workspace_id == books.workspace_id,
            c.kind == "alert",
            c.method == "chat.postMessage",
            c.state == "pending",
        )
        for id, body in uow.session.execute(query).all():
            on_alert_sent(uow.session, Sent(books.workspace_id, body, now), "CANNE", f"{id}.0")
            uow.session.execute(
                update(metadata.tables["message"]).where(c.id == id).values(state="sent")
            )
        uow.commit()


def everything(books: Books) -> list[Any]:
    """Return all that a scan can write."""
    return [
        rows(books, "alert", "id", "version", "state", "level", "overdue_minor"),
        rows(books, "event", "key"),
        rows(books, "message", "dedupe_key", "state"),
    ]


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


def test_a_new_level_speaks_in_the_thread(books: Books, scan: Callable[..., ScanReport]) -> None:
    anne = books.person("Anne", channel="CANNE")
    late(books, books.client("C1", "Roy", owner_id=anne), 900, 29)
    scan()
    send_posts(books)
    assert scan(TODAY + timedelta(days=1)).alerts[0].change == "news"
    assert rows(books, "message", "kind")[-1] == ("alert_news",)


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
        ({"muted_until": TODAY, "muted_reason": "procès"}, "muted"),
    ],
)
def test_accounts_kept_out_raise_nothing(
    books: Books, scan: Callable[..., ScanReport], values: dict[str, Any], why: str
) -> None:
    late(books, books.client("C1", "Roy", **values), 9000, 50)
    report = scan()
    assert (report.alerts, [line.held.why for line in report.held]) == ([], [why])


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
