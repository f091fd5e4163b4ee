"""The dated rates of late payment, from the file that comes with goodcop."""

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files

from bot.domain.late_payment.interest import HalfYear, RateRow, RateTable


@cache
def french_rates() -> RateTable:
    """Return the rates known for France; half-years that are not published yet are absent."""
    file = files("bot.sources").joinpath("rates", "late_payment_fr.toml")
    document = tomllib.loads(file.read_text("utf-8"))
    fee = document["flat_fee"]
    rows = [
        RateRow(HalfYear.read(name), Decimal(row["legal"]), Decimal(row["refi"]), row["source"])
        for name, row in document["half_year"].items()
    ]
    return RateTable(tuple(rows), fee["minor"], fee["currency"])
