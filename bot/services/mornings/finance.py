"""Finance's morning: what was handed over, not kept, owed, contested, owned by nobody."""

from bot.domain.lifecycle import HandoverState, TaskOwner
from bot.domain.mornings import is_month_start, is_week_start
from bot.domain.policy import Amounts
from bot.rendering.team_views import DigestView, LineView, Section
from bot.services.handovers.views import handover_reminder_view
from bot.services.mornings.companies import company_sections
from bot.services.mornings.limitation import near_limitation_lines
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
from storage import finance_lists, handovers, tasks
from storage.digests import AmountRow
from storage.sessions import Session


def finance_digest(session: Session, *, workspace_id: int, day: Day) -> DigestView | None:
    """Return finance's morning; None when there is nothing to say."""
    morning = start_morning(session, workspace_id, None, day)
    alerts = open_alerts(session, workspace_id=workspace_id, owners=None, today=day.today)
    due = tasks.list_tasks(
        session, workspace_id=morning.workspace_id, side=TaskOwner.FINANCE, until=day.today
    )
    broken = finance_lists.list_broken(
        session, workspace_id=morning.workspace_id, since=morning.since
    )
    unowned = [alert_line(row, day.today) for row in alerts if row.owner_id is None]
    sections = [
        section_of(Section.HANDOVERS, _offered(morning)),
        section_of(Section.BROKEN, [amount_line(row, day.today) for row in broken]),
        task_section(session, workspace_id, due),
        steps_section(session, workspace_id=workspace_id, person_ids=None, today=day.today),
        *company_sections(morning),
        section_of(Section.UNOWNED, unowned),
        section_of(Section.DISPUTES, _contested(morning)),
        section_of(Section.LIMITATION, _near_limitation(morning)),
        section_of(Section.CURRENCY, _other_currencies(morning)),
        section_of(Section.WRITE_OFF, _small(morning)),
    ]
    return view_of(morning, sections)


def _contested(morning: Morning) -> list[LineView]:
    """Every open dispute, those due first: when one is due, else once a week."""
    day = morning.day
    rows = finance_lists.list_disputed(morning.session, workspace_id=morning.workspace_id)
    is_due = any(row.on and row.on <= day.today for row in rows)
    if not is_due and not is_week_start(day.today, day.calendar):
        return []
    return [amount_line(row, day.today) for row in rows]


def _near_limitation(morning: Morning) -> list[LineView]:
    """Once a week, what soon cannot be claimed in court any more."""
    day = morning.day
    if not is_week_start(day.today, day.calendar):
        return []
    return near_limitation_lines(
        morning.session,
        workspace_id=morning.workspace_id,
        today=day.today,
        days=day.policy.limitation_warning_days,
    )


def _other_currencies(morning: Morning) -> list[LineView]:
    """Once a week, what is late in currencies without thresholds."""
    day = morning.day
    if not is_week_start(day.today, day.calendar):
        return []
    rows = finance_lists.list_other_currencies(
        morning.session,
        workspace_id=morning.workspace_id,
        today=day.today,
        known=tuple(day.policy.amounts),
    )
    return [amount_line(row, day.today) for row in rows]


def _small(morning: Morning) -> list[LineView]:
    """Once a month, what is too small to ask for."""
    day = morning.day
    if not is_month_start(day.today, day.calendar):
        return []

    def small(currency: str, amounts: Amounts) -> list[AmountRow]:
        return finance_lists.list_small_items(
            morning.session,
            workspace_id=morning.workspace_id,
            today=day.today,
            below_minor=amounts.de_minimis_minor,
            currency=currency,
        )

    return of_each_currency(day, small)


def _offered(morning: Morning) -> list[LineView]:
    waiting = handovers.list_handovers(
        morning.session, workspace_id=morning.workspace_id, state=HandoverState.OFFERED
    )
    view = handover_reminder_view(
        morning.session,
        workspace_id=morning.workspace_id,
        handover_ids=[line.id for line in waiting],
        manager_id=None,
        today=morning.day.today,
    )
    return list(view.handovers) if view else []
