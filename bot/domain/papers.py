"""Documents made about a client: formal notice, statement, file for the lawyer; their life."""

from datetime import date, timedelta
from enum import StrEnum

from bot.domain.errors import Conflict, InvalidInput

DEADLINE_DAYS = 8  # the delay usually left by a formal notice
MOST_DEADLINE_DAYS = 60


class PaperKind(StrEnum):
    """What a document is."""

    FORMAL_NOTICE = "formal_notice"
    STATEMENT = "statement"
    CASE_FILE = "case_file"


class PaperState(StrEnum):
    """Where a document stands; only what goes by post goes past drafted."""

    ASKED = "asked"
    DRAFTED = "drafted"
    POSTED = "posted"
    RECEIVED = "received"
    RETURNED = "returned"
    FAILED = "failed"


def check_deadline(deadline: date | None, today: date) -> date:
    """Return the last day to pay; raise `InvalidInput` at `deadline` when it leaves no time."""
    if deadline is None or not today < deadline <= today + timedelta(days=MOST_DEADLINE_DAYS):
        raise InvalidInput(f"Enter a date within {MOST_DEADLINE_DAYS} days.", field="deadline")
    return deadline


def next_state(
    kind: PaperKind,
    posted_on: date | None,
    received_on: date | None,
    *,
    came_back: bool = False,
) -> PaperState:
    """Return where a letter stands with its dates; raise `InvalidInput` naming the wrong one.

    One that `came_back` (refused, not claimed, unknown there) did on `received_on`.
    """
    if kind is not PaperKind.FORMAL_NOTICE:
        raise Conflict("Only a formal notice goes by registered post.", code="not_posted")
    if posted_on is None:
        raise InvalidInput("Enter the day it was posted.", field="posted_on")
    if came_back and received_on is None:
        raise InvalidInput("Enter the day it came back.", field="received_on")
    if received_on is None:
        return PaperState.POSTED
    if received_on < posted_on:
        raise InvalidInput("It cannot be received before it was posted.", field="received_on")
    return PaperState.RETURNED if came_back else PaperState.RECEIVED
