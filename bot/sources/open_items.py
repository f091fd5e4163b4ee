"""Client lines of the books to client accounts with their items, to the cent."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.account_kinds import propose_kind
from bot.domain.continuation import continue_items
from bot.domain.due_dates import stated_in
from bot.domain.ledger import (
    ClientKind,
    DueFrom,
    ItemKind,
    KnownItem,
    LedgerLine,
    LineKind,
    ParsedClient,
    ParsedItem,
    Settled,
    SettledBy,
)
from bot.domain.matching import Part, match, part_of
from bot.domain.references import says_credit_note

# Credits that are neither money nor a document: what is left of them belongs to no item.
_UNCLEAR = frozenset({LineKind.OTHER, LineKind.WRITE_OFF, LineKind.FACTOR})


@dataclass(frozen=True, slots=True)
class Books:
    """What holds for a whole file when its accounts are built."""

    currency: str
    matched: bool
    account_labels: dict[str, str]


def client_account(
    lines: Sequence[LedgerLine], known: Sequence[KnownItem], books: Books
) -> ParsedClient:
    """Return one client's account: sum of open items + unattributed == net, to the cent.

    `known` are the open items of the previous year that its opening lines stand for.
    """
    openings = [line for line in lines if line.kind is LineKind.OPENING]
    if known and openings:
        moves = [part_of(line) for line in lines if line.kind is not LineKind.OPENING]
        parts = continue_items(openings, known) + moves
    else:
        parts = [part_of(line) for line in lines]
    match(parts, matched_books=books.matched)
    keys = _Keys(part.origin.key for part in parts if part.origin)
    items = tuple(item for part in parts if (item := _item(part, keys, books.currency)) is not None)
    net = sum(line.minor for line in lines)
    last = max(
        (line for line in lines if line.kind is LineKind.RECEIPT and line.minor < 0),
        key=lambda line: (line.booked_on, line.line),
        default=None,
    )
    first = min(lines, key=lambda line: (line.account, line.line))
    return ParsedClient(
        code=first.client_code,
        account=first.account,
        name=_name(lines),
        kind=_kind(lines, books),
        net_minor=net,
        unattributed_minor=net - sum(item.open_minor for item in items),
        currency=books.currency,
        items=items,
        last_receipt_on=last.booked_on if last else None,
        last_receipt_minor=-last.minor if last else 0,
    )


class _Keys:
    """Keys of one client's items: number, date, amount, and which of equal ones in file order."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._seen: Counter[str] = Counter()

    def key(self, line: LedgerLine) -> str:
        """Return the key of a line, never one that a known item holds."""
        number = " ".join(line.number.split())[:120]
        base = f"{number}|{line.issued_on.isoformat()}|{line.minor}"
        while True:
            self._seen[base] += 1
            key = f"{base}|{self._seen[base]}"
            if key not in self._taken:
                return key


def _item(part: Part, keys: _Keys, currency: str) -> ParsedItem | None:
    line, origin = part.line, part.origin
    if not line.minor:
        return None
    kind = _item_kind(part)
    key = origin.key if origin else keys.key(line)
    if kind is None or (not part.left and _leaves_no_trace(line, kind)):
        return None
    due_on, due_from = (origin.due_on, origin.due_from) if origin else _stated(line)
    return ParsedItem(
        key=key,
        number=line.number,
        kind=kind,
        issued_on=line.issued_on,
        due_on=due_on,
        due_from=due_from,
        minor=origin.minor if origin else line.minor,
        open_minor=part.left,
        currency=currency,
        label=line.label,
        foreign=line.foreign,
        settled=_merged(part.settled),
    )


def _stated(line: LedgerLine) -> tuple[date | None, DueFrom]:
    due_on = line.due_on or (stated_in(line.label) if line.minor > 0 else None)
    return due_on, DueFrom.STATED if due_on else DueFrom.ESTIMATED


def _item_kind(part: Part) -> ItemKind | None:
    """Return what a part is as an item; None for credits that belong to no item."""
    line = part.line
    if part.origin:
        return part.origin.kind
    if line.minor > 0:
        if line.account.startswith("413"):
            return ItemKind.BILL
        opening = line.kind is LineKind.OPENING and not _is_document(line)
        return ItemKind.OPENING if opening else ItemKind.INVOICE
    if line.account.startswith("419"):
        return ItemKind.PAYMENT_ON_ACCOUNT
    if line.kind is LineKind.CREDIT_NOTE:
        return ItemKind.CREDIT_NOTE
    if line.kind is LineKind.OPENING and says_credit_note(line.number, line.label):
        return ItemKind.CREDIT_NOTE
    return None if line.kind in _UNCLEAR else ItemKind.PAYMENT_ON_ACCOUNT


def _is_document(line: LedgerLine) -> bool:
    return bool(line.number) and line.issued_on < line.booked_on


def _leaves_no_trace(line: LedgerLine, kind: ItemKind) -> bool:
    """Return whether a closed line is no payment history: money itself, and corrections."""
    if kind is ItemKind.PAYMENT_ON_ACCOUNT:
        return True
    return line.kind in (LineKind.OTHER, LineKind.REFUND)


def _merged(settled: list[Settled]) -> tuple[Settled, ...]:
    if len(settled) < 2:
        return tuple(settled)
    sums: Counter[tuple[SettledBy, date]] = Counter()
    for part in settled:
        sums[part.by, part.on] += part.minor
    return tuple(
        Settled(part.by, sums.pop((part.by, part.on)), part.on)
        for part in settled
        if (part.by, part.on) in sums
    )


def _name(lines: Sequence[LedgerLine]) -> str:
    return next((line.client_name for line in lines if line.client_name), lines[0].client_code)


def _kind(lines: Sequence[LedgerLine], books: Books) -> ClientKind:
    if sum(line.minor for line in lines if line.account.startswith("416")):
        return ClientKind.DOUBTFUL
    labels = {books.account_labels.get(line.account, "") for line in lines}
    return propose_kind(_name(lines), " ".join(sorted(labels)))
