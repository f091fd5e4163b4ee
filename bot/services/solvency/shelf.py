"""Kept answers of the sources: what of them is kept, for how long, and where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.solvency.dossier import Accounts, Company, Event, Sector, SourceState, VatCheck
from bot.sources.companies import Candidates, CompanyFile
from bot.sources.found import Found
from storage import source_answers
from storage.documents import from_document, to_document
from storage.sessions import Session
from storage.source_answers import StoredAnswer
from storage.unit_of_work import Database


class Slot(StrEnum):
    """What is kept apart, each with its own time to live."""

    COMPANIES = "companies"
    NOTICES = "notices"
    RATIOS = "ratios"
    SIRENE = "sirene"
    VIES = "vies"
    SECTORS = "sectors"
    NAMES = "names"


_KINDS: Mapping[Slot, tuple[Any, timedelta]] = {
    Slot.COMPANIES: (CompanyFile, timedelta(hours=24)),
    Slot.NOTICES: (tuple[Event, ...], timedelta(hours=12)),
    Slot.RATIOS: (tuple[Accounts, ...], timedelta(days=7)),
    Slot.SIRENE: (Company, timedelta(hours=24)),
    Slot.VIES: (VatCheck, timedelta(days=7)),
    Slot.SECTORS: (Sector, timedelta(days=30)),
    Slot.NAMES: (Candidates, timedelta(hours=24)),
}


_A_FAILURE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer and when it was fetched; past `expires_at` it is stale."""

    slot: Slot
    key: str
    found: Found[Any]
    fetched_at: datetime
    expires_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Say whether it may still serve without asking again."""
        return now < self.expires_at


class Shelf(Protocol):
    """Where answers are kept between two questions."""

    def load(self, asked: Sequence[tuple[Slot, str]]) -> dict[Slot, Kept]:
        """Return what is kept of these, fresh or not, one key for each slot."""

    def save(self, kept: Iterable[Kept]) -> None:
        """Keep these answers."""


def kept_now(slot: Slot, key: str, found: Found[Any], now: datetime) -> Kept:
    """Return an answer as kept from now for its slot's time to live.

    A failure is kept a minute, so that asking again at once waits for nobody.
    """
    lasts = _KINDS[slot][1] if found.is_settled else _A_FAILURE
    return Kept(slot, key, found, now, now + lasts)


class AnswerShelf:
    """One workspace's answers in its database; nobody else's are seen."""

    def __init__(self, database: Database, workspace_id: int) -> None:
        self._database, self._workspace_id = database, workspace_id

    def load(self, asked: Sequence[tuple[Slot, str]]) -> dict[Slot, Kept]:
        """Return what is kept of these; an answer kept in an older shape is not there."""
        with self._database.read() as work:
            return load_kept(work.session, self._workspace_id, asked)

    def save(self, kept: Iterable[Kept]) -> None:
        """Keep these answers in one commit."""
        with self._database.write() as work:
            for answer in kept:
                source_answers.keep_answer(
                    work.session, workspace_id=self._workspace_id, answer=_written(answer)
                )
            work.commit()


def load_kept(
    session: Session, workspace_id: int, asked: Sequence[tuple[Slot, str]]
) -> dict[Slot, Kept]:
    """Return what a workspace keeps of these, fresh or not, one key for each slot."""
    pairs = [(slot.value, key) for slot, key in asked]
    stored = source_answers.list_answers(session, workspace_id=workspace_id, asked=pairs)
    read = (_read(answer) for answer in stored)
    return {kept.slot: kept for kept in read if kept}


def _read(stored: StoredAnswer) -> Kept | None:
    slot, state = Slot(stored.source), SourceState(stored.state)
    value = None
    if state is SourceState.ANSWERED:
        value = from_document(_KINDS[slot][0], stored.body.get("value"))
        if value is None:
            return None
    return Kept(slot, stored.key, Found(state, value), stored.fetched_at, stored.expires_at)


def _written(kept: Kept) -> StoredAnswer:
    value = kept.found.value
    body = {} if value is None else {"value": to_document(_KINDS[kept.slot][0], value)}
    return StoredAnswer(
        kept.slot.value,
        kept.key,
        kept.found.state.value,
        body,
        kept.fetched_at,
        kept.expires_at,
    )
