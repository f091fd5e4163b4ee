"""What the bank shows and the books lack, part by part."""

from datetime import date

import pytest

from bot.domain.bank.seen import ON_ACCOUNT, Part, Seen, in_books, lagging, seen_of

DAY = date(2026, 11, 16)


def part(minor: int, after: int, *, id: int = 1, key: str = "F1", loose: int = 0) -> Part:
    return Part(id, key, minor, after, loose, DAY)


def test_nothing_matched_is_nothing_seen() -> None:
    assert seen_of([], {}, 0) == Seen()


@pytest.mark.parametrize(("open_now", "seen"), [(100, 60), (70, 30), (40, 0), (10, 0), (0, 0)])
def test_a_payment_is_seen_as_far_as_the_books_lack_it(open_now: int, seen: int) -> None:
    assert seen_of([part(60, 40)], {"F1": open_now}, 0).minor == seen


@pytest.mark.parametrize(("open_now", "seen"), [(0, -100), (30, -70), (100, 0), (130, 0)])
def test_money_taken_back_is_owed_as_far_as_the_books_lack_it(open_now: int, seen: int) -> None:
    assert seen_of([part(-100, 100)], {"F1": open_now}, 0).minor == seen


@pytest.mark.parametrize(("open_now", "seen"), [(100, 0), (0, -100)])
def test_paid_then_taken_back_is_what_the_books_have_of_it(open_now: int, seen: int) -> None:
    parts = [part(100, 0), part(-100, 100, id=2)]
    assert seen_of(parts, {"F1": open_now}, 0).minor == seen


def test_a_receipt_the_books_do_not_attribute_is_in_them() -> None:
    assert seen_of([part(60, 40)], {"F1": 100}, -60).minor == 0


def test_part_of_it_unattributed_leaves_the_rest() -> None:
    assert seen_of([part(60, 40)], {"F1": 100}, -20).items == {"F1": 40}


def test_what_was_on_the_account_before_does_not_count() -> None:
    assert seen_of([part(60, 40, loose=-60)], {"F1": 100}, -60).minor == 60


def test_money_without_an_item_is_seen_until_the_account_has_it() -> None:
    loose = [part(60, -60, key=ON_ACCOUNT)]
    assert (seen_of(loose, {}, 0).minor, seen_of(loose, {}, -60).minor) == (60, 0)


def test_a_part_ends_once_the_books_have_it() -> None:
    assert in_books([part(60, 40)], {"F1": 40}, 0, None) == [1]


def test_a_part_the_books_lack_goes_on() -> None:
    assert in_books([part(60, 40)], {"F1": 100}, 0, None) == []


@pytest.mark.parametrize(("until", "ended"), [(None, []), (date(2026, 11, 15), []), (DAY, [1])])
def test_money_taken_back_ends_only_with_books_that_know_its_day(
    until: date | None, ended: list[int]
) -> None:
    assert in_books([part(-100, 100)], {"F1": 100}, 0, until) == ended


@pytest.mark.parametrize(
    ("minor", "until", "open_now", "late"),
    [
        (60, DAY, 100, [1]),
        (60, date(2026, 11, 15), 100, []),
        (60, DAY, 40, []),
        (-60, DAY, 0, []),
    ],
)
def test_money_lags_once_its_day_is_past_and_the_books_lack_it(
    minor: int, until: date, open_now: int, late: list[int]
) -> None:
    parts = [part(minor, 100 - minor if minor > 0 else 60)]
    seen = seen_of(parts, {"F1": open_now}, 0)
    assert [one.id for one in lagging(parts, seen, until)] == late
