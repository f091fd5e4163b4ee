"""All client names of one workspace in memory: exact ways first, then spellings that are close."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Jaro

from bot.domain.search import LEGAL_FORMS, Query, code_key, plain

EXACT, BEGINS = 100, 95
_NEAR = 78  # a word below this resembles by chance
_SURE, _MARGIN = 80, 15  # one spelling is taken for another only this close, this far ahead
_SHORTEST_BEGINNING, _SHORTEST_GUESS = 2, 3
_MOST_HITS = 50
_MOST_SPELLINGS = 40
_LONG_FORMS = sorted(form for form in LEGAL_FORMS if len(form) > 5)
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Known:
    """One client as the index holds it; `search_name` is normalised."""

    client_id: int
    code: str
    name: str
    search_name: str
    siren: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A client that a query may mean; `score` out of 100."""

    client_id: int
    score: int


@dataclass(frozen=True, slots=True)
class Match:
    """What a query may mean, best first; `sure` when there is only one reasonable reading."""

    hits: tuple[Hit, ...] = ()
    sure: bool = False


NO_MATCH = Match()


class NameIndex:
    """An immutable index of a workspace's clients; safe to share between threads."""

    def __init__(self, clients: Iterable[Known]) -> None:
        self._ids: list[int] = []
        self._names: list[str] = []
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, client in enumerate(clients):
            self._ids.append(client.client_id)
            self._names.append(client.search_name)
            for key in {code_key(client.code), plain(client.name), client.siren}:
                if key:
                    self._by_key[key].append(place)
            self._by_name[client.search_name].append(place)
            for word in dict.fromkeys(client.search_name.split()):
                self._by_word[word].append(place)
        self._words = sorted(self._by_word)
        self._sorted_names = sorted(name for name in self._by_name if name)

    def __len__(self) -> int:
        return len(self._ids)

    def exact(self, query: Query) -> Match:
        """Return the clients of that code, SIREN or name, legal forms aside.

        A name that other names only lengthen (Dupont, Dupont Fils) is not sure, unless written
        as in the books.
        """
        keys = {key for key in (query.code, query.siren, query.plain) if key}
        places = {place for key in keys for place in self._by_key.get(key, ())}
        named = self._by_name.get(query.name, []) if query.name else []
        if places and query.plain == query.name:
            places.update(named)
        if places or not named:
            return self._match(dict.fromkeys(places, EXACT))
        longer = dict.fromkeys(self._beginning(query.name + " "), BEGINS)
        return self._match(longer | dict.fromkeys(named, EXACT))

    def beginning(self, query: Query) -> Match:
        """Return the clients whose name, or words of it, begin with what was typed."""
        words = query.name.split()
        if len(query.name) < _SHORTEST_BEGINNING:
            return NO_MATCH
        places = set(self._beginning(query.name))
        common: set[int] | None = None
        for word in sorted(words, key=len, reverse=True):
            having = {place for full in self._completions(word) for place in self._by_word[full]}
            common = having if common is None else common & having
            if not common:
                break
        places |= common or set()
        return self._match(dict.fromkeys(places, BEGINS))

    def near(self, query: Query) -> Match:
        """Return the clients whose name is spelt almost as typed; sure only far ahead."""
        words = [word for word in query.name.split() if not _is_legal_form(word)]
        words = words or query.name.split()
        name = " ".join(words)
        if len(name) < _SHORTEST_GUESS:
            return NO_MATCH
        scores = self._near_words(words) or self._near_names(name)
        best = sorted(scores.values(), reverse=True)[:2]
        ahead = len(best) == 1 or (len(best) == 2 and best[0] - best[1] >= _MARGIN)
        return replace(self._match(scores), sure=ahead and best[0] >= _SURE)

    def _near_words(self, words: list[str]) -> dict[int, int]:
        """Score names by their words: each typed word against the most alike, by its length."""
        letters = sum(map(len, words))
        totals: dict[int, float] = defaultdict(float)
        for word in words:
            close: dict[int, float] = {}
            for full, alike, _ in process.extract(
                word,
                self._words,
                scorer=Jaro.normalized_similarity,
                score_cutoff=_NEAR / 100,
                limit=_MOST_SPELLINGS,
            ):
                for place in self._by_word[full]:
                    close.setdefault(place, alike)
            for place, alike in close.items():
                totals[place] += alike * len(word) / letters
        return {
            place: score
            for place, total in totals.items()
            if (score := round(100 * total * self._covered(place, letters))) >= _NEAR - 5
        }

    def _covered(self, place: int, letters: int) -> float:
        """Return slightly less than 1 for a name that says more than was typed."""
        return 0.95 + 0.05 * min(1.0, letters / max(1, len(self._names[place])))

    def _near_names(self, name: str) -> dict[int, int]:
        """Score whole names, for words joined or split by mistake."""
        found = process.extract(
            name, self._names, scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=_MOST_HITS
        )
        return {place: round(score) for _, score, place in found}

    def _beginning(self, start: str) -> list[int]:
        return [
            place for name in _from_to(self._sorted_names, start) for place in self._by_name[name]
        ]

    def _completions(self, word: str) -> list[str]:
        return _from_to(self._words, word)

    def _match(self, scores: dict[int, int]) -> Match:
        ranked = sorted(scores, key=lambda place: (-scores[place], self._names[place], place))
        hits = tuple(Hit(self._ids[place], scores[place]) for place in ranked[:_MOST_HITS])
        return Match(hits, sure=len(hits) == 1)


def _from_to(ordered: list[str], start: str) -> list[str]:
    """Return the texts that begin with `start`, of a sorted list."""
    return ordered[bisect_left(ordered, start) : bisect_left(ordered, start + _LAST)]


def _is_legal_form(word: str) -> bool:
    """Say whether a word is a long legal form, perhaps misspelt."""
    return len(word) > 5 and process.extractOne(word, _LONG_FORMS, score_cutoff=85) is not None
