"""Asked by number, code or name; known at once when kept; a group counts as one."""

from datetime import date

import pytest
from sqlalchemy import text

from bot.demo.ledger import siren_for
from bot.domain.delivery_holds import Scope
from bot.domain.errors import NotAllowed
from bot.domain.solvency.offers import Verdict
from bot.rendering.solvency_views import CompanyChoicesView, SolvencyView
from bot.rendering.views import ClockView, HeldView
from bot.services.items.deliveries import DeliveryHoldService
from bot.services.lookups.names import Names
from bot.services.solvency.service import Asked, SolvencyService
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Company, a_company
from tests.services.solvency.open_data_desk import OpenDataDesk

SIREN, PARENT = siren_for("C0412"), "732829320"


@pytest.fixture
def company(database: Database) -> Company:
    made = a_company(database)
    sql(database, "UPDATE client SET siren = :siren, search_name = 'menuiserie roy'", siren=SIREN)
    sql(database, "UPDATE workspace SET names_version = 1")
    return made


@pytest.fixture
def desk() -> OpenDataDesk:
    return OpenDataDesk()


@pytest.fixture
def service(database: Database, desk: OpenDataDesk) -> SolvencyService:
    return SolvencyService(database, desk.clock, Names(), desk.gatherer)


def sql(database: Database, statement: str, **values: object) -> None:
    with database.write() as work:
        work.session.execute(text(statement), values)
        work.commit()


async def ask(service: SolvencyService, company: Company, words: str) -> SolvencyView:
    found = service.answer(company.anne, words, today=TUESDAY)
    if isinstance(found, Asked):
        answered = await service.ask(company.anne, found)
        found = await answered.completed if answered.completed else answered.view
        await service.settle()
    assert isinstance(found, SolvencyView)
    return found


@pytest.mark.parametrize("words", [SIREN, f"{SIREN}00017", "C0412", "Menuiserie Roy"])
async def test_a_client_is_found_however_it_is_named(
    service: SolvencyService, company: Company, words: str
) -> None:
    card = await ask(service, company, words)
    assert (card.assessment.siren, card.client_id) == (SIREN, company.client_id)


async def test_a_hold_on_deliveries_is_said_to_every_seller_the_window_to_the_owner(
    database: Database, service: SolvencyService, company: Company, desk: OpenDataDesk
) -> None:
    holds = DeliveryHoldService(database, desk.clock)
    holds.hold(company.fiona, company.client_id, reason="trois relances", key="h")
    own = await ask(service, company, SIREN)
    others = service.answer(company.karim, SIREN, today=TUESDAY)
    assert isinstance(others, SolvencyView)
    assert own.held == others.held == HeldView(Scope.DELIVERIES, "trois relances", "Fiona")
    assert (own.clock, others.clock) == (ClockView(date(2026, 12, 8)), None)


async def test_what_is_kept_is_answered_without_asking(
    service: SolvencyService, company: Company, desk: OpenDataDesk
) -> None:
    await ask(service, company, SIREN)
    asked = len(desk.requests)
    assert isinstance(service.answer(company.anne, SIREN, today=TUESDAY), SolvencyView)
    assert len(desk.requests) == asked


async def test_one_tenants_answers_do_not_serve_another(
    database: Database, service: SolvencyService, company: Company
) -> None:
    await ask(service, company, SIREN)
    other = a_company(database)
    assert isinstance(service.answer(other.anne, SIREN, today=TUESDAY), Asked)


async def test_every_source_hanging_still_gives_a_verdict(
    database: Database, company: Company, desk: OpenDataDesk
) -> None:
    desk.faults |= dict.fromkeys(("companies", "notices", "ratios", "vies"), "500")
    service = SolvencyService(database, desk.clock, Names(), desk.gatherer)
    card = await ask(service, company, SIREN)
    assert card.assessment.verdict is Verdict.ASK_FINANCE
    assert card.assessment.silent


async def test_without_sources_our_own_facts_still_answer(
    database: Database, company: Company, desk: OpenDataDesk
) -> None:
    card = await ask(SolvencyService(database, desk.clock, Names()), company, SIREN)
    assert card.assessment.exposure_minor == 12_480_00


async def test_a_name_alone_is_a_choice_with_town_and_siren(
    service: SolvencyService, company: Company
) -> None:
    found = service.answer(company.anne, "Peinture", today=TUESDAY)
    assert isinstance(found, Asked)
    answered = await service.ask(company.anne, found)
    assert isinstance(answered.view, CompanyChoicesView)
    assert all(one.siren and one.town for one in answered.view.choices)


@pytest.mark.parametrize("words", ["Menuiserie", "Menuiserie Roi"])
async def test_the_beginning_of_a_name_or_a_near_one_stays_a_choice(
    service: SolvencyService, company: Company, words: str
) -> None:
    found = service.answer(company.anne, words, today=TUESDAY)
    assert isinstance(found, Asked)
    answered = await service.ask(company.anne, found)
    assert isinstance(answered.view, CompanyChoicesView)


async def test_a_client_without_a_siren_is_a_choice_too(
    database: Database, service: SolvencyService, company: Company
) -> None:
    sql(database, "UPDATE client SET siren = NULL")
    found = service.answer(company.anne, "C0412", today=TUESDAY)
    assert isinstance(found, Asked)
    answered = await service.ask(company.anne, found)
    assert isinstance(answered.view, CompanyChoicesView)
    assert answered.view.choices[0].client_id == company.client_id


async def test_a_group_counts_as_one_exposure(
    database: Database, service: SolvencyService, company: Company
) -> None:
    alone = await ask(service, company, SIREN)
    sql(database, "UPDATE client SET group_siren = :parent", parent=PARENT)
    grouped = await ask(service, company, SIREN)
    assert alone.group_minor is None
    assert grouped.group_minor == 12_480_00


async def test_a_button_asks_by_siren_or_by_client(
    service: SolvencyService, company: Company
) -> None:
    await ask(service, company, SIREN)
    found = [
        service.answer_click(
            company.anne, siren=siren, client_id=client_id, order_minor=None, today=TUESDAY
        )
        for siren, client_id in ((SIREN, None), ("", company.client_id), ("", 1))
    ]
    assert [isinstance(one, SolvencyView) for one in found] == [True, True, False]


def test_a_stranger_may_not_ask(service: SolvencyService, company: Company) -> None:
    stranger = company.anne.__class__(company.workspace_id, None)
    with pytest.raises(NotAllowed):
        service.answer(stranger, SIREN, today=date(2026, 11, 24))
    with pytest.raises(NotAllowed):
        service.answer_click(stranger, siren=SIREN, client_id=None, order_minor=None, today=TUESDAY)


async def test_a_complete_answer_is_kept_as_the_companys_rating(
    database: Database, service: SolvencyService, company: Company
) -> None:
    card = await ask(service, company, SIREN)
    with database.read() as work:
        kept = work.session.execute(text("SELECT siren, rating FROM company_rating")).all()
    assert [tuple(row) for row in kept] == [(SIREN, card.assessment.rating.value)]
