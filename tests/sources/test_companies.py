"""The register of companies as goodcop reads it: identity, state, what is masked or not said."""

from datetime import date
from typing import Any

import httpx
import pytest

from bot.domain.solvency.dossier import Accounts, CompanyState, SourceName, SourceState
from bot.sources.companies import Companies, CompanyFile, read_unit
from bot.sources.found import Found
from tests.sources.recorded import needs_recordings, recorded
from tests.sources.web import SITE, Recorder, a_web, answering

SIREN = "996527057"


def a_unit(**more: Any) -> dict[str, Any]:
    return {
        "siren": SIREN,
        "nom_complet": "ATELIER DES DEUX RIVES",
        "etat_administratif": "A",
        "date_creation": "2011-07-15",
        "nature_juridique": "5710",
        "activite_principale": "43.32A",
        "statut_diffusion": "O",
        "siege": {"libelle_commune": "NANTES", "code_postal": "44000"},
        "complements": {"est_entrepreneur_individuel": False},
        "finances": {"2024": {"ca": 1_848_367, "resultat_net": -693_623}},
    } | more


def read(**more: Any) -> CompanyFile:
    file = read_unit(a_unit(**more))
    assert file is not None
    return file


async def found(document: Any, number: str = SIREN, status: int = 200) -> Found[CompanyFile]:
    return await Companies(a_web(answering(document, status)), SITE).find(number)


async def test_a_company_is_found_by_its_siren() -> None:
    answer = await found({"results": [a_unit()], "total_results": 1})
    assert answer.value is not None
    assert (answer.value.company.name, answer.value.company.town) == (
        "ATELIER DES DEUX RIVES",
        "NANTES",
    )


async def test_a_company_is_found_by_a_siret() -> None:
    answer = await found({"results": [a_unit()]}, SIREN + "00017")
    assert answer.state is SourceState.ANSWERED


async def test_directors_are_not_even_asked_for() -> None:
    asked = answering({"results": []})
    await Companies(a_web(asked), SITE).find(SIREN)
    params = asked.requests[0].url.params
    assert params["minimal"] == "true"
    assert "dirigeants" not in params["include"]


async def test_a_director_sent_all_the_same_is_kept_nowhere() -> None:
    director = {"nom": "ESCOFFIER", "prenoms": "ÉLODIE", "annee_de_naissance": "1961"}
    answer = await found({"results": [a_unit(dirigeants=[director])]})
    assert "ESCOFFIER" not in repr(answer)


@pytest.mark.parametrize("results", [[], [{"siren": SIREN}], [{"siren": "123456789"}]])
async def test_an_unknown_number_is_nothing_known(results: list[dict[str, Any]]) -> None:
    assert (await found({"results": results})).state is SourceState.NOTHING_KNOWN


@pytest.mark.parametrize("document", [[], {"erreur": "x"}, {"results": None}, "text", 3])
async def test_an_answer_of_another_shape_is_wrong(document: Any) -> None:
    assert (await found(document)).state is SourceState.WRONG


async def test_a_failing_register_is_down() -> None:
    assert (await found({"erreur": "x"}, status=500)).state is SourceState.DOWN


def test_a_ceased_company_says_when() -> None:
    company = read(etat_administratif="C", date_fermeture="2022-10-22").company
    assert (company.state, company.closed_on) == (CompanyState.CEASED, date(2022, 10, 22))


def test_a_masked_person_keeps_no_name() -> None:
    hidden = "[NON-DIFFUSIBLE]"
    company = read(
        nom_complet=hidden,
        statut_diffusion="P",
        nature_juridique="1000",
        siege={"libelle_commune": "RENNES", "code_postal": hidden},
    ).company
    assert (company.name, company.postcode, company.is_masked, company.is_sole_trader) == (
        "",
        "",
        True,
        True,
    )


def test_a_sole_trader_is_known_by_the_form_or_by_the_register() -> None:
    said = read(complements={"est_entrepreneur_individuel": True}).company
    assert said.is_sole_trader
    assert read(nature_juridique="1000").company.is_sole_trader


def test_the_last_turnover_and_result_are_in_cents() -> None:
    assert read().accounts == (
        Accounts(date(2024, 12, 31), 184_836_700, -69_362_300, source=SourceName.COMPANIES),
    )


@pytest.mark.parametrize(
    "finances",
    [None, {}, {"2024": None}, {"2024": {"ca": 0, "resultat_net": 0}}, {"soon": {"ca": 1}}],
)
def test_figures_not_disclosed_are_not_zero(finances: Any) -> None:
    assert read(finances=finances).accounts == ()


def test_a_result_of_zero_is_not_disclosed() -> None:
    [accounts] = read(finances={"2016": {"ca": 47_276_000, "resultat_net": 0}}).accounts
    assert (accounts.turnover_minor, accounts.result_minor) == (4_727_600_000, None)


async def test_a_name_gives_candidates_with_their_number_and_town() -> None:
    other = a_unit(siren="991000005", siege={"libelle_commune": "TOURS"})
    document = {"results": [a_unit(), other], "total_results": 116}
    answer = await Companies(a_web(answering(document)), SITE).search("atelier")
    assert answer.value is not None
    assert answer.value.total == 116
    assert [(c.siren, c.town) for c in answer.value.companies] == [
        (SIREN, "NANTES"),
        ("991000005", "TOURS"),
    ]


async def test_a_masked_person_is_no_candidate_for_a_name() -> None:
    document = {"results": [a_unit(statut_diffusion="P")], "total_results": 1}
    answer = await Companies(a_web(answering(document)), SITE).search("atelier")
    assert answer.state is SourceState.NOTHING_KNOWN


async def test_a_search_can_be_narrowed_by_postcode() -> None:
    asked = answering({"results": []})
    await Companies(a_web(asked), SITE).search("atelier", postcode="44000")
    assert asked.requests[0].url.params["code_postal"] == "44000"


async def test_a_name_too_short_is_not_asked() -> None:
    asked = Recorder(httpx.Response(400))
    assert (await Companies(a_web(asked), SITE).search("ab")).state is SourceState.NOTHING_KNOWN
    assert asked.requests == []


@pytest.mark.parametrize("status", [200, 503])
async def test_a_search_that_fails_is_a_state(status: int) -> None:
    answer = await Companies(a_web(answering({"erreur": "x"}, status)), SITE).search("atelier")
    assert answer.state in (SourceState.WRONG, SourceState.DOWN)


@needs_recordings
@pytest.mark.parametrize(
    ("name", "state", "masked", "sole", "accounts"),
    [
        ("552032534", CompanyState.ACTIVE, False, False, 1),
        ("487444697", CompanyState.ACTIVE, False, False, 1),
        ("533744991", CompanyState.ACTIVE, False, False, 1),
        ("356000000", CompanyState.ACTIVE, False, False, 1),
        ("300025764", CompanyState.ACTIVE, True, True, 0),
        ("880878145", CompanyState.CEASED, False, False, 0),
        ("842019051", CompanyState.CEASED, False, False, 0),
        ("883010316", CompanyState.CEASED, False, True, 0),
    ],
)
async def test_recorded_companies(
    name: str, state: CompanyState, masked: bool, sole: bool, accounts: int
) -> None:
    answer = await found(recorded(f"recherche-entreprises/search-{name}.json"), name)
    assert answer.value is not None
    company = answer.value.company
    read = (company.state, company.is_masked, company.is_sole_trader, len(answer.value.accounts))
    assert read == (state, masked, sole, accounts)


@needs_recordings
@pytest.mark.parametrize("number", ["123456789", "12345678900003"])
async def test_recorded_unknown_numbers(number: str) -> None:
    answer = await found(recorded(f"recherche-entreprises/search-{number}.json"), number)
    assert answer.state is SourceState.NOTHING_KNOWN


@needs_recordings
async def test_recorded_homonyms() -> None:
    document = recorded("recherche-entreprises/search-Ganymede.json")
    answer = await Companies(a_web(answering(document)), SITE).search("Ganymede")
    assert answer.value is not None
    assert (answer.value.total, len(answer.value.companies)) == (116, 10)
    assert all(company.town for company in answer.value.companies)


@needs_recordings
async def test_a_recorded_answer_by_siret() -> None:
    name = "recherche-entreprises/search_siret_raw_41816609600069.json"
    answer = await found(recorded(name), "41816609600069")
    assert answer.value is not None
    assert answer.value.accounts[0].result_minor is None
