"""Channels found unsafe for client data, and the consents given all the same."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlmodel import Session, col

from bot.domain.channel_troubles import Trouble
from bot.domain.lifecycle import MessageState
from storage.once import insert_once
from storage.tables.queue import Message
from storage.tables.workspaces import Person, UnsafeChannel


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A channel found unsafe; `consent_by` is the name of who consented to what, and when."""

    channel: str
    troubles: tuple[Trouble, ...]
    found_at: datetime
    consent_to: tuple[Trouble, ...]
    consent_by: str
    consent_at: datetime | None

    @property
    def is_consented(self) -> bool:
        """Say whether the consent covers all that was found."""
        return bool(self.consent_to) and set(self.troubles) <= set(self.consent_to)


def find_channel(session: Session, *, workspace_id: int, channel: str) -> ChannelLine | None:
    """Return what is known of a channel, None when nothing was found wrong with it."""
    lines = list_channels(session, workspace_id=workspace_id)
    return next((line for line in lines if line.channel == channel), None)


def list_channels(session: Session, *, workspace_id: int) -> list[ChannelLine]:
    """Return the channels found unsafe, in the order they were found."""
    who = and_(
        col(Person.workspace_id) == col(UnsafeChannel.workspace_id),
        col(Person.id) == col(UnsafeChannel.consent_by_id),
    )
    query = (
        select(UnsafeChannel, col(Person.name))
        .outerjoin(Person, who)
        .where(col(UnsafeChannel.workspace_id) == workspace_id)
        .order_by(col(UnsafeChannel.id))
        .execution_options(populate_existing=True)
    )
    return [
        ChannelLine(
            row.channel,
            _troubles(row.troubles),
            row.found_at,
            _troubles(row.consent_to),
            name or "",
            row.consent_at,
        )
        for row, name in session.execute(query).all()
    ]


def keep_troubles(
    session: Session, *, workspace_id: int, channel: str, troubles: str, now: datetime
) -> bool:
    """Remember what was found wrong with a channel; False when the same was known."""
    found = {"troubles": troubles, "found_at": now}
    values = {"workspace_id": workspace_id, "channel": channel, **found}
    if insert_once(session, UnsafeChannel, values) is not None:
        return True
    changed = (
        update(UnsafeChannel)
        .where(_this(workspace_id, channel), col(UnsafeChannel.troubles) != troubles)
        .values(**found)
    )
    return bool(session.connection().execute(changed).rowcount)


def forget(session: Session, *, workspace_id: int, channel: str) -> None:
    """Forget a channel that was mended, unless somebody consented to it."""
    session.execute(
        delete(UnsafeChannel).where(
            _this(workspace_id, channel), col(UnsafeChannel.consent_to) == ""
        )
    )


def set_consent(
    session: Session,
    *,
    workspace_id: int,
    channel: str,
    to: str,
    by_id: int | None,
    at: datetime | None,
) -> None:
    """Write a consent to these troubles, or take it back with an empty `to`."""
    session.execute(
        update(UnsafeChannel)
        .where(_this(workspace_id, channel))
        .values(consent_to=to, consent_by_id=by_id, consent_at=at)
    )


def release(session: Session, *, workspace_id: int, channel: str, now: datetime) -> None:
    """Make due the messages that waited for a channel."""
    session.execute(
        update(Message)
        .where(
            col(Message.workspace_id) == workspace_id,
            col(Message.sent_channel) == channel,
            col(Message.state) == MessageState.PENDING.value,
            col(Message.next_attempt_at) > now,
        )
        .values(next_attempt_at=now)
    )


def _this(workspace_id: int, channel: str) -> ColumnElement[bool]:
    return and_(
        col(UnsafeChannel.workspace_id) == workspace_id, col(UnsafeChannel.channel) == channel
    )


def _troubles(text: str) -> tuple[Trouble, ...]:
    return tuple(Trouble(word) for word in text.split(",") if word)
