"""Open data about companies by SIREN: identity and published notices."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.base import TenantRow
from storage.types import Day, Document


class Company(TenantRow, table=True):
    """What the public registers say of a SIREN, with where and when it was read."""

    __table_args__ = (UniqueConstraint("workspace_id", "siren"),)

    siren: str
    name: str = ""
    state: str = ""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    source: str = ""
    read_at: datetime


class Notice(TenantRow, table=True):
    """A published legal notice about a SIREN."""

    __table_args__ = (UniqueConstraint("workspace_id", "source_id"),)

    source_id: str
    siren: str
    kind: str
    published_on: date = Field(sa_type=Day)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    read_at: datetime
