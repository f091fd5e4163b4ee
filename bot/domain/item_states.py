"""Items that look late but are not: retention money, bills receivable, items sold to a factor.

Each is an invoice, or a part of one, with a due date of its own. The books know one amount only, so
an item with a part set apart is kept as two. The two always add up to the item of the books, to the
cent. What is left open is the part set apart before it is the rest: payments close what was owed
first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.books import ItemRow, SettlementRow, Snapshot
from bot.domain.errors import InvalidInput
from bot.domain.ledger import (
    DueFrom,
    ItemKind,
    ParsedClient,
    ParsedItem,
    ParsedLedger,
    Settled,
)

# Between an item's key and its part's; a key of the books never holds this character.
PART = "\x1f"
MOST_DAYS_AHEAD = 3650


class StateKind(StrEnum):
    """Why a part of an item is not owed yet, or not to us; the value is its kind of item."""

    RETENTION = "retention"
    BILL = "bill"
    FACTORED = "factored"

    @property
    def item_kind(self) -> ItemKind:
        """Return the kind of item that the part is kept as."""
        return ItemKind(self.value)


@dataclass(frozen=True, slots=True)
class ItemState:
    """A part of an item (positive, minor units) and the day it is due.

    Retention money: the day it is released (law of 16 July 1971: a year after acceptance, 5 % at
    most of the price). A bill: its maturity. Sold to a factor: the day it comes back to us unless
    the factor was paid (recourse).
    """

    key: str
    kind: StateKind
    minor: int
    due_on: date


def check_state(kind: StateKind, minor: int, open_minor: int, due_on: date, today: date) -> None:
    """Raise `InvalidInput` naming `amount` or `due_on` when a part cannot be set apart."""
    if not 0 < minor <= open_minor:
        raise InvalidInput("Enter an amount up to what is open.", field="amount")
    if not 0 < (due_on - today).days <= MOST_DAYS_AHEAD:
        raise InvalidInput("Enter a date after today.", field="due_on")
    if kind is StateKind.RETENTION and minor == open_minor:
        raise InvalidInput("Retention money is a part of the invoice.", field="amount")


def part_key(key: str) -> str:
    """Return the key of an item's part set apart."""
    return key + PART


States = Mapping[str, Mapping[str, ItemState]]  # by client code, then by the item's key


def parted(ledger: ParsedLedger, states: States) -> ParsedLedger:
    """Return a file's ledger with its items in two where they have a state."""
    if not states:
        return ledger
    clients = tuple(_parted_client(client, states.get(client.code)) for client in ledger.clients)
    return replace(ledger, clients=clients)


def _parted_client(client: ParsedClient, states: Mapping[str, ItemState] | None) -> ParsedClient:
    if not states:
        return client
    items = [part for item in client.items for part in _parts(item, states.get(item.key))]
    return replace(client, items=tuple(items))


def _parts(item: ParsedItem, state: ItemState | None) -> Iterable[ParsedItem]:
    if state is None or item.minor <= 0:
        return (item,)
    part = replace(item, kind=state.kind.item_kind, due_on=state.due_on, due_from=DueFrom.STATED)
    if state.minor >= item.minor:
        return (part,)
    rest_minor = item.minor - state.minor
    left = min(state.minor, max(0, item.open_minor))
    first, then = _shared(item.settled, rest_minor)
    return (
        replace(item, minor=rest_minor, open_minor=item.open_minor - left, settled=first),
        replace(part, key=part_key(item.key), minor=state.minor, open_minor=left, settled=then),
    )


def _shared(
    settled: Iterable[Settled], rest_minor: int
) -> tuple[tuple[Settled, ...], tuple[Settled, ...]]:
    """Share what closed an item: the rest first, in the order of days, then its part."""
    first: list[Settled] = []
    then: list[Settled] = []
    for one in sorted(settled, key=lambda one: one.on):
        taken = min(one.minor, rest_minor)
        rest_minor -= taken
        if taken:
            first.append(replace(one, minor=taken))
        if one.minor > taken:
            then.append(replace(one, minor=one.minor - taken))
    return tuple(first), tuple(then)


def joined(held: Snapshot) -> Snapshot:
    """Return the books held as the accountant's have them: each part back in its item."""
    if not any(key.endswith(PART) for items in held.items.values() for key in items):
        return held
    whole = Snapshot(held.version, held.clients, {}, held.balances, dict(held.settlements))
    for client_id, items in held.items.items():
        whole.items[client_id] = _joined_items(items, whole.settlements)
    return whole


def _joined_items(
    items: Mapping[str, ItemRow], settlements: dict[int, list[SettlementRow]]
) -> dict[str, ItemRow]:
    found = {key: row for key, row in items.items() if not key.endswith(PART)}
    for key, part in items.items():
        if not key.endswith(PART):
            continue
        rest = found[key.removesuffix(PART)]
        found[rest.key] = rest._replace(
            minor=rest.minor + part.minor, open_minor=rest.open_minor + part.open_minor
        )
        settlements[rest.id] = settlements.get(rest.id, []) + settlements.get(part.id, [])
    return found
