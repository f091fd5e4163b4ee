"""Next year's books continue the items they open with."""

from datetime import date

import pytest

from bot.domain.errors import Conflict
from tests.import_files import Desk, opening, receipt, sale
from tests.services.importing.real_books import BOOKS


def test_next_years_books_continue_the_items_they_open_with(desk: Desk) -> None:
    desk.fec(BOOKS)
    before = desk.rows("SELECT id FROM open_item WHERE number = 'FA-1003'")
    desk.fec(
        [
            opening("C1", "FA-1002", "20270101", 50_000, issued="20260210"),
            opening("C2", "FA-1003", "20270101", 70_050, issued="20261105"),
            sale("C2", "FA-2001", "20270115", 10_000),
        ],
        year=2027,
        today=date(2027, 2, 1),
    )
    assert desk.rows("SELECT id FROM open_item WHERE number = 'FA-1003'") == before


def test_items_whose_old_year_is_gone_are_settled(desk: Desk) -> None:
    desk.fec(BOOKS)
    desk.fec(
        [opening("C2", "FA-1003", "20270101", 70_050, issued="20261105")],
        year=2027,
        today=date(2027, 2, 1),
    )
    assert (desk.open_items(), desk.settled("FA-1001")) == (
        {"FA-1003": 70_050},
        [("receipt", 120_000)],
    )


def test_one_opening_amount_for_a_client_stands_for_its_items(desk: Desk) -> None:
    desk.fec(BOOKS)
    crossing = [
        opening("C1", "RAN", "20270101", 170_000),
        opening("C2", "RAN", "20270101", 70_050),
    ]
    desk.fec(crossing, year=2027, today=date(2027, 2, 1))
    assert desk.open_items() == {"FA-1001": 120_000, "FA-1002": 50_000, "FA-1003": 70_050}


def test_crossing_the_year_twice_with_one_file_changes_nothing(desk: Desk) -> None:
    desk.fec(BOOKS)
    crossing = [
        opening("C1", "RAN", "20270101", 60_000),
        opening("C2", "RAN", "20270101", 70_050),
        receipt("C2", "FA-1003", "20270120", 70_050),
    ]
    desk.fec(crossing, year=2027, today=date(2027, 2, 1))
    before = desk.dump()
    desk.fec(crossing, year=2027, today=date(2027, 2, 1))
    assert desk.dump() == before


def test_a_year_without_opening_entries_keeps_last_years_items(desk: Desk) -> None:
    desk.fec(BOOKS)
    young = [receipt("C1", "FA-1001", "20270120", 120_000), sale("C1", "FA-2", "20270121", 900)]
    report = desk.fec(young, year=2027, today=date(2027, 2, 1))
    assert (desk.open_items(), report.totals[0].net_minor) == (
        {"FA-1002": 50_000, "FA-1003": 70_050, "FA-2": 900},
        120_950,
    )


def test_a_file_of_an_earlier_year_is_refused(light: Desk) -> None:
    light.fec(BOOKS)
    with pytest.raises(Conflict) as refused:
        light.fec([sale("C1", "FA-0", "20250110", 100)], year=2025)
    assert refused.value.code == "older_year"


def test_a_file_under_newer_books_changes_nothing_when_it_was_already_taken(light: Desk) -> None:
    light.fec(BOOKS)
    light.fec([opening("C1", "RAN", "20270101", 170_000)], year=2027, today=date(2027, 2, 1))
    before = light.dump()
    assert (light.fec(BOOKS).changed, light.dump()) == (0, before)
