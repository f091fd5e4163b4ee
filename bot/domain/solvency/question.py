"""What somebody asked about a sale: which company, and for an order of how much."""

import re
from dataclasses import dataclass

from bot.domain.errors import InvalidInput
from bot.domain.typed_amounts import read_amount

_SPACE = r"[ \u00a0\u202f]"
_NUMBERED = re.compile(
    rf"(?P<company>(?:FR{_SPACE}?[0-9A-Z]{{2}}{_SPACE}?)?\d{{3}}{_SPACE}?\d{{3}}{_SPACE}?\d{{3}}"
    rf"(?:{_SPACE}?0\d{{4}})?)(?:\s+(?P<rest>\D*\d.*))?",
    re.IGNORECASE,
)
_AMOUNT = (
    rf"(?P<amount>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d{{1,2}})?|\d[\d.,]*)"
    rf"{_SPACE}?(?P<thousand>k)?{_SPACE}?(?:€|EUR)?"
)
_NAMED = re.compile(rf"(?P<company>.*?\S)\s+{_AMOUNT}", re.IGNORECASE)
_ALONE = re.compile(_AMOUNT, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """The company as typed, and the order in minor units (None: none was named)."""

    company: str
    order_minor: int | None = None


def read_question(text: str, currency: str) -> Question:
    """Return what was asked: a SIREN, SIRET, VAT number, code or name, then perhaps an amount.

    Amounts are read as `read_amount` does ("12 000", "12000.50 €"), or in thousands ("12k").
    Raises `InvalidInput` (field `amount`) for an order of 0 or one that can be read in two ways.
    """
    typed = text.strip()
    numbered = _NUMBERED.fullmatch(typed)
    if numbered:
        company, rest = _compact(numbered["company"]), numbered["rest"]
        if rest is None:
            return Question(company)
        alone = _ALONE.fullmatch(rest.strip())
        if alone is None:
            raise InvalidInput("Enter an amount such as 1234.50.", field="amount")
        return Question(company, _minor(alone, currency))
    named = _NAMED.fullmatch(typed)
    if named is None:
        return Question(typed)
    return Question(named["company"], _minor(named, currency))


def _compact(number: str) -> str:
    return re.sub(_SPACE, "", number).upper()


def _minor(found: re.Match[str], currency: str) -> int:
    typed = re.sub(_SPACE, "", found["amount"])
    if found["thousand"]:
        typed = typed.replace(",", ".")
        whole, _, part = typed.partition(".")
        if len(part) > 3 or not (whole + part).isdigit():
            raise InvalidInput("Enter an amount such as 1234.50.", field="amount")
        typed = whole + part.ljust(3, "0")
    return read_amount(typed, currency)
