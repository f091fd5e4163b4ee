"""Amounts, dates and hours as people write them, in French and in English."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_precision

from bot.domain.money import exponent
from bot.rendering.number_shapes import NumberShape, learn

NO_BREAK = "\u00a0"
NARROW = "\u202f"


@lru_cache(maxsize=8)
def locale_of(language: str) -> Locale:
    """Return Babel's locale for a reader's language; anything but French reads English."""
    return Locale("fr", "FR") if language[:2].lower() == "fr" else Locale("en", "GB")


def exact(minor: int, currency: str, language: str) -> str:
    """Return the amount to its last minor unit."""
    shape = _exact_shape(currency, language, minor < 0)
    if shape is None:
        amount = Decimal(minor).scaleb(-exponent(currency))
        return format_currency(amount, currency, locale=locale_of(language))
    return shape.write(abs(minor))


@lru_cache(maxsize=256)
def _exact_shape(currency: str, language: str, negative: bool) -> NumberShape | None:
    """Return how exact amounts are written; None where people leave out ISO 4217's decimals."""
    decimals = get_currency_precision(currency)
    if decimals != exponent(currency):
        return None
    write = partial(format_currency, currency=currency, locale=locale_of(language))
    return learn(write, decimals=decimals, negative=negative)


def rounded(minor: int, currency: str, language: str) -> str:
    """Return the amount rounded to the main unit (ROUND_HALF_UP); below one unit it is exact."""
    unit = 10 ** exponent(currency)
    whole = (abs(minor) + unit // 2) // unit
    if not whole and minor:
        return exact(minor, currency, language)
    return _whole_shape(currency, language, minor < 0).write(whole)


@lru_cache(maxsize=256)
def _whole_shape(currency: str, language: str, negative: bool) -> NumberShape:
    locale = locale_of(language)
    write = partial(
        format_currency,
        currency=currency,
        format=locale.currency_formats["standard"].pattern.replace(".00", ""),
        locale=locale,
        currency_digits=False,
    )
    return learn(write, decimals=0, negative=negative)


def plain_amount(minor: int, currency: str, language: str) -> str:
    """Return an amount as one types it: "12480,50", without spaces or symbol."""
    text = f"{Decimal(minor).scaleb(-exponent(currency)):f}"
    return text.replace(".", ",") if locale_of(language).language == "fr" else text


def number(count: int, language: str) -> str:
    """Return a whole number with its thousands."""
    return _count_shape(language, count < 0).write(abs(count))


@lru_cache(maxsize=16)
def _count_shape(language: str, negative: bool) -> NumberShape:
    write = partial(format_decimal, locale=locale_of(language))
    return learn(write, decimals=0, negative=negative)


def day(on: date, language: str, *, today: date | None = None) -> str:
    """Return "vendredi 27 novembre"; the year is said when it is not that of `today`."""
    return _in_words(on, language, "EEEE d MMMM", today)


def calendar_day(on: date, language: str, *, today: date | None = None) -> str:
    """Return "27 novembre" (no weekday); the year is said when it is not that of `today`."""
    return _in_words(on, language, "d MMMM", today)


def short_day(on: date, language: str) -> str:
    """Return "27 nov. 2026", for tables."""
    return _dated(on, language, "d MMM y")


def _in_words(on: date, language: str, pattern: str, today: date | None) -> str:
    if today is not None and on.year != today.year:
        pattern += " y"
    return _dated(on, language, pattern)


@lru_cache(maxsize=4096)
def _dated(on: date, language: str, pattern: str) -> str:
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


def full_day(on: date, language: str) -> str:
    """Return a date with its year, as a contract writes it."""
    return _dated(on, language, "d MMMM y")


def decimal(value: Decimal, language: str) -> str:
    """Return a number with its decimals, as people of the language write it."""
    return format_decimal(value, locale=locale_of(language))
