"""How late money is: days past the due date, and the five buckets of the aged balance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AgeingBucket(StrEnum):
    """The columns of an aged balance, in order."""

    NOT_DUE = "not_due"
    DAYS_1_30 = "1-30"
    DAYS_31_60 = "31-60"
    DAYS_61_90 = "61-90"
    DAYS_OVER_90 = "90+"


BUCKETS: tuple[AgeingBucket, ...] = tuple(AgeingBucket)
BUCKET_STARTS: tuple[int, ...] = (1, 31, 61, 91)


@dataclass(frozen=True, slots=True)
class AgedItem:
    """What ageing needs of an open item; credits are negative, minor units of one currency."""

    issued_on: date
    due_on: date
    open_minor: int


def days_overdue(due_on: date, today: date) -> int:
    """Return whole calendar days past `due_on`; 0 on the due date and before.

    Late-payment terms: Code de commerce, art. L441-10.
    """
    return max(0, (today - due_on).days)


def ageing_bucket(days: int) -> AgeingBucket:
    """Return the bucket of an item `days` late (0 is not due)."""
    return BUCKETS[sum(days >= start for start in BUCKET_STARTS)]


def ages_from(item: AgedItem) -> date:
    """Return the day an item ages from: its due date, or a credit's issue date."""
    return item.issued_on if item.open_minor < 0 else item.due_on


def age(items: Iterable[AgedItem], today: date) -> dict[AgeingBucket, int]:
    """Return what is open per bucket, minor units; a credit reduces its bucket.

    The buckets always add up to the items' open amounts. Items must share a currency.
    """
    aged = dict.fromkeys(BUCKETS, 0)
    for item in items:
        aged[ageing_bucket(days_overdue(ages_from(item), today))] += item.open_minor
    return aged
