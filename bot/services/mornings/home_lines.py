"""Rows of a person's page, made into the lines that are shown."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.ageing import days_overdue
from bot.domain.lifecycle import AlertState
from bot.domain.solvency.reviews import Priority
from bot.domain.window import last_day
from bot.rendering.follow_up_views import TaskView
from bot.rendering.prospect_views import ProspectView
from bot.rendering.team_views import EntityStatusView, LineView
from bot.rendering.views import SumView
from bot.services.solvency.said_since import SaidSince, worst_of
from storage.company_ratings import RatingLine
from storage.company_status import EntityLine, HandoverLine
from storage.home import AlertLine, ClientLine, PromiseLine
from storage.names import ChoiceRow
from storage.tasks import TaskLine


def sums(totals: Iterable[tuple[str, int]]) -> tuple[SumView, ...]:
    """Return amounts by currency, those that are nothing left out."""
    return tuple(SumView(minor, currency) for currency, minor in totals if minor)


def client_line(row: ClientLine, today: date, *, named: bool) -> LineView:
    """Return a client and what it owes that is overdue; its owner where the page has several."""
    return LineView(
        client_id=row.client_id,
        client=row.name,
        minor=row.minor,
        currency=row.currency,
        days=_days(row.oldest_due_on, today),
        person=(row.owner_name or "") if named else "",
    )


def alert_line(row: AlertLine, today: date, *, named: bool) -> LineView:
    """Return an open alert; its owner where the page has several."""
    return LineView(
        client_id=row.client_id,
        client=row.name,
        minor=row.minor,
        currency=row.currency,
        days=_days(row.oldest_due_on, today),
        level=row.level,
        person=(row.owner_name or "") if named else "",
        alert_id=row.alert_id,
        channel=row.channel,
        ts=row.ts,
        until=last_day(row.window, AlertState(row.state), today),
    )


def prospect_view(
    row: RatingLine, named: Mapping[int, str], said: SaidSince, *, of: int | None
) -> ProspectView:
    """Return a prospect with what was said of it since; its owner is named to everybody else."""
    owner = named.get(row.owner_id or 0, "") if row.owner_id != of else ""
    return ProspectView(
        siren=row.siren,
        name=row.name,
        town=row.town,
        rating=row.rating,
        verdict=worst_of(row, said.rules(row)),
        limit_minor=row.limit_minor,
        currency=row.currency,
        priority=Priority(row.priority),
        as_of=row.as_of.date(),
        person=owner,
    )


def promise_line(row: PromiseLine) -> LineView:
    """Return a promise still waited for."""
    return LineView(
        client_id=row.client_id,
        client=row.name,
        minor=row.minor,
        currency=row.currency,
        on=row.due_on,
        person=row.by_name or "",
        alert_id=row.alert_id,
    )


def handover_line(row: HandoverLine, today: date) -> LineView:
    """Return a file that nobody took yet."""
    return LineView(
        client_id=row.client_id,
        client=row.name,
        minor=row.minor,
        currency=row.currency,
        days=_days(row.oldest_due_on, today),
        level=row.level,
        person=row.by_name or "",
        alert_id=row.alert_id,
        handover_id=row.handover_id,
        channel=row.channel,
        ts=row.ts,
    )


def task_view(row: TaskLine, clients: Mapping[int, ChoiceRow]) -> TaskView:
    """Return something owed, with its client's name."""
    client = clients.get(row.client_id)
    return TaskView(
        task_id=row.id,
        client_id=row.client_id,
        client=client.name if client else "",
        kind=row.kind,
        side=row.side,
        due_on=row.due_on,
        alert_id=row.alert_id,
        text=row.text,
    )


def entity_view(row: EntityLine) -> EntityStatusView:
    """Return how fresh one entity's books are."""
    days = [day for day in (row.receipts_until, row.receipts_stated_until) if day]
    return EntityStatusView(
        name=row.name,
        siren=row.siren or "",
        file_name=row.file_name or "",
        imported_at=row.applied_at,
        as_of=row.as_of,
        receipts_until=max(days, default=None),
        rejected_count=row.rejected_count or 0,
        warnings=tuple(row.warnings or ()),
    )


def _days(oldest_due_on: date | None, today: date) -> int:
    return 0 if oldest_due_on is None else days_overdue(oldest_due_on, today)
