"""The fields of an e-mail of a step, as its text may name them: every one ready to be read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.ledger import ItemKind
from bot.rendering import formats
from bot.rendering.client_writing import ClientText, WrittenText, write
from bot.rendering.items import item_name
from bot.rendering.speech import Speech, speech
from bot.rendering.views import SumView, Voice

# What is left to answer before what a last reminder announces (usual in a formal notice).
_ANSWER_DAYS = 8


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An invoice asked for, or (`minor` below 0) a credit or a deposit taken off it."""

    number: str
    issued_on: date
    due_on: date
    minor: int
    currency: str
    kind: ItemKind = ItemKind.INVOICE

    def days_late(self, today: date) -> int:
        """Return the days since it fell due; a credit is never late."""
        return max(0, (today - self.due_on).days) if self.minor > 0 else 0


@dataclass(frozen=True, slots=True)
class PromiseSaid:
    """What a client promised for a day, and what came of it."""

    minor: int
    received_minor: int
    currency: str
    due_on: date


@dataclass(frozen=True, slots=True)
class StepMailView:
    """What an e-mail of a step is about: to whom, in whose voice, which invoices, on which day.

    `interest`, `fees` and `promise` are there for the texts that name them.
    """

    client: str
    client_code: str
    contact: str
    items: tuple[AskedItem, ...]
    today: date
    language: str = "fr"
    voice: str = ""
    voice_email: str = ""
    company: str = ""
    company_siren: str = ""
    iban: str = ""
    interest: tuple[SumView, ...] = ()
    fees: tuple[SumView, ...] = ()
    promise: PromiseSaid | None = None


def step_mail(text: ClientText, view: StepMailView) -> WrittenText:
    """Write a step's text for its client; amounts exact, currencies never added up."""
    fields = _fields(view)
    return write(text, fields, [_item(item, view) for item in view.items])


def _fields(view: StepMailView) -> dict[str, str]:
    late = [item for item in view.items if item.due_on < view.today]
    coming = [item for item in view.items if item.due_on >= view.today]
    oldest = min((item.due_on for item in late if item.minor > 0), default=None)
    asked = sum(item.minor > 0 for item in view.items)
    return {
        "client": view.client,
        "client_code": view.client_code,
        "contact": view.contact or view.client,
        "voice": view.voice or view.company,
        "voice_email": view.voice_email,
        "company": view.company,
        "company_siren": view.company_siren,
        "iban": view.iban,
        "today": formats.full_day(view.today, view.language),
        "total": _sum(view.items, view.language),
        "overdue": _sum(late, view.language),
        "not_due": _sum(coming, view.language),
        "oldest_days": _days((view.today - oldest).days, view.language) if oldest else "",
        "count": formats.number(asked, view.language),
        "deadline": formats.full_day(view.today + timedelta(days=_ANSWER_DAYS), view.language),
        "interest": _amounts(view.interest, view.language),
        "fees": _amounts(view.fees, view.language),
        **_promised(view),
    }


def _promised(view: StepMailView) -> dict[str, str]:
    said = view.promise
    if said is None:
        return {}
    received = formats.exact(said.received_minor, said.currency, view.language)
    return {
        "promised": formats.exact(said.minor, said.currency, view.language),
        "promised_on": formats.full_day(said.due_on, view.language),
        "received": received if said.received_minor else "",
    }


def _item(item: AskedItem, view: StepMailView) -> dict[str, str]:
    late = item.days_late(view.today)
    amount = formats.exact(item.minor, item.currency, view.language)
    return {
        "number": item_name(item.kind, item.number, _speech(view.language)),
        "issued_on": formats.full_day(item.issued_on, view.language),
        "due_on": formats.full_day(item.due_on, view.language),
        "amount": amount,
        "credit": amount if item.minor < 0 else "",
        "days_late": _days(late, view.language) if late else "",
    }


def _sum(items: Iterable[AskedItem], language: str) -> str:
    sums: dict[str, int] = defaultdict(int)
    for item in items:
        sums[item.currency] += item.minor
    return _amounts([SumView(minor, currency) for currency, minor in sums.items()], language)


def _amounts(sums: Iterable[SumView], language: str) -> str:
    """Return amounts in several currencies, never added up; empty for nothing."""
    return " + ".join(formats.exact(one.minor, one.currency, language) for one in sums if one.minor)


def _days(count: int, language: str) -> str:
    return _speech(language).counted("{n} day", "{n} days", count)


def _speech(language: str) -> Speech:
    return speech(Voice(language[:2].lower(), True, "", "Europe/Paris"))


def edited(words: str, written: WrittenText) -> WrittenText:
    """Return what a person made of a draft: the subject on its first line, then the body.

    One line alone is a body: the subject stays as it was `written`.
    """
    subject, _, body = words.partition("\n")
    if not body.strip():
        return WrittenText(written.subject, words.strip() + "\n")
    return WrittenText(" ".join(subject.split()), body.strip() + "\n")
