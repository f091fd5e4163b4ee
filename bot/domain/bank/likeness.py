"""One movement told in two formats: the same day, amount and words, written differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.bank.statement import Movement
from bot.domain.references import mentions
from bot.domain.search import normalise

# What banks write around the payer's own words.
_OF_BANKS = frozenset(
    {"vir", "virement", "vrt", "sepa", "inst", "recu", "de", "du"}
    | {"prlv", "prelevement", "chq", "cheque", "remise", "notprovided"}
)


@dataclass(frozen=True, slots=True)
class KnownMovement:
    """A movement kept before: `said` is its payer and texts, `format` the file's it came from."""

    identity: str
    format: str
    booked_on: date
    minor: int
    said: str


def known_otherwise(
    movements: Sequence[tuple[Movement, str]], known: Iterable[KnownMovement], format: str
) -> set[str]:
    """Return the identities of the movements that a file of another format told before.

    Each known movement stands for one: two payments alike in both files stay two. A movement
    known by its own identity is not among them.
    """
    held = list(known)
    identities = {one.identity for one in held}
    others = [one for one in held if one.format and one.format != format]
    found = set()
    for movement, identity in movements:
        if identity in identities:
            continue
        same = next((one for one in others if _is_same(movement, one)), None)
        if same is not None:
            others.remove(same)
            found.add(identity)
    return found


def _is_same(movement: Movement, known: KnownMovement) -> bool:
    if (movement.booked_on, movement.minor) != (known.booked_on, known.minor):
        return False
    said = f"{movement.payer} {movement.text}"
    if frozenset(mentions(said)) & frozenset(mentions(known.said)):
        return True
    one, other = _words(said), _words(known.said)
    least = min(one, other, key=len)
    return bool(least) and least <= one & other


def _words(said: str) -> frozenset[str]:
    return frozenset(normalise(said).split()) - _OF_BANKS
