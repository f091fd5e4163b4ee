"""Insurers' cover lost, or ten days off: finance learns of it at the first working minute."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from bot.domain.told import Told
from bot.rendering.cover_messages import CoverLostView
from bot.rendering.team_views import LineView
from bot.services.solvency.event_news import is_active
from bot.services.workspaces.working_days import day_of
from storage import cover_deadlines, messages
from storage.cover_deadlines import DeadlineLine
from storage.sessions import Session

_FAR = timedelta(days=3650)


def tell_cover_lost(
    session: Session, workspace_id: int, client_ids: Collection[int], today: date, now: datetime
) -> None:
    """Tell finance of the clients that owe, in one message; it pierces all but the night."""
    unpaid = cover_deadlines.list_unpaid(
        session, workspace_id=workspace_id, client_ids=sorted(client_ids)
    )
    owing = sorted({row.client_id for row in unpaid})
    day = day_of(session, workspace_id=workspace_id, now=now, today=today)
    if not owing or not day.house.finance_channel or not is_active(session, workspace_id):
        return
    subject = f"cover_lost:{today}:{owing[0]}"
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.COVER_LOST,
        subject=subject,
        key=subject,
        now=now,
        channel=day.house.finance_channel,
        proactive=True,
        pierces=True,
        body={"client_ids": owing},
        not_before=day.calendar.next_working_minute(now, day.house.time_zone),
    )


def cover_lost_view(
    session: Session, *, workspace_id: int, client_ids: Collection[int], today: date
) -> CoverLostView | None:
    """Return those of these clients whose cover still is lost, or nearly; None without any."""
    alarming = cover_deadlines.list_alarming(session, workspace_id=workspace_id)
    rows = cover_deadlines.list_deadlines(session, workspace_id=workspace_id, until=today + _FAR)
    shown = alarming.intersection(client_ids)
    lines = tuple(cover_line(row, today) for row in rows if row.client_id in shown)
    return CoverLostView(lines, today) if lines else None


def cover_line(row: DeadlineLine, today: date) -> LineView:
    """Return one client's clock: until when it is covered, or since when it is not."""
    lost = row.step in ("lost", "cancelled")
    return LineView(
        row.client_id,
        row.client,
        row.minor,
        row.currency,
        days=(row.covered_until - today).days,
        on=None if lost else row.covered_until,
        also_on=row.until_on if lost else None,
        person=row.owner,
    )
