"""What the planning of steps knows of clients, read for many at once: a query a table, no more."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlmodel import Session

from bot.domain.alert_facts import overdue_for_alerts
from bot.domain.calendar import Calendar
from bot.domain.dunning.facts import ClientLedger, Made, Owed, Pause, PauseKind
from bot.domain.dunning.scenarios import StepState
from bot.domain.ledger import ClientKind, ItemKind
from bot.domain.lifecycle import AlertState, HoldKind
from bot.domain.profiles import PayerFacts, PayingHabit
from storage.among import listed
from storage.driver import instant, rows_of

_YEAR = timedelta(days=365)
_day = date.fromordinal
_new = tuple.__new__  # a named tuple without the call around it: one is made for every item

_CLIENTS = """
SELECT id, entity_id, owner_id, currency, kind, muted_until FROM client
WHERE workspace_id = :workspace_id AND id {chosen} ORDER BY id
"""
_ITEMS = """
SELECT client_id, currency, due_on, open_minor, id, kind FROM open_item {hint}
WHERE workspace_id = :workspace_id AND open_minor <> 0 AND client_id {chosen}
ORDER BY client_id, currency, due_on
"""
_BALANCES = """
SELECT client_id, currency, unattributed_minor, paid_count, usual_delay_days, settled_count,
       recent_delay_days, earlier_delay_days, early_quartile_days, late_quartile_days
FROM balance WHERE workspace_id = :workspace_id AND client_id {chosen}
"""
_PROMISES = """
SELECT client_id, minor - received_minor, currency, due_on FROM promise
WHERE workspace_id = :workspace_id AND state = 'live' AND client_id {chosen} ORDER BY id
"""
_DISPUTES = """
SELECT client_id, open_item_ids, minor, currency FROM dispute
WHERE workspace_id = :workspace_id AND state = 'open' AND client_id {chosen} ORDER BY id
"""
_HOLDS = """
SELECT client_id, kind, until_on FROM hold
WHERE workspace_id = :workspace_id AND lifted_at IS NULL AND until_on >= :today
  AND client_id {chosen} ORDER BY id
"""
_EXTENSIONS = """
SELECT client_id, open_item_ids, until_on FROM concession
WHERE workspace_id = :workspace_id AND kind = 'extension' AND state = 'granted'
  AND until_on >= :today AND client_id {chosen} ORDER BY id
"""
_ALERTS = """
SELECT client_id, state, state_ends_on, window_ends_on FROM alert
WHERE workspace_id = :workspace_id AND state NOT IN ('resolved', 'written_off')
  AND client_id {chosen}
"""
_MADE = """
SELECT client_id, step_key, offset_days, COALESCE(done_on, planned_on), state, episode, item_ids
FROM step WHERE workspace_id = :workspace_id AND client_id {chosen} ORDER BY id
"""
_REACHED = """
SELECT DISTINCT client_id FROM contact
WHERE workspace_id = :workspace_id AND email_sealed <> '' AND NOT do_not_contact
  AND unusable_since IS NULL
  AND client_id {chosen}
"""
_BROKEN = """
SELECT client_id, COUNT(*) FROM promise
WHERE workspace_id = :workspace_id AND state = 'broken' AND due_on > :since AND client_id {chosen}
GROUP BY client_id
"""
_CONTESTED = """
SELECT client_id, COUNT(*) FROM dispute
WHERE workspace_id = :workspace_id AND opened_at > :opened AND client_id {chosen}
GROUP BY client_id
"""


class Known(NamedTuple):
    """A client: what the plan reads, and what tells which scenario is its own."""

    ledger: ClientLedger
    payer: PayerFacts
    entity_id: int


class Reading(NamedTuple):
    """What a reading of clients depends on besides their ids.

    A promise pauses reminders until `grace_days` business days after its date: its own judgement
    comes first. `barred` holds back whole entities; `active_owners` (None: everybody's) says whose
    clients are not held back because alerts are not on yet.
    """

    workspace_id: int
    today: date
    calendar: Calendar
    grace_days: int
    least: Mapping[str, int]
    barred: frozenset[int] = frozenset()
    active_owners: frozenset[int] | None = None


def list_ledgers(session: Session, reading: Reading, client_ids: Sequence[int]) -> Iterator[Known]:
    """Yield what is known of each of the clients, in the order of their ids."""
    chunk = _Chunk(session, reading, client_ids)
    items, credits = chunk.items()
    balances: dict[int, list[Any]] = defaultdict(list)
    for row in chunk.rows(_BALANCES):
        balances[row[0]].append(row)
        if row[2] < 0:
            credits[row[0]][row[1]] += -row[2]
    pauses, with_finance = chunk.pauses()
    made = chunk.made()
    reached = {id for (id,) in chunk.rows(_REACHED)}
    troubles = chunk.troubles()
    for id, entity_id, owner_id, currency, kind, muted_until in chunk.rows(_CLIENTS):
        paused = pauses.get(id, [])
        paused += _of_client(reading, entity_id, owner_id, kind, muted_until)
        ledger = ClientLedger(
            id,
            tuple(items.get(id, ())),
            credits.get(id, {}),
            tuple(paused),
            tuple(made.get(id, ())),
            owner_id,
            id in with_finance,
            id in reached,
        )
        broken, contested = troubles.get(id, (0, 0))
        payer = _payer(ledger, balances.get(id, ()), currency, reading, broken, contested, kind)
        yield Known(ledger, payer, entity_id)


class _Chunk:
    """The rows of some clients, table by table."""

    def __init__(self, session: Session, reading: Reading, client_ids: Sequence[int]) -> None:
        self._session, self._reading = session, reading
        self._sqlite = session.get_bind().dialect.name == "sqlite"
        since = reading.today - _YEAR
        self._values: dict[str, Any] = {
            "workspace_id": reading.workspace_id,
            "ids": listed(session, client_ids),
            "today": reading.today.toordinal(),
            "since": since.toordinal(),
            "opened": instant(session, datetime.combine(since, time(), UTC)),
        }

    def rows(self, template: str) -> Iterator[Any]:
        """Run a statement for the clients."""
        sql = _statement(template, sqlite=self._sqlite)
        return rows_of(self._session, sql, self._values)

    def items(self) -> tuple[dict[int, list[Owed]], dict[int, dict[str, int]]]:
        """Return what each client owes, oldest first, and its credits by currency."""
        items: dict[int, list[Owed]] = defaultdict(list)
        credits: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._factored: dict[int, list[int]] = defaultdict(list)
        for client_id, currency, due_on, minor, id, kind in self.rows(_ITEMS):
            if minor < 0:
                credits[client_id][currency] -= minor
                continue
            items[client_id].append(_new(Owed, (id, _day(due_on), minor, currency)))
            if kind == _FACTORED:
                self._factored[client_id].append(id)
        return items, credits

    def pauses(self) -> tuple[dict[int, list[Pause]], set[int]]:
        """Return what pauses each client or a part of it, and the clients finance has."""
        found: dict[int, list[Pause]] = defaultdict(list)
        for client_id, ids in self._factored.items():
            found[client_id].append(Pause(PauseKind.FACTORED, None, frozenset(ids)))
        for client_id, document, minor, currency in self.rows(_DISPUTES):
            found[client_id].append(_dispute(_read(document), minor, currency))
        calendar, grace = self._reading.calendar, self._reading.grace_days
        for client_id, minor, currency, due_on in self.rows(_PROMISES):
            until = max(calendar.add_business_days(_day(due_on), grace), self._reading.today)
            if minor > 0:
                found[client_id].append(Pause(PauseKind.PROMISE, until, None, minor, currency))
        for client_id, kind, until_on in self.rows(_HOLDS):
            until = _day(until_on)
            endless = None if until.year == date.max.year else until
            found[client_id].append(Pause(_OF_HOLDS[kind], endless))
        for client_id, document, until_on in self.rows(_EXTENSIONS):
            chosen = frozenset(_read(document))
            found[client_id].append(Pause(PauseKind.EXTENSION, _day(until_on), chosen))
        with_finance = set()
        for client_id, state, ends_on, window_ends_on in self.rows(_ALERTS):
            if state == AlertState.TAKEN:  # until then the voice stays the owner's (DESIGN, 3)
                with_finance.add(client_id)
            elif state == AlertState.SNOOZED and ends_on is not None:
                found[client_id].append(Pause(PauseKind.MANUAL, _day(ends_on)))
            elif window_ends_on is not None and window_ends_on >= self._values["today"]:
                found[client_id].append(Pause(PauseKind.WINDOW, _day(window_ends_on)))
        return found, with_finance

    def made(self) -> dict[int, list[Made]]:
        """Return the steps made for each client."""
        found: dict[int, list[Made]] = defaultdict(list)
        for client_id, key, offset, on, state, episode, ids in self.rows(_MADE):
            found[client_id].append(
                Made(key, offset, _day(on), StepState(state), episode, frozenset(_read(ids)))
            )
        return found

    def troubles(self) -> dict[int, tuple[int, int]]:
        """Return promises broken and disputes opened in the last 365 days."""
        broken = dict(self.rows(_BROKEN))
        contested = dict(self.rows(_CONTESTED))
        return {id: (broken.get(id, 0), contested.get(id, 0)) for id in {*broken, *contested}}


_FACTORED = ItemKind.FACTORED.value
_OF_HOLDS = {
    HoldKind.PROCEEDING.value: PauseKind.PROCEEDING,
    HoldKind.MANUAL.value: PauseKind.MANUAL,
    HoldKind.SNOOZE.value: PauseKind.MANUAL,
    HoldKind.WINDOW.value: PauseKind.WINDOW,
}


def _dispute(ids: Sequence[int], minor: int, currency: str) -> Pause:
    """Return what a dispute takes out of reminders: its items, or an amount of the oldest."""
    chosen = frozenset(ids) if ids else None
    return Pause(PauseKind.DISPUTE, None, chosen, minor or None, currency)


def _of_client(
    reading: Reading, entity_id: int, owner_id: int | None, kind: str, muted_until: int | None
) -> Iterator[Pause]:
    """Yield the pauses that a client's own row, its entity and its owner make."""
    if kind != ClientKind.ORDINARY:
        yield Pause(PauseKind.ACCOUNT_KIND)
    if muted_until is not None and muted_until >= reading.today.toordinal():
        yield Pause(PauseKind.MUTED, _day(muted_until))
    if entity_id in reading.barred:
        yield Pause(PauseKind.STALE_BOOKS)
    if reading.active_owners is not None and owner_id not in reading.active_owners:
        yield Pause(PauseKind.NOT_ACTIVE)


def _payer(
    ledger: ClientLedger,
    balances: Sequence[Any],
    currency: str,
    reading: Reading,
    broken: int,
    contested: int,
    kind: str,
) -> PayerFacts:
    main = next((row for row in balances if row[1] == currency), None)
    paid: Sequence[Any] = main[3:] if main is not None else (0, None, 0, *[None] * 4)
    kinds = {pause.kind for pause in ledger.pauses}
    disputing = PauseKind.DISPUTE in kinds
    return PayerFacts(
        habit=PayingHabit(*paid[2:]),
        paid_count=paid[0],
        usual_delay_days=paid[1],
        oldest_unpaid_days=0 if disputing else _oldest_unpaid(ledger, currency, reading),
        dispute_count=contested,
        broken_promises=broken,
        in_proceeding=PauseKind.PROCEEDING in kinds,
        is_doubtful=kind == ClientKind.DOUBTFUL,
    )


def _oldest_unpaid(ledger: ClientLedger, currency: str, reading: Reading) -> int:
    """Return the age of the oldest item that counts; 0 when credits cover what is overdue."""
    least = max(1, reading.least.get(currency, 1))
    mine = [item for item in ledger.items if item.currency == currency]
    late = [item for item in mine if item.due_on < reading.today]
    credit = ledger.credits.get(currency, 0)
    net = sum(item.minor for item in mine) - credit
    overdue = overdue_for_alerts(sum(item.minor for item in late), -credit, 0, net)
    if overdue < least:
        return 0
    ages = ((reading.today - item.due_on).days for item in late if item.minor >= least)
    return max(ages, default=0)


def _read(document: Any) -> list[int]:
    """Return a list of ids: text on SQLite, read already on PostgreSQL."""
    found = json.loads(document) if isinstance(document, str) else document
    return list(found)


@cache
def _statement(template: str, *, sqlite: bool) -> str:
    return template.format(
        chosen="IN (SELECT value FROM json_each(:ids))" if sqlite else "= ANY(:ids)",
        hint="INDEXED BY ix_open_item_open" if sqlite else "",
    )
