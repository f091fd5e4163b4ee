"""Fees and interest given up on a condition: "waived if you pay by Friday", within an authority."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.errors import InvalidInput
from bot.domain.lifecycle import Role

MOST_DAYS = 60
# The most each role that may offer it gives up, minor units, unless the policy says otherwise.
AUTHORITY: Mapping[Role, int] = MappingProxyType({Role.FINANCE: 500_00, Role.ADMIN: 5_000_00})


class WaiverState(StrEnum):
    """Where an offer stands."""

    OFFERED = "offered"
    FULFILLED = "fulfilled"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Waiver:
    """An offer: what is given up (minor units) if all of `principal_minor` is in by `until`."""

    given_up_minor: int
    principal_minor: int
    currency: str
    made_on: date
    until: date


def check_waiver(
    waiver: Waiver, roles: frozenset[Role], authority: Mapping[Role, int], today: date
) -> None:
    """Raise `InvalidInput` naming `amount` or `until` for an offer that may not be made.

    `authority` is the most each role may give up, minor units; the highest of a person's counts.
    """
    if waiver.given_up_minor <= 0:
        raise InvalidInput("Enter an amount above 0.", field="amount")
    most = max((authority.get(role, 0) for role in roles), default=0)
    if waiver.given_up_minor > most:
        raise InvalidInput("This is more than you may give up.", field="amount")
    if not today <= waiver.until <= today + timedelta(days=MOST_DAYS):
        raise InvalidInput(f"Enter a date within {MOST_DAYS} days.", field="until")


def judge_waiver(
    waiver: Waiver,
    open_minor: int,
    paid_on: date | None,
    today: date,
    books_until: date | None = None,
) -> WaiverState:
    """Return where an offer stands: what is still open of its principal, and the last payment.

    A payment on the last day counts: it is judged once that day is over, two days of banking later,
    and never by books older than it (`books_until`, None: no import yet).
    """
    if open_minor <= 0 and paid_on is not None:
        return WaiverState.FULFILLED if paid_on <= waiver.until else WaiverState.LAPSED
    unread = books_until is not None and books_until < waiver.until
    if unread or today <= waiver.until + timedelta(days=2):
        return WaiverState.OFFERED
    return WaiverState.LAPSED
