"""Names are found exactly, by their beginning, or almost; near ties are never decided."""

import pytest

from bot.domain.search import normalise, read_query
from bot.services.lookups.name_index import Known, Match, NameIndex

NAMES = (
    "SARL Dupont",
    "Garage Lemoine",
    "Menuiserie Roy",
    "Royal Hôtel",
    "Société Générale d'Éclairage",
    "Clinique du Parc",
    "Atelier Baudry SAS",
    "Martin Bâtiment",
    "Martin Transports",
)


def an_index(*names: str) -> NameIndex:
    return NameIndex(
        Known(place, f"C{place:04d}", name, normalise(name), f"90000000{place}")
        for place, name in enumerate(names)
    )


def found(match: Match, names: tuple[str, ...] = NAMES) -> list[str]:
    return [names[hit.client_id] for hit in match.hits]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("c0001", "Garage Lemoine"),
        ("C 0001", "Garage Lemoine"),
        ("900 000 002", "Menuiserie Roy"),
        ("FR00900000002", "Menuiserie Roy"),
        ("dupont", "SARL Dupont"),
        ("Sarl Dupont", "SARL Dupont"),
        ("dupont s.a.", "SARL Dupont"),
        ("GARAGE LEMOINE", "Garage Lemoine"),
        ("menuiserie-roy", "Menuiserie Roy"),
        ("royal hotel", "Royal Hôtel"),
    ],
)
def test_an_exact_code_siren_or_name_is_sure(typed: str, name: str) -> None:
    match = an_index(*NAMES).exact(read_query(typed))
    assert (match.sure, found(match)) == (True, [name])


def test_two_names_equal_but_for_the_legal_form_are_a_choice() -> None:
    match = an_index("Dupont SARL", "Dupont SA").exact(read_query("dupont"))
    assert (match.sure, len(match.hits)) == (False, 2)


def test_the_legal_form_decides_when_it_is_typed() -> None:
    match = an_index("Dupont SARL", "Dupont SA").exact(read_query("dupont sa"))
    assert (match.sure, match.hits[0].client_id) == (True, 1)


def test_a_bare_name_does_not_hide_its_namesake() -> None:
    match = an_index("Dupont", "SARL Dupont").exact(read_query("dupont"))
    assert (match.sure, len(match.hits)) == (False, 2)


def test_a_name_that_another_lengthens_is_a_choice() -> None:
    match = an_index("SARL Dupont", "Dupont Fils").exact(read_query("dupont"))
    assert (match.sure, len(match.hits)) == (False, 2)


def test_a_name_typed_as_in_the_books_is_sure_though_another_lengthens_it() -> None:
    match = an_index("Dupont", "Dupont Fils").exact(read_query("Dupont"))
    assert (match.sure, match.hits[0].client_id) == (True, 0)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cliniq", "Clinique du Parc"),
        ("baudry", "Atelier Baudry SAS"),
        ("parc", "Clinique du Parc"),
        ("soc generale ecl", "Société Générale d'Éclairage"),
        ("trans martin", "Martin Transports"),
    ],
)
def test_a_beginning_of_only_one_name_is_sure(typed: str, name: str) -> None:
    match = an_index(*NAMES).beginning(read_query(typed))
    assert (match.sure, found(match)) == (True, [name])


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("martin", {"Martin Bâtiment", "Martin Transports"}),
        ("roy", {"Menuiserie Roy", "Royal Hôtel"}),
    ],
)
def test_a_beginning_shared_by_several_is_a_choice(typed: str, names: set[str]) -> None:
    match = an_index(*NAMES).beginning(read_query(typed))
    assert (match.sure, set(found(match))) == (False, names)


def test_one_letter_is_no_beginning() -> None:
    assert an_index(*NAMES).beginning(read_query("m")).hits == ()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("dupond", "SARL Dupont"),
        ("dupnod", "SARL Dupont"),
        ("etablisement dupon", "SARL Dupont"),
        ("garage lemione", "Garage Lemoine"),
        ("garagelemoine", "Garage Lemoine"),
        ("baudri", "Atelier Baudry SAS"),
        ("clinque du prac", "Clinique du Parc"),
        ("menuisrie roi", "Menuiserie Roy"),
    ],
)
def test_a_typo_near_only_one_name_is_sure(typed: str, name: str) -> None:
    match = an_index(*NAMES).near(read_query(typed))
    assert match.sure
    assert found(match)[0] == name


def test_a_typo_as_near_to_two_names_is_a_choice() -> None:
    match = an_index("Dupont", "Dupond").near(read_query("dupnod"))
    assert not match.sure
    assert len(match.hits) == 2


@pytest.mark.parametrize("typed", ["xylophone zeta", "zz", "99999", "…", "<!channel>"])
def test_a_name_like_no_other_finds_nothing(typed: str) -> None:
    assert an_index(*NAMES).near(read_query(typed)).hits == ()


def test_an_empty_index_finds_nothing() -> None:
    query = read_query("dupont")
    index = an_index()
    assert index.exact(query) == index.beginning(query) == index.near(query) == Match()


def test_at_most_fifty_clients_are_offered() -> None:
    index = an_index(*(f"Martin numero {place}" for place in range(120)))
    assert len(index.beginning(read_query("martin")).hits) == 50
