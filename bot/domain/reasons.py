"""Why an alert speaks, and why it does not: a word, its figures, and a plain sentence."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from bot.domain.money import exponent


class Rule(StrEnum):
    """The rules of the policy that can fire for a client."""

    OVERDUE = "overdue"
    LEVEL_1 = "level_1"
    LEVEL_2_AGE = "level_2_age"
    LEVEL_2_AMOUNT = "level_2_amount"
    LEVEL_3_AGE = "level_3_age"
    LEVEL_3_PROMISES = "level_3_promises"
    PROMISE_BROKEN = "promise_broken"
    PROCEEDING = "proceeding"
    COVER_LOST = "cover_lost"
    LIMIT_NEAR = "limit_near"
    LIMIT_OVER = "limit_over"
    NOBODY = "nobody"


# These go past the daily budget and snoozes, though not past the night.
PIERCING = frozenset({Rule.PROMISE_BROKEN, Rule.PROCEEDING, Rule.COVER_LOST})


class Reason(NamedTuple):
    """A rule that fired, with the figures it fired on (`limit_minor` is the limit or threshold).

    A named tuple, as a scan makes several for each client: four times quicker to build.
    """

    rule: Rule
    level: int = 0
    days: int = 0
    minor: int = 0
    limit_minor: int = 0
    promises: int = 0
    currency: str = ""

    def text(self) -> str:
        """Return the reason as a plain English sentence."""
        amount, limit = _money(self.minor, self.currency), _money(self.limit_minor, self.currency)
        return _SENTENCES[self.rule].format(
            amount=amount, limit=limit, days=self.days, promises=self.promises
        )

    def to_document(self) -> dict[str, Any]:
        """Return the reason as it is kept on an alert."""
        return {name: value for name, value in zip(self._fields, self, strict=True) if value}


_RULES = {rule.value: rule for rule in Rule}


def reason_from_document(document: dict[str, Any]) -> Reason:
    """Return the reason kept on an alert."""
    return Reason(**{**document, "rule": _RULES[document["rule"]]})


_SENTENCES = {
    Rule.OVERDUE: "{amount} overdue, the oldest item {days} days late, below level 1",
    Rule.LEVEL_1: "{amount} overdue ({limit} or more), the oldest item {days} days late",
    Rule.LEVEL_2_AGE: "the oldest item is {days} days late, past level 2's age",
    Rule.LEVEL_2_AMOUNT: "{amount} overdue ({limit} or more), the oldest item {days} days late",
    Rule.LEVEL_3_AGE: "the oldest item is {days} days late, past level 3's age",
    Rule.LEVEL_3_PROMISES: "{promises} promises to pay were not kept",
    Rule.PROMISE_BROKEN: "a promise to pay was not kept ({promises} so far)",
    Rule.PROCEEDING: "an insolvency proceeding was published",
    Rule.COVER_LOST: "the insurer's cover is lost or about to be",
    Rule.LIMIT_NEAR: "exposure of {amount} is close to the credit limit of {limit}",
    Rule.LIMIT_OVER: "exposure of {amount} is above the credit limit of {limit}",
    Rule.NOBODY: "nobody owns this client",
}


class Why(StrEnum):
    """Why something that would be said is not said now."""

    KIND = "kind"
    MUTED = "muted"
    CURRENCY = "currency"
    SNOOZED = "snoozed"
    STALE_BOOKS = "stale_books"
    RECEIPTS_LAG = "receipts_lag"
    NOT_ACTIVE = "not_active"
    NO_FINANCE_CHANNEL = "no_finance_channel"


@dataclass(frozen=True, slots=True)
class Held:
    """Something kept back: why, and until when if it is known; `detail` is the word behind it."""

    why: Why
    until: date | None = None
    detail: str = ""

    def text(self) -> str:
        """Return the cause as a plain English sentence."""
        sentence = _HELD_SENTENCES[self.why]
        return sentence.format(detail=self.detail) if self.detail else sentence.format(detail="-")


_HELD_SENTENCES = {
    Why.KIND: "this account never alerts ({detail})",
    Why.MUTED: "finance keeps it out of alerts ({detail})",
    Why.CURRENCY: "the policy has no amounts in {detail}: it goes to finance's digest",
    Why.SNOOZED: "its alert is paused ({detail})",
    Why.STALE_BOOKS: "the books are older than the entity's rhythm",
    Why.RECEIPTS_LAG: "bank receipts are posted too far behind sales",
    Why.NOT_ACTIVE: "alerts are not activated",
    Why.NO_FINANCE_CHANNEL: "no finance channel is set",
}


def _money(minor: int, currency: str) -> str:
    amount = Decimal(minor).scaleb(-exponent(currency))
    return f"{amount:,} {currency}".strip()
