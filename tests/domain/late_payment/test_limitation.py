"""Until when a debt can be claimed."""

from datetime import date, timedelta

import pytest

from bot.domain.late_payment.limitation import (
    Interruption,
    Limitation,
    LimitationKind,
    is_near,
    latest_start,
    limitation,
)

ISSUED, DUE = date(2022, 1, 31), date(2022, 3, 2)


@pytest.mark.parametrize(
    ("kind", "from_issue", "from_due"),
    [
        (LimitationKind.COMMERCIAL, date(2027, 1, 31), date(2027, 3, 2)),
        (LimitationKind.CONSUMER, date(2024, 1, 31), date(2024, 3, 2)),
        (LimitationKind.TRANSPORT, date(2023, 1, 31), date(2023, 3, 2)),
        (LimitationKind.TELECOM, date(2023, 1, 31), date(2023, 3, 2)),
        (LimitationKind.PUBLIC, date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_both_readings_are_shown(kind: LimitationKind, from_issue: date, from_due: date) -> None:
    found = limitation(kind, ISSUED, DUE)
    assert (found.from_issue, found.from_due) == (from_issue, from_due)
    assert found.warning == from_issue


def test_an_acknowledgement_begins_the_time_anew() -> None:
    acts = [(date(2024, 5, 2), Interruption.ACKNOWLEDGEMENT)]
    again = date(2029, 5, 2)
    assert limitation(LimitationKind.COMMERCIAL, ISSUED, DUE, acts) == Limitation(again, again)


def test_a_claim_filed_in_a_proceeding_stops_the_time() -> None:
    acts = [
        (date(2024, 5, 2), Interruption.CLAIM_FILED),
        (date(2023, 5, 2), Interruption.COURT_CLAIM),
    ]
    found = limitation(LimitationKind.COMMERCIAL, ISSUED, DUE, acts)
    assert found.warning is None
    assert not is_near(found, date(2030, 1, 1), 90)


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    leap = date(2024, 2, 29)
    assert limitation(LimitationKind.TRANSPORT, leap, leap).warning == date(2025, 2, 28)


def test_the_earlier_reading_warns() -> None:
    found = limitation(LimitationKind.COMMERCIAL, ISSUED, DUE)
    assert is_near(found, date(2026, 11, 24), 90)
    assert not is_near(found, date(2026, 10, 1), 90)


@pytest.mark.parametrize("kind", LimitationKind)
@pytest.mark.parametrize("last", [date(2026, 12, 31), date(2025, 2, 28), date(2028, 2, 29)])
def test_what_began_after_the_latest_start_lives_longer(kind: LimitationKind, last: date) -> None:
    start = latest_start(kind, last)
    after = start + timedelta(days=1)
    over = [limitation(kind, day, day).warning or date.max for day in (start, after)]
    assert over[0] <= last < over[1]
