"""Which shown alerts still say what was true another day."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, cast, exists, literal_column, or_, select
from sqlmodel import Session

from bot.domain.lifecycle import MessageState
from bot.domain.told import Told
from storage.schema import metadata
from storage.standings import CLOSED

_alert, _message = metadata.tables["alert"].c, metadata.tables["message"].c
_ON_ITS_WAY = (
    MessageState.PENDING.value,
    MessageState.SENDING.value,
    MessageState.UNKNOWN.value,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """An open alert that a message shows, and where."""

    alert_id: int
    version: int
    owner_id: int | None
    channel: str


def list_drawn_before(session: Session, *, workspace_id: int, since: datetime) -> list[Shown]:
    """Return the open alerts whose message was last drawn before `since`, the worst first.

    One that a message on its way will draw again is left out.
    """
    subject = literal_column("'alert:'", String) + cast(_alert.id, String)
    drawn = exists().where(
        _message.workspace_id == _alert.workspace_id,
        _message.subject == subject,
        _message.kind == Told.ALERT.value,
        or_(
            _message.state.in_(_ON_ITS_WAY),
            and_(_message.state == MessageState.SENT.value, _message.sent_at >= since),
        ),
    )
    query = (
        select(_alert.id, _alert.version, _alert.owner_id, _alert.channel)
        .where(
            _alert.workspace_id == workspace_id,
            _alert.state.not_in(CLOSED),
            _alert.ts != "",
            ~drawn,
        )
        .order_by(_alert.level.desc(), _alert.overdue_minor.desc(), _alert.id)
    )
    return [Shown(*row) for row in session.execute(query)]
