"""Choosing, binding and setting a workspace."""

from pathlib import Path

import pytest

from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.services.workspaces.service import WorkspaceService
from storage.unit_of_work import Database
from tests.import_files import AT, open_desk, sale


@pytest.fixture
def service(sqlite_database: Database) -> WorkspaceService:
    """The service on an empty database."""
    return WorkspaceService(sqlite_database, lambda: AT)


def test_a_team_unknown_here_is_not_found(service: WorkspaceService) -> None:
    with pytest.raises(NotFound):
        service.choose("T404")


def test_a_bound_workspace_is_chosen_by_its_team(service: WorkspaceService) -> None:
    workspace_id = service.choose()
    service.bind(workspace_id, "T1", name="Acme")
    assert (service.choose("T1"), service.get(workspace_id).name) == (workspace_id, "Acme")


@pytest.mark.parametrize(
    ("pair", "key", "value"),
    [
        ("name=Acme", "name", "Acme"),
        ("currency=usd", "currency", "USD"),
        ("locale=en", "locale", "en"),
        ("time_zone=Europe/Brussels", "time_zone", "Europe/Brussels"),
        ("digest_at=08:30", "digest_at", "08:30"),
        ("finance_channel=C0FINANCE", "finance_channel", "C0FINANCE"),
        ("finance_name=Fiona", "finance_name", "Fiona"),
        ("formal=non", "formal", False),
        ("sales_see_totals=yes", "sales_see_totals", True),
    ],
)
def test_a_setting_is_kept(service: WorkspaceService, pair: str, key: str, value: object) -> None:
    workspace_id = service.choose()
    service.set(workspace_id, [pair], by="fiona")
    assert service.show(workspace_id)[key] == value


@pytest.mark.parametrize(
    "pair",
    [
        "locale=de",
        "currency=EURO",
        "time_zone=Paris",
        "digest_at=25:00",
        "finance_channel=#a b",
        "formal=perhaps",
        "iban=FR00",
        "terms=soon",
        "rhythm_days=0",
        "receipts_until=yesterday",
        "colour=blue",
        "formal",
        "name=" + "x" * 201,
    ],
)
def test_a_bad_setting_is_refused_and_changes_nothing(service: WorkspaceService, pair: str) -> None:
    workspace_id = service.choose()
    with pytest.raises(InvalidInput):
        service.set(workspace_id, ["name=Acme", pair], by="fiona")
    assert service.get(workspace_id).name == ""


def test_settings_of_the_company_need_its_books(service: WorkspaceService) -> None:
    with pytest.raises(NotFound):
        service.set(service.choose(), ["terms=45"], by="fiona")


def test_settings_of_the_company_are_kept(sqlite_database: Database, tmp_path: Path) -> None:
    desk = open_desk(sqlite_database, tmp_path)
    desk.fec([sale("C1", "FA-1", "20260110", 100)])
    service = WorkspaceService(sqlite_database, lambda: AT)
    pairs = [
        "entity_name=Acme SAS",
        "address=1 rue Haute",
        "iban=FR76 3000 6000 0112 3456 7890 189",
        "terms=45 fdm",
        "rhythm_days=7",
        "receipts_until=2026-11-20",
    ]
    service.set(desk.workspace_id, pairs, by="fiona")
    row = service.list_entities(desk.workspace_id)[0]
    assert (row.name, row.iban, row.default_terms, row.rhythm_days) == (
        "Acme SAS",
        "FR7630006000011234567890189",
        "45 FDM",
        7,
    )


def test_an_empty_value_clears_a_setting_of_the_company(
    sqlite_database: Database, tmp_path: Path
) -> None:
    desk = open_desk(sqlite_database, tmp_path)
    desk.fec([sale("C1", "FA-1", "20260110", 100)])
    service = WorkspaceService(sqlite_database, lambda: AT)
    service.set(desk.workspace_id, ["terms=45", "iban=", "receipts_until="], by="fiona")
    service.set(desk.workspace_id, ["terms="], by="fiona")
    assert service.list_entities(desk.workspace_id)[0].default_terms == ""


def test_one_of_several_companies_must_be_named(sqlite_database: Database, tmp_path: Path) -> None:
    desk = open_desk(sqlite_database, tmp_path)
    desk.fec([sale("C1", "FA-1", "20260110", 100)])
    desk.fec([sale("C1", "FA-1", "20260110", 100)], entity_siren="552100554", name="b.txt")
    service = WorkspaceService(sqlite_database, lambda: AT)
    with pytest.raises(Conflict):
        service.set(desk.workspace_id, ["terms=45"], by="fiona")


def test_choosing_the_only_workspace_waits_for_no_writer(
    service: WorkspaceService, sqlite_database: Database
) -> None:
    workspace_id = service.choose()
    with sqlite_database.write() as uow:
        uow.session.connection()
        assert service.choose() == workspace_id
