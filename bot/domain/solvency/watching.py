"""The nightly watch: which days to ask BODACC for, and which of its news waits for a decision."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.domain.solvency.dossier import Event, EventKind
from bot.domain.solvency.standing import OPENINGS, in_order, standing_of

FIRST_LOOK_DAYS = 65  # a claim may still be declared two months after the publication
LATEST_LOOK_DAYS = 365
_AGAIN_DAYS = 2  # notices of a day may reach the open data a day or two after it
_ASKING = frozenset(
    {
        *OPENINGS,
        EventKind.CONVERSION,
        EventKind.PLAN,
        EventKind.PLAN_ENDED,
        EventKind.CLOSED_UNPAID,
        EventKind.PERSONAL_RECOVERY,
        EventKind.CONCILIATION,
        EventKind.AMICABLE_LIQUIDATION,
        EventKind.STRUCK_OFF,
        EventKind.BUSINESS_SOLD,
        EventKind.UNREAD,
    }
)
_ONE_DAY = timedelta(days=1)


def days_to_ask(done_until: date | None, today: date) -> tuple[date, ...]:
    """Return the days of publication to ask for, oldest first, `today` included.

    `done_until` is the last day asked for once it was over; None: the watch never ran. The days
    just before it are asked again, and nights missed are caught up, a year of them at most.
    """
    if done_until is None:
        first = today - timedelta(days=FIRST_LOOK_DAYS)
    else:
        first = done_until + _ONE_DAY - timedelta(days=_AGAIN_DAYS)
    first = max(first, today - timedelta(days=LATEST_LOOK_DAYS))
    return tuple(first + timedelta(days=n) for n in range((today - first).days + 1))


def is_over(day: date, today: date) -> bool:
    """Say whether a day's issues are complete: today's may still grow."""
    return day < today


def to_decide(before: Iterable[Event], after: Iterable[Event], *, since: date) -> Event | None:
    """Return the event that asks for a decision now, or None: the latest news since a day.

    A company met for the first time asks for one about what is in force, whenever it began.
    Unread notices ask as well: somebody has to read them.
    """
    known, now = {event.notice_id for event in before}, tuple(after)
    news = [event for event in now if event.notice_id not in known and event.kind in _ASKING]
    recent = [event for event in in_order(news) if event.published_on >= since]
    if recent:
        return recent[-1]
    standing = standing_of(now)
    if standing.is_protected and standing.opened in news:
        return standing.latest or standing.opened
    return None
