"""Lists of companies sent in Slack, from the file taken to what came of each line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from bot.domain.lifecycle import SentListState
from storage.once import insert_once
from storage.tables.prospect_lists import ProspectList
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class SentList:
    """A list as it stands; `outcome` is what the service wrote of its lines."""

    id: int
    person_id: int
    file_id: str
    file_name: str
    state: SentListState
    done: int
    total: int
    refusal: str
    outcome: Mapping[str, Any] = field(default_factory=dict)


def add_list(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    person_id: int,
    file_id: str,
    file_name: str,
    now: datetime,
) -> int | None:
    """Take a list once per `key`; return its id, or None when it was already taken."""
    values = {
        "workspace_id": workspace_id,
        "key": key,
        "person_id": person_id,
        "file_id": file_id,
        "file_name": file_name,
        "sent_at": now,
    }
    return insert_once(session, ProspectList, values)


def find_list(session: Session, *, workspace_id: int, id: int) -> SentList | None:
    """Return a list, or None."""
    row = session.get(ProspectList, (workspace_id, id), populate_existing=True)
    if row is None:
        return None
    vault: Vault = session.info["vault"]
    said = vault.unseal(workspace_id, row.outcome_sealed)
    return SentList(
        row.id,
        row.person_id,
        row.file_id,
        row.file_name,
        SentListState(row.state),
        row.done,
        row.total,
        row.refusal,
        json.loads(said) if said else {},
    )


def set_progress(session: Session, *, workspace_id: int, id: int, done: int, total: int) -> None:
    """Say how many of how many companies are rated."""
    _set(session, workspace_id, id, state=SentListState.RATING.value, done=done, total=total)


def set_outcome(
    session: Session, *, workspace_id: int, id: int, outcome: Mapping[str, Any], now: datetime
) -> None:
    """Keep what came of a list, sealed."""
    vault: Vault = session.info["vault"]
    sealed = vault.seal(workspace_id, json.dumps(dict(outcome), ensure_ascii=False))
    state = SentListState.RATED.value
    _set(session, workspace_id, id, state=state, outcome_sealed=sealed, rated_at=now)


def set_refusal(session: Session, *, workspace_id: int, id: int, why: str, now: datetime) -> None:
    """Say why a list cannot be used."""
    _set(session, workspace_id, id, state=SentListState.REFUSED.value, refusal=why, rated_at=now)


def _set(session: Session, workspace_id: int, id: int, **values: Any) -> None:
    session.execute(
        update(ProspectList)
        .where(col(ProspectList.workspace_id) == workspace_id, col(ProspectList.id) == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
