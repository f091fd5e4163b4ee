"""Reminders of the handovers nobody took: once to finance, once to its manager."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.escalation import OfferedHandover, Reminder, reminder_due
from bot.domain.lifecycle import HandoverState
from bot.domain.told import Told
from bot.services.workspaces.working_days import Day
from storage import client_files, handovers, messages
from storage.handovers import HandoverLine
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class ClockReport:
    """The handovers somebody was reminded of."""

    finance: tuple[int, ...] = ()
    finance_manager: tuple[int, ...] = ()


def remind(session: Session, workspace_id: int, day: Day, now: datetime) -> ClockReport:
    """Tell who must know of the handovers not taken in time, all in one message each a day."""
    if not day.calendar.is_business_day(day.today):
        return ClockReport()
    zone = ZoneInfo(day.house.time_zone)
    due: dict[Reminder, list[int]] = {Reminder.FINANCE: [], Reminder.FINANCE_MANAGER: []}
    for line in handovers.list_handovers(
        session, workspace_id=workspace_id, state=HandoverState.OFFERED
    ):
        who = reminder_due(_facts(line, zone), day.today, day.calendar)
        if who is not None:
            due[who].append(line.id)
    for who, ids in due.items():
        _remind(session, workspace_id, who, ids, day, now)
    return ClockReport(tuple(due[Reminder.FINANCE]), tuple(due[Reminder.FINANCE_MANAGER]))


def _facts(line: HandoverLine, zone: ZoneInfo) -> OfferedHandover:
    return OfferedHandover(
        line.id, line.take_by_on, _local(line.reminded_at, zone), _local(line.escalated_at, zone)
    )


def _local(at: datetime | None, zone: ZoneInfo) -> date | None:
    return None if at is None else at.astimezone(zone).date()


def _remind(
    session: Session,
    workspace_id: int,
    who: Reminder,
    ids: Sequence[int],
    day: Day,
    now: datetime,
) -> None:
    if not ids:
        return
    escalated = who is Reminder.FINANCE_MANAGER
    manager_id = _finance_manager(session, workspace_id) if escalated else None
    for id in ids:
        handovers.mark_reminded(
            session, workspace_id=workspace_id, id=id, at=now, escalated=escalated
        )
    if escalated and manager_id is None:
        return
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.HANDOVER_REMINDER,
        subject=f"handovers:{who.value}:{day.today}",
        key=f"handovers:{who.value}:{day.today}:{ids[0]}",
        now=now,
        channel="" if escalated else day.house.finance_channel,
        person_id=manager_id,
        body={"handover_ids": list(ids), "manager_id": manager_id},
        not_before=day.calendar.next_working_minute(now, day.house.time_zone),
    )


def _finance_manager(session: Session, workspace_id: int) -> int | None:
    """Return who most of the finance team reports to, outside the team when somebody is."""
    team = client_files.list_finance(session, workspace_id=workspace_id)
    members = {person.id for person in team}
    managers = [person.manager_id for person in team if person.manager_id is not None]
    outside = [id for id in managers if id not in members] or managers
    return max(outside, key=lambda id: (outside.count(id), -id)) if outside else None
