"""When an item is due: said by the document, by the client's terms, or by law."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.errors import InvalidInput
from bot.domain.ledger import DueFrom, ItemKind, ParsedItem

_MOST_DAYS = 365
_DAYS = r"(?:j(?:ours?|rs?)?\.?|d(?:ays?)?)?"
_MONTH_END = r"(?:fdm|f\.d\.m\.?|fin\s+de\s+mois|end\s+of\s+month|eom)"
_PLAIN = re.compile(rf"(\d{{1,3}})\s*{_DAYS}(?:\s*(?:nets?|date\s+de\s+facture))?\Z", re.I)
_THEN_END = re.compile(rf"(\d{{1,3}})\s*{_DAYS}\s*{_MONTH_END}\Z", re.I)
_END_THEN = re.compile(rf"{_MONTH_END}\s*\+?\s*(\d{{1,3}})\s*{_DAYS}\Z", re.I)
_AT_ONCE = re.compile(r"(?:comptant|[aà] r[eé]ception|immediate|cash|on receipt)\Z", re.I)
_STATED = re.compile(
    r"\b(?:[eé]ch(?:[eé]ance)?|due)\b\.?\s*(?:le|au|on|:)?\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b",
    re.I,
)
_TERMS_IN_TEXT = re.compile(
    rf"(?<![\w/.,-])(\d{{1,3}}\s*(?:j(?:ours?|rs?)?|days?)\.?(?:\s*{_MONTH_END})?"
    rf"|\d{{1,3}}\s*{_MONTH_END}|{_MONTH_END}\s*\+?\s*\d{{1,3}})(?!\w)",
    re.I,
)
_LONGEST_LABEL = 300


class MonthEnd(StrEnum):
    """Whether terms go to the end of the month, and before or after counting the days."""

    NO = "no"
    AFTER_DAYS = "after_days"
    BEFORE_DAYS = "before_days"


@dataclass(frozen=True, slots=True)
class Terms:
    """Payment terms: calendar days from the issue date, with or without end of month."""

    days: int
    month_end: MonthEnd = MonthEnd.NO

    def __str__(self) -> str:
        match self.month_end:
            case MonthEnd.AFTER_DAYS:
                return f"{self.days} FDM"
            case MonthEnd.BEFORE_DAYS:
                return f"FDM {self.days}"
            case _:
                return str(self.days)


# Code de commerce, art. L441-10 I: thirty days when nothing was agreed.
LEGAL_DEFAULT = Terms(30)


def parse_terms(text: str) -> Terms:
    """Return the terms written as `30`, `30 FDM` or `FDM 45`; raise InvalidInput.

    `45 FDM` counts 45 days, then goes to the end of the month; `FDM 45` goes there first.
    """
    plain = " ".join(text.split())
    if len(plain) <= 40:
        for pattern, month_end in (
            (_PLAIN, MonthEnd.NO),
            (_THEN_END, MonthEnd.AFTER_DAYS),
            (_END_THEN, MonthEnd.BEFORE_DAYS),
        ):
            found = pattern.match(plain)
            if found and int(found[1]) <= _MOST_DAYS:
                return Terms(int(found[1]), month_end)
        if _AT_ONCE.match(plain):
            return Terms(0)
        if re.fullmatch(_MONTH_END, plain, re.I):
            return Terms(0, MonthEnd.AFTER_DAYS)
    raise InvalidInput(
        "Terms are written 30, 30 FDM or FDM 45.", field="terms", code="unknown_terms"
    )


def due_on(issued_on: date, terms: Terms) -> date:
    """Return the due date of a document issued on that day."""
    match terms.month_end:
        case MonthEnd.AFTER_DAYS:
            return _month_end(issued_on + timedelta(days=terms.days))
        case MonthEnd.BEFORE_DAYS:
            return _month_end(issued_on) + timedelta(days=terms.days)
        case _:
            return issued_on + timedelta(days=terms.days)


def stated_in(label: str) -> date | None:
    """Return the due date that a label states, such as `éch 30/11/26`."""
    found = _STATED.search(label[:_LONGEST_LABEL])
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year + (2000 if year < 100 else 0), month, day)
    except ValueError:
        return None


def terms_in(label: str) -> Terms | None:
    """Return the terms that a label states, such as `30J FDM`."""
    found = _TERMS_IN_TEXT.search(label[:_LONGEST_LABEL])
    if not found:
        return None
    try:
        return parse_terms(found[1])
    except InvalidInput:
        return None


def due_of(
    item: ParsedItem, terms: Terms | None, default: Terms = LEGAL_DEFAULT
) -> tuple[date, DueFrom]:
    """Return an item's due date and how it is known.

    A stated date stands. Credits are due on their issue date. Else the client's terms, else the
    terms in the label, else `default`, which is an estimate; so is any date of an opening
    amount, whose documents are not known.
    """
    if item.minor < 0:
        return item.issued_on, DueFrom.STATED
    if item.due_on is not None and item.due_from is not DueFrom.ESTIMATED:
        return item.due_on, item.due_from
    agreed = terms or terms_in(item.label)
    known = agreed is not None and item.kind is not ItemKind.OPENING
    day = due_on(item.issued_on, agreed or default)
    return day, DueFrom.TERMS if known else DueFrom.ESTIMATED


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
