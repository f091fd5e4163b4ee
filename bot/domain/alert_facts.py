"""What the rules need to know of a client, summed by storage, and how it is netted."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.domain.ageing import AgeingBucket, ageing_bucket, days_overdue
from bot.domain.ledger import ClientKind
from bot.domain.lifecycle import AlertState
from bot.domain.reasons import Held, Reason, Rule
from bot.domain.window import Window


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """The open alert of a client, as it was last written. `announced_*` is what was last said."""

    state: AlertState = AlertState.OPEN
    level: int = 1
    reasons: tuple[Reason, ...] = ()
    currency: str = "EUR"
    overdue_minor: int = 0
    oldest_due_on: date | None = None
    owner_id: int | None = None
    announced_level: int = 1
    announced_minor: int = 0
    announced_bucket: AgeingBucket = AgeingBucket.NOT_DUE
    state_ends_on: date | None = None
    state_reason: str = ""
    posted: bool = False
    acknowledgement_expiries: int = 0
    window: Window = field(default_factory=Window)

    @property
    def broken_promises(self) -> int:
        """Return how many broken promises its reasons already count."""
        return max((r.promises for r in self.reasons if r.rule is Rule.PROMISE_BROKEN), default=0)


@dataclass(frozen=True, slots=True)
class Standing:
    """What people said of a client: its alert, promises and disputes; dates are the latest ones."""

    alert: AlertFacts | None = None
    broken_promises: int = 0
    promised_until: date | None = None
    disputed_until: date | None = None
    disputed_minor: int = 0
    proceeding: bool = False
    cover_lost: bool = False


NOTHING_SAID = Standing()


class ClientFacts(NamedTuple):
    """A client's sums in one currency (minor units), and its standing.

    `overdue_minor` is net of credits; `oldest_due_on` is the oldest overdue item above the
    de-minimis. `limit_said` is the percentage of the last limit notice, 0 when re-armed.
    `barred` is a cause outside the client: books not fresh, alerts not activated.
    """

    client_id: int
    currency: str
    overdue_minor: int
    oldest_due_on: date | None
    exposure_minor: int = 0
    owner_id: int | None = None
    kind: str = ClientKind.ORDINARY
    limit_minor: int | None = None
    limit_said: int = 0
    muted_until: date | None = None
    muted_reason: str = ""
    barred: Held | None = None
    standing: Standing = NOTHING_SAID

    def days(self, today: date) -> int:
        """Return how late the oldest item is; 0 when nothing counts."""
        return 0 if self.oldest_due_on is None else days_overdue(self.oldest_due_on, today)

    @property
    def is_urgent(self) -> bool:
        """Say whether a proceeding or a lost cover threatens what the client owes."""
        standing = self.standing
        return (standing.proceeding or standing.cover_lost) and self.exposure_minor > 0

    def bucket(self, today: date) -> AgeingBucket:
        """Return the ageing bucket of the oldest item."""
        return ageing_bucket(self.days(today))


def overdue_for_alerts(overdue_debits: int, open_credits: int, unattributed: int, net: int) -> int:
    """Return overdue items less every credit still open, never more than max(0, net).

    `open_credits` and `unattributed` are signed: credits are negative, and an unattributed debit
    adds nothing, having no due date (DESIGN, section 3).
    """
    netted = overdue_debits + open_credits + min(0, unattributed)
    return max(0, min(netted, net))
