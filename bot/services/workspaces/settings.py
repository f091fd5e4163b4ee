"""The settings a workspace and its companies have, and what each accepts."""

import re
import zoneinfo
from collections.abc import Callable
from datetime import date

from stdnum import iban as iban_number

from bot.domain.due_dates import parse_terms
from bot.domain.errors import InvalidInput
from bot.domain.late_payment.agreed_rates import read_rate
from bot.domain.late_payment.limitation import LimitationKind

_TRUE = frozenset({"1", "true", "yes", "on", "oui", "vrai"})
_FALSE = frozenset({"0", "false", "no", "off", "non", "faux"})
_LONGEST = 200


def _short(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError(f"at most {_LONGEST} characters")
    return text


def _flag(text: str) -> bool:
    if text.casefold() in _TRUE | _FALSE:
        return text.casefold() in _TRUE
    raise ValueError("yes or no")


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise ValueError("three letters, as EUR")
    return text.upper()


def _locale(text: str) -> str:
    if text not in ("fr", "en"):
        raise ValueError("fr or en")
    return text


def _zone(text: str) -> str:
    if text not in zoneinfo.available_timezones():
        raise ValueError("a time zone, as Europe/Paris")
    return text


def _hour(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError("an hour, as 09:00")
    return text


def _channel(text: str) -> str:
    if not re.fullmatch(r"[CG][A-Z0-9]{5,}|", text):
        raise ValueError("a channel's id, as C0123456789")
    return text


def _iban(text: str) -> str:
    if text and not iban_number.is_valid(text):
        raise ValueError("a valid IBAN")
    return iban_number.compact(text) if text else ""


def _terms(text: str) -> str:
    if not text:
        return ""
    try:
        return str(parse_terms(text))
    except InvalidInput as problem:
        raise ValueError("terms, as 30, 30 FDM or FDM 45") from problem


def _rhythm(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d?", text):
        raise ValueError("a number of working days, 1 to 99")
    return int(text)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise ValueError("a day, as 2026-11-24") from problem


def _rate(text: str) -> str:
    try:
        found = read_rate(text)
    except InvalidInput as problem:
        raise ValueError("a rate, as 12 %, 3 x legal or ECB + 10") from problem
    return str(found) if found else ""


def _limitation(text: str) -> str:
    if text not in set(LimitationKind):
        raise ValueError("one of " + ", ".join(LimitationKind))
    return text


_Reader = Callable[[str], object]
_OWN: dict[str, tuple[str, _Reader]] = {
    "name": ("name", _short),
    "currency": ("currency", _currency),
    "locale": ("locale", _locale),
    "time_zone": ("time_zone", _zone),
    "digest_at": ("digest_at", _hour),
    "finance_channel": ("finance_channel", _channel),
    "finance_name": ("finance_name", _short),
    "formal": ("formal", _flag),
    "sales_see_totals": ("sales_see_totals", _flag),
}
_OF_ENTITY: dict[str, tuple[str, _Reader]] = {
    "entity_name": ("name", _short),
    "address": ("address", _short),
    "iban": ("iban", _iban),
    "terms": ("default_terms", _terms),
    "late_rate": ("late_rate", _rate),
    "limitation": ("limitation", _limitation),
    "rhythm_days": ("rhythm_days", _rhythm),
    "receipts_until": ("receipts_stated_until", _day),
}
ENTITY_KEYS = frozenset(_OF_ENTITY)


def read_setting(key: str, text: str) -> tuple[str, object]:
    """Return the column and the value of a setting; raise InvalidInput naming the key."""
    found = _OWN.get(key) or _OF_ENTITY.get(key)
    if found is None:
        known = ", ".join([*_OWN, *_OF_ENTITY])
        raise InvalidInput(f"There is no setting {key[:40]}. There are: {known}.", field=key)
    column, read = found
    try:
        return column, read(text)
    except ValueError as problem:
        raise InvalidInput(f"{key} wants {problem}.", field=key) from problem
