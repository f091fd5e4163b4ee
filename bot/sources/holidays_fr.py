"""French public holidays, from the `holidays` library."""

from collections.abc import Iterable
from datetime import date
from functools import cache

import holidays
from holidays.countries.france import France


def french_holidays(years: Iterable[int], subdivision: str | None = None) -> frozenset[date]:
    """Return the public holidays of `years`; `subdivision` adds those of e.g. Alsace (`6AE`)."""
    return frozenset().union(*(_holidays_of(year, subdivision) for year in years))


def french_subdivisions() -> tuple[str, ...]:
    """Return the codes of the places that have holidays of their own; school zones have none."""
    return tuple(code for code in France.subdivisions if " " not in code)


@cache
def _holidays_of(year: int, subdivision: str | None) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", subdiv=subdivision, years=year))
