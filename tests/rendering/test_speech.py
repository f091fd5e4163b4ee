"""Amounts, dates, hours, plurals and manners as the reader writes them."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.follow_ups import TaskKind
from bot.domain.lifecycle import Outcome
from bot.rendering import formats
from bot.rendering.environment import sentences
from bot.rendering.source_words import source_words
from bot.rendering.speech import speech
from bot.rendering.views import NoteView, SumView, Voice
from tests.rendering.views import ENGLISH, FAMILIAR, FRENCH

NB, NN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("minor", "currency", "language", "said"),
    [
        (12_480_40, "EUR", "fr", f"12{NN}480{NB}€"),
        (12_480_50, "EUR", "fr", f"12{NN}481{NB}€"),
        (-12_480_50, "EUR", "fr", f"-12{NN}481{NB}€"),
        (40, "EUR", "fr", f"0,40{NB}€"),
        (50, "EUR", "fr", f"1{NB}€"),
        (0, "EUR", "fr", f"0{NB}€"),
        (12_480, "JPY", "fr", f"12{NN}480{NB}JPY"),
        (12_480_400, "TND", "fr", f"12{NN}480{NB}TND"),
        (12_480_40, "EUR", "en", "€12,480"),
        (12_480_40, "GBP", "en-GB", "£12,480"),
    ],
)
def test_amounts_are_rounded_to_the_main_unit(
    minor: int, currency: str, language: str, said: str
) -> None:
    assert formats.rounded(minor, currency, language) == said


def test_tables_are_exact_to_the_cent() -> None:
    assert formats.exact(1_234_567_50, "EUR", "fr") == f"1{NN}234{NN}567,50{NB}€"


@pytest.mark.parametrize(
    ("on", "language", "said"),
    [
        (date(2026, 11, 27), "fr", f"vendredi 27{NB}novembre"),
        (date(2026, 12, 1), "fr", f"mardi 1er{NB}décembre"),
        (date(2026, 12, 11), "fr", f"vendredi 11{NB}décembre"),
        (date(2027, 1, 1), "fr", f"vendredi 1er{NB}janvier 2027"),
        (date(2026, 12, 1), "en", f"Tuesday 1{NB}December"),
        (date(2027, 1, 2), "en", f"Saturday 2{NB}January 2027"),
    ],
)
def test_dates_are_said_in_words(on: date, language: str, said: str) -> None:
    assert formats.day(on, language, today=date(2026, 11, 24)) == said


@pytest.mark.parametrize(
    ("hour", "minute", "language", "said"),
    [
        (8, 42, "fr", f"10{NB}h{NB}42"),
        (16, 0, "fr", f"18{NB}h"),
        (7, 5, "fr", f"9{NB}h{NB}05"),
        (8, 42, "en", "10:42"),
    ],
)
def test_hours_are_the_readers(hour: int, minute: int, language: str, said: str) -> None:
    at = datetime(2026, 7, 1, hour, minute, tzinfo=UTC)
    assert formats.hour(at, language, "Europe/Paris") == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 jour"), (1, "1 jour"), (2, "2 jours")])
def test_french_plural_starts_at_two(count: int, said: str) -> None:
    assert speech(FRENCH).counted("{n} day", "{n} days", count) == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 days"), (1, "1 day"), (1000, "1,000 days")])
def test_english_plural_is_all_but_one(count: int, said: str) -> None:
    assert speech(ENGLISH).counted("{n} day", "{n} days", count) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "au service financier"),
        ("la compta", "à la compta"),
        ("les comptables", "aux comptables"),
        ("Finance", "à Finance"),
    ],
)
def test_the_finance_team_has_the_workspaces_name(name: str, said: str) -> None:
    assert speech(Voice("fr", finance_name=name)).to_finance() == said


def test_a_workspace_chooses_vous_or_tu() -> None:
    text = "Yours until {day}; then {finance} takes over."
    formal = speech(FRENCH).you(text, day="mardi", finance="la compta")
    familiar = speech(FAMILIAR).you(text, day="mardi", finance="la compta")
    assert formal == f"À vous jusqu’au mardi{NN}; ensuite la compta prend le relais."
    assert familiar == f"À toi jusqu’au mardi{NN}; ensuite la compta prend le relais."


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("30", "30 jours"),
        ("30 FDM", "30 jours fin de mois"),
        ("FDM 45", "fin de mois puis 45 jours"),
        ("comptant", "comptant"),
        ("30 net", "30 net"),
    ],
)
def test_payment_terms_are_said_in_words(terms: str, said: str) -> None:
    assert speech(FRENCH).terms(terms) == said


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (TaskKind.CHECK_PAYMENT, "virement", "retrouver le paiement annoncé (virement)"),
        (TaskKind.CHECK_PAYMENT, "2026-11-20", f"retrouver le paiement annoncé (20{NB}novembre)"),
        (TaskKind.SEND_INVOICE, "Mme Roy", "renvoyer la facture à Mme Roy"),
        (TaskKind.PROVIDE_DOCUMENT, "credit_note", "fournir un avoir"),
        (TaskKind.PROVIDE_DOCUMENT, "un plan", "fournir un plan"),
        (TaskKind.CALL_AGAIN, "", "rappeler"),
    ],
)
def test_a_task_says_what_to_do(kind: TaskKind, text: str, said: str) -> None:
    assert speech(FRENCH).task(kind, text) == said


def test_advice_quotes_what_the_client_said() -> None:
    said = speech(FRENCH).task(TaskKind.ADVISE, "rien avant mars")
    assert said.endswith(f"«{NB}rien avant mars{NB}»")


def test_amounts_in_several_currencies_are_never_added() -> None:
    sums = (SumView(10_00, "EUR"), SumView(5_00, "EUR"))
    assert speech(FRENCH).amounts(sums) == f"10{NB}€ + 5{NB}€"


def test_a_function_goodcop_does_not_know_is_kept() -> None:
    assert speech(FRENCH).function("gérante") == "gérante"


def test_outcomes_are_said_in_the_readers_language() -> None:
    assert speech(ENGLISH).outcome(Outcome.DISPUTES) == "the client disputes it"


def test_an_amount_to_edit_is_typed_as_one_types_it() -> None:
    assert formats.plain_amount(12_480_50, "EUR", "fr") == "12480,50"
    assert formats.plain_amount(12_480_50, "EUR", "en") == "12480.50"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not a date", "n’est pas une date"),
        ("17 columns instead of 18", "17 colonnes au lieu de 18"),
        ("as it comes", "as it comes"),
    ],
)
def test_what_a_file_was_refused_for_is_said_in_words(text: str, said: str) -> None:
    assert source_words(text, speech(FRENCH)) == said


def test_what_was_said_long_ago_has_its_date() -> None:
    at = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
    note = NoteView("Anne", at, Outcome.NO_ANSWER)
    said = sentences("alert", FRENCH).latest(note, date(2026, 11, 24))
    assert said == f"Anne, le 4{NB}novembre{NB}: le client ne répond pas (téléphone)"
