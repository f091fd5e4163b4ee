"""Work that must happen once: the outbox, the jobs, the actions taken, the pace kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.lifecycle import MessageState
from storage.tables.base import TenantRow, partial_index
from storage.types import Document, one_of

_PARENT = text("kind IN ('alert', 'limit') AND method = 'chat.postMessage'")
_TO_SEND = text("state IN ('pending', 'sending', 'unknown')")


class Message(TenantRow, table=True):
    """What to tell whom; drawn when sent, from the state as it is then.

    `subject` names what it speaks of (`alert:123`), `version` orders edits of one subject.
    `sending` is committed before the call; a crash leaves it to be settled as `unknown`.
    `sent_channel` and `sent_thread` say where the last try went; what was said quotes people, and
    is sealed.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "dedupe_key"),
        one_of("state", MessageState),
        partial_index(
            "ix_message_to_send",
            "workspace_id",
            "next_attempt_at",
            "id",
            where=_TO_SEND,
        ),
        partial_index(
            "ix_message_parent",
            "workspace_id",
            "next_attempt_at",
            where=_PARENT,
        ),
        Index("ix_message_subject", "workspace_id", "subject", "version"),
        partial_index(
            "ix_message_thread",
            "workspace_id",
            "thread",
            "id",
            where=text("thread <> ''"),
        ),
    )

    dedupe_key: str
    kind: str
    subject: str
    version: int = 1
    method: str = "chat.postMessage"
    channel: str = ""
    thread: str = ""
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    proactive: bool = False
    pierces: bool = False
    state: str = MessageState.PENDING
    attempts: int = 0
    created_at: datetime
    next_attempt_at: datetime
    attempted_at: datetime | None = None
    taken_by: str = ""
    taken_until: datetime | None = None
    sent_at: datetime | None = None
    sent_channel: str = ""
    sent_thread: str = ""
    sent_ts: str = ""
    sent_text_sealed: str = ""
    error: str = ""


class Job(TenantRow, table=True):
    """Work to be done once, by any replica; the key says what and for when."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        partial_index(
            "ix_job_to_do",
            "workspace_id",
            "run_at",
            where=text("done_at IS NULL"),
        ),
    )

    key: str
    kind: str
    body: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    run_at: datetime
    attempts: int = 0
    taken_by: str = ""
    taken_until: datetime | None = None
    done_at: datetime | None = None
    error: str = ""


class Action(TenantRow, table=True):
    """A click, command or submission already carried out, and what was answered."""

    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    key: str
    at: datetime
    answer: dict[str, Any] = Field(default_factory=dict, sa_type=Document)


class Pace(TenantRow, table=True):
    """One of Slack's allowances (`post:C123`, `workspace`, `chat.update`): free again at."""

    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    name: str
    free_at: datetime
    blocked_until: datetime | None = None
