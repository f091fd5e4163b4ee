"""The whole story of a file for the finance channel, and reminders of those nobody took."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.domain.actors import system
from bot.domain.lifecycle import HandoverState
from bot.rendering.card_views import BalanceView
from bot.rendering.follow_up_views import HandoverView
from bot.rendering.team_views import HandoverReminderView, LineView
from bot.services.follow_ups.views import (
    note_line_view,
    oldest_days,
    person_view,
    resolution_view,
)
from bot.services.lookups.account_views import balance_view
from bot.services.lookups.said import read_warnings
from storage import client_files, exchanges, follow_ups, handovers, lookups
from storage.client_files import AlertTurn
from storage.follow_ups import NoteLine
from storage.handovers import HandoverLine
from storage.sessions import Session

_MOST_ITEMS = 5
_MOST_NOTES = 3


def handover_view(
    session: Session, *, workspace_id: int, handover_id: int, today: date
) -> HandoverView | None:
    """Return everything finance needs to take a file over, as it is now."""
    line = handovers.get_handover(session, workspace_id=workspace_id, id=handover_id)
    if line is None:
        return None
    alert = client_files.find_alert(session, workspace_id=workspace_id, id=line.alert_id)
    client = client_files.find_client(session, workspace_id=workspace_id, id=line.client_id)
    account = client_account(session, workspace_id, line.client_id, today)
    if alert is None or client is None or account is None:
        return None
    notes = follow_ups.list_notes(session, workspace_id=workspace_id, client_id=line.client_id)
    of_currency = [one for one in account.balances if one.currency == alert.currency]
    return HandoverView(
        handover_id=line.id,
        alert_id=alert.id,
        client_id=client.id,
        client=client.name,
        state=line.state,
        currency=alert.currency,
        overdue_minor=alert.overdue_minor,
        oldest_days=oldest_days(alert, today),
        exposure_minor=max(0, sum(one.net_minor for one in of_currency)),
        offered_at=line.offered_at,
        today=today,
        limit_minor=client.credit_limit_minor,
        cover_minor=client.cover_minor,
        note_count=follow_ups.count_notes(session, workspace_id=workspace_id, client_id=client.id),
        notes=tuple(note_line_view(session, workspace_id, note) for note in notes[:_MOST_NOTES]),
        promises=account.promises,
        disputes=account.disputes,
        orders=_orders(notes),
        contact=account.contacts[0] if account.contacts else None,
        items=tuple(item for one in of_currency for item in one.items)[:_MOST_ITEMS],
        item_count=sum(one.item_count for one in of_currency),
        freshness=account.freshness,
        resolution=resolution_view(alert),
        **_people(session, workspace_id, line, alert),
    )


def handover_reminder_view(
    session: Session,
    *,
    workspace_id: int,
    handover_ids: Sequence[int],
    manager_id: int | None,
    today: date,
) -> HandoverReminderView | None:
    """Return those of the handovers that nobody took yet, None when all were answered."""
    lines = [
        line
        for id in handover_ids
        if (line := _offered_line(session, workspace_id, id, today)) is not None
    ]
    if not lines:
        return None
    return HandoverReminderView(tuple(lines), person_view(session, workspace_id, manager_id))


def _people(
    session: Session, workspace_id: int, line: HandoverLine, alert: AlertTurn
) -> dict[str, Any]:
    """Return who gave the file, whose it is, what they said and who answered."""
    return {
        "by": person_view(session, workspace_id, line.by_id),
        "owner": person_view(session, workspace_id, alert.owner_id),
        "unanswered": line.automatic and _was_returned(session, workspace_id, line),
        "opinion": line.opinion,
        "question": line.question,
        "answered_by": client_files.find_person_name(
            session, workspace_id=workspace_id, id=line.answered_by_id
        ),
        "answered_at": line.answered_at,
    }


def client_account(
    session: Session, workspace_id: int, client_id: int, today: date
) -> BalanceView | None:
    """Return a client's whole account with its first open items, None when there is no client."""
    account = lookups.find_account(session, workspace_id=workspace_id, client_id=client_id)
    if account is None:
        return None
    key: dict[str, int] = {"workspace_id": workspace_id, "client_id": client_id}
    balances = lookups.list_balances(session, **key, today=today)
    items = lookups.list_open_items(session, **key, most=_MOST_ITEMS)
    said = (
        exchanges.list_contacts(session, **key),
        exchanges.list_latest_notes(session, **key),
        exchanges.list_promises(session, **key),
        exchanges.list_open_disputes(session, **key),
        read_warnings(session, workspace_id, account),
    )
    return balance_view(system(workspace_id), account, balances, items, said, today)


def _orders(notes: Sequence[NoteLine]) -> str:
    """Return the latest word on orders in progress."""
    return next((note.orders for note in notes if note.orders), "")


def _was_returned(session: Session, workspace_id: int, line: HandoverLine) -> bool:
    before = handovers.find_handover_before(
        session, workspace_id=workspace_id, alert_id=line.alert_id, id=line.id
    )
    return before is not None and before.state is HandoverState.RETURNED


def _offered_line(
    session: Session, workspace_id: int, handover_id: int, today: date
) -> LineView | None:
    line = handovers.get_handover(session, workspace_id=workspace_id, id=handover_id)
    if line is None or line.state is not HandoverState.OFFERED:
        return None
    alert = client_files.find_alert(session, workspace_id=workspace_id, id=line.alert_id)
    client = client_files.find_client(session, workspace_id=workspace_id, id=line.client_id)
    if alert is None or client is None:
        return None
    return LineView(
        client_id=client.id,
        client=client.name,
        minor=alert.overdue_minor,
        currency=alert.currency,
        days=oldest_days(alert, today),
        level=alert.level,
        on=line.take_by_on,
        person=client_files.find_person_name(session, workspace_id=workspace_id, id=line.by_id),
        alert_id=alert.id,
        handover_id=line.id,
        channel=line.channel,
        ts=line.ts,
    )
