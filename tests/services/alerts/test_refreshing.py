"""Open alerts say each working morning how late they are that day, in silence, without a storm."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.services.alerts.refreshing import RefreshService
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.services.alerts.scanning import NOW, late, send_posts

MORNING = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
TOMORROW = TODAY + timedelta(days=1)
SATURDAY = TODAY + timedelta(days=4)


@pytest.fixture
def books(database: Database) -> Books:
    """A company with three clients in alert, shown to Anne today."""
    opened = open_books(database, finance_channel="CFINANCE", activated_at=NOW)
    anne = opened.person("Anne", channel="CANNE")
    for euros in (900, 3000, 2000):
        client = opened.client(f"C{euros}", f"Client {euros}", owner_id=anne)
        late(opened, client, euros, 10)
    return opened


@pytest.fixture
def shown(books: Books, scan: Any) -> Books:
    scan()
    send_posts(books)
    settle(books, NOW)
    return books


def settle(books: Books, at: datetime) -> None:
    """Send whatever waits, at `at`."""
    c = metadata.tables["message"].c
    with books.database.write() as uow:
        changed = update(metadata.tables["message"]).where(c.workspace_id == books.workspace_id)
        uow.session.execute(changed.where(c.sent_at.is_(None)).values(state="sent", sent_at=at))
        uow.session.execute(changed.where(c.state == "pending").values(state="sent", sent_at=at))
        uow.commit()


def edits(books: Books) -> list[Any]:
    """Return the edits that wait, in the order they leave."""
    c = metadata.tables["message"].c
    query = select(c.subject, c.next_attempt_at, c.proactive, c.channel).where(
        c.workspace_id == books.workspace_id, c.method == "chat.update", c.state == "pending"
    )
    with books.database.read() as uow:
        return list(uow.session.execute(query.order_by(c.next_attempt_at)))


def refresh(books: Books, days: int = 1) -> int:
    """Refresh at half past seven, that many days from today."""
    at = MORNING + timedelta(days=days - 1)
    return RefreshService(books.database).refresh(
        books.workspace_id, TODAY + timedelta(days=days), at
    )


def test_every_alert_shown_on_another_day_is_drawn_again(shown: Books) -> None:
    assert refresh(shown) == 3
    assert {(row.proactive, row.channel) for row in edits(shown)} == {(False, "CANNE")}


def test_what_was_drawn_the_same_day_is_left_alone(shown: Books) -> None:
    assert refresh(shown, days=0) == 0


def test_a_second_refresh_of_the_day_adds_nothing(shown: Books) -> None:
    refresh(shown)
    assert refresh(shown) == 0


def test_edits_leave_one_after_the_other_from_the_first_working_minute(shown: Books) -> None:
    refresh(shown)
    times = [row.next_attempt_at for row in edits(shown)]
    assert times[0] == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    assert {later - earlier for earlier, later in pairwise(times)} == {timedelta(seconds=3)}


def test_the_worst_is_drawn_first(shown: Books) -> None:
    refresh(shown)
    c = metadata.tables["alert"].c
    with shown.database.read() as uow:
        order = select(c.id).where(c.workspace_id == shown.workspace_id)
        worst = uow.session.scalars(order.order_by(c.overdue_minor.desc())).all()
    assert [row.subject for row in edits(shown)] == [f"alert:{id}" for id in worst]


def test_an_untouched_alert_uses_one_row_day_after_day(shown: Books) -> None:
    refresh(shown)
    settle(shown, MORNING + timedelta(hours=3))
    refresh(shown, days=2)
    messages = metadata.tables["message"]
    with shown.database.read() as uow:
        found = select(messages.c.id).where(messages.c.method == "chat.update")
        kept = uow.session.scalars(found.where(messages.c.workspace_id == shown.workspace_id)).all()
    assert (len(kept), len(edits(shown))) == (3, 3)


def test_a_day_off_is_left_alone(shown: Books) -> None:
    assert refresh(shown, days=(SATURDAY - TODAY).days) == 0


def test_an_alert_nobody_was_shown_is_not_edited(books: Books, scan: Any) -> None:
    scan()
    assert refresh(books) == 0
