"""How a client's account was paid, from its items and what closed them."""

from collections import Counter
from collections.abc import Callable, Iterable

from bot.domain.books import BalanceLine, ItemRow
from bot.domain.ledger import SettledBy
from bot.domain.payment_record import PaidPart, payment_record
from bot.domain.profiles import PaidInvoice, paying_habit
from bot.domain.settling import Part

_RECEIPT = SettledBy.RECEIPT.value


def with_record(
    balance: BalanceLine, items: Iterable[ItemRow], parts_of: Callable[[int], Iterable[Part]]
) -> tuple[BalanceLine, Counter[int]]:
    """Return the account with its payment record and habit, and what was received each day.

    `parts_of` gives how an item was closed, by its id: by what, minor units, and the day (ordinal).
    """
    parts: list[PaidPart] = []
    paid: list[PaidInvoice] = []
    received: Counter[int] = Counter()
    for row in items:
        if row.minor <= 0 or row.currency != balance.currency:
            continue
        paid_on = 0
        for by, minor, on in parts_of(row.id):
            if by == _RECEIPT:
                parts.append(PaidPart(row.id, on - row.due_on, minor))
                received[on] += minor
                paid_on = max(paid_on, on)
        if paid_on and not row.open_minor:
            paid.append(PaidInvoice(paid_on, paid_on - row.due_on))
    habit = paying_habit(paid)._asdict()
    return balance._replace(**payment_record(parts)._asdict(), **habit), received
