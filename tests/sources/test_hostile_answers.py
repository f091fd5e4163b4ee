"""Whatever a source sends, reading it gives a value or nothing, and tells nobody's secrets."""

from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from structlog.testing import capture_logs

from bot.domain.solvency.dossier import SourceName, SourceState
from bot.sources.companies import Companies, read_unit
from bot.sources.found import rows
from bot.sources.http import Site
from bot.sources.notices import read_record
from bot.sources.published_words import opened, read_day
from bot.sources.ratios import Ratios, read_accounts
from bot.sources.sirene import KEY_HEADER, Sirene, read_answer
from bot.sources.vies import Vies
from tests.sources.web import SITE, Recorder, a_web

SIREN = "996527057"
_NAMES = st.sampled_from(
    (
        "siren", "results", "records", "fields", "finances", "2024", "ca", "siege", "jugement",
        "nature", "date", "id", "dateparution", "registre", "date_cloture_exercice", "uniteLegale",
        "etablissement", "periodesUniteLegale", "valid", "exercice", "nom_complet",
    )
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)


def a_row(draw: DataObject, *names: str) -> dict[str, Any]:
    values = {name: draw.draw(ANYTHING) for name in names}
    return {"siren": SIREN, "id": "A1", "dateparution": "2026-10-07", "registre": [SIREN]} | values


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_unit_is_a_company_or_nothing(draw: DataObject) -> None:
    unit = a_row(draw, "siege", "complements", "finances", "nom_complet", "date_creation")
    file = read_unit(unit)
    assert file is None or file.company.siren == SIREN


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_record_is_a_reading_or_nothing(draw: DataObject) -> None:
    names = ("jugement", "listepersonnes", "acte", "depot", "familleavis", "parutionavisprecedent")
    for reading in read_record(a_row(draw, *names), [SIREN]):
        assert reading.event.siren == SIREN


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_row_of_ratios_is_accounts_or_nothing(draw: DataObject) -> None:
    names = ("chiffre_d_affaires", "resultat_net", "couverture_des_interets", "type_bilan")
    row = a_row(draw, *names) | {"date_cloture_exercice": "2024-12-31"}
    assert len(read_accounts([row], SIREN)) == 1


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
def test_any_document_is_read_or_refused(document: Any) -> None:
    assert rows(document) is None or isinstance(rows(document), list)
    assert read_answer(document, SIREN) is None or isinstance(document, dict)
    assert isinstance(opened(document), dict)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_day_or_none(text: str) -> None:
    assert read_day(text) is None or read_day(text) == read_day(text.strip())


async def test_a_failure_is_logged_without_key_number_or_name() -> None:
    site = Site(SourceName.SIRENE, SITE.base, headers={KEY_HEADER: "a-key"})
    with capture_logs() as lines:
        web = a_web(Recorder(httpx.Response(401, json={"message": "a-key"})))
        await Sirene(web, site).find(SIREN)
        await Companies(web, SITE).search("Menuiserie Roy")
        await Ratios(web, SITE).find(SIREN)
        await Vies(web, SITE).check(f"FR00{SIREN}")
    assert lines
    said = repr(lines)
    assert [word for word in ("a-key", SIREN, "Menuiserie") if word in said] == []


async def test_a_site_that_cannot_be_an_address_is_down() -> None:
    reply = await Companies(a_web(Recorder(httpx.UnsupportedProtocol("no"))), SITE).find(SIREN)
    assert reply.state is SourceState.DOWN
