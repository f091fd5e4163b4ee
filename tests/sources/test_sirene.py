"""INSEE's register: identity from the present period, and a key that stays in its header."""

from datetime import date
from typing import Any

import pytest

from bot.domain.solvency.dossier import Company, CompanyState, SourceName, SourceState
from bot.sources.found import Found
from bot.sources.http import Site
from bot.sources.sirene import KEY_HEADER, Sirene, read_answer
from tests.sources.recorded import needs_recordings, recorded
from tests.sources.web import SITE, a_web, answering

SIREN = "996527057"


def a_unit(state: str = "A", **more: Any) -> dict[str, Any]:
    periods = [
        {"dateFin": None, "dateDebut": "2020-03-01", "etatAdministratifUniteLegale": state,
         "denominationUniteLegale": "ATELIER DES DEUX RIVES",
         "categorieJuridiqueUniteLegale": "5710", "activitePrincipaleUniteLegale": "43.32A"},
        {"dateFin": "2020-02-29", "dateDebut": "2011-07-15", "etatAdministratifUniteLegale": "A",
         "denominationUniteLegale": "ANCIEN NOM"},
    ]  # fmt: skip
    unit = {"siren": SIREN, "statutDiffusionUniteLegale": "O", "periodesUniteLegale": periods}
    return {"uniteLegale": unit | {"dateCreationUniteLegale": "2011-07-15"} | more}


def read(**more: Any) -> Company:
    company = read_answer(a_unit(**more), SIREN)
    assert company is not None
    return company


def test_the_present_period_says_the_name_and_the_state() -> None:
    company = read()
    assert (company.name, company.state, company.source) == (
        "ATELIER DES DEUX RIVES",
        CompanyState.ACTIVE,
        SourceName.SIRENE,
    )


def test_a_ceased_unit_closed_when_its_present_period_began() -> None:
    company = read(state="C")
    assert (company.state, company.closed_on) == (CompanyState.CEASED, date(2020, 3, 1))


def test_an_opposed_person_keeps_no_name() -> None:
    company = read(statutDiffusionUniteLegale="P")
    assert (company.name, company.is_masked) == ("", True)


def test_first_names_are_not_kept() -> None:
    person = {
        "nomUniteLegale": "CASTAGNE",
        "prenom1UniteLegale": "INÈS",
        "periodesUniteLegale": None,
    }
    assert "INÈS" not in repr(read(**person))


async def asked(document: Any, status: int = 200) -> Found[Company]:
    return await Sirene(a_web(answering(document, status)), SITE).find(SIREN)


@pytest.mark.parametrize(
    ("document", "status", "state"),
    [
        (a_unit(), 200, SourceState.ANSWERED),
        ({"header": {"statut": 404}}, 404, SourceState.NOTHING_KNOWN),
        ({"header": {"statut": 400}}, 400, SourceState.WRONG),
        ({"message": "no key"}, 401, SourceState.WRONG),
        ({"header": {}}, 200, SourceState.WRONG),
        ([], 200, SourceState.WRONG),
        (a_unit(siren="111111111"), 200, SourceState.WRONG),
    ],
)
async def test_each_answer_is_a_state(document: Any, status: int, state: SourceState) -> None:
    assert (await asked(document, status)).state is state


async def test_the_key_goes_in_its_header_and_not_in_the_address() -> None:
    asked = answering(a_unit())
    site = Site(SourceName.SIRENE, SITE.base, headers={KEY_HEADER: "a-key"})
    await Sirene(a_web(asked), site).find(SIREN)
    assert asked.requests[0].headers[KEY_HEADER] == "a-key"
    assert "a-key" not in str(asked.requests[0].url)


@needs_recordings
def test_a_recorded_establishment_gives_its_company() -> None:
    company = read_answer(recorded("sirene/insee_siret_41816609600069.json"), "418166096")
    assert company is not None
    assert (company.state, company.town, company.legal_form) == (
        CompanyState.ACTIVE,
        "PARIS",
        "5710",
    )
