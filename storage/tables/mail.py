"""Letters by e-mail: what leaves for clients, and the texts finance made of the house's own."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.mailing import EmailState
from storage.tables.base import TenantRow, partial_index, refers
from storage.types import Document, one_of

_TO_SEND = text("state IN ('pending', 'sending')")


class Email(TenantRow, table=True):
    """An e-mail to a client; written in the commit of what it is about, drawn when it leaves.

    `sending` is committed before the server is called: a crash leaves it `unknown`, and nobody
    sends it again without being asked. Addresses and what was said are sealed; `domain` is the
    receiver's, for the pace. `person_id` is whose voice it is; replies go there. `message_id` is
    what stands before the @ of its Message-ID.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        UniqueConstraint("workspace_id", "message_id"),
        one_of("state", EmailState),
        refers("client_id", "client"),
        refers("contact_id", "contact"),
        refers("person_id", "person"),
        partial_index(
            "ix_email_to_send",
            "workspace_id",
            "next_attempt_at",
            "id",
            where=_TO_SEND,
        ),
        Index("ix_email_client", "workspace_id", "client_id", "id"),
    )

    key: str
    kind: str
    client_id: int = Field(sa_type=BigInteger)
    contact_id: int | None = Field(default=None, sa_type=BigInteger)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    to_sealed: str
    domain: str
    message_id: str
    body: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    words_sealed: str = ""
    state: str = EmailState.PENDING
    attempts: int = 0
    created_at: datetime
    next_attempt_at: datetime
    attempted_at: datetime | None = None
    taken_by: str = ""
    taken_until: datetime | None = None
    settled_at: datetime | None = None
    sent_sealed: str = ""
    error: str = ""


class ClientTextRow(TenantRow, table=True):
    """A text as finance changed it; the newest version of a key and language is in force."""

    __tablename__ = "client_text"
    __table_args__ = (UniqueConstraint("workspace_id", "key", "language", "version"),)

    key: str
    language: str
    version: int
    subject: str
    body: str
    made_at: datetime
    made_by: str = ""
