"""A letter's deadline, and where it stands in the post."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import Conflict, InvalidInput
from bot.domain.papers import (
    MOST_DEADLINE_DAYS,
    PaperKind,
    PaperState,
    check_deadline,
    next_state,
)

TODAY = date(2026, 11, 24)
NOTICE = PaperKind.FORMAL_NOTICE


@pytest.mark.parametrize("days", [1, MOST_DEADLINE_DAYS])
def test_a_deadline_leaves_time_to_pay(days: int) -> None:
    assert check_deadline(TODAY + timedelta(days=days), TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize("deadline", [None, TODAY, TODAY + timedelta(days=MOST_DEADLINE_DAYS + 1)])
def test_another_deadline_is_refused(deadline: date | None) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_deadline(deadline, TODAY)
    assert refused.value.field == "deadline"


def test_a_letter_is_posted_then_received() -> None:
    later = TODAY + timedelta(days=2)
    assert next_state(NOTICE, TODAY, None) is PaperState.POSTED
    assert next_state(NOTICE, TODAY, later) is PaperState.RECEIVED


def test_a_letter_that_came_back_did_on_a_day() -> None:
    later = TODAY + timedelta(days=20)
    assert next_state(NOTICE, TODAY, later, came_back=True) is PaperState.RETURNED
    with pytest.raises(InvalidInput) as refused:
        next_state(NOTICE, TODAY, None, came_back=True)
    assert refused.value.field == "received_on"


def test_days_that_cannot_be_are_refused_at_their_field() -> None:
    with pytest.raises(InvalidInput) as unposted:
        next_state(NOTICE, None, TODAY)
    with pytest.raises(InvalidInput) as early:
        next_state(NOTICE, TODAY, TODAY - timedelta(days=1))
    assert (unposted.value.field, early.value.field) == ("posted_on", "received_on")


@pytest.mark.parametrize("kind", [PaperKind.STATEMENT, PaperKind.CASE_FILE])
def test_only_a_formal_notice_goes_by_registered_post(kind: PaperKind) -> None:
    with pytest.raises(Conflict):
        next_state(kind, TODAY, None)
