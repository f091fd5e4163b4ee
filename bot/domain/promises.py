"""Whether a promise to pay was kept: the ledger says so, or its date does."""

from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import Calendar
from bot.domain.instalments import Instalment, count_paid
from bot.domain.lifecycle import PromiseState


@dataclass(frozen=True, slots=True)
class LivePromise:
    """A promise not judged yet, with what the ledger holds of it.

    `received_minor` is what came in since it was made, `seen_minor` of it shown by the bank alone,
    `recorded_minor` what of it was said already; `owed_minor` the account's net, None when
    unknown; `books_until` the day of its entity's last import, None when there was none.
    """

    id: int
    client_id: int
    alert_id: int | None
    by_id: int | None
    minor: int
    currency: str
    made_on: date
    due_on: date
    received_minor: int
    books_until: date | None = None
    owed_minor: int | None = None
    seen_minor: int = 0
    plan: tuple[Instalment, ...] = ()
    recorded_minor: int = 0

    @property
    def counted_minor(self) -> int:
        """Return what came in, never less than 0 nor above what was promised."""
        return min(max(self.received_minor, 0), self.minor)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a promise, and how much of it came in (never above what was promised)."""

    state: PromiseState
    received_minor: int


def judge(
    promise: LivePromise, today: date, calendar: Calendar, grace_days: int = 2
) -> Verdict | None:
    """Return the verdict on a promise, or None while it is still live.

    Kept as soon as the receipts cover it. When nothing is owed any more, kept if money came, else
    overtaken (an amount settled by credit note is not a promise broken). Otherwise judged when
    its date is passed by `grace_days` business days (DESIGN section 3), and never by books older
    than its date. Of a plan, the first payment that is missing breaks the whole.
    """
    received = promise.counted_minor
    if received >= promise.minor:
        return Verdict(PromiseState.KEPT, received)
    if promise.owed_minor is not None and promise.owed_minor <= 0:
        return Verdict(PromiseState.KEPT if received else PromiseState.REPLACED, received)
    due_on = next_payment(promise).due_on
    unread = promise.books_until is not None and promise.books_until < due_on
    if unread or today <= calendar.add_business_days(due_on, grace_days):
        return None
    in_part = received and not promise.plan
    return Verdict(PromiseState.KEPT_IN_PART if in_part else PromiseState.BROKEN, received)


def next_payment(promise: LivePromise) -> Instalment:
    """Return the payment awaited: of a plan the first one that what came in does not cover."""
    paid = count_paid(promise.plan, promise.counted_minor)
    if paid < len(promise.plan):
        return promise.plan[paid]
    return Instalment(promise.minor, promise.due_on)
