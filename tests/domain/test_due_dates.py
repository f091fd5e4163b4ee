"""Payment terms and due dates."""

from datetime import date

import pytest

from bot.domain.due_dates import (
    Terms,
    due_of,
    due_on,
    parse_terms,
    stated_in,
    terms_in,
)
from bot.domain.errors import InvalidInput
from bot.domain.ledger import DueFrom, ItemKind, ParsedItem

ISSUED = date(2026, 1, 15)


def an_item(
    minor: int = 1000,
    label: str = "",
    due: date | None = None,
    due_from: DueFrom = DueFrom.ESTIMATED,
    kind: ItemKind = ItemKind.INVOICE,
) -> ParsedItem:
    return ParsedItem("k", "F1", kind, ISSUED, due, due_from, minor, minor, "EUR", label)


@pytest.mark.parametrize(
    ("text", "canonical", "day"),
    [
        ("30", "30", date(2026, 2, 14)),
        ("30 jours", "30", date(2026, 2, 14)),
        ("30 FDM", "30 FDM", date(2026, 2, 28)),
        ("30J FDM", "30 FDM", date(2026, 2, 28)),
        ("45 FDM", "45 FDM", date(2026, 3, 31)),
        ("45 jours fin de mois", "45 FDM", date(2026, 3, 31)),
        ("FDM 45", "FDM 45", date(2026, 3, 17)),
        ("fin de mois + 45 jours", "FDM 45", date(2026, 3, 17)),
        ("à réception", "0", ISSUED),
        ("fin de mois", "0 FDM", date(2026, 1, 31)),
    ],
)
def test_terms_as_people_write_them(text: str, canonical: str, day: date) -> None:
    terms = parse_terms(text)
    assert (str(terms), due_on(ISSUED, terms)) == (canonical, day)


@pytest.mark.parametrize("text", ["", "soon", "30 40", "999", "-5", "3" * 10_000])
def test_unknown_terms_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_terms(text)


@pytest.mark.parametrize("text", ["30", "30 FDM", "FDM 45"])
def test_canonical_terms_read_back(text: str) -> None:
    assert str(parse_terms(str(parse_terms(text)))) == text


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("Facture 12 éch 30/11/26", date(2026, 11, 30)),
        ("ECHEANCE 30/11/2026", date(2026, 11, 30)),
        ("ech. le 5-1-27", date(2027, 1, 5)),
        ("éch 31/02/26", None),
        ("chech 30/11/26", None),
        ("", None),
    ],
)
def test_a_due_date_in_a_label(label: str, day: date | None) -> None:
    assert stated_in(label) == day


@pytest.mark.parametrize(
    ("label", "terms"),
    [
        ("Facture 12 30J FDM", Terms(30, parse_terms("30 FDM").month_end)),
        ("Facture 30 jours", Terms(30)),
        ("Facture 3012", None),
        ("Lot 30 portes", None),
    ],
)
def test_terms_in_a_label(label: str, terms: Terms | None) -> None:
    assert terms_in(label) == terms


def test_the_terms_of_the_client_give_the_due_date() -> None:
    assert due_of(an_item(), parse_terms("30 FDM")) == (date(2026, 2, 28), DueFrom.TERMS)


def test_the_law_gives_an_estimate_of_thirty_days() -> None:
    assert due_of(an_item(), None) == (date(2026, 2, 14), DueFrom.ESTIMATED)


def test_an_estimate_is_replaced_when_terms_become_known() -> None:
    estimated = an_item(due=date(2026, 2, 14))
    assert due_of(estimated, Terms(60)) == (date(2026, 3, 16), DueFrom.TERMS)


def test_a_stated_date_stands() -> None:
    day = date(2026, 5, 1)
    item = an_item(due=day, due_from=DueFrom.STATED)
    assert due_of(item, Terms(10)) == (day, DueFrom.STATED)


def test_a_credit_is_due_on_its_issue_date() -> None:
    assert due_of(an_item(minor=-100), Terms(30)) == (ISSUED, DueFrom.STATED)


def test_an_opening_amount_is_always_an_estimate() -> None:
    _, due_from = due_of(an_item(kind=ItemKind.OPENING), Terms(30))
    assert due_from is DueFrom.ESTIMATED


def test_a_label_gives_terms_when_the_client_has_none() -> None:
    item = an_item(label="F1 60 jours")
    assert due_of(item, None) == (date(2026, 3, 16), DueFrom.TERMS)


def test_days_beyond_any_terms_in_a_label_say_nothing() -> None:
    assert terms_in("loyer 999 jours") is None
