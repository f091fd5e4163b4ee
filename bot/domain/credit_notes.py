"""Which credit notes in the books are the ones that somebody waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AwaitedCredit:
    """What finance is to credit a client with: agreed on `since` or later, `minor` positive."""

    task_id: int
    client_id: int
    currency: str
    minor: int
    since: date


@dataclass(frozen=True, slots=True)
class CreditNote:
    """A credit note of the books, open or already used; `minor` is positive."""

    id: int
    client_id: int
    number: str
    issued_on: date
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class ArrivedCredit:
    """An awaited credit and the credit notes that are it."""

    awaited: AwaitedCredit
    notes: tuple[CreditNote, ...]


def arrived(
    awaited: Iterable[AwaitedCredit], notes: Iterable[CreditNote]
) -> tuple[ArrivedCredit, ...]:
    """Return the awaited credits that are in the books, oldest first; a note answers one only.

    One note of the very amount is it, the earliest first; else all that came since, when they add
    up to it. Anything else may be another matter: it stays awaited, never a guess.
    """
    left = sorted(notes, key=lambda note: (note.issued_on, note.id))
    found = []
    for one in sorted(awaited, key=lambda one: (one.since, one.task_id)):
        mine = [note for note in left if _may_be(one, note)]
        exact = [note for note in mine if note.minor == one.minor][:1]
        taken = exact or (mine if mine and sum(note.minor for note in mine) == one.minor else [])
        if taken:
            left = [note for note in left if note not in taken]
            found.append(ArrivedCredit(one, tuple(taken)))
    return tuple(found)


def _may_be(one: AwaitedCredit, note: CreditNote) -> bool:
    same = (note.client_id, note.currency) == (one.client_id, one.currency)
    return same and note.issued_on >= one.since
