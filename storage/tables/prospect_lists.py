"""Lists of companies sent in Slack: who sent which file, how far it is, what came of it."""

from datetime import datetime

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from bot.domain.lifecycle import SentListState
from storage.tables.base import TenantRow, refers
from storage.types import one_of


class ProspectList(TenantRow, table=True):
    """One list; `file_id` is Slack's, `outcome_sealed` the JSON of what came of its lines."""

    __tablename__ = "prospect_list"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("state", SentListState),
        refers("person_id", "person"),
    )

    key: str
    person_id: int = Field(sa_type=BigInteger)
    file_id: str
    file_name: str
    state: str = SentListState.WAITING
    done: int = 0
    total: int = 0
    refusal: str = ""
    outcome_sealed: str = ""
    sent_at: datetime
    rated_at: datetime | None = None
