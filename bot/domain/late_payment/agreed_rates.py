"""The yearly rate a contract agrees on, as it is written there."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from bot.domain.errors import InvalidInput

_MOST_PERCENT, _MOST_TIMES = Decimal(100), Decimal(20)
_TIMES = re.compile(r"(?P<n>\d+(?:[.,]\d+)?)\s*(?:x|\*|×|fois)\s*(?:legal|légal|taux légal)", re.I)
_ECB = re.compile(r"(?:ecb|bce|refi)\s*\+\s*(?P<n>\d+(?:[.,]\d+)?)(?:\s*(?:pts?|points|%))?", re.I)
_PERCENT = re.compile(r"(?P<n>\d+(?:[.,]\d+)?)\s*%?")


class RateBase(StrEnum):
    """What an agreed rate counts from."""

    PERCENT = "percent"
    LEGAL = "legal"
    ECB = "ecb"


@dataclass(frozen=True, slots=True)
class AgreedRate:
    """A rate: `number` percent, times the legal rate, or points above the ECB's."""

    base: RateBase
    number: Decimal

    def percent(self, legal_percent: Decimal, refi_percent: Decimal) -> Decimal:
        """Return the yearly percent with the rates of a half-year, before the legal floor."""
        if self.base is RateBase.LEGAL:
            return self.number * legal_percent
        if self.base is RateBase.ECB:
            return self.number + refi_percent
        return self.number

    def __str__(self) -> str:
        shown = format(self.number.normalize(), "f")
        return {
            RateBase.PERCENT: f"{shown} %",
            RateBase.LEGAL: f"{shown} x legal",
            RateBase.ECB: f"ECB + {shown}",
        }[self.base]


def read_rate(text: str) -> AgreedRate | None:
    """Return the rate written `12`, `12 %`, `3 x legal` or `ECB + 10`; None for an empty text.

    Raise `InvalidInput` at `late_rate`.
    """
    plain = " ".join(text.split())
    if not plain:
        return None
    for base, pattern, most in (
        (RateBase.LEGAL, _TIMES, _MOST_TIMES),
        (RateBase.ECB, _ECB, _MOST_PERCENT),
        (RateBase.PERCENT, _PERCENT, _MOST_PERCENT),
    ):
        found = pattern.fullmatch(plain)
        if found:
            number = Decimal(found["n"].replace(",", "."))
            if 0 < number <= most:
                return AgreedRate(base, number)
    raise InvalidInput("A rate is written 12 %, 3 x legal or ECB + 10.", field="late_rate")


def read_percent(text: str, field: str) -> Decimal:
    """Return a percentage from 0 to 100 as typed; raise `InvalidInput` at `field`."""
    try:
        value = Decimal(text.strip().rstrip("%").strip().replace(",", "."))
    except InvalidOperation:
        raise InvalidInput("Enter a percentage such as 2 or 1.5.", field=field) from None
    if not (value.is_finite() and 0 <= value <= _MOST_PERCENT):
        raise InvalidInput("Enter a percentage such as 2 or 1.5.", field=field)
    return value
