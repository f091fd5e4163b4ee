"""Acts that make the limitation of a client's debts begin anew."""

from datetime import date, datetime

from sqlmodel import Session

from bot.domain.late_payment.limitation import Interruption as Act
from storage.once import insert_once
from storage.tables.late_payment import Interruption


def add_act(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    client_id: int,
    kind: Act,
    on: date,
    by_id: int | None,
    at: datetime,
) -> int | None:
    """Keep an act; None for a key that was there."""
    return insert_once(
        session,
        Interruption,
        {
            "workspace_id": workspace_id,
            "key": key,
            "client_id": client_id,
            "kind": kind.value,
            "on": on,
            "by_id": by_id,
            "made_at": at,
        },
    )
