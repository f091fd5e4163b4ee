"""What late payment costs a client, from the books."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import InvalidInput, NotAllowed, NotFound
from bot.services.late_payment.rates import RateService
from bot.services.late_payment.service import LatePaymentService
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company, a_receipt

DUE = date(2026, 10, 24)


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def service(database: Database) -> LatePaymentService:
    return LatePaymentService(database, Clock())


def enter(database: Database, company: Company, ecb: str = "2.15") -> None:
    """Enter the rates of the half-year, as Fiona."""
    RateService(database, Clock()).add(
        company.fiona, "2026-2", legal="2.62", ecb=ecb, source="arrêté"
    )


def test_without_the_half_year_s_rate_the_interest_is_not_known(
    company: Company, service: LatePaymentService
) -> None:
    [found] = service.figures(company.fiona, company.client_id, until=TUESDAY).currencies
    assert [str(half_year) for half_year in found.missing] == ["2026-2"]
    assert (found.principal_minor, found.fee_minor) == (12_480_00, 40_00)


def test_a_rate_that_was_entered_counts(
    database: Database, company: Company, service: LatePaymentService
) -> None:
    enter(database, company)
    [found] = service.figures(company.fiona, company.client_id, until=TUESDAY).currencies
    # 12 480 x 12,15 % x 31 / 365
    assert found.interest_minor == 128_78
    enter(database, company, ecb="3.15")
    [found] = service.figures(company.fiona, company.client_id, until=TUESDAY).currencies
    assert found.interest_minor > 128_78


def test_the_contract_s_rate_comes_before_the_company_s(
    database: Database, company: Company, service: LatePaymentService
) -> None:
    books = Books(database, company.workspace_id, company.entity_id)
    enter(database, company)
    books.change("entity", company.entity_id, late_rate="15 %")
    assert service.figures(company.fiona, company.client_id, until=TUESDAY).agreed == "15 %"
    books.change("client", company.client_id, late_rate="ECB + 12")
    assert service.figures(company.fiona, company.client_id, until=TUESDAY).agreed == "ECB + 12"


def test_a_part_payment_lowers_the_base_from_its_day(
    database: Database, company: Company, service: LatePaymentService
) -> None:
    enter(database, company)
    books = Books(database, company.workspace_id, company.entity_id)
    a_receipt(database, company, minor=2_480_00, on=DUE + timedelta(days=10))
    books.change("open_item", company.item_id, open_minor=10_000_00)
    [found] = service.figures(company.fiona, company.client_id, until=TUESDAY).currencies
    assert [one.base_minor for one in found.items[0].periods] == [12_480_00, 10_000_00]


def test_a_dispute_that_names_no_invoice_is_about_all_of_them(
    database: Database, company: Company, service: LatePaymentService
) -> None:
    books = Books(database, company.workspace_id, company.entity_id)
    books.add(
        "dispute",
        key="d",
        client_id=company.client_id,
        currency="EUR",
        due_on=TUESDAY,
        opened_at=AT_TEN,
    )
    [found] = service.figures(company.fiona, company.client_id, until=TUESDAY).currencies
    assert found.fee_minor == 0


def test_an_act_interrupts_the_limitation(
    database: Database, company: Company, service: LatePaymentService
) -> None:
    books = Books(database, company.workspace_id, company.entity_id)
    books.add(
        "interruption",
        key="i",
        client_id=company.client_id,
        kind="acknowledgement",
        on=TUESDAY,
        made_at=AT_TEN,
    )
    [found] = service.figures(company.fiona, company.client_id, until=TUESDAY).currencies
    assert found.items[0].limitation.warning == date(2031, 11, 24)


def test_only_finance_sees_it(company: Company, service: LatePaymentService) -> None:
    with pytest.raises(NotAllowed):
        service.figures(company.anne, company.client_id, until=TUESDAY)
    with pytest.raises(NotFound):
        service.figures(company.fiona, 1, until=TUESDAY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"half_year": "2026"}, "half_year"),
        ({"legal": "x"}, "legal"),
        ({"ecb": "x"}, "ecb"),
        ({"source": " "}, "source"),
    ],
)
def test_a_rate_that_is_none_is_refused_at_its_field(
    database: Database, company: Company, changed: dict[str, str], field: str
) -> None:
    given = {"half_year": "2026-2", "legal": "2.62", "ecb": "2.15", "source": "s"} | changed
    with pytest.raises(InvalidInput) as refused:
        RateService(database, Clock()).add(company.fiona, given.pop("half_year"), **given)  # type: ignore[arg-type]
    assert refused.value.field == field
