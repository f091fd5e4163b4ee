"""Offers to give fees and interest up: within an authority, judged by the books, said once."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.lifecycle import HoldKind
from bot.domain.told import Told
from bot.services.late_payment.offers import OfferService, waiver_view
from bot.services.late_payment.rates import RateService
from bot.services.late_payment.service import LatePaymentService
from storage import waivers
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company, a_receipt
from tests.services.drawing import draw
from tests.services.outbox import told

FRIDAY = date(2026, 11, 27)
CREDIT: dict[str, Any] = {
    "key": "C1",
    "number": "C1",
    "kind": "credit_note",
    "issued_on": TUESDAY,
    "due_on": TUESDAY,
    "due_from": "stated",
    "currency": "EUR",
}


@pytest.fixture
def company(database: Database) -> Company:
    made = a_company(database)
    RateService(database, Clock()).add(
        made.fiona, "2026-2", legal="2.62", ecb="2.15", source="arrêté"
    )
    return made


@pytest.fixture
def books(database: Database, company: Company) -> Books:
    return Books(database, company.workspace_id, company.entity_id)


@pytest.fixture
def service(database: Database) -> OfferService:
    return OfferService(database, Clock())


def offer(
    service: OfferService,
    company: Company,
    *,
    amount: str = "168,78",
    until: date | None = FRIDAY,
    key: str = "o",
) -> None:
    """Offer all interest and fees up if paid by Friday, as Fiona."""
    service.offer(
        company.fiona, company.client_id, amount=amount, until=until, key=key, today=TUESDAY
    )


def states(database: Database, company: Company) -> list[str]:
    """Return the kinds of what was written about offers."""
    with database.read() as uow:
        kinds = uow.session.execute(
            text("SELECT kind FROM event WHERE kind LIKE 'waiver_%' ORDER BY id")
        )
        return [str(kind) for (kind,) in kinds]


def pay(database: Database, books: Books, company: Company, on: date) -> None:
    """Pay the whole invoice."""
    a_receipt(database, company, minor=12_480_00, on=on)
    books.change("open_item", company.item_id, open_minor=0)


def test_an_offer_is_kept_and_its_owner_told(
    database: Database, company: Company, service: OfferService
) -> None:
    offer(service, company)
    with database.read() as uow:
        of_client = {"workspace_id": company.workspace_id, "client_id": company.client_id}
        live = waivers.find_live(uow.session, **of_client)
        assert live is not None
        view = waiver_view(uow.session, workspace_id=company.workspace_id, waiver_id=live.id)
    assert (live.offer.given_up_minor, live.offer.principal_minor) == (168_78, 12_480_00)
    assert (view and view.by, live.item_ids) == ("Fiona", (company.item_id,))
    assert states(database, company) == ["waiver_offered"]


def test_the_same_click_twice_makes_one_offer(
    database: Database, company: Company, service: OfferService
) -> None:
    offer(service, company)
    offer(service, company)
    assert states(database, company) == ["waiver_offered"]


def test_one_offer_at_a_time(company: Company, service: OfferService) -> None:
    offer(service, company)
    with pytest.raises(Conflict):
        offer(service, company, key="again")


@pytest.mark.parametrize(
    ("amount", "until", "field"),
    [
        ("168,79", FRIDAY, "amount"),
        ("501", FRIDAY, "amount"),
        ("0", FRIDAY, "amount"),
        ("100", None, "until"),
        ("100", TUESDAY - timedelta(days=1), "until"),
    ],
)
def test_an_offer_that_may_not_be_made_is_refused_at_its_field(
    company: Company, service: OfferService, amount: str, until: date | None, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        offer(service, company, amount=amount, until=until)
    assert refused.value.field == field


def test_the_authority_of_a_role_comes_from_the_policy(
    books: Books, company: Company, service: OfferService
) -> None:
    changed = {"waiver_authority": {"finance": 100_00}}
    books.add("policy", version=1, body=changed, set_at=AT_TEN)
    with pytest.raises(InvalidInput):
        offer(service, company, amount="100,01")
    offer(service, company, amount="100", key="less")


def test_in_a_proceeding_nothing_is_offered(
    books: Books, company: Company, service: OfferService
) -> None:
    books.add(
        "hold",
        key="h",
        client_id=company.client_id,
        kind=HoldKind.PROCEEDING,
        until_on=date(9999, 12, 31),
        made_at=AT_TEN,
    )
    with pytest.raises(Conflict):
        offer(service, company)


def test_only_finance_offers(company: Company, service: OfferService) -> None:
    with pytest.raises(NotAllowed):
        service.offer(
            company.anne, company.client_id, amount="1", until=FRIDAY, key="a", today=TUESDAY
        )


def test_what_is_paid_in_time_is_given_up_and_said_once(
    database: Database, books: Books, company: Company, service: OfferService
) -> None:
    offer(service, company)
    pay(database, books, company, FRIDAY)
    later = FRIDAY + timedelta(days=5)
    assert [service.judge(company.workspace_id, later) for _ in range(2)] == [1, 0]
    assert states(database, company) == ["waiver_offered", "waiver_fulfilled"]


def test_what_is_paid_too_late_lapses(
    database: Database, books: Books, company: Company, service: OfferService
) -> None:
    offer(service, company)
    pay(database, books, company, FRIDAY + timedelta(days=1))
    service.judge(company.workspace_id, FRIDAY + timedelta(days=2))
    said = [(kind, channel) for kind, channel, _ in told(database, company)]
    assert said == [("waiver", ""), ("waiver", ""), ("waiver", "CFINANCE")]
    assert states(database, company) == ["waiver_offered", "waiver_lapsed"]


def test_an_offer_waits_for_the_bank_then_lapses(
    database: Database, company: Company, service: OfferService
) -> None:
    offer(service, company)
    ended = [service.judge(company.workspace_id, FRIDAY + timedelta(days=n)) for n in (2, 3)]
    assert ended == [0, 1]


def test_an_invoice_closed_without_a_trace_counts_by_the_day_it_is_seen(
    database: Database, books: Books, company: Company, service: OfferService
) -> None:
    offer(service, company)
    books.change("open_item", company.item_id, open_minor=0)
    service.judge(company.workspace_id, FRIDAY)
    assert states(database, company) == ["waiver_offered", "waiver_fulfilled"]


def test_what_was_given_up_is_asked_no_more(
    database: Database, books: Books, company: Company, service: OfferService
) -> None:
    books.add("open_item", client_id=company.client_id, minor=-480_00, open_minor=-480_00, **CREDIT)
    offer(service, company)
    figures = LatePaymentService(database, Clock()).figures
    [before] = figures(company.fiona, company.client_id, until=TUESDAY).currencies
    a_receipt(database, company, minor=12_000_00, on=FRIDAY)
    books.change("open_item", company.item_id, open_minor=480_00)
    service.judge(company.workspace_id, FRIDAY)
    [after] = figures(company.fiona, company.client_id, until=FRIDAY).currencies
    assert (before.fee_minor, after.fee_minor, after.interest_minor) == (40_00, 0, 0)


def test_an_offer_is_withdrawn_once(
    database: Database, company: Company, service: OfferService
) -> None:
    offer(service, company)
    with database.read() as uow:
        live = waivers.find_live(
            uow.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    assert live is not None
    service.withdraw(company.fiona, live.id, key="w")
    service.withdraw(company.fiona, live.id, key="w")
    with pytest.raises(Conflict):
        service.withdraw(company.fiona, live.id, key="another")
    assert states(database, company) == ["waiver_offered", "waiver_withdrawn"]


def test_an_unknown_offer_is_not_found(company: Company, service: OfferService) -> None:
    with pytest.raises(NotFound):
        service.withdraw(company.fiona, 1, key="w")


def test_a_message_about_an_offer_is_drawn_only_while_it_is_true(
    books: Books, database: Database, company: Company, service: OfferService
) -> None:
    offer(service, company)
    with database.read() as uow:
        live = waivers.find_live(
            uow.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    assert live is not None
    body = {"waiver_id": live.id, "state": "offered"}
    drawn = draw(books, Told.WAIVER, body, now=AT_TEN)
    assert drawn is not None
    assert "Menuiserie Roy" in drawn.text
    service.withdraw(company.fiona, live.id, key="w")
    assert draw(books, Told.WAIVER, body, now=AT_TEN) is None
