"""What digests are built from: a morning, its lines and its parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.ageing import days_overdue
from bot.domain.freshness import judge_books
from bot.domain.lifecycle import AlertState
from bot.domain.policy import Amounts
from bot.domain.window import last_day
from bot.rendering.follow_up_views import TaskView
from bot.rendering.team_views import DigestView, LineView, Section, SectionView
from bot.rendering.views import FreshnessView, SumView
from bot.services.follow_ups.views import task_view
from bot.services.workspaces.working_days import Day
from storage import digests, muting, scan_settings
from storage.digests import AlertRow, AmountRow, Owners
from storage.sessions import Session
from storage.tasks import TaskLine

_LATEST_RECEIPTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Morning:
    """One digest being made: whose clients, on which day, since when."""

    session: Session
    workspace_id: int
    owners: Owners
    day: Day
    since: datetime


def start_morning(session: Session, workspace_id: int, owners: Owners, day: Day) -> Morning:
    """Return the morning of `owners`: it covers what happened since the business day before's."""
    before = day.calendar.subtract_business_days(day.today, 1)
    hour = time.fromisoformat(day.house.digest_at)
    since = datetime.combine(before, hour, ZoneInfo(day.house.time_zone)).astimezone(UTC)
    return Morning(session, workspace_id, owners, day, since)


def view_of(morning: Morning, sections: Sequence[SectionView]) -> DigestView | None:
    """Return the digest made of the parts that say something; None when none does."""
    filled = tuple(part for part in sections if part.lines or part.tasks)
    if not filled:
        return None
    day = morning.day
    received = digests.sum_received(
        morning.session,
        workspace_id=morning.workspace_id,
        owners=morning.owners,
        applied_since=morning.since,
        since=day.today - _LATEST_RECEIPTS,
    )
    books = scan_settings.list_books(morning.session, workspace_id=morning.workspace_id)
    held = [judge_books(book, day.policy, day.today, day.calendar) for book in books]
    receipts = [book.receipts_until for book in books if book.receipts_until]
    return DigestView(
        today=day.today,
        sections=filled,
        received=tuple(SumView(minor, currency) for minor, currency in received),
        held_why=next((one.why for one in held if one), None),
        freshness=FreshnessView(receipts_until=min(receipts, default=None)),
    )


def of_each_currency(day: Day, rows: Callable[[str, Amounts], list[AmountRow]]) -> list[LineView]:
    """Return the lines of `rows`, asked for each currency that has thresholds."""
    return [
        amount_line(row, day.today)
        for currency, amounts in sorted(day.policy.amounts.items())
        for row in rows(currency, amounts)
    ]


def open_alerts(
    session: Session, *, workspace_id: int, owners: Owners, today: date
) -> list[AlertRow]:
    """Return the open alerts, worst first, but for clients kept out of alerts on `today`."""
    muted = muting.list_mutes(session, workspace_id=workspace_id, today=today)
    rows = digests.list_open_alerts(session, workspace_id=workspace_id, owners=owners)
    return [row for row in rows if row.client_id not in muted]


def alert_line(row: AlertRow, today: date) -> LineView:
    """Return an alert as a line of a list."""
    return LineView(
        client_id=row.client_id,
        client=row.client,
        minor=row.minor,
        currency=row.currency,
        days=days_overdue(row.oldest_due_on, today) if row.oldest_due_on else 0,
        level=row.level,
        person=row.owner,
        alert_id=row.alert_id,
        channel=row.channel,
        ts=row.ts,
        until=last_day(row.window, AlertState(row.state), today),
    )


def amount_line(row: AmountRow, today: date) -> LineView:
    """Return an amount as a line of a list."""
    return LineView(
        client_id=row.client_id,
        client=row.client,
        minor=row.minor,
        currency=row.currency,
        days=days_overdue(row.on, today) if row.on else 0,
        on=row.on,
        person=row.person,
        usual_delay_days=row.usual_delay_days,
        alert_id=row.alert_id,
        channel=row.channel,
        ts=row.ts,
    )


def section_of(section: Section, lines: Sequence[LineView]) -> SectionView:
    """Return one part of a digest."""
    return SectionView(section, tuple(lines), count=len(lines))


def task_section(session: Session, workspace_id: int, due: Sequence[TaskLine]) -> SectionView:
    """Return the tasks that are due."""
    found = (task_view(session, workspace_id=workspace_id, task_id=task.id) for task in due)
    shown: tuple[TaskView, ...] = tuple(view for view in found if view is not None)
    return SectionView(Section.TASKS, tasks=shown, count=len(shown))
