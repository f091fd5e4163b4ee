"""Write the French public holidays from the library: `python -m tests.sources.holiday_file`."""

from datetime import date
from pathlib import Path

import holidays
from holidays.countries.france import France

from bot.sources import holidays_fr

FILE = Path(holidays_fr.__file__).with_name("holidays") / "fr.csv"
YEARS = range(1990, 2061)
PLACES = tuple(code for code in France.subdivisions if " " not in code)  # not the school zones


def lines() -> list[str]:
    """Return the lines of the file: a year, a place ("" for all of France) and its own days."""
    return ["year,place,days", *(_line(year, place) for year in YEARS for place in ("", *PLACES))]


def _line(year: int, place: str) -> str:
    days = _days(year, place) - (_days(year, "") if place else set())
    return f"{year},{place},{' '.join(f'{day:%m-%d}' for day in sorted(days))}"


def _days(year: int, place: str) -> set[date]:
    return set(holidays.country_holidays("FR", subdiv=place or None, years=year))


if __name__ == "__main__":
    FILE.write_text("\n".join(lines()) + "\n", "ascii")
