"""Which companies a client without a SIREN may be: suggestions with evidence, never a decision."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.search import normalise, plain
from bot.domain.solvency.dossier import Company, CompanyState

MOST_SUGGESTED = 3
_ACRONYM = re.compile(r"\s*\([^()]*\)\s*\Z")  # the register adds the acronym behind a name
_IN_TOWNS = {"st": "saint", "ste": "sainte"}
_NOT_OF_THE_TOWN = frozenset({"cedex", "arrondissement"})


class NameMatch(StrEnum):
    """How a company's name resembles the client's: legal forms, case and accents apart."""

    SAME = "same"
    CLOSE = "close"
    OTHER = "other"


class TownMatch(StrEnum):
    """Whether the company's seat is where the client is."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a company may be the client; `homonyms` counts the others of the very same name.

    `invoice` is the number of an electronic invoice to that company which the books have too.
    """

    name: NameMatch
    town: TownMatch
    is_active: bool
    homonyms: int = 0
    invoice: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A company and why it may be the client."""

    company: Company
    evidence: Evidence


def suggestions(name: str, town: str, companies: Iterable[Company]) -> tuple[Suggestion, ...]:
    """Return the companies a client may be, likeliest first, `MOST_SUGGESTED` at most.

    A name that only resembles counts in the client's own town alone.
    """
    alike = {one.siren: (one, m) for one in companies if (m := name_match(name, one.name))}
    same = sum(match is NameMatch.SAME for _, match in alike.values())
    found: list[Suggestion] = []
    for company, match in alike.values():
        place = town_match(town, company.town)
        if match is NameMatch.CLOSE and place is not TownMatch.SAME:
            continue
        others = max(0, same - (match is NameMatch.SAME))
        active = company.state is CompanyState.ACTIVE
        found.append(Suggestion(company, Evidence(match, place, active, others)))
    return tuple(sorted(found, key=_likeliest)[:MOST_SUGGESTED])


def town_match(one: str, other: str) -> TownMatch:
    """Say whether two names of a town mean the same one: "ST ETIENNE CEDEX 2" is Saint-Étienne."""
    mine, theirs = _town(one), _town(other)
    if not mine or not theirs:
        return TownMatch.UNKNOWN
    return TownMatch.SAME if mine == theirs else TownMatch.OTHER


def _likeliest(one: Suggestion) -> tuple[bool, int, bool, str]:
    seen = one.evidence
    place = (TownMatch.SAME, TownMatch.UNKNOWN, TownMatch.OTHER).index(seen.town)
    return seen.name is not NameMatch.SAME, place, not seen.is_active, one.company.siren


def name_match(ours: str, theirs: str) -> NameMatch | None:
    """Return how two names resemble; one inside the other is close, whatever the words' order."""
    mine, other = normalise(ours), normalise(_ACRONYM.sub("", theirs))
    if not mine or not other:
        return None
    if mine == other:
        return NameMatch.SAME
    words, others = set(mine.split()), set(other.split())
    return NameMatch.CLOSE if words <= others or others <= words else None


def _town(town: str) -> str:
    words = [_IN_TOWNS.get(word, word) for word in plain(town).split()]
    return " ".join(w for w in words if w not in _NOT_OF_THE_TOWN and not w[0].isdigit())
