"""French public holidays, from the file that comes with goodcop.

The file is written from the `holidays` library by `python -m tests.sources.holiday_file`, and a
test compares the two: the library itself loads every country of the world to answer for one.
"""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

from bot.domain.errors import InvalidInput


def french_holidays(years: Iterable[int], subdivision: str | None = None) -> frozenset[date]:
    """Return the public holidays of `years`; `subdivision` adds those of e.g. Alsace (`6AE`).

    Raises:
        InvalidInput: the file does not go as far as one of the years.
    """
    return frozenset().union(*(_holidays_of(year, subdivision or "") for year in years))


@cache
def french_subdivisions() -> tuple[str, ...]:
    """Return the codes of the places that may have holidays of their own."""
    return tuple(dict.fromkeys(place for _, place in _days() if place))


def _holidays_of(year: int, place: str) -> frozenset[date]:
    try:
        return _days()[year, ""] | _days()[year, place]
    except KeyError:
        raise InvalidInput(f"the public holidays of {year} are not known") from None


@cache
def _days() -> dict[tuple[int, str], frozenset[date]]:
    """Return the days of each year and place: the whole country's under "", then what is added."""
    text = files("bot.sources").joinpath("holidays", "fr.csv").read_text("ascii")
    return {
        (int(row["year"]), row["place"]): frozenset(
            date.fromisoformat(f"{row['year']}-{day}") for day in row["days"].split()
        )
        for row in csv.DictReader(text.splitlines())
    }
