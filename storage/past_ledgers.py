"""Clients through time, read for a replay: items as they were settled, pauses as they held."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from bot.domain.dunning.facts import Pause, PauseKind
from bot.domain.dunning.replay import PastClient, PastItem, PastPause
from bot.domain.lifecycle import ConcessionKind, ConcessionState, HoldKind
from bot.domain.profiles import PayerFacts
from storage.among import among, listed
from storage.driver import rows_of
from storage.dunning_ledgers import Reading, list_ledgers
from storage.schema import metadata

_tables = metadata.tables
_promise, _dispute, _hold = _tables["promise"].c, _tables["dispute"].c, _tables["hold"].c
_concession = _tables["concession"].c
_day = date.fromordinal

_ITEMS = """
SELECT client_id, id, issued_on, due_on, minor, open_minor, currency FROM open_item AS i
WHERE workspace_id = :workspace_id AND client_id {chosen}
  AND (open_minor <> 0 OR EXISTS (
    SELECT 1 FROM settlement AS s WHERE s.workspace_id = :workspace_id
    AND s.open_item_id = i.id AND s.settled_on > :first))
ORDER BY client_id, due_on, id
"""
_SETTLED = """
SELECT s.open_item_id, s.settled_on, s.minor FROM open_item AS i JOIN settlement AS s
  ON s.workspace_id = i.workspace_id AND s.open_item_id = i.id
WHERE i.workspace_id = :workspace_id AND i.client_id {chosen} AND s.settled_on > :first
"""
_LOOSE = """
SELECT client_id, currency, -unattributed_minor FROM balance
WHERE workspace_id = :workspace_id AND unattributed_minor < 0 AND client_id {chosen}
"""
# What holds today and has no day of its own in the books.
_LASTING = {PauseKind.ACCOUNT_KIND, PauseKind.MUTED, PauseKind.FACTORED}


class KnownPast(NamedTuple):
    """A client through time, and what tells which scenario is its own today."""

    client: PastClient
    payer: PayerFacts


def list_past(
    session: Session, reading: Reading, client_ids: Sequence[int], *, first: date
) -> Iterator[KnownPast]:
    """Yield each of the clients as a replay from `first` on needs it."""
    items = _items(session, reading, client_ids, first)
    pauses = _pauses(session, reading, client_ids)
    credits: dict[int, dict[str, int]] = defaultdict(dict)
    for id, currency, minor in _rows(session, reading, client_ids, _LOOSE, first):
        credits[id][currency] = minor
    for known in list_ledgers(session, reading, client_ids):
        id = known.ledger.client_id
        lasting = [
            PastPause(pause, date.min, pause.until)
            for pause in known.ledger.pauses
            if pause.kind in _LASTING
        ]
        client = PastClient(
            known.ledger,
            tuple(items.get(id, ())),
            (*lasting, *pauses.get(id, ())),
            credits.get(id, {}),
        )
        yield KnownPast(client, known.payer)


def _items(
    session: Session, reading: Reading, ids: Sequence[int], first: date
) -> dict[int, list[PastItem]]:
    settled: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for item_id, on, minor in _rows(session, reading, ids, _SETTLED, first):
        settled[item_id].append((_day(on), minor))
    items: dict[int, list[PastItem]] = defaultdict(list)
    for row in _rows(session, reading, ids, _ITEMS, first):
        client_id, id, issued_on, due_on, minor, open_minor, currency = row
        days = _day(issued_on), _day(due_on)
        closed = tuple(settled.get(id, ()))
        items[client_id].append(PastItem(id, *days, minor, open_minor, currency, closed))
    return items


def _pauses(session: Session, reading: Reading, ids: Sequence[int]) -> dict[int, list[PastPause]]:
    found: dict[int, list[PastPause]] = defaultdict(list)
    for read in (_promises, _disputes, _holds, _extensions):
        for client_id, pause in read(session, reading, ids):
            found[client_id].append(pause)
    return found


_Pauses = Iterator[tuple[int, PastPause]]


def _promises(session: Session, reading: Reading, ids: Sequence[int]) -> _Pauses:
    c = _promise
    query = select(c.client_id, c.minor, c.currency, c.made_on, c.due_on, c.judged_at)
    mine = (c.workspace_id == reading.workspace_id, among(session, c.client_id, ids))
    for id, minor, currency, made_on, due_on, judged_at in session.execute(query.where(*mine)):
        until = reading.calendar.add_business_days(due_on, reading.grace_days)
        last = until if judged_at is None else min(until, judged_at.date())
        yield id, PastPause(Pause(PauseKind.PROMISE, last, None, minor, currency), made_on, last)


def _disputes(session: Session, reading: Reading, ids: Sequence[int]) -> _Pauses:
    c = _dispute
    columns = (c.open_item_ids, c.minor, c.currency, c.opened_at, c.resolved_at)
    mine = (c.workspace_id == reading.workspace_id, among(session, c.client_id, ids))
    for row in session.execute(select(c.client_id, *columns).where(*mine)):
        id, item_ids, minor, currency, opened_at, resolved_at = row
        chosen = frozenset(item_ids) if item_ids else None
        pause = Pause(PauseKind.DISPUTE, None, chosen, minor or None, currency)
        last = None if resolved_at is None else resolved_at.date()
        yield id, PastPause(pause, opened_at.date(), last)


def _holds(session: Session, reading: Reading, ids: Sequence[int]) -> _Pauses:
    c = _hold
    query = select(c.client_id, c.kind, c.until_on, c.made_at, c.lifted_at)
    mine = (c.workspace_id == reading.workspace_id, among(session, c.client_id, ids))
    for id, kind, until_on, made_at, lifted_at in session.execute(query.where(*mine)):
        is_proceeding = kind == HoldKind.PROCEEDING.value
        pause = Pause(PauseKind.PROCEEDING if is_proceeding else PauseKind.MANUAL, until_on)
        last = until_on if lifted_at is None else min(until_on, lifted_at.date())
        yield id, PastPause(pause, made_at.date(), last)


def _extensions(session: Session, reading: Reading, ids: Sequence[int]) -> _Pauses:
    c = _concession
    columns = (c.open_item_ids, c.decided_at, c.until_on)
    mine = (
        c.workspace_id == reading.workspace_id,
        c.kind == ConcessionKind.EXTENSION.value,
        c.state == ConcessionState.GRANTED.value,
        among(session, c.client_id, ids),
    )
    for id, item_ids, decided_at, until in session.execute(
        select(c.client_id, *columns).where(*mine)
    ):
        pause = Pause(PauseKind.EXTENSION, until, frozenset(item_ids))
        yield id, PastPause(pause, decided_at.date(), until)


def _rows(
    session: Session, reading: Reading, ids: Sequence[int], template: str, first: date
) -> Iterator[Any]:
    sqlite = session.get_bind().dialect.name == "sqlite"
    values = {
        "workspace_id": reading.workspace_id,
        "ids": listed(session, ids),
        "first": first.toordinal(),
    }
    return rows_of(session, _statement(template, sqlite=sqlite), values)


@cache
def _statement(template: str, *, sqlite: bool) -> str:
    return template.format(
        chosen="IN (SELECT value FROM json_each(:ids))" if sqlite else "= ANY(:ids)"
    )
