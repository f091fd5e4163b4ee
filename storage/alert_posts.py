"""Which open alerts no message shows yet, and how much each person was already told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, cast, func, literal, select, update
from sqlmodel import Session

from bot.domain.lifecycle import AlertState, MessageState
from bot.domain.reasons import PIERCING
from bot.domain.told import Told
from storage.messages import POST
from storage.schema import metadata

_tables = metadata.tables
_alert, _client = _tables["alert"], _tables["client"]
_message = _tables["message"].c
_ON_ITS_WAY = (
    MessageState.PENDING.value,
    MessageState.SENDING.value,
    MessageState.UNKNOWN.value,
)
_PARENTS = (Told.ALERT.value, Told.LIMIT.value)


@dataclass(frozen=True, slots=True)
class Unposted:
    """An open alert that nobody has seen, with what decides whether and to whom it is said."""

    alert_id: int
    client_id: int
    version: int
    owner_id: int | None
    level: int
    overdue_minor: int
    pierces: bool
    client_kind: str
    muted_until: date | None
    entity_id: int


def list_unposted(session: Session, *, workspace_id: int) -> list[Unposted]:
    """Return the alerts to post, the worst first: by level, then by money."""
    a, c = _alert.c, _client.c
    waiting = (
        select(_message.id)
        .where(
            _message.workspace_id == workspace_id,
            _message.subject == literal("alert:") + cast(a.id, String),
            _message.kind == Told.ALERT.value,
            _message.method == POST,
            _message.state.in_(_ON_ITS_WAY),
        )
        .exists()
    )
    query = (
        select(
            a.id,
            a.client_id,
            a.version,
            a.owner_id,
            a.level,
            a.overdue_minor,
            a.reasons,
            c.kind,
            c.muted_until,
            c.entity_id,
        )
        .join(_client, (c.workspace_id == a.workspace_id) & (c.id == a.client_id))
        .where(
            a.workspace_id == workspace_id,
            a.state == AlertState.OPEN.value,
            a.ts == "",
            ~waiting,
        )
        .order_by(a.level.desc(), a.overdue_minor.desc(), a.id)
    )
    return [
        Unposted(
            alert_id=row[0],
            client_id=row[1],
            version=row[2],
            owner_id=row[3],
            level=row[4],
            overdue_minor=row[5],
            pierces=any(reason["rule"] in PIERCING for reason in row[6]),
            client_kind=row[7],
            muted_until=row[8],
            entity_id=row[9],
        )
        for row in session.execute(query)
    ]


def drop_unsent(session: Session, *, workspace_id: int, alert_id: int) -> None:
    """Withdraw an alert's posts and edits that were not sent: it is somebody else's now."""
    session.execute(
        update(_tables["message"])
        .where(
            _message.workspace_id == workspace_id,
            _message.subject == f"alert:{alert_id}",
            _message.kind == Told.ALERT.value,
            _message.state == MessageState.PENDING.value,
        )
        .values(state=MessageState.REPLACED.value)
    )


def count_parents(session: Session, *, workspace_id: int, person_id: int, day: date) -> int:
    """Return how many new parent messages a person has, or will have, on a local day.

    Those that pierce the budget do not count, nor those replaced before they were sent.
    """
    query = select(func.count()).where(
        _message.workspace_id == workspace_id,
        _message.person_id == person_id,
        _message.kind.in_(_PARENTS),
        _message.method == POST,
        _message.pierces.is_(False),
        _message.state != MessageState.REPLACED.value,
        _message.body["day"].as_string() == day.isoformat(),
    )
    return session.scalar(query) or 0


def mark_shown(
    session: Session, *, workspace_id: int, alert_ids: Sequence[int], **values: object
) -> None:
    """Start the window of the alerts their owner has now been shown for the first time."""
    session.execute(
        update(_alert)
        .where(
            _alert.c.workspace_id == workspace_id,
            _alert.c.id.in_(alert_ids),
            _alert.c.shown_at.is_(None),
        )
        .values(**values)
    )
