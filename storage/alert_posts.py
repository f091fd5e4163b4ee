"""Which open alerts no message shows yet, and how much each person was already told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlmodel import Session

from bot.domain.lifecycle import AlertState, MessageState
from bot.domain.reasons import PIERCING
from bot.domain.told import Told
from storage.among import literals
from storage.messages import POST
from storage.prepared import Prepared
from storage.schema import metadata
from storage.standings import CLOSED

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
    found = _UNPOSTED.rows(session, the_workspace_id=workspace_id)
    return [Unposted(*row) for row in found]


def list_waiting(session: Session, *, workspace_id: int) -> set[int]:
    """Return the alerts whose first message is queued and not known to be sent."""
    found = _WAITING.rows(session, the_workspace_id=workspace_id)
    return {int(subject.partition(":")[2]) for (subject,) in found}


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


def count_parents(session: Session, *, workspace_id: int, day: date) -> dict[int, int]:
    """Return how many new parent messages each person has, or will have, on a local day.

    Those that pierce the budget do not count, nor those replaced before they were sent. None is
    due before its day: the earliest instant of that day, anywhere, leaves the older ones out.
    """
    earliest = datetime.combine(day, time(), UTC) - timedelta(days=1)
    values = {"the_workspace_id": workspace_id, "earliest": earliest, "day": day.isoformat()}
    return dict(_PARENTS_OF.rows(session, **values))


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


_tenant = bindparam("the_workspace_id", type_=BigInteger)


def _waiting() -> Select[Any]:
    """Return the subjects of alerts whose first message is on its way."""
    return select(_message.subject).where(
        _message.workspace_id == _tenant,
        _message.kind == Told.ALERT.value,
        _message.method == POST,
        _message.state.in_(literals(_ON_ITS_WAY)),
    )


def _unposted() -> Select[Any]:
    a, c = _alert.c, _client.c
    waiting = _waiting()
    subject = literal_column("'alert:'", String) + cast(a.id, String)
    pierces = or_(*(cast(a.reasons, String).like(f'%"{rule.value}"%') for rule in sorted(PIERCING)))
    return (
        select(
            a.id,
            a.client_id,
            a.version,
            a.owner_id,
            a.level,
            a.overdue_minor,
            pierces,
            c.kind,
            c.muted_until,
            c.entity_id,
        )
        .join(_client, (c.workspace_id == a.workspace_id) & (c.id == a.client_id))
        .where(
            a.workspace_id == _tenant,
            a.state.not_in(literals(CLOSED)),
            a.state == AlertState.OPEN.value,
            a.ts == "",
            subject.not_in(waiting),
        )
        .order_by(a.level.desc(), a.overdue_minor.desc(), a.id)
    )


_WAITING = Prepared(_waiting())
_UNPOSTED = Prepared(_unposted())
_PARENTS_OF = Prepared(
    select(_message.person_id, func.count())
    .where(
        _message.workspace_id == _tenant,
        _message.next_attempt_at >= bindparam("earliest", type_=_message.next_attempt_at.type),
        _message.person_id.is_not(None),
        _message.kind.in_(literals(_PARENTS)),
        _message.method == literal_column(f"'{POST}'"),
        _message.pierces.is_(False),
        _message.state != MessageState.REPLACED.value,
        _message.body["day"].as_string() == bindparam("day", type_=String),
    )
    .group_by(_message.person_id)
)
