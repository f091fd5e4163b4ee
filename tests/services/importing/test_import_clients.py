"""Client and people files: what they add to the books, and what they leave alone."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.errors import NotFound
from bot.services.workspaces.people import PeopleService
from storage.unit_of_work import Database
from tests.acting import actor_of
from tests.import_files import AT, Desk, open_desk, receipt, sale

PEOPLE = (
    "email;slack_user_id;name;roles;channel;manager",
    "anne@acme.example;U0ANNE;Anne Petit;sales;C0ANNE;nadia@acme.example",
    "nadia@acme.example;U0NADIA;Nadia Roux;manager,finance;;",
)
CLIENTS = "code;name;siren;owner;terms;credit_limit;phone;email;contact;function;kind"


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    """A workspace with one invoice and two people, once on each engine."""
    desk = open_desk(database, tmp_path)
    desk.fec([sale("C1", "FA-1", "20261001", 10_000), sale("C2", "FA-2", "20261001", 10_000)])
    desk.bring(desk.table("people.csv", *PEOPLE))
    return desk


def clients(desk: Desk, *rows: str, **options: object) -> object:
    """Import a client file."""
    return desk.bring(desk.table("clients.csv", CLIENTS, *rows), **options)


def test_people_get_their_manager(desk: Desk) -> None:
    rows = desk.rows("SELECT p.name, m.name FROM person p JOIN person m ON m.id = p.manager_id")
    assert rows == [("Anne Petit", "Nadia Roux")]


def test_the_same_people_again_change_nothing(desk: Desk) -> None:
    before = desk.dump()
    report = desk.bring(desk.table("people.csv", *PEOPLE))
    assert (report.changed, desk.dump()) == (0, before)


def test_an_unknown_manager_is_refused_and_named(desk: Desk) -> None:
    row = "karim@acme.example;U0KARIM;Karim;sales;;nobody@acme.example"
    report = desk.bring(desk.table("people.csv", PEOPLE[0], row))
    assert [(each.column, each.text) for each in report.rejected] == [
        ("manager", "nobody@acme.example")
    ]


def test_an_unknown_manager_is_found_by_the_line_and_header_of_the_file(desk: Desk) -> None:
    header = "Mail;Nom;Rôle;Responsable"
    rows = ("anne@acme.example;Anne;sales;", "karim@acme.example;Karim;sales;nobody@acme.example")
    report = desk.bring(desk.table("team.csv", header, "", *rows), kind="people")
    assert [(each.line, each.column) for each in report.rejected] == [(4, "Responsable")]


def test_an_unknown_owner_is_found_by_the_line_and_header_of_the_file(desk: Desk) -> None:
    header, rows = "Code client;Commercial", ("C1;anne@acme.example", "C2;who@acme.example")
    report = desk.bring(desk.table("clients.csv", header, *rows), kind="clients")
    assert [(each.line, each.column) for each in report.rejected] == [(3, "Commercial")]


def test_an_address_and_a_slack_id_of_two_people_are_refused(desk: Desk) -> None:
    row = "anne@acme.example;U0NADIA;Anne;sales;;"
    report = desk.bring(desk.table("people.csv", PEOPLE[0], row))
    assert [each.column for each in report.rejected] == ["slack_user_id"]


def test_undo_of_people_removes_them(desk: Desk) -> None:
    desk.imports.undo_last(desk.workspace_id, by="fiona", now=AT)
    assert desk.rows("SELECT COUNT(*) FROM person") == [(0,)]


def test_an_actor_is_found_with_their_team(desk: Desk) -> None:
    people = PeopleService(desk.database, lambda: AT)
    anne = people.get_person(desk.workspace_id, "Anne@acme.example")
    assert actor_of(desk.database, desk.workspace_id, "U0NADIA").team == {anne.id}


def test_an_unknown_person_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        PeopleService(desk.database, lambda: AT).get_person(desk.workspace_id, "who@x.example")


def test_a_client_file_gives_owners(desk: Desk) -> None:
    clients(desk, "C1;Roy SARL;;anne@acme.example;;;;;;;", "C2;;;U0NADIA;;;;;;;")
    rows = desk.rows(
        "SELECT c.code, p.name FROM client c JOIN person p ON p.id = c.owner_id ORDER BY c.code"
    )
    assert rows == [("C1", "Anne Petit"), ("C2", "Nadia Roux")]


def test_an_unknown_owner_is_refused_and_the_rest_of_its_row_kept(desk: Desk) -> None:
    report = desk.bring(desk.table("clients.csv", CLIENTS, "C1;Roy SARL;;who@acme.example;;;;;;;"))
    named = [(each.column, each.text) for each in report.rejected]
    assert (named, desk.rows("SELECT name FROM client WHERE code = 'C1'")) == (
        [("owner", "C1: who@acme.example")],
        [("Roy SARL",)],
    )


def test_a_client_renamed_in_the_books_keeps_its_identity(desk: Desk) -> None:
    before = desk.rows("SELECT id, name FROM client WHERE code = 'C1'")[0]
    renamed = sale("C1", "FA-1", "20261001", 10_000, name="Royal SAS")
    desk.fec([renamed, sale("C2", "FA-2", "20261001", 10_000)])
    after = desk.rows("SELECT id, name, search_name FROM client WHERE code = 'C1'")[0]
    assert (before[0], after) == (after[0], (before[0], "Royal SAS", "royal"))


def test_a_name_from_a_client_file_is_not_undone_by_the_books(desk: Desk) -> None:
    clients(desk, "C1;Roy SARL;;;;;;;;;")
    renamed = sale("C1", "FA-1", "20261001", 10_000, name="Royal SAS")
    desk.fec([renamed, sale("C2", "FA-2", "20261001", 10_000)])
    assert desk.rows("SELECT name FROM client WHERE code = 'C1'") == [("Roy SARL",)]


def test_undo_of_a_renaming_gives_the_name_back(desk: Desk) -> None:
    before = desk.dump()["client"]
    renamed = sale("C1", "FA-1", "20261001", 10_000, name="Royal SAS")
    desk.fec([renamed, sale("C2", "FA-2", "20261001", 10_000)])
    desk.imports.undo_last(desk.workspace_id, by="fiona", now=AT)
    assert desk.dump()["client"] == before


def test_new_terms_date_the_clients_items_anew(desk: Desk) -> None:
    clients(desk, "C1;;;;45 FDM;;;;;;")
    rows = desk.rows("SELECT due_on, due_from FROM open_item WHERE number = 'FA-1'")
    assert rows == [(date(2026, 11, 30).toordinal(), "terms")]


def test_new_terms_tell_anew_how_late_a_client_pays(desk: Desk) -> None:
    desk.fec(
        [
            sale("C1", "FA-1", "20261001", 10_000),
            sale("C2", "FA-2", "20261001", 10_000),
            receipt("C1", "FA-1", "20261115", 10_000),
        ]
    )
    late = "SELECT usual_delay_days, settled_count FROM balance WHERE settled_count > 0"
    before = desk.dump()
    assert desk.rows(late) == [(15, 1)]
    clients(desk, "C1;;;;45 FDM;;;;;;")
    assert desk.rows(late) == [(-15, 1)]
    desk.imports.undo_last(desk.workspace_id, by="fiona", now=AT)
    assert desk.dump() == before


def test_terms_of_a_client_hold_for_its_next_items(desk: Desk) -> None:
    clients(desk, "C1;;;;60;;;;;;")
    desk.fec(
        [
            sale("C1", "FA-1", "20261001", 10_000),
            sale("C2", "FA-2", "20261001", 10_000),
            sale("C1", "FA-3", "20261101", 10_000),
        ]
    )
    rows = desk.rows("SELECT due_on, due_from FROM open_item WHERE number = 'FA-3'")
    assert rows == [(date(2026, 12, 31).toordinal(), "terms")]


def test_undo_of_a_client_file_restores_terms_and_due_dates(desk: Desk) -> None:
    before = desk.dump()
    clients(desk, "C1;Roy SARL;;;45 FDM;5000;0400000012;;Claire;accounts;", "C9;New;;;;;;;;;")
    desk.imports.undo_last(desk.workspace_id, by="fiona", now=AT)
    assert desk.dump() == before


def test_contacts_are_sealed(desk: Desk) -> None:
    clients(desk, "C1;;;;;;0400000012;claire@roy.example;Claire Roy;accounts;")
    rows = desk.rows("SELECT name_sealed, phone_sealed, email_sealed FROM contact")
    opened = [desk.database.vault.unseal(desk.workspace_id, text) for text in rows[0]]
    assert ("Claire" in str(rows), opened) == (
        False,
        ["Claire Roy", "0400000012", "claire@roy.example"],
    )


def test_a_contact_with_another_address_is_written_to_again(desk: Desk) -> None:
    row = "C1;;;;;;0400000012;{};Claire Roy;accounts;"
    clients(desk, row.format("claire@roy.example"))
    with desk.database.write() as uow:
        uow.session.execute(text("UPDATE contact SET unusable_since = '2026-11-24 09:00:00'"))
        uow.commit()
    clients(desk, row.format("claire@roy.example").replace("0012", "0013"))
    assert desk.rows("SELECT COUNT(unusable_since) FROM contact") == [(1,)]
    clients(desk, row.format("c.roy@roy.example"))
    assert desk.rows("SELECT COUNT(unusable_since) FROM contact") == [(0,)]


def test_two_rows_of_one_client_are_two_contacts(desk: Desk) -> None:
    clients(desk, "C1;;;;;;;;Claire;accounts;", "C1;;;;;;;;Marc;purchasing;")
    assert desk.rows("SELECT COUNT(*) FROM contact") == [(2,)]


def test_the_same_client_file_again_changes_nothing(desk: Desk) -> None:
    row = "C1;Roy SARL;732829320;U0ANNE;30;5000;0400000012;;Claire;accounts;till"
    clients(desk, row)
    before = desk.dump()
    clients(desk, row)
    assert desk.dump() == before


def test_an_empty_cell_changes_nothing(desk: Desk) -> None:
    clients(desk, "C1;Roy SARL;;;30;5000;;;;;")
    clients(desk, "C1;;;U0ANNE;;;;;;;")
    rows = desk.rows("SELECT name, terms, credit_limit_minor FROM client WHERE code = 'C1'")
    assert rows == [("Roy SARL", "30", 500_000)]


def test_a_kind_given_by_finance_is_not_proposed_away(desk: Desk) -> None:
    clients(desk, "C1;;;;;;;;;;till")
    desk.fec(
        [
            sale("C1", "FA-1", "20261001", 10_000),
            sale("C2", "FA-2", "20261001", 10_000),
            sale("C1", "FA-3", "20261101", 10_000),
        ]
    )
    assert desk.rows("SELECT kind FROM client WHERE code = 'C1'") == [("till",)]


def test_a_column_mapping_is_kept_for_the_next_file(desk: Desk) -> None:
    header, row = "Identifiant maison;Nom complet du compte", "C1;Roy SARL"
    mapping = {"code": "Identifiant maison", "name": "Nom complet du compte"}
    desk.bring(desk.table("a.csv", header, row), kind="clients", mapping=mapping)
    desk.bring(desk.table("b.csv", header, "C2;Bel SAS"), kind="clients")
    assert desk.rows("SELECT name FROM client ORDER BY code") == [("Roy SARL",), ("Bel SAS",)]


def test_a_preview_changes_nothing(desk: Desk) -> None:
    before = desk.dump()
    shown = desk.imports.preview(desk.table("clients.csv", CLIENTS, "C7;New;;;;;;;;;"))
    assert (shown.kind, desk.dump()) == ("clients", before)


@pytest.mark.parametrize(("said", "kept"), [("oui", True), ("non", False), ("", None)])
def test_a_client_file_says_whether_goods_stay_ours_until_paid(
    desk: Desk, said: str, kept: bool | None
) -> None:
    desk.bring(desk.table("clients.csv", "code;nom;réserve de propriété", f"C1;Roy;{said}"))
    found = desk.rows("SELECT retention_of_title FROM client WHERE code = 'C1'")[0][0]
    assert (None if found is None else bool(found)) is kept


def test_a_column_that_says_nothing_leaves_it_as_it_was(desk: Desk) -> None:
    desk.bring(desk.table("clients.csv", "code;nom;réserve de propriété", "C1;Roy;oui"))
    desk.bring(desk.table("clients.csv", "code;nom", "C1;Menuiserie Roy"))
    assert bool(desk.rows("SELECT retention_of_title FROM client WHERE code = 'C1'")[0][0])


def test_neither_yes_nor_no_is_refused(desk: Desk) -> None:
    report = desk.bring(desk.table("c.csv", "code;nom;réserve de propriété", "C1;Roy;peut-être"))
    assert [row.reason for row in report.rejected] == ["neither yes nor no"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [("12,5 %", "12.5 %"), ("3 x légal", "3 x legal"), ("BCE + 10", "ECB + 10"), ("", "")],
)
def test_a_client_file_says_the_rate_agreed_for_late_payment(
    desk: Desk, said: str, kept: str
) -> None:
    desk.bring(desk.table("clients.csv", "code;nom;taux de pénalités", f"C1;Roy;{said}"))
    assert desk.rows("SELECT late_rate FROM client WHERE code = 'C1'") == [(kept,)]


def test_a_file_without_the_rate_leaves_it_as_it_was(desk: Desk) -> None:
    desk.bring(desk.table("clients.csv", "code;nom;late_rate", "C1;Roy;15"))
    desk.bring(desk.table("clients.csv", "code;nom", "C1;Menuiserie Roy"))
    assert desk.rows("SELECT late_rate FROM client WHERE code = 'C1'") == [("15 %",)]


def test_a_rate_that_is_none_rejects_its_row_alone(desk: Desk) -> None:
    rows = ("C1;Roy;beaucoup", "C2;Lemoine;12")
    report = desk.bring(desk.table("clients.csv", "code;nom;late_rate", *rows))
    assert [row.column for row in report.rejected] == ["late_rate"]
    kept = desk.rows("SELECT code, late_rate FROM client WHERE code IN ('C1', 'C2') ORDER BY code")
    assert kept == [("C1", ""), ("C2", "12 %")]
