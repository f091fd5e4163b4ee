"""What a file changes in the books held: clients, items, how they were settled, accounts."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.bank.reopened import Reopened, reopened
from bot.domain.books import (
    BalanceLine,
    ClientLine,
    ItemRow,
    Relief,
    SettlementRow,
    Snapshot,
    TableChanges,
)
from bot.domain.due_dates import LEGAL_DEFAULT, Terms, due_of, parse_terms
from bot.domain.errors import GoodcopError
from bot.domain.ledger import DueFrom, ParsedClient, ParsedItem, ParsedLedger
from bot.domain.paying import with_record
from bot.domain.search import normalise
from bot.domain.settling import Settling, Untold

NewIds = Callable[[int], Sequence[int]]
_BALANCE = BalanceLine._fields
_CLIENT = ("account", "name", "search_name", "kind")
_STATED = DueFrom.STATED.value


@dataclass(frozen=True, slots=True)
class Rules:
    """How a file is read against the books held.

    `since` is the first day the file itself accounts for (None: a list, which tells no history);
    `untold` names what became less without a trace, `absent` what is no longer told of.
    """

    untold: Untold
    absent: Untold
    since: date | None = None
    default_terms: Terms = LEGAL_DEFAULT


@dataclass(slots=True)
class BookChanges:
    """All that a file changes, referred tables first; `reliefs` are debts that became less."""

    clients: TableChanges = field(
        default_factory=lambda: TableChanges("client", ClientLine._fields, _CLIENT)
    )
    items: TableChanges = field(
        default_factory=lambda: TableChanges("open_item", ItemRow._fields, ItemRow._fields[3:])
    )
    settlements: TableChanges = field(
        default_factory=lambda: TableChanges("settlement", SettlementRow._fields)
    )
    balances: TableChanges = field(
        default_factory=lambda: TableChanges("balance", _BALANCE, _BALANCE[3:])
    )
    reliefs: list[Relief] = field(default_factory=list)
    reopened: list[Reopened] = field(default_factory=list)

    @property
    def tables(self) -> tuple[TableChanges, ...]:
        """Return the changes, referred tables before those that refer to them."""
        return self.clients, self.items, self.settlements, self.balances

    @property
    def count(self) -> int:
        """Return how many rows are written or deleted."""
        return sum(changes.count for changes in self.tables)


def reconcile(ledger: ParsedLedger, held: Snapshot, rules: Rules, new_ids: NewIds) -> BookChanges:
    """Return the changes that make the books say what the ledger says, and nothing else.

    Raises GoodcopError `unreconciled` when an account's items do not add up to its net.
    """
    return _Reconciling(ledger, held, rules, new_ids).run()


def _renewed(old: ClientLine, parsed: ParsedClient) -> ClientLine:
    """Return a client as the books now know it; what people gave it stays."""
    name = old.name if old.name_given else parsed.name or old.name
    return old._replace(
        account=parsed.account or old.account,
        name=name,
        search_name=old.search_name if name == old.name else normalise(name),
        kind=old.kind if old.kind_confirmed else parsed.kind.value,
    )


def _changing(client: ClientLine) -> tuple[int, str, str, str, str]:
    return client.id, client.account, client.name, client.search_name, client.kind


def _fresh(new_ids: NewIds) -> Iterator[int]:
    while True:
        yield from new_ids(1_000)


class _Reconciling:
    def __init__(self, ledger: ParsedLedger, held: Snapshot, rules: Rules, new_ids: NewIds) -> None:
        self._clients, self._held, self._rules = ledger.clients, held, rules
        self._new_ids = new_ids
        self._ids = _fresh(new_ids)
        self._changes = BookChanges()
        self._settling = Settling(
            held.settlements, since=rules.since, untold=rules.untold, absent=rules.absent
        )
        self._changed: list[tuple[ItemRow, ItemRow]] = []
        self._moved: list[tuple[BalanceLine, BalanceLine]] = []
        self._after: dict[int, dict[str, ItemRow]] = defaultdict(dict)
        self._terms: dict[str, Terms | None] = {}

    def run(self) -> BookChanges:
        accounts: list[tuple[int, ParsedClient]] = []
        clients: dict[str, ClientLine] = {}
        for parsed in self._clients:
            total = sum(item.open_minor for item in parsed.items)
            if total + parsed.unattributed_minor != parsed.net_minor:
                raise GoodcopError(
                    f"The items of {parsed.code} do not add up to its account.",
                    code="unreconciled",
                )
            client = clients.get(parsed.code)
            if client is None:
                client = clients[parsed.code] = self._client(parsed)
            self._items(client.id, parsed, self._terms_of(client.terms))
            accounts.append((client.id, parsed))
        self._close_absent()
        self._settling.write(self._changes.settlements, self._new_ids)
        self._changes.items.changed += [
            (was[:1] + was[3:], now[:1] + now[3:]) for was, now in self._changed
        ]
        self._changes.reliefs += self._settling.reliefs(self._changed)
        self._balances(accounts)
        new = (ItemRow(*row) for row in self._changes.items.new)  # type: ignore[arg-type]
        gone = self._settling.gone
        self._changes.reopened += reopened(self._changed, new, gone, self._moved)
        return self._changes

    def _client(self, parsed: ParsedClient) -> ClientLine:
        old = self._held.clients.get(parsed.code)
        if old is None:
            id, name = next(self._ids), parsed.name or parsed.code
            kind, called = parsed.kind.value, normalise(name)
            own = (id, parsed.code, parsed.account, name, called, kind, parsed.currency)
            new = ClientLine(*own, kind_confirmed=False, name_given=False, terms="")
            self._changes.clients.new.append(new)
            return new
        new = _renewed(old, parsed)
        if new != old:
            self._changes.clients.changed.append((_changing(old), _changing(new)))
        return new

    def _terms_of(self, text: str) -> Terms | None:
        if text not in self._terms:
            self._terms[text] = parse_terms(text) if text else None
        return self._terms[text]

    def _items(self, client_id: int, parsed: ParsedClient, terms: Terms | None) -> None:
        known, after = self._held.items.get(client_id, {}), self._after[client_id]
        tells_history = self._rules.since is not None
        for item in parsed.items:
            key = item.key if item.key not in after else f"{item.key}|{item.currency}"
            old = known.get(key)
            id = old.id if old else next(self._ids)
            new = after[key] = self._row(id, client_id, key, item, terms, old)
            if old is None:
                self._changes.items.new.append(new)
                self._settling.touched.add(client_id)
            elif old != new:
                self._change(old, new)
            if tells_history:
                self._settling.compare(new, item)
            elif old is not None and abs(old.open_minor) > abs(new.open_minor):
                self._settling.lessen(old, abs(old.open_minor) - abs(new.open_minor))

    def _row(
        self,
        id: int,
        client_id: int,
        key: str,
        item: ParsedItem,
        terms: Terms | None,
        old: ItemRow | None,
    ) -> ItemRow:
        due_on, due_from = self._due(item, terms, old)
        return ItemRow(
            id,
            client_id,
            key,
            item.number,
            item.kind._value_,
            item.issued_on.toordinal(),
            due_on,
            due_from,
            item.minor,
            item.open_minor,
            item.currency,
            item.label,
            item.foreign,
        )

    def _due(self, item: ParsedItem, terms: Terms | None, old: ItemRow | None) -> tuple[int, str]:
        """Return the due date; one that a document stated is not lost to an estimate."""
        if item.due_on is not None and item.due_from is DueFrom.STATED and item.minor > 0:
            return item.due_on.toordinal(), _STATED
        if old and old.due_from == _STATED and item.minor > 0:
            return old.due_on, _STATED
        due_on, due_from = due_of(item, terms, self._rules.default_terms)
        return due_on.toordinal(), due_from._value_

    def _change(self, old: ItemRow, new: ItemRow) -> None:
        self._changed.append((old, new))
        self._settling.touched.add(old.client_id)

    def _close_absent(self) -> None:
        """Close the open items that the file no longer has."""
        for client_id, known in self._held.items.items():
            after = self._after[client_id]
            absent = [row for key, row in known.items() if row.open_minor and key not in after]
            self._settling.close(absent)
            for row in absent:
                after[row.key] = row._replace(open_minor=0)
                self._change(row, after[row.key])

    def _balances(self, accounts: list[tuple[int, ParsedClient]]) -> None:
        told: set[tuple[int, str]] = set()
        for client_id, parsed in accounts:
            where = client_id, parsed.currency
            told.add(where)
            old = self._held.balances.get(where)
            new = old or BalanceLine(next(self._ids), *where, 0, 0, None, 0, 0, None, None, None)
            new = new._replace(
                net_minor=parsed.net_minor, unattributed_minor=parsed.unattributed_minor
            )
            if parsed.last_receipt_on is not None:
                new = new._replace(
                    last_receipt_on=parsed.last_receipt_on.toordinal(),
                    last_receipt_minor=parsed.last_receipt_minor,
                )
            self._balance(old, new)
        for where, old in self._held.balances.items():
            if where not in told:
                self._balance(old, old._replace(net_minor=0, unattributed_minor=0))

    def _balance(self, old: BalanceLine | None, new: BalanceLine) -> None:
        if new.client_id in self._settling.touched:
            new = self._with_record(new)
        if old is None:
            self._changes.balances.new.append(new)
        elif old != new:
            self._changes.balances.changed.append((old[:1] + old[3:], new[:1] + new[3:]))
            self._moved.append((old, new))

    def _with_record(self, balance: BalanceLine) -> BalanceLine:
        """Return the account with how it pays and, for lists, its last receipt."""
        rows = self._held.items.get(balance.client_id, {}) | self._after[balance.client_id]
        balance, received = with_record(balance, rows.values(), self._settling.parts_of)
        last = max(received, default=0)
        if self._rules.since is None and last > (balance.last_receipt_on or 0):
            balance = balance._replace(last_receipt_on=last, last_receipt_minor=received[last])
        return balance
