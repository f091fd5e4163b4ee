"""Lists and reports for finance and for a person's first day, as they stand when they leave."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.freshness import judge_books
from bot.domain.lifecycle import AlertState, Role
from bot.rendering.card_views import SharedBalanceView
from bot.rendering.team_views import (
    DigestView,
    ImportReportView,
    Section,
    StaleBooksView,
    TotalView,
    UnownedView,
)
from bot.rendering.views import FreshnessView, PersonView
from bot.services.follow_ups.views import person_view
from bot.services.lookups.account_views import currency_view, freshness_view, in_order
from bot.services.lookups.seen import seen_balances
from bot.services.mornings.parts import alert_line, section_of
from bot.services.workspaces.working_days import day_of
from storage import account_kinds, digests, list_cards, lookups, people, scan_settings
from storage.digests import AlertRow
from storage.sessions import Session

_MOST_REJECTED = 10
_MOST_ITEMS = 50


def unowned_view(
    session: Session, *, workspace_id: int, alert_ids: Sequence[int], today: date
) -> UnownedView | None:
    """Return those of the alerts whose client still has no owner, None when all have one."""
    rows = [row for row in _alerts(session, workspace_id, alert_ids) if row.owner_id is None]
    if not rows:
        return None
    team = tuple(
        PersonView(one.id, one.name or one.email or "", one.slack_user_id or "")
        for one in people.list_people(session, workspace_id=workspace_id)
        if Role.SALES.value in one.roles.split(",")
    )
    return UnownedView(tuple(alert_line(row, today) for row in rows), team)


def backlog_view(
    session: Session, *, workspace_id: int, alert_ids: Sequence[int], today: date
) -> DigestView | None:
    """Return the alerts of a person's first day, worst first; None when none waits any more."""
    rows = [
        row
        for row in _alerts(session, workspace_id, alert_ids)
        if not AlertState(row.state).is_with_finance
    ]
    if not rows:
        return None
    lines = [replace(alert_line(row, today), person="") for row in rows]
    books = scan_settings.list_books(session, workspace_id=workspace_id)
    receipts = [book.receipts_until for book in books if book.receipts_until]
    return DigestView(
        today=today,
        sections=(section_of(Section.DECIDE, lines),),
        freshness=FreshnessView(receipts_until=min(receipts, default=None)),
    )


def stale_books_view(
    session: Session, *, workspace_id: int, entity_id: int, now: datetime
) -> StaleBooksView | None:
    """Return why an entity's alerts wait, None once its books are fresh again."""
    day = day_of(session, workspace_id=workspace_id, now=now)
    books = scan_settings.list_books(session, workspace_id=workspace_id)
    book = next((one for one in books if one.entity_id == entity_id), None)
    held = judge_books(book, day.policy, day.today, day.calendar) if book else None
    card = list_cards.find_books(session, workspace_id=workspace_id, entity_id=entity_id)
    if book is None or held is None or card is None:
        return None
    zone, imported_at = ZoneInfo(day.house.time_zone), card.imported_at
    return StaleBooksView(
        entity=card.name,
        why=held.why,
        receipts_until=book.receipts_until,
        imported_on=imported_at.astimezone(zone).date() if imported_at else None,
        held_count=card.waiting,
    )


def import_report_view(
    session: Session, *, workspace_id: int, run_id: int
) -> ImportReportView | None:
    """Return what an import brought, None when it is not known."""
    run = list_cards.find_run(session, workspace_id=workspace_id, id=run_id)
    if run is None:
        return None
    clients = items = 0
    if run.entity_id is not None:
        of_entity = {"workspace_id": workspace_id, "entity_id": run.entity_id}
        clients = list_cards.count_clients(session, **of_entity)
        items = sum(list_cards.count_due_from(session, **of_entity).values())
    return ImportReportView(
        run_id=run.id,
        kind=run.kind,
        file_name=run.file_name,
        rows=run.rows,
        accepted=run.accepted,
        rejected_count=run.rejected_count,
        as_of=run.as_of,
        rejected=list_cards.list_rejected(
            session, workspace_id=workspace_id, run_id=run_id, most=_MOST_REJECTED
        ),
        clients=clients,
        open_items=items,
        totals=tuple(TotalView(**total) for total in run.totals),
        warnings=run.warnings,
        receipts_until=run.receipts_until,
        settled_count=list_cards.count_settled(session, workspace_id=workspace_id, run_id=run_id),
        undone=run.undone,
        proposed_count=account_kinds.count_proposed(session, workspace_id=workspace_id),
    )


def shared_balance_view(
    session: Session, *, workspace_id: int, client_id: int, by_id: int, today: date
) -> SharedBalanceView | None:
    """Return the figures a person shared: no contact, no note, no item."""
    by = person_view(session, workspace_id, by_id)
    account = lookups.find_account(session, workspace_id=workspace_id, client_id=client_id)
    if by is None or account is None:
        return None
    of_client = {"workspace_id": workspace_id, "client_id": client_id}
    rows = lookups.list_balances(session, **of_client, today=today)
    items = lookups.list_open_items(session, **of_client, most=_MOST_ITEMS)
    return SharedBalanceView(
        client=account.name,
        code=account.code,
        by=by,
        today=today,
        balances=seen_balances(
            session, workspace_id, client_id, map(currency_view, in_order(account, rows))
        ),
        freshness=freshness_view(account, items),
    )


def _alerts(session: Session, workspace_id: int, alert_ids: Sequence[int]) -> list[AlertRow]:
    """Return those of the alerts that are open, worst first."""
    asked = frozenset(alert_ids)
    rows = digests.list_open_alerts(session, workspace_id=workspace_id, owners=None)
    return [row for row in rows if row.alert_id in asked]
