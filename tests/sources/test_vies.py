"""VIES has three outcomes, and only one of them says that a number is invalid."""

from typing import Any

import pytest

from bot.domain.solvency.dossier import SourceState, VatCheck
from bot.sources.found import Found
from bot.sources.vies import Vies, vat_number_of
from tests.sources.web import SITE, a_web, answering


async def check(document: Any, status: int = 200) -> Found[VatCheck]:
    return await Vies(a_web(answering(document, status)), SITE).check("FR 27 552032534")


@pytest.mark.parametrize(
    ("document", "outcome"),
    [
        ({"valid": True, "name": "---"}, Found(SourceState.ANSWERED, VatCheck.VALID)),
        ({"valid": False}, Found(SourceState.ANSWERED, VatCheck.INVALID)),
        ({"isValid": True, "userError": "VALID"}, Found(SourceState.ANSWERED, VatCheck.VALID)),
        ({"isValid": False, "userError": "MS_UNAVAILABLE"}, Found(SourceState.DOWN)),
        (
            {"actionSucceed": False, "errorWrappers": [{"error": "MS_UNAVAILABLE"}]},
            Found(SourceState.DOWN),
        ),
        ({"valid": "yes"}, Found(SourceState.WRONG)),
        ([], Found(SourceState.WRONG)),
    ],
)
async def test_an_answer_is_valid_invalid_or_not_checked(
    document: Any, outcome: Found[VatCheck]
) -> None:
    assert await check(document) == outcome


async def test_a_failing_service_is_not_checked() -> None:
    assert await check({}, 503) == Found(SourceState.DOWN)


async def test_a_number_is_asked_by_country_and_number() -> None:
    asked = answering({"valid": True})
    await Vies(a_web(asked), SITE).check("GR 094259216")
    assert asked.requests[0].content == b'{"countryCode":"EL","vatNumber":"094259216"}'


def test_a_french_number_follows_from_the_siren() -> None:
    assert vat_number_of("552032534") == "FR27552032534"
