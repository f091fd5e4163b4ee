"""Items that the books had as paid and that are open again: a payment came back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.books import BalanceLine, ItemRow, SettlementRow
from bot.domain.ledger import SettledBy


@dataclass(frozen=True, slots=True)
class Reopened:
    """What is owed again on one account: item keys with their amounts."""

    client_id: int
    currency: str
    parts: tuple[tuple[str, int], ...]

    @property
    def minor(self) -> int:
        """Return how much came back."""
        return sum(minor for _, minor in self.parts)


def reopened(
    changed: Iterable[tuple[ItemRow, ItemRow]],
    new: Iterable[ItemRow],
    gone: Iterable[SettlementRow],
    balances: Iterable[tuple[BalanceLine, BalanceLine]],
) -> list[Reopened]:
    """Return the accounts where receipts went away and as much is owed again.

    Matching that is only done anew moves a receipt from one item to another: the account then
    owes no more than before, and nothing came back.
    """
    receipts = {row.open_item_id for row in gone if row.by == SettledBy.RECEIPT.value}
    found: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    for was, now in changed:
        if was.id in receipts and was.open_minor == 0 < now.open_minor:
            found[now.client_id, now.currency].append((now.key, now.open_minor))
    if not found:
        return []
    rises = {(b.client_id, b.currency): after.net_minor - b.net_minor for b, after in balances}
    for item in new:
        where = item.client_id, item.currency
        if where in rises and item.minor > 0:
            rises[where] -= item.minor
    return [
        one
        for (client_id, currency), parts in sorted(found.items())
        if (one := Reopened(client_id, currency, tuple(parts))).minor
        <= rises.get((client_id, currency), 0)
    ]
