"""Letters as PDF: what they say, in both languages, whatever the names."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from bot.domain.late_payment.figures import CurrencyFigures, Owed, Terms, figures
from bot.domain.late_payment.interest import HalfYear, RateRow, RateTable
from bot.domain.late_payment.limitation import LimitationKind
from bot.rendering.formal_notices import (
    FormalNoticeView,
    PartyView,
    StatementView,
    formal_notice,
    statement,
)
from bot.rendering.letters import Letter, pdf_of, pictures_of

TODAY = date(2026, 11, 24)
SELLER = PartyView(
    "Atelier des Deux Rives",
    ["12 quai de la Fonderie", "69007 Lyon"],
    "996527057",
    "FR7630006000011234567890189",
)
CLIENT = PartyView("Menuiserie Roy & Fils", ["Zone des Tilleuls", "35000 Rennes"])


def rates(*, is_example: bool = False) -> RateTable:
    """Return the rates of 2026."""
    legal, ecb = Decimal("2.62"), Decimal("2.15")
    halves = (HalfYear(2026, 1), HalfYear(2026, 2))
    return RateTable(
        tuple(RateRow(half, legal, ecb, "s", is_example) for half in halves), 40_00, "EUR"
    )


def owing(*, count: int = 2, credit: int = 0, table: RateTable | None = None) -> CurrencyFigures:
    """Return the figures of a client with so many late invoices."""
    owed = [
        Owed(n, f"FA-{n}", "invoice", date(2026, 3, 1), date(2026, 4, 1), 1_234_56, "EUR")
        for n in range(count)
    ]
    if credit:
        owed.append(Owed(99, "AV-1", "credit_note", TODAY, TODAY, -credit, "EUR"))
    terms = Terms("ordinary", None, LimitationKind.COMMERCIAL)
    return figures(owed, terms, table or rates(), TODAY)[0]


def a_notice(found: CurrencyFigures | None = None, **changed: object) -> FormalNoticeView:
    """Return a formal notice with defaults."""
    view = FormalNoticeView(
        "MD-2026-0007",
        SELLER,
        CLIENT,
        "Mme Élodie Roy",
        TODAY,
        date(2026, 12, 2),
        found or owing(),
        "Fiona Marchetti",
    )
    return replace(view, **changed)  # type: ignore[arg-type]


def a_statement() -> StatementView:
    """Return an account with an invoice and a credit note."""
    items = [
        ("FA-1", date(2026, 3, 1), date(2026, 4, 1), 1_234_56),
        ("AV-1", TODAY, TODAY, -234_56),
    ]
    return StatementView(SELLER, CLIENT, "", TODAY, "EUR", items)


def text_of(letter: Letter) -> str:
    """Return what a letter says, on one line."""
    pages = PdfReader(io.BytesIO(pdf_of(letter))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_formal_notice_says_what_is_owed_by_when_and_what_follows() -> None:
    said = text_of(formal_notice(a_notice(), "fr"))
    for part in (
        "Mme Élodie Roy",
        "recommandée",
        "MD-2026-0007",
        "mise en demeure",
        "2 décembre 2026",
        "Pénalités de retard",
        "12,15 %",
        "L441-10",
        "FR76 3000 6000 0112 3456 7890 189",
        "Fiona Marchetti",
    ):
        assert part in said


def test_the_same_notice_is_said_in_english() -> None:
    said = text_of(formal_notice(a_notice(), "en"))
    assert "formal notice to pay" in said
    assert "2 December 2026" in said


def test_open_credits_come_off_what_is_asked() -> None:
    assert "Vos avoirs et acomptes ouverts" in text_of(
        formal_notice(a_notice(owing(credit=100_00)), "fr")
    )


@pytest.mark.parametrize("credit", [0, 100_00])
def test_without_interest_the_principal_alone_is_asked(credit: int) -> None:
    view = a_notice(owing(credit=credit), with_interest=False)
    said = text_of(formal_notice(view, "fr"))
    assert "par semestre" not in said
    assert "Total à régler" in said if credit else "Principal" in said


def test_an_agreed_rate_is_named() -> None:
    assert "3 x legal" in text_of(formal_notice(a_notice(agreed_rate="3 x legal"), "fr"))


def test_an_example_rate_is_said_to_be_one() -> None:
    found = owing(table=rates(is_example=True))
    assert "taux d’exemple" in text_of(formal_notice(a_notice(found), "fr"))


def test_a_company_without_siren_or_iban_has_neither_on_its_letter() -> None:
    bare = replace(SELLER, siren="", iban="")
    said = text_of(formal_notice(a_notice(seller=bare), "fr"))
    assert "SIREN" not in said
    assert "IBAN" not in said


def test_a_statement_adds_up() -> None:
    said = text_of(statement(a_statement(), "fr"))
    assert "Solde" in said
    assert "000,00" in said
    signed = text_of(statement(replace(a_statement(), signed_by="Fiona"), "en"))
    assert "Fiona" in signed


@pytest.mark.parametrize(
    "name", ["#panic()", "*gras* _x_ `y`", "$1+1$ @ref <label> \\", "نجار 🪚 木工"]
)
def test_a_name_is_text_and_never_markup(name: str) -> None:
    drawn = pdf_of(formal_notice(a_notice(client=PartyView(name)), "fr"))
    assert drawn.startswith(b"%PDF")


def test_a_long_list_goes_over_pages_with_its_head() -> None:
    drawn = pdf_of(formal_notice(a_notice(owing(count=500)), "fr"))
    pages = PdfReader(io.BytesIO(drawn)).pages
    assert len(pages) > 10
    assert "Échéance" in pages[3].extract_text()


@pytest.mark.parametrize(
    "draw",
    [lambda: formal_notice(a_notice(), "fr"), lambda: statement(a_statement(), "en")],
)
def test_the_same_letter_gives_the_same_bytes(draw: Callable[[], Letter]) -> None:
    assert pdf_of(draw()) == pdf_of(draw())


@pytest.mark.parametrize("count", [1, 60])
def test_pages_can_be_looked_at(count: int) -> None:
    pages = pictures_of(formal_notice(a_notice(owing(count=count)), "fr"))
    assert all(page.startswith(b"\x89PNG") for page in pages)
