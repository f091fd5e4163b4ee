"""Books that disagree with the bank for long: finance reads of each payment once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.told import Told
from bot.rendering.bank_lag_views import UnbookedRowView, UnbookedView
from bot.rendering.bank_views import PaidView
from bot.services.workspaces.working_days import day_of
from storage import bank_lag, bank_seen, client_files, entities, imports, messages
from storage.bank_lag import LaggingPart
from storage.sessions import Session


def tell_unbooked(session: Session, workspace_id: int, now: datetime, today: date) -> None:
    """Tell finance of money seen days ago (policy) that books entered since then still lack."""
    day = day_of(session, workspace_id=workspace_id, now=now, today=today)
    until = day.calendar.subtract_business_days(today, day.policy.bank_lag_days)
    found = [
        one.part.id
        for entity in entities.list_entities(session, workspace_id=workspace_id)
        for one in _lacking(session, workspace_id, entity.id, until)
    ]
    if not found or not day.house.finance_channel:
        return
    bank_lag.mark_told(session, workspace_id=workspace_id, part_ids=found, on=today)
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.PAYMENTS_UNBOOKED,
        subject="bank",
        key=f"bank:unbooked:{min(found)}",
        now=now,
        channel=day.house.finance_channel,
        body={"part_ids": found},
    )


def unbooked_view(
    session: Session, *, workspace_id: int, part_ids: Sequence[int]
) -> UnbookedView | None:
    """Return the payments, of those found, that the books still lack; None when they have all."""
    found = bank_lag.list_lagging(session, workspace_id=workspace_id, part_ids=part_ids)
    by_account: dict[tuple[int, str], list[LaggingPart]] = defaultdict(list)
    for one in found:
        by_account[one.client_id, one.currency].append(one)
    rows = [_row(session, workspace_id, *where, mine) for where, mine in by_account.items()]
    return UnbookedView(tuple(rows)) if rows else None


def _lacking(session: Session, workspace_id: int, entity_id: int, until: date) -> list[LaggingPart]:
    """Return what an entity's books lack that they should have: entered up to a later day."""
    run = imports.find_last_run(
        session, workspace_id=workspace_id, entity_id=entity_id, kinds=imports.BOOKS
    )
    if run is None:
        return []
    found = bank_lag.list_untold(
        session, workspace_id=workspace_id, entity_id=entity_id, until=until
    )
    return [one for one in found if one.part.seen_on < run.as_of]


def _row(
    session: Session, workspace_id: int, client_id: int, currency: str, mine: list[LaggingPart]
) -> UnbookedRowView:
    client = client_files.find_client(session, workspace_id=workspace_id, id=client_id)
    numbers = bank_seen.list_numbers(
        session,
        workspace_id=workspace_id,
        client_id=client_id,
        currency=currency,
        keys=[one.part.item_key for one in mine],
    )
    return UnbookedRowView(
        client_id,
        client.name if client else "",
        currency,
        min(one.part.seen_on for one in mine),
        tuple(PaidView(numbers.get(one.part.item_key, ""), one.part.minor) for one in mine),
    )
