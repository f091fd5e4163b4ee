"""Amounts, dates and hours as people write them, in French and in English."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from bot.domain.money import exponent

NO_BREAK = "\u00a0"
NARROW = "\u202f"


@lru_cache(maxsize=8)
def locale_of(language: str) -> Locale:
    """Return Babel's locale for a reader's language; anything but French reads English."""
    return Locale("fr", "FR") if language[:2].lower() == "fr" else Locale("en", "GB")


def exact(minor: int, currency: str, language: str) -> str:
    """Return the amount to its last minor unit."""
    amount = Decimal(minor).scaleb(-exponent(currency))
    return format_currency(amount, currency, locale=locale_of(language))


def rounded(minor: int, currency: str, language: str) -> str:
    """Return the amount rounded to the main unit (ROUND_HALF_UP); below one unit it is exact."""
    amount = Decimal(minor).scaleb(-exponent(currency))
    whole = amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if not whole and minor:
        return exact(minor, currency, language)
    pattern = locale_of(language).currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(
        whole, currency, format=pattern, locale=locale_of(language), currency_digits=False
    )


def plain_amount(minor: int, currency: str, language: str) -> str:
    """Return an amount as one types it: "12480,50", without spaces or symbol."""
    text = f"{Decimal(minor).scaleb(-exponent(currency)):f}"
    return text.replace(".", ",") if locale_of(language).language == "fr" else text


def number(count: int, language: str) -> str:
    """Return a whole number with its thousands."""
    return format_decimal(count, locale=locale_of(language))


def day(on: date, language: str, *, today: date | None = None) -> str:
    """Return "vendredi 27 novembre"; the year is said when it is not that of `today`."""
    return _in_words(on, language, "EEEE d MMMM", today)


def calendar_day(on: date, language: str, *, today: date | None = None) -> str:
    """Return "27 novembre" (no weekday); the year is said when it is not that of `today`."""
    return _in_words(on, language, "d MMMM", today)


def short_day(on: date, language: str) -> str:
    """Return "27 nov. 2026", for tables."""
    return _first(format_date(on, "d MMM y", locale=locale_of(language)), on, language)


def _in_words(on: date, language: str, pattern: str, today: date | None) -> str:
    if today is not None and on.year != today.year:
        pattern += " y"
    return _first(format_date(on, pattern, locale=locale_of(language)), on, language)


def _first(text: str, on: date, language: str) -> str:
    """Say "1er" as French does, and keep the day with its month."""
    if on.day == 1 and locale_of(language).language == "fr":
        text = text.replace("1 ", "1er ", 1)
    return text.replace(f"{on.day} ", f"{on.day}{NO_BREAK}", 1).replace("1er ", f"1er{NO_BREAK}")


def hour(at: datetime, language: str, time_zone: str) -> str:
    """Return "10 h 42", "18 h", or "10:42", in the reader's time zone."""
    local = at.astimezone(ZoneInfo(time_zone))
    if locale_of(language).language != "fr":
        return f"{local:%H:%M}"
    minutes = f"{NO_BREAK}{local.minute:02}" if local.minute else ""
    return f"{local.hour}{NO_BREAK}h{minutes}"


def local_day(at: datetime, time_zone: str) -> date:
    """Return the reader's date of an instant."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def is_yesterday(on: date, today: date) -> bool:
    """Say whether `on` is the day before `today`."""
    return on == today - timedelta(days=1)
