"""How late a client usually pays, from what was really received."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple


class PaidPart(NamedTuple):
    """One receipt on one item: days from the due date (early is negative), minor units."""

    item_id: int
    delay_days: int
    minor: int


class PaymentRecord(NamedTuple):
    """Number of items paid, and usual, least and most delay in days from the due date."""

    paid_count: int = 0
    usual_delay_days: int | None = None
    least_delay_days: int | None = None
    most_delay_days: int | None = None


def payment_record(parts: Iterable[PaidPart]) -> PaymentRecord:
    """Return the record of these receipts; the usual delay is their median weighted by amount.

    The lower median: half of the money, or more, had come in by then.
    """
    by_delay: Sequence[PaidPart] = sorted(parts, key=lambda part: part.delay_days)
    if not by_delay:
        return PaymentRecord()
    half = sum(part.minor for part in by_delay) / 2
    reached = accumulate(part.minor for part in by_delay)
    usual = next(
        part.delay_days for part, so_far in zip(by_delay, reached, strict=True) if so_far >= half
    )
    items = {part.item_id for part in by_delay}
    return PaymentRecord(len(items), usual, by_delay[0].delay_days, by_delay[-1].delay_days)
