"""How a company pays us, from our own ledger: one record per SIREN, all its accounts together."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import and_, case, func, or_, select
from sqlmodel import Session, col

from bot.domain.ledger import ItemKind
from bot.domain.lifecycle import PromiseState
from bot.domain.solvency.dossier import OwnRecord
from storage.among import among
from storage.tables.follow_ups import Promise
from storage.tables.ledger import Balance, Client, OpenItem

_YEAR = timedelta(days=365)


def find_own_record(
    session: Session, *, workspace_id: int, siren: str, today: date
) -> OwnRecord | None:
    """Return how a company pays us in its accounts' main currency; None when we do not know it.

    Sales are the invoices issued in the last 365 days, as a monthly mean, tax included.
    """
    accounts = select(col(Client.id), col(Client.currency)).where(
        col(Client.workspace_id) == workspace_id, col(Client.siren) == siren
    )
    found = list(session.execute(accounts.order_by(col(Client.id))))
    if not found:
        return None
    ids, currency = [row[0] for row in found], found[0][1]
    open_minor, overdue_minor, oldest, sales_minor = _sums(
        session, workspace_id, ids, currency, today
    )
    paid_count, usual = _habit(session, workspace_id, ids, currency)
    kept, broken = _promises(session, workspace_id, ids)
    return OwnRecord(
        paid_count=paid_count,
        usual_delay_days=usual,
        open_minor=open_minor,
        overdue_minor=overdue_minor,
        oldest_overdue_days=0 if oldest is None else (today - oldest).days,
        promises_kept=kept,
        promises_broken=broken,
        monthly_sales_minor=sales_minor // 12,
        currency=currency,
        as_of=today,
    )


def _sums(
    session: Session, workspace_id: int, ids: Sequence[int], currency: str, today: date
) -> tuple[int, int, date | None, int]:
    late = and_(col(OpenItem.due_on) < today, col(OpenItem.open_minor) > 0)
    recent = and_(
        col(OpenItem.issued_on) > today - _YEAR, col(OpenItem.kind) == ItemKind.INVOICE.value
    )
    row = session.execute(
        select(
            func.coalesce(func.sum(OpenItem.open_minor), 0),
            func.coalesce(func.sum(case((late, OpenItem.open_minor), else_=0)), 0),
            func.min(case((late, OpenItem.due_on), else_=None)),
            func.coalesce(func.sum(case((recent, OpenItem.minor), else_=0)), 0),
        ).where(
            col(OpenItem.workspace_id) == workspace_id,
            among(session, col(OpenItem.client_id), ids),
            col(OpenItem.currency) == currency,
        )
    ).one()
    oldest = row[2]
    if isinstance(oldest, int):
        oldest = date.fromordinal(oldest)
    return int(row[0]), int(row[1]), oldest, int(row[3])


def _habit(
    session: Session, workspace_id: int, ids: Sequence[int], currency: str
) -> tuple[int, int | None]:
    query = (
        select(col(Balance.paid_count), col(Balance.usual_delay_days))
        .where(
            col(Balance.workspace_id) == workspace_id,
            among(session, col(Balance.client_id), ids),
            col(Balance.currency) == currency,
        )
        .order_by(col(Balance.paid_count).desc())
    )
    rows = list(session.execute(query))
    known = next((row[1] for row in rows if row[1] is not None), None)
    return sum(row[0] for row in rows), known


def _promises(session: Session, workspace_id: int, ids: Sequence[int]) -> tuple[int, int]:
    query = (
        select(col(Promise.state), func.count())
        .where(
            col(Promise.workspace_id) == workspace_id, among(session, col(Promise.client_id), ids)
        )
        .group_by(col(Promise.state))
    )
    counts = {row[0]: row[1] for row in session.execute(query)}
    return counts.get(PromiseState.KEPT.value, 0), counts.get(PromiseState.BROKEN.value, 0)


def sum_group(session: Session, *, workspace_id: int, parent_siren: str, currency: str) -> int:
    """Return what a group owes in one currency: its parent and every company below it."""
    query = (
        select(func.coalesce(func.sum(OpenItem.open_minor), 0))
        .join(
            Client,
            and_(
                col(Client.workspace_id) == col(OpenItem.workspace_id),
                col(Client.id) == col(OpenItem.client_id),
            ),
        )
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            col(OpenItem.currency) == currency,
            or_(col(Client.siren) == parent_siren, col(Client.group_siren) == parent_siren),
        )
    )
    return int(session.scalar(query) or 0)
