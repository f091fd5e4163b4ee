"""Whom a query means: one index of names per workspace, read again when its version moves."""

from collections.abc import Callable
from threading import Lock

from bot.domain.references import prefixed
from bot.domain.search import Query, normalise, same_number
from bot.services.lookups.name_index import NO_MATCH, Hit, Known, Match, NameIndex
from storage import names
from storage.sessions import Session

_BY_NUMBER = 100


class Names:
    """The indexes of names kept by this process, compared with the database at each use.

    Safe to share between threads: an index never changes, a newer one takes its place.
    """

    def __init__(self) -> None:
        self._kept: dict[int, tuple[int, NameIndex]] = {}
        self._reading = Lock()

    def match(
        self, session: Session, query: Query, *, workspace_id: int, names_version: int
    ) -> Match:
        """Return the clients a query may mean: exact ways first, the nearest spellings last.

        `names_version` is the workspace's, read in the same unit of work.
        """
        if not query.name and not query.code:
            return NO_MATCH
        index = self._index(session, workspace_id, names_version)
        ways: tuple[Callable[[], Match], ...] = (
            lambda: index.exact(query),
            lambda: _of_number(session, query, workspace_id),
            lambda: index.beginning(query),
            lambda: _of_number_like(session, query, workspace_id),
            lambda: index.near(query),
        )
        return next((found for way in ways if (found := way()).hits), NO_MATCH)

    def at_hand(self, query: Query, *, workspace_id: int, names_version: int) -> int | None:
        """Return the client of exactly that code, SIREN or name; None too where it is to be read.

        Nothing is asked of the database, nothing waited for.
        """
        version, index = self._kept.get(workspace_id, (-1, None))
        if index is None or version != names_version or not (query.name or query.code):
            return None
        match = index.exact(query)
        return match.hits[0].client_id if match.sure else None

    def _index(self, session: Session, workspace_id: int, version: int) -> NameIndex:
        kept = self._kept.get(workspace_id)
        if kept is not None and kept[0] == version:
            return kept[1]
        with self._reading:
            kept = self._kept.get(workspace_id)
            if kept is not None and kept[0] == version:
                return kept[1]
            index = NameIndex(
                Known(row.client_id, row.code, row.name, _search_name(row), row.siren)
                for row in names.list_names(session, workspace_id=workspace_id)
            )
            self._kept[workspace_id] = (version, index)
            return index


def _search_name(row: names.NameRow) -> str:
    return row.search_name or normalise(row.name)


def _of_number(session: Session, query: Query, workspace_id: int) -> Match:
    if not query.number:
        return NO_MATCH
    return _all(
        names.list_clients_of_number(session, workspace_id=workspace_id, number=query.number)
    )


def _of_number_like(session: Session, query: Query, workspace_id: int) -> Match:
    if not query.number:
        return NO_MATCH
    like = names.list_numbers_like(session, workspace_id=workspace_id, number=query.number)
    same = {client_id for client_id, number in like if same_number(number, query.number)}
    if not same:
        forms = prefixed(query.number)
        same = {id for id, number in like if any(same_number(number, form) for form in forms)}
    return _all(sorted(same))


def _all(client_ids: list[int]) -> Match:
    hits = tuple(Hit(client_id, _BY_NUMBER) for client_id in client_ids)
    return Match(hits, sure=len(hits) == 1)
