"""A client is found however its name, code or number is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.references import prefixed
from bot.domain.search import normalise, number_key, plain, read_query, same_number, shorten


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SARL Dupont", "dupont"),
        ("S.A.R.L. Dupont", "dupont"),
        ("S.A.Dupont", "dupont"),
        ("DUPONT S.A.S", "dupont"),
        ("Établissements Dupont & Cie", "dupont"),
        ("Ets. Dupont", "dupont"),
        ("Société Générale d’Éclairage", "generale d eclairage"),
        ("Cœur de Bœuf", "coeur de boeuf"),
        ("Strauß", "strauss"),
        ("Menuiserie-Roy (Lyon)", "menuiserie roy lyon"),
        ("Dupont et Fils", "dupont fils"),
        ("Dupont & Fils", "dupont fils"),
        ("  Garage   Lemoine ", "garage lemoine"),
        ("Мебель", "мебель"),
        ("", ""),
    ],
)
def test_a_name_keeps_only_what_tells_it_apart(name: str, expected: str) -> None:
    assert normalise(name) == expected


def test_a_name_made_of_legal_forms_keeps_them() -> None:
    assert normalise("Société SA") == "societe sa"


def test_the_plain_name_keeps_its_legal_form() -> None:
    assert plain("S.A.R.L. Éclair") == "sarl eclair"


def test_an_enormous_name_is_read_only_at_its_beginning() -> None:
    assert len(normalise("x" * 10_000)) == 200


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing_more(name: str) -> None:
    once = plain(name)
    assert plain(once) == once


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("FA0001234", "FA1234"),
        ("fa 1234", "FA1234"),
        ("FA-2026/0042", "FA202642"),
        ("000", "0"),
        ("F100", "F100"),
    ],
)
def test_a_document_number_forgets_spaces_and_leading_zeros(number: str, expected: str) -> None:
    assert number_key(number) == expected


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("fa 2026 42", True),
        ("FA20260042", True),
        ("fa-2026-0042", True),
        ("FA-2026-42000", False),
        ("FA-2026-420", False),
    ],
)
def test_two_ways_to_write_a_document_number_are_the_same(typed: str, same: bool) -> None:
    assert same_number("FA-2026-0042", typed) is same


@pytest.mark.parametrize(
    ("typed", "siren"),
    [
        ("552 100 554", "552100554"),
        ("552100554", "552100554"),
        ("552 100 554 00021", "552100554"),
        ("FR 96 552 100 554", "552100554"),
        ("55210055", ""),
        ("dupont", ""),
    ],
)
def test_a_siren_is_read_inside_a_siret_or_a_vat_number(typed: str, siren: str) -> None:
    assert read_query(typed).siren == siren


@pytest.mark.parametrize(
    "typed", ["dupont &amp; fils", '"Dupont &amp; Fils"', "« dupont & fils »", "*Dupont & fils*"]
)
def test_escapes_quotes_and_emphasis_around_a_query_are_not_part_of_it(typed: str) -> None:
    assert read_query(typed).name == "dupont fils"


def test_a_link_made_by_slack_is_read_as_its_label() -> None:
    assert read_query("<http://dupont.example|dupont.example>").shown == "dupont.example"


def test_an_escaped_ampersand_is_unescaped_once() -> None:
    assert read_query("a &amp;lt; b").shown == "a &lt; b"


@pytest.mark.parametrize("typed", ["", "   ", '""', "\u202e\x00"])
def test_an_empty_query_shows_nothing(typed: str) -> None:
    assert read_query(typed).shown == ""


def test_control_and_direction_characters_become_spaces() -> None:
    assert read_query("du\x00po\u202ent").shown == "du po nt"


def test_an_endless_query_matches_nothing_and_is_shown_shortened() -> None:
    query = read_query("z" * 10_000)
    assert (query.name, query.code, query.number) == ("", "", "")
    assert query.shown == "z" * 59 + "…"


def test_a_query_without_a_digit_is_no_document_number() -> None:
    assert read_query("dupont").number == ""


def test_a_short_text_is_not_cut() -> None:
    assert shorten("Roy") == "Roy"


@pytest.mark.parametrize(
    ("typed", "known_as"),
    [("22-0376", "FA220376"), ("FA 220376", None), ("376", None), ("", None)],
)
def test_four_digits_or_more_may_leave_out_a_prefix(typed: str, known_as: str | None) -> None:
    assert prefixed(typed) == [] if known_as is None else known_as in prefixed(typed)
