"""Documents made about a client, sealed as they are."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from bot.domain.papers import PaperKind, PaperState
from storage.tables.base import TenantRow, refers
from storage.types import Day, one_of


class Paper(TenantRow, table=True):
    """A document, its content (base64) and tracking sealed; `stage` of `stages` while it is made.

    `number` counts a workspace's documents of a kind and year, and names it: MD-2026-0007.
    `shared_at` is when its file was put into Slack.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        UniqueConstraint("workspace_id", "reference"),
        one_of("kind", PaperKind),
        one_of("state", PaperState),
        refers("client_id", "client"),
        refers("by_id", "person"),
        Index("ix_paper_client", "workspace_id", "client_id", "id"),
    )

    key: str
    kind: str
    client_id: int = Field(sa_type=BigInteger)
    reference: str
    language: str = "fr"
    state: str = PaperState.DRAFTED
    currency: str = Field(default="EUR", max_length=3)
    minor: int = Field(default=0, sa_type=BigInteger)
    deadline_on: date | None = Field(default=None, sa_type=Day)
    content_sealed: str = ""
    stage: int = 0
    stages: int = 0
    posted_on: date | None = Field(default=None, sa_type=Day)
    tracking_sealed: str = ""
    received_on: date | None = Field(default=None, sa_type=Day)
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    made_at: datetime
    shared_at: datetime | None = None
    error: str = ""
