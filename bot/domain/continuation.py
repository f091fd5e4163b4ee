"""Year end: the items of the previous year that a client's opening entries stand for."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from bot.domain.ledger import ItemKind, KnownItem, LedgerLine, LineKind
from bot.domain.matching import Part, part_of
from bot.domain.references import normal

_KINDS = {
    ItemKind.CREDIT_NOTE: LineKind.CREDIT_NOTE,
    ItemKind.PAYMENT_ON_ACCOUNT: LineKind.RECEIPT,
}


def continue_items(openings: Sequence[LedgerLine], known: Sequence[KnownItem]) -> list[Part]:
    """Return the parts that replace one client's opening lines; their sum is unchanged.

    A line stands for the known item with its number and amount, else with its amount. What
    remains is one amount: known items are taken into it as if the oldest had been settled
    first, and a remainder stays an opening item.
    """
    by_amount: dict[int, list[KnownItem]] = defaultdict(list)
    for item in sorted(known, key=_oldest_first):
        by_amount[item.open_minor].append(item)
    parts: list[Part] = []
    lines = list(openings)
    for same in (_same_document, _same_day, _same_amount):
        left: list[LedgerLine] = []
        for line in lines:
            candidates = by_amount[line.minor]
            found = next((item for item in candidates if same(line, item)), None)
            if found is None:
                left.append(line)
            else:
                candidates.remove(found)
                parts.append(_continued(line, found, line.minor))
        lines = left
    items = sorted((item for same in by_amount.values() for item in same), key=_oldest_first)
    if not lines or not items:
        return parts + [part_of(line) for line in lines]
    return parts + _into_one_amount(lines, items)


def _oldest_first(item: KnownItem) -> tuple[date, str, str]:
    return item.issued_on, item.number, item.key


def _same_document(line: LedgerLine, item: KnownItem) -> bool:
    number = normal(line.number)
    return bool(number) and number == normal(item.number)


def _same_day(line: LedgerLine, item: KnownItem) -> bool:
    return line.issued_on == item.issued_on


def _same_amount(line: LedgerLine, item: KnownItem) -> bool:
    return line.minor == item.open_minor


def _into_one_amount(lines: list[LedgerLine], items: list[KnownItem]) -> list[Part]:
    total = sum(line.minor for line in lines)
    model = lines[0]._replace(minor=total)
    kept = _still_open(items, total)
    parts = [_continued(model, item, minor) for item, minor in kept]
    rest = total - sum(minor for _, minor in kept)
    return [*parts, part_of(model._replace(minor=rest))] if rest else parts


def _still_open(items: list[KnownItem], total: int) -> list[tuple[KnownItem, int]]:
    """Return known items with what of each makes up `total`, or less when they do not reach it."""
    gap = sum(item.open_minor for item in items) - total
    settled = next((item for item in items if gap and item.open_minor == gap), None)
    if gap == 0 or settled is not None:
        return [(item, item.open_minor) for item in items if item is not settled]
    sign = 1 if total > 0 else -1
    kept: list[tuple[KnownItem, int]] = []
    room = abs(total)
    for item in reversed([item for item in items if item.open_minor * sign > 0]):
        minor = min(abs(item.open_minor), room)
        if minor:
            kept.append((item, sign * minor))
        room -= minor
    return kept[::-1]


def _continued(line: LedgerLine, item: KnownItem, minor: int) -> Part:
    stands_for = line._replace(
        kind=_KINDS.get(item.kind, LineKind.OPENING),
        issued_on=item.issued_on,
        number=item.number,
        label=item.label or line.label,
        minor=minor,
        due_on=item.due_on,
    )
    return Part(stands_for, minor, origin=item)
