"""The French public holidays that come with goodcop."""

from datetime import date

import pytest

from bot.domain.errors import InvalidInput
from bot.sources.holidays_fr import french_holidays, french_subdivisions
from tests.sources import holiday_file


def test_the_file_says_what_the_library_says() -> None:
    assert holiday_file.FILE.read_text("ascii").splitlines() == holiday_file.lines()


def test_the_national_day_is_everywhere_and_alsace_has_more() -> None:
    assert date(2026, 7, 14) in french_holidays([2026])
    assert date(2026, 12, 26) in french_holidays([2026], "6AE")
    assert date(2026, 12, 26) not in french_holidays([2026])


def test_every_place_is_known() -> None:
    assert french_subdivisions() == holiday_file.PLACES


@pytest.mark.parametrize("year", [1989, 2061])
def test_a_year_that_the_file_lacks_is_refused(year: int) -> None:
    with pytest.raises(InvalidInput):
        french_holidays([year])
