"""The demo's open-data service, read through the same sources as the real ones."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from bot.demo.answers import InventedAnswers
from bot.demo.clock import ten_o_clock
from bot.demo.ledger import generate, siren_for
from bot.demo.open_data import SOURCES, demo_open_data, open_data_app
from bot.demo.register import register_of
from bot.domain.solvency.dossier import (
    CompanyState,
    Confidentiality,
    EventKind,
    SourceState,
    VatCheck,
)
from bot.services.solvency.open_data import Addresses, OpenData, open_data
from bot.sources.http import Web
from bot.sources.vies import vat_number_of

TODAY = date(2026, 11, 24)
REGISTER = register_of(generate(TODAY))
BASE = "http://demo.test"


@pytest.fixture
def faults() -> dict[str, str]:
    return {}


@pytest.fixture
def sources(faults: dict[str, str]) -> OpenData:
    app = open_data_app(InventedAnswers(REGISTER), faults)
    web = Web(transport=httpx.ASGITransport(app), sleep=_at_once)
    return open_data(Addresses(BASE, BASE, BASE, BASE, BASE, "a-key"), web)


async def _at_once(seconds: float) -> None:
    """Tests do not wait for a pace."""


async def kinds(sources: OpenData, code: str) -> list[EventKind]:
    found = await sources.notices.find(siren_for(code))
    return [event.kind for event in found.value or ()]


def test_every_client_of_the_ledger_but_the_till_is_registered() -> None:
    clients = generate(TODAY).clients
    missing = [c.code for c in clients if c.siren not in REGISTER.companies]
    assert missing == ["CBOUT"]


async def test_one_client_is_in_liquidation_and_still_active(sources: OpenData) -> None:
    found = await sources.companies.find(siren_for("CDOUT"))
    assert found.value is not None
    assert found.value.company.state is CompanyState.ACTIVE
    assert await kinds(sources, "CDOUT") == [EventKind.LIQUIDATION]


async def test_one_client_is_in_redressement(sources: OpenData) -> None:
    assert await kinds(sources, "C0444") == [EventKind.REDRESSEMENT]


async def test_one_client_is_struck_off(sources: OpenData) -> None:
    found = await sources.companies.find(siren_for("C0445"))
    assert found.value is not None
    assert found.value.company.state is CompanyState.CEASED
    assert await kinds(sources, "C0445") == [EventKind.STRUCK_OFF]


async def test_one_client_loses_money_and_pays_later_every_year(sources: OpenData) -> None:
    found = await sources.ratios.find(siren_for("C0330"))
    assert found.value is not None
    days = [accounts.supplier_days or 0 for accounts in found.value]
    assert (found.value[0].result_minor or 0) < 0
    assert days == sorted(days, reverse=True)


async def test_one_client_hides_its_accounts(sources: OpenData) -> None:
    found = await sources.ratios.find(siren_for("C0500"))
    assert found.value is not None
    assert (found.value[0].turnover_minor, found.value[0].confidentiality) == (
        None,
        Confidentiality.PARTLY,
    )
    assert await kinds(sources, "C0500") == [EventKind.ACCOUNTS_CONFIDENTIAL]


async def test_two_companies_share_a_name(sources: OpenData) -> None:
    found = await sources.companies.search("lefèvre peinture")
    assert found.value is not None
    assert {company.town for company in found.value.companies} == {"RENNES", "LYON"}


async def test_a_masked_person_is_registered_without_a_name(sources: OpenData) -> None:
    found = await sources.companies.find(siren_for("P-MASK"))
    assert found.value is not None
    assert (found.value.company.is_masked, found.value.company.name) == (True, "")


async def test_tomorrow_s_notice_comes_tomorrow(sources: OpenData) -> None:
    assert await kinds(sources, "C0330") == []
    tomorrow = TODAY + timedelta(days=1)
    app = demo_open_data(generate(TODAY), lambda: ten_o_clock(tomorrow))
    later = open_data(
        Addresses(BASE, BASE, BASE, BASE, BASE), Web(transport=httpx.ASGITransport(app))
    )
    found = await later.notices.published_on(tomorrow, REGISTER.companies)
    assert [reading.event.siren for reading in found.value or ()] == [siren_for("C0330")]


async def test_the_other_registers_answer_too(sources: OpenData) -> None:
    siren = siren_for("C0412")
    assert sources.sirene is not None
    insee = await sources.sirene.find(siren)
    vat = await sources.vies.check(vat_number_of(siren))
    sector = await sources.ratios.sector("43.32A", None)
    assert insee.value is not None
    assert vat.value is VatCheck.VALID
    assert sector.value is not None
    assert sector.value.supplier_days is not None


async def test_an_unknown_company_is_known_nowhere(sources: OpenData) -> None:
    siren = "552032534"
    assert sources.sirene is not None
    states = [
        (await sources.companies.find(siren)).state,
        (await sources.notices.find(siren)).state,
        (await sources.ratios.find(siren)).state,
        (await sources.sirene.find(siren)).state,
    ]
    assert states == [SourceState.NOTHING_KNOWN] * 4


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("429", SourceState.SLOW),
        ("500", SourceState.DOWN),
        ("garbage", SourceState.WRONG),
        ("0", SourceState.ANSWERED),
    ],
)
async def test_a_source_misbehaves_on_demand(
    sources: OpenData, faults: dict[str, str], fault: str, state: SourceState
) -> None:
    faults["companies"] = fault
    assert (await sources.companies.find(siren_for("C0412"))).state is state


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"source": "notices", "fault": "500"}, 200),
        ({"source": "notices", "fault": ""}, 200),
        ({"source": "notices", "fault": "0.4"}, 200),
        ({"source": "notices", "fault": "1000"}, 400),
        ({"source": "nobody", "fault": "500"}, 400),
    ],
)
async def test_faults_are_set_from_outside(body: Any, status: int, faults: dict[str, str]) -> None:
    app = open_data_app(InventedAnswers(REGISTER), faults)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
        reply = await client.post("/faults", json=body)
    assert reply.status_code == status
    assert set(faults) <= set(SOURCES)


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=ab",
        "/api/explore/v2.1/catalog/datasets/annonces-commerciales/records?limit=100&offset=9950",
    ],
)
async def test_the_limits_of_the_real_services_hold(path: str) -> None:
    app = open_data_app(InventedAnswers(REGISTER))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
        assert (await client.get(path)).status_code == 400
