"""What the parent message of an alert says beyond whose turn it is."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.reasons import Reason, reason_from_document
from storage.follow_ups import vault_of
from storage.tables.alerts import Alert


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
    said = vault_of(session).unseal(workspace_id, row.state_reason_sealed)
    return AlertCard(reasons, row.opened_at, said)
