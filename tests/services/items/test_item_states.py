"""Parts of invoices that finance sets apart, and what becomes of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.actors import system
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.item_states import StateKind
from bot.services.alerts.service import AlertService
from bot.services.items.service import ItemStateService
from bot.services.lookups.service import LookupService
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company
from tests.import_files import Desk, open_desk, receipt, sale

NEXT_YEAR = TUESDAY + timedelta(days=365)


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def items(database: Database) -> ItemStateService:
    return ItemStateService(database, Clock())


def retain(items: ItemStateService, company: Company, **changed: Any) -> None:
    """Set 624 € of retention money apart, as Fiona."""
    values = {"kind": StateKind.RETENTION, "amount": "624", "due_on": NEXT_YEAR, "key": "k"}
    items.set_apart(company.fiona, company.item_id, **{**values, **changed})


def balance(database: Database, company: Company) -> dict[str, Any]:
    """Return the client's account as a script reads it."""
    asked = LookupService(database).balance_json(company.fiona, "C0412", today=TUESDAY)
    [found] = asked["balances"]
    return dict(found)


def test_retention_money_is_not_overdue_before_its_release(
    database: Database, company: Company, items: ItemStateService
) -> None:
    retain(items, company)
    account = balance(database, company)
    assert account["overdue_minor"] == 12_480_00 - 624_00
    assert account["net_minor"] == 12_480_00
    assert {"number": "F1", "due_on": NEXT_YEAR.isoformat(), "open_minor": 624_00}.items() <= (
        next(item for item in account["items"] if item["open_minor"] == 624_00).items()
    )


def test_an_invoice_wholly_sold_to_the_factor_raises_no_alert(
    database: Database, company: Company, items: ItemStateService
) -> None:
    retain(items, company, kind=StateKind.FACTORED, amount="")
    report = AlertService(database).preview(company.workspace_id, today=TUESDAY, now=AT_TEN)
    assert [line.change for line in report.alerts] == ["resolved"]


def test_recourse_brings_it_back_with_its_own_due_date(
    database: Database, company: Company, items: ItemStateService
) -> None:
    retain(items, company, kind=StateKind.FACTORED, amount="")
    [line] = items.list_states(company.fiona, company.client_id)
    items.put_back(company.fiona, line.id, key="back")
    [item] = balance(database, company)["items"]
    assert (item["due_on"], item["open_minor"]) == ("2026-10-24", 12_480_00)
    assert items.list_states(company.fiona, company.client_id) == []


def test_a_part_put_back_is_in_its_invoice_again(
    database: Database, company: Company, items: ItemStateService
) -> None:
    retain(items, company)
    [line] = items.list_states(company.fiona, company.client_id)
    items.put_back(company.fiona, line.id, key="back")
    [item] = balance(database, company)["items"]
    assert item["open_minor"] == 12_480_00


def test_a_double_click_sets_apart_once(
    database: Database, company: Company, items: ItemStateService
) -> None:
    retain(items, company)
    retain(items, company)
    assert len(items.list_states(company.fiona, company.client_id)) == 1


def test_what_was_typed_is_kept_sealed(
    database: Database, company: Company, items: ItemStateService
) -> None:
    retain(items, company, note="PV de réception signé")
    [line] = items.list_states(company.fiona, company.client_id)
    assert line.note == "PV de réception signé"
    with database.read() as uow:
        [row] = uow.session.connection().exec_driver_sql("SELECT note_sealed FROM item_state")
    assert "réception" not in row[0]


def test_a_part_is_set_apart_once_of_an_invoice(company: Company, items: ItemStateService) -> None:
    retain(items, company, amount="", kind=StateKind.BILL)
    with pytest.raises(InvalidInput):
        retain(items, company, key="again")


def test_put_back_twice_is_answered_clearly(company: Company, items: ItemStateService) -> None:
    retain(items, company)
    [line] = items.list_states(company.fiona, company.client_id)
    items.put_back(company.fiona, line.id, key="back")
    items.put_back(company.fiona, line.id, key="back")
    with pytest.raises(Conflict):
        items.put_back(company.fiona, line.id, key="other")


@pytest.mark.parametrize("field", ["due_on", "amount"])
def test_a_bad_field_is_refused(company: Company, items: ItemStateService, field: str) -> None:
    bad: dict[str, Any] = {"due_on": None} if field == "due_on" else {"amount": "99 999"}
    with pytest.raises(InvalidInput) as refused:
        retain(items, company, **bad)
    assert refused.value.field == field


def test_only_finance_may(company: Company, items: ItemStateService) -> None:
    with pytest.raises(NotAllowed):
        items.set_apart(
            company.anne, 1, kind=StateKind.BILL, amount="1", due_on=NEXT_YEAR, key="anne"
        )
    with pytest.raises(NotAllowed):
        items.put_back(company.anne, 1, key="anne")
    with pytest.raises(NotAllowed):
        items.list_states(company.anne, company.client_id)


def test_an_invoice_that_is_gone_is_said(company: Company, items: ItemStateService) -> None:
    with pytest.raises(NotFound):
        items.set_apart(
            company.fiona, 1, kind=StateKind.BILL, amount="1", due_on=NEXT_YEAR, key="x"
        )


@pytest.fixture
def desk(database: Database, tmp_path: Any) -> Desk:
    return open_desk(database, tmp_path)


def test_the_next_books_leave_what_is_set_apart_as_it_was_set(desk: Desk) -> None:
    sold = [sale("C1", "FA-1", "20260901", 100_000)]
    desk.fec(sold)
    [(item_id,)] = desk.rows("SELECT id FROM open_item")
    items = ItemStateService(desk.database, lambda: AT_TEN)
    items.set_apart(
        system(desk.workspace_id),
        item_id,
        kind=StateKind.RETENTION,
        amount="50,00",
        due_on=date(2027, 9, 1),
        key="k",
    )
    desk.fec([*sold, receipt("C1", "FA-1", "20261001", 95_000)])
    query = "SELECT kind, open_minor FROM open_item WHERE open_minor <> 0"
    assert desk.rows(query) == [("retention", 5_000)]
    desk.fec(
        [*sold, receipt("C1", "FA-1", "20261001", 95_000), receipt("C1", "FA-1", "20261101", 5_000)]
    )
    assert desk.rows(query) == []


def test_an_import_from_before_is_taken_back_with_the_part_still_apart(desk: Desk) -> None:
    sold = [sale("C1", "FA-1", "20260901", 100_000)]
    desk.fec(sold)
    desk.fec([*sold, sale("C1", "FA-2", "20260902", 7_000)])
    [(item_id,)] = desk.rows("SELECT id FROM open_item WHERE number = 'FA-1'")
    items = ItemStateService(desk.database, lambda: AT_TEN)
    items.set_apart(
        system(desk.workspace_id),
        item_id,
        kind=StateKind.RETENTION,
        amount="50,00",
        due_on=date(2027, 9, 1),
        key="k",
    )
    desk.imports.undo_last(desk.workspace_id, by="fiona", now=AT_TEN)
    found = desk.rows("SELECT kind, open_minor FROM open_item ORDER BY open_minor")
    assert found == [("retention", 5_000), ("invoice", 95_000)]
