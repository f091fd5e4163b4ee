"""Open data about companies by SIREN: what the sources answered, and the notices that count."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.base import TenantRow
from storage.types import Day, Document


class SourceAnswer(TenantRow, table=True):
    """One source's answer about one key (a SIREN, a name, an activity): only what is kept of it.

    Past `expires_at` it is asked again, and serves only when the source does not answer.
    """

    __tablename__ = "source_answer"
    __table_args__ = (UniqueConstraint("workspace_id", "source", "key"),)

    source: str
    key: str
    state: str
    body: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    fetched_at: datetime
    expires_at: datetime


class Notice(TenantRow, table=True):
    """A published legal notice about a SIREN; one notice may name several."""

    __table_args__ = (UniqueConstraint("workspace_id", "source_id", "siren"),)

    source_id: str
    siren: str
    kind: str
    published_on: date = Field(sa_type=Day)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    read_at: datetime
