"""How items were closed, as a file tells it, against the settlements held."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.domain.books import ItemRow, Relief, SettlementRow, TableChanges
from bot.domain.ledger import ItemKind, ParsedItem, SettledBy

Part = tuple[str, int, int]


class Untold(NamedTuple):
    """What a closing without a trace is called, and the day it is given."""

    by: SettledBy
    on: date


Held = Mapping[int, Sequence[SettlementRow]]


class Settling:
    """The settlements an import adds and removes; `touched` are the clients they belong to.

    `since` is the first day the file itself accounts for (None: a list, which tells no history);
    `untold` names what became less without a trace, `absent` what is no longer told of.
    """

    def __init__(self, held: Held, *, since: date | None, untold: Untold, absent: Untold) -> None:
        self._held = held
        self._since = since.toordinal() if since else 0
        self._untold, self._absent = untold, absent
        self._wanted: list[tuple[int, Part]] = []
        self._now: dict[int, list[Part]] = {}
        self.gone: list[SettlementRow] = []
        self.touched: set[int] = set()

    def compare(self, row: ItemRow, item: ParsedItem) -> None:
        """Make an item's settlements of the file's own period those the file tells."""
        held = self._held.get(row.id, ())
        if not held and row.minor == row.open_minor and not item.settled:
            return
        wanted: Counter[Part] = Counter()
        for part in item.settled:
            wanted[part.by.value, part.minor, part.on.toordinal()] += 1
        earlier = sum(old.minor for old in held if old.settled_on < self._since)
        told = sum(part.minor for part in item.settled)
        gap = abs(row.minor) - abs(row.open_minor) - earlier - told
        if gap > 0:
            wanted[self._untraced(row, gap, self._untold)] += 1
        gone = []
        for row_held in held:
            same = _part(row_held)
            if wanted[same] > 0:
                wanted[same] -= 1
            elif row_held.settled_on >= self._since:
                gone.append(row_held)
        new = list(wanted.elements())
        if new or gone:
            self.gone += gone
            self._wanted += [(row.id, same) for same in new]
            self._now[row.id] = [_part(kept) for kept in held if kept not in gone] + new
            self.touched.add(row.client_id)

    def lessen(self, row: ItemRow, minor: int) -> None:
        """Settle `minor` (positive) of an item without a trace."""
        self._settle(row, self._untraced(row, minor, self._untold))

    def _settle(self, row: ItemRow, part: Part) -> None:
        self._wanted.append((row.id, part))
        self._now[row.id] = [*self.parts_of(row.id), part]
        self.touched.add(row.client_id)

    def close(self, rows: Iterable[ItemRow]) -> None:
        """Settle one client's open items that are no longer told, credit notes against debts."""
        oldest = sorted(rows, key=lambda row: (row.issued_on, row.number, row.id))
        credited = sum(-row.open_minor for row in oldest if row.kind == ItemKind.CREDIT_NOTE.value)
        for row in oldest:
            left = abs(row.open_minor)
            if row.open_minor > 0 and credited > 0:
                part = min(credited, left)
                on = self._absent.on.toordinal()
                self._settle(row, (SettledBy.CREDIT_NOTE.value, part, on))
                credited, left = credited - part, left - part
            if left:
                self._settle(row, self._untraced(row, left, self._absent))

    def parts_of(self, item_id: int) -> list[Part]:
        """Return how an item is settled after the import: by, minor units, ordinal day."""
        now = self._now.get(item_id)
        return [_part(part) for part in self._held.get(item_id, ())] if now is None else now

    def write(self, changes: TableChanges, new_ids: Callable[[int], Sequence[int]]) -> None:
        """Put the rows to insert and delete into the changes of the settlement table."""
        ids: Iterator[int] = iter(new_ids(len(self._wanted)))
        changes.new += [SettlementRow(next(ids), item, *part) for item, part in self._wanted]
        changes.gone += self.gone

    def reliefs(self, changed: Iterable[tuple[ItemRow, ItemRow]]) -> list[Relief]:
        """Return, by client and currency, the debts that were open and became less."""
        items: dict[tuple[int, str], list[int]] = defaultdict(list)
        by: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        for was, now in changed:
            if was.open_minor <= max(0, now.open_minor):
                continue
            where = was.client_id, was.currency
            items[where].append(was.id)
            before = Counter(_part(part) for part in self._held.get(was.id, ()))
            for how, minor, _ in (Counter(self.parts_of(was.id)) - before).elements():
                by[where][how] += minor
        return [
            Relief(client_id, currency, tuple(ids), dict(by[client_id, currency]))
            for (client_id, currency), ids in items.items()
        ]

    def _untraced(self, row: ItemRow, minor: int, untold: Untold) -> Part:
        by = untold.by if row.minor > 0 else SettledBy.NETTING
        return by.value, minor, untold.on.toordinal()


def _part(row: SettlementRow) -> Part:
    return row.by, row.minor, row.settled_on
