"""What finance sees of late payment: the live offer, the order of payments, terms too long."""

from datetime import date

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.late_payment.allocation import Allocation
from bot.services.late_payment.room import LatePaymentRoom, late_payment_room
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def room(database: Database) -> LatePaymentRoom:
    return late_payment_room(database, Clock())


@pytest.mark.parametrize(("terms", "is_beyond"), [("", False), ("60", False), ("90", True)])
def test_terms_longer_than_the_law_allows_are_said(
    database: Database, company: Company, room: LatePaymentRoom, terms: str, is_beyond: bool
) -> None:
    books = Books(database, company.workspace_id, company.entity_id)
    books.change("client", company.client_id, terms=terms)
    view = room.window.view(company.fiona, company.client_id, today=TUESDAY)
    assert view.is_beyond_ceiling is is_beyond


def test_the_family_of_products_and_the_order_come_from_the_policy(
    database: Database, company: Company, room: LatePaymentRoom
) -> None:
    books = Books(database, company.workspace_id, company.entity_id)
    books.change("client", company.client_id, terms="45")
    changed = {"product_family": "perishable_food", "allocation": "principal_first"}
    books.add("policy", version=1, body=changed, set_at=AT_TEN)
    view = room.window.view(company.fiona, company.client_id, today=TUESDAY)
    assert (view.is_beyond_ceiling, view.allocation) == (True, Allocation.PRINCIPAL_FIRST)


def test_the_live_offer_is_shown(company: Company, room: LatePaymentRoom) -> None:
    friday = date(2026, 11, 27)
    room.offers.offer(
        company.fiona, company.client_id, amount="40", until=friday, key="o", today=TUESDAY
    )
    view = room.window.view(company.fiona, company.client_id, today=TUESDAY)
    assert view.waiver is not None
    assert (view.waiver.given_up_minor, view.waiver.until) == (40_00, friday)


def test_a_salesperson_does_not_see_it(company: Company, room: LatePaymentRoom) -> None:
    with pytest.raises(NotAllowed):
        room.window.view(company.anne, company.client_id, today=TUESDAY)
