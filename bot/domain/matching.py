"""Matching (lettrage) of one client's lines: what each debit still owes, each credit still holds.

Codes of the books come first, then references, exact amounts and the oldest debit (FIFO):
books leave unmatched what their year cannot pair, so "unmatched" alone does not mean "open".
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.ledger import KnownItem, LedgerLine, LineKind, Settled, SettledBy
from bot.domain.references import document_number, mentions, normal, says_deposit

_SETTLED_BY = {
    LineKind.RECEIPT: SettledBy.RECEIPT,
    LineKind.CREDIT_NOTE: SettledBy.CREDIT_NOTE,
    LineKind.WRITE_OFF: SettledBy.WRITE_OFF,
    LineKind.FACTOR: SettledBy.FACTOR,
}


@dataclass(slots=True)
class Part:
    """A line under matching: `left` is what is not yet settled, signed as the line.

    `origin` is the known item of the previous year that an opening line stands for.
    """

    line: LedgerLine
    left: int
    origin: KnownItem | None = None
    settled: list[Settled] = field(default_factory=list)

    @property
    def advance(self) -> bool:
        """Return whether the line is on account 419, advances received."""
        return self.line.account.startswith("419")


def part_of(line: LedgerLine) -> Part:
    """Return a line with nothing settled yet."""
    return Part(line, line.minor)


def match(parts: Sequence[Part], *, matched_books: bool) -> None:
    """Settle one client's parts against each other, in place.

    Credits without a code go to the oldest debits, except advances, and except credit notes in
    books that somebody matches (`matched_books`): those stay open until they are used.
    """
    groups: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for part in parts:
        if part.line.matching:
            groups[part.line.account, part.line.matching].append(part)
    for group in groups.values():
        _settle(group, group)
    _undo_receipts(parts)
    advances = [part for part in parts if part.advance]
    if advances:
        _settle(advances, advances)
    rest = [part for part in parts if part.left]
    _settle(rest, [part for part in rest if _may_wander(part, matched_books)])


def _undo_receipts(parts: Iterable[Part]) -> None:
    """Take back each receipt whose amount the bank took back, naming the same document.

    A direct debit or cheque that came back leaves its invoice as it was, with its own due date.
    """
    parts = [part for part in parts if part.left]
    back = [part for part in parts if part.line.kind is LineKind.REFUND and part.left > 0]
    if not back:
        return
    receipts = [part for part in parts if part.line.kind is LineKind.RECEIPT and part.left < 0]
    for refund in sorted(back, key=_as_booked):
        named = _named(refund.line)
        for receipt in sorted(receipts, key=_as_booked):
            same = -receipt.left == refund.left and not named.isdisjoint(_named(receipt.line))
            if same and receipt.line.booked_on <= refund.line.booked_on:
                _offset(refund, receipt)
                break


def _named(line: LedgerLine) -> set[str]:
    number = normal(line.number)
    return {*mentions(line.label), *([number] if document_number(line.number) else [])}


def _may_wander(part: Part, matched_books: bool) -> bool:
    line = part.line
    if line.minor > 0:
        return True
    if part.advance or (line.kind is LineKind.RECEIPT and says_deposit(line.label)):
        return False
    return line.matching != "" or line.kind is not LineKind.CREDIT_NOTE or not matched_books


def _settle(parts: Iterable[Part], wandering: Iterable[Part]) -> None:
    """Pair by reference, then by amount, then (for `wandering` credits) by age."""
    parts = list(parts)
    debits = sorted((part for part in parts if part.left > 0), key=_oldest_first)
    credits = sorted((part for part in parts if part.left < 0), key=_as_booked)
    if not debits or not credits:
        return
    _by_reference(debits, credits)
    _by_amount(debits, credits)
    _by_age(debits, [part for part in sorted(wandering, key=_as_booked) if part.left < 0])


def _oldest_first(part: Part) -> tuple[bool, date, int]:
    return part.line.kind is not LineKind.OPENING, part.line.issued_on, part.line.line


def _as_booked(part: Part) -> tuple[date, int]:
    return part.line.booked_on, part.line.line


def _by_reference(debits: list[Part], credits: list[Part]) -> None:
    numbered: dict[str, deque[Part]] = defaultdict(deque)
    for debit in debits:
        number = normal(debit.line.number)
        if len(number) >= 4 or (number and not number.isdigit()):
            numbered[number].append(debit)
            bare = number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            if bare != number and len(bare) >= 4:
                numbered[bare].append(debit)
    if not numbered:
        return
    for credit in credits:
        named = [normal(credit.line.number), *mentions(credit.line.label)]
        for number in dict.fromkeys(named):
            same = numbered.get(number)
            while same and credit.left:
                _offset(same[0], credit)
                if not same[0].left:
                    same.popleft()


def _by_amount(debits: list[Part], credits: list[Part]) -> None:
    by_amount: dict[int, deque[Part]] = defaultdict(deque)
    for debit in debits:
        if debit.left:
            by_amount[debit.left].append(debit)
    for credit in credits:
        candidates = by_amount.get(-credit.left) if credit.left else None
        if candidates and candidates[0].line.issued_on <= credit.line.booked_on:
            _offset(candidates.popleft(), credit)


def _by_age(debits: list[Part], credits: list[Part]) -> None:
    oldest = deque(part for part in debits if part.left)
    for credit in credits:
        while credit.left and oldest:
            _offset(oldest[0], credit)
            if not oldest[0].left:
                oldest.popleft()


def _offset(debit: Part, credit: Part) -> None:
    minor = min(debit.left, -credit.left)
    if minor <= 0:
        return
    debit.left -= minor
    credit.left += minor
    by = _SETTLED_BY.get(credit.line.kind, SettledBy.NETTING)
    if credit.line.kind is LineKind.OPENING:
        by = SettledBy.RECEIPT
    debit.settled.append(Settled(by, minor, credit.line.booked_on))
    on = max(debit.line.booked_on, credit.line.booked_on)
    refund = debit.line.kind is LineKind.REFUND
    credit.settled.append(Settled(SettledBy.RECEIPT if refund else SettledBy.NETTING, minor, on))
