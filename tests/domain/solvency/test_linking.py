"""Which companies a client may be: same name, or one that resembles in the same town."""

import pytest

from bot.domain.solvency.dossier import Company, CompanyState
from bot.domain.solvency.linking import (
    MOST_SUGGESTED,
    NameMatch,
    TownMatch,
    suggestions,
    town_match,
)


def a_company(
    siren: str = "552032534",
    name: str = "MENUISERIE ROY SARL",
    town: str = "LYON",
    state: CompanyState = CompanyState.ACTIVE,
) -> Company:
    return Company(siren, name, state, town=town)


@pytest.mark.parametrize(
    ("ours", "theirs", "match"),
    [
        ("Menuiserie Roy", "MENUISERIE ROY SARL", NameMatch.SAME),
        ("SARL Menuiserie Roy", "MENUISERIE ROY (ROYMEN)", NameMatch.SAME),
        ("Roy", "MENUISERIE ROY SARL", NameMatch.CLOSE),
        ("Roy Menuiserie Lyon", "MENUISERIE ROY", NameMatch.CLOSE),
    ],
)
def test_a_name_is_the_same_or_resembles(ours: str, theirs: str, match: NameMatch) -> None:
    found = suggestions(ours, "Lyon", [a_company(name=theirs)])
    assert [one.evidence.name for one in found] == [match]


@pytest.mark.parametrize("theirs", ["GARAGE LEMOINE", "", "MENUISERIE DUROY"])
def test_another_name_is_no_suggestion(theirs: str) -> None:
    assert suggestions("Menuiserie Roy", "Lyon", [a_company(name=theirs)]) == ()


@pytest.mark.parametrize("town", ["", "Nantes"])
def test_a_name_that_only_resembles_counts_in_its_own_town(town: str) -> None:
    assert suggestions("Roy", town, [a_company()]) == ()


def test_the_clients_town_comes_first_and_closed_companies_last() -> None:
    listed = [
        a_company("1", town="NANTES"),
        a_company("2", state=CompanyState.CEASED),
        a_company("3"),
    ]
    found = suggestions("Menuiserie Roy", "Lyon", listed)
    assert [one.company.siren for one in found] == ["3", "2", "1"]
    assert [one.evidence.is_active for one in found] == [True, False, True]


def test_homonyms_are_counted_and_few_are_shown() -> None:
    listed = [a_company(str(number)) for number in range(5)]
    found = suggestions("Menuiserie Roy", "Lyon", listed)
    assert len(found) == MOST_SUGGESTED
    assert {one.evidence.homonyms for one in found} == {4}


def test_a_company_met_twice_counts_once() -> None:
    found = suggestions("Menuiserie Roy", "Lyon", [a_company(), a_company()])
    assert [one.evidence.homonyms for one in found] == [0]


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("St-Étienne Cedex 2", "SAINT ETIENNE", TownMatch.SAME),
        ("Lyon", "LYON 3E ARRONDISSEMENT", TownMatch.SAME),
        ("Lyon", "NANTES", TownMatch.OTHER),
        ("", "LYON", TownMatch.UNKNOWN),
    ],
)
def test_towns_are_compared_as_people_write_them(one: str, other: str, match: TownMatch) -> None:
    assert town_match(one, other) is match
