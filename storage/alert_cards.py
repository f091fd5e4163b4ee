"""What the parent message of an alert says beyond whose turn it is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot.domain.lifecycle import PromiseState
from bot.domain.reasons import Reason, reason_from_document
from storage.tables.alerts import Alert
from storage.tables.follow_ups import Promise

_JUDGED = (PromiseState.KEPT, PromiseState.KEPT_IN_PART, PromiseState.BROKEN)


@dataclass(frozen=True, slots=True)
class AlertCard:
    """Why an alert speaks, since when, and what was said when it last changed state."""

    reasons: tuple[Reason, ...]
    opened_at: datetime
    state_reason: str


def find_card(session: Session, *, workspace_id: int, id: int) -> AlertCard | None:
    """Return why an alert speaks, or None."""
    row = session.get(Alert, (workspace_id, id), populate_existing=True)
    if row is None:
        return None
    reasons = tuple(reason_from_document(document) for document in row.reasons)
    return AlertCard(reasons, row.opened_at, row.state_reason)


def count_judged_promises(
    session: Session, *, workspace_id: int, client_id: int
) -> tuple[int, int]:
    """Return (kept in full, judged): a client's promises whose day has come."""
    query = (
        select(col(Promise.state), func.count())
        .where(
            col(Promise.workspace_id) == workspace_id,
            col(Promise.client_id) == client_id,
            col(Promise.state).in_([state.value for state in _JUDGED]),
        )
        .group_by(col(Promise.state))
    )
    counts = {state: int(count) for state, count in session.execute(query)}
    return counts.get(PromiseState.KEPT.value, 0), sum(counts.values())
