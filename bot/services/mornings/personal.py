"""A person's morning digest, as the books and alerts stand."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.lifecycle import AlertState
from bot.domain.mornings import HABITUALLY_LATE_DAYS, is_leaving, is_new, is_to_decide
from bot.domain.policy import Amounts
from bot.rendering.team_views import DigestView, LineView, Section, SectionView
from bot.services.mornings.companies import usage_section
from bot.services.mornings.parts import (
    Morning,
    alert_line,
    amount_line,
    of_each_currency,
    open_alerts,
    section_of,
    start_morning,
    task_section,
    view_of,
)
from bot.services.mornings.steps import steps_section
from bot.services.workspaces.working_days import Day
from storage import digests, finance_lists, tasks
from storage.digests import AlertRow, AmountRow
from storage.sessions import Session


def person_digest(
    session: Session, *, workspace_id: int, owners: Sequence[int], day: Day
) -> DigestView | None:
    """Return the morning of who does the work of `owners`; None when there is nothing to say."""
    morning = start_morning(session, workspace_id, owners, day)
    alerts = open_alerts(session, workspace_id=workspace_id, owners=owners, today=day.today)
    due = tasks.list_tasks(
        session, workspace_id=morning.workspace_id, owner_ids=owners, until=day.today
    )
    promised = _promised(morning, alerts)
    fresh, deciding = _deciding(alerts, morning, {line.client_id for line in promised})
    named = {line.client_id for line in (*fresh, *deciding)}
    doing = steps_section(
        session, workspace_id=workspace_id, person_ids=owners, today=day.today, told=named
    )
    sections = [
        section_of(Section.DECIDE, deciding),
        section_of(Section.PROMISES, promised),
        section_of(Section.NEW, fresh),
        section_of(Section.DISPUTES, _to_settle(morning, named)),
        task_section(session, workspace_id, due),
        doing,
        *_courtesy(morning, {line.client_id for line in doing.lines}),
        usage_section(morning),
        section_of(Section.GOOD_NEWS, _paid(morning)),
    ]
    return view_of(morning, sections)


def team_leaving(
    session: Session, *, workspace_id: int, team: Sequence[int], day: Day
) -> SectionView:
    """Return what will leave a manager's team for finance within the policy's warning."""
    alerts = open_alerts(session, workspace_id=workspace_id, owners=team, today=day.today)
    days = day.policy.window_warning_days
    lines = [
        replace(alert_line(row, day.today), on=row.window_ends_on)
        for row in alerts
        if is_leaving(AlertState(row.state), row.window, day.today, days, day.calendar)
    ]
    return section_of(Section.LEAVING, lines)


def with_section(view: DigestView | None, added: SectionView, *, day: Day) -> DigestView | None:
    """Return a digest with one more part, made for it when there was none to add to."""
    if not added.lines:
        return view
    if view is None:
        return DigestView(today=day.today, sections=(added,))
    return replace(view, sections=(*view.sections, added))


def _deciding(
    alerts: Sequence[AlertRow], morning: Morning, promised: set[int]
) -> tuple[list[LineView], list[LineView]]:
    """Return what is new, then what waits already; a client whose promise is due is in neither."""
    day, zone = morning.day, ZoneInfo(morning.day.house.time_zone)
    fresh: list[LineView] = []
    waiting: list[LineView] = []
    for row in alerts:
        state = AlertState(row.state)
        shown_on = row.shown_at.astimezone(zone).date() if row.shown_at else None
        if row.client_id in promised:
            continue
        if not is_to_decide(state, row.state_ends_on, shown_on, day.today):
            continue
        part = fresh if is_new(state, row.opened_at, row.shown_at, morning.since) else waiting
        part.append(replace(alert_line(row, day.today), person=""))
    return fresh, waiting


def _to_settle(morning: Morning, told: set[int]) -> list[LineView]:
    """Return the disputes that are theirs to settle, due or new, but of clients said already."""
    today = morning.day.today
    rows = finance_lists.list_to_settle(
        morning.session,
        workspace_id=morning.workspace_id,
        owners=morning.owners or (),
        since=morning.since,
        today=today,
    )
    return _untold([replace(amount_line(row, today), person="") for row in rows], told)


def _promised(morning: Morning, alerts: Sequence[AlertRow]) -> list[LineView]:
    today = morning.day.today
    rows = digests.list_promised(
        morning.session, workspace_id=morning.workspace_id, owners=morning.owners, until=today
    )
    of_client = {row.client_id: row for row in alerts}
    lines = [(amount_line(row, today), of_client.get(row.client_id)) for row in rows]
    return [
        replace(line, alert_id=alert.alert_id, channel=alert.channel, ts=alert.ts)
        if alert
        else line
        for line, alert in lines
    ]


def _courtesy(morning: Morning, told: set[int]) -> list[SectionView]:
    """Return what is just late and what falls due soon, but for clients whose step says it."""
    day, policy = morning.day, morning.day.policy
    yesterday = day.calendar.subtract_business_days(day.today, 1)

    def late(currency: str, amounts: Amounts) -> list[AmountRow]:
        return digests.list_newly_late(
            morning.session,
            workspace_id=morning.workspace_id,
            owners=morning.owners,
            since=yesterday,
            today=day.today,
            least_minor=amounts.de_minimis_minor,
            currency=currency,
        )

    def soon(currency: str, amounts: Amounts) -> list[AmountRow]:
        return digests.list_due_soon(
            morning.session,
            workspace_id=morning.workspace_id,
            owners=morning.owners,
            after=day.today,
            until=day.after(policy.courtesy_days),
            least_minor=amounts.courtesy_minor,
            currency=currency,
            late_days=HABITUALLY_LATE_DAYS,
        )

    return [
        section_of(Section.LATE, _untold(of_each_currency(day, late), told)),
        section_of(Section.SOON, _untold(of_each_currency(day, soon), told)),
    ]


def _untold(lines: Sequence[LineView], told: set[int]) -> list[LineView]:
    return [line for line in lines if line.client_id not in told]


def _paid(morning: Morning) -> list[LineView]:
    rows = digests.list_paid(
        morning.session,
        workspace_id=morning.workspace_id,
        owners=morning.owners,
        since=morning.since,
    )
    today = morning.day.today
    return [amount_line(row, row.at.date() if row.at else today) for row in rows]
