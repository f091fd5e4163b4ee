"""How far promises can be relied on: how many were kept, and how late the money came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.lifecycle import PromiseState


@dataclass(frozen=True, slots=True)
class JudgedPromise:
    """A promise whose day has come; `paid_on` is when it was paid in full, late or not."""

    state: PromiseState
    due_on: date
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reliability:
    """Promises kept in full of those judged; `late_days` is the mean of those paid in the end.

    `late_days` is 0 when they were paid on time or early, None when none was paid.
    """

    kept: int = 0
    judged: int = 0
    late_days: int | None = None


NO_RECORD = Reliability()


def reliability(promises: Iterable[JudgedPromise]) -> Reliability:
    """Sum up promises; a payment before its day counts as on time, halves round up."""
    judged = list(promises)
    kept = sum(one.state is PromiseState.KEPT for one in judged)
    late = [max((one.paid_on - one.due_on).days, 0) for one in judged if one.paid_on]
    mean = (2 * sum(late) + len(late)) // (2 * len(late)) if late else None
    return Reliability(kept, len(judged), mean)
