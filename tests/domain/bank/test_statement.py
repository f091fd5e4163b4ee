"""Accounts and movements, whatever the format of their statement."""

from datetime import date

import pytest

from bot.domain.bank.statement import LineSort, Statement, account_key, french_iban, identities
from tests.sources.written_statements import movement

DAY = date(2026, 11, 16)


def test_the_iban_of_a_french_account_has_its_keys() -> None:
    assert french_iban("20041", "01005", "0500013M026") == "FR1420041010050500013M02606"


@pytest.mark.parametrize(
    ("letter", "digit"), [("A", "1"), ("I", "9"), ("J", "1"), ("S", "2"), ("Z", "9")]
)
def test_letters_of_an_account_count_as_the_digits_of_the_rib(letter: str, digit: str) -> None:
    one, other = (french_iban("30003", "00001", f"0000000001{sign}") for sign in (letter, digit))
    assert one[25:] == other[25:]


def test_spaces_and_check_digits_do_not_make_another_account() -> None:
    assert account_key("FR14 2004 1010 0505 0001 3M02 606") == "20041010050500013M026"


def test_another_country_s_iban_is_compared_whole() -> None:
    assert account_key("NL26VAYB8060476890") == "NL26VAYB8060476890"


@pytest.mark.parametrize(
    ("minor", "came_back", "sort"),
    [
        (1, False, LineSort.RECEIPT),
        (1, True, LineSort.OTHER),
        (-1, True, LineSort.REJECTED),
        (-1, False, LineSort.OTHER),
    ],
)
def test_a_movement_is_what_its_sign_and_return_say(
    minor: int, came_back: bool, sort: LineSort
) -> None:
    assert movement(minor, came_back=came_back).sort is sort


def test_what_is_written_twice_is_said_once() -> None:
    assert movement(texts=("FA  1", "FA  1", ""), reference="R").text == "FA 1 R"


def test_likes_of_one_day_are_told_apart_and_found_again() -> None:
    twice = [movement(), movement()]
    first, second = identities("k", twice)
    assert (first != second, identities("k", twice)) == (True, [first, second])


def test_a_statement_without_movements_ends_where_it_says() -> None:
    assert (Statement("", "EUR", until=DAY).last_day, Statement("", "EUR").last_day) == (DAY, None)


@pytest.mark.parametrize(
    ("opening", "closing", "agrees"),
    [(None, 5, True), (5, None, True), (0, 120_000, True), (0, 1, False)],
)
def test_balances_are_compared_where_both_are_known(
    opening: int | None, closing: int | None, agrees: bool
) -> None:
    statement = Statement("", "EUR", [movement()], None, opening, closing)
    assert statement.adds_up is agrees
