"""Electronic invoices into the books: kept, tied to an item, its due date and SIREN used."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import Conflict
from bot.services.importing.service import ImportReport
from storage import e_invoices
from storage.unit_of_work import Database
from tests.import_files import SIREN, Desk, open_desk, sale
from tests.sources.written_e_invoices import BUYER, cii, legal, terms

NUMBER = "FA-2026-0117"
MARTIN = "C1"


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return open_desk(database, tmp_path)


def bring(desk: Desk, name: str = "invoice.xml", options: Any = None, **said: Any) -> ImportReport:
    """Import an invoice of 1,200 euros to Menuiserie Roy, but for what is said."""
    path = desk.folder / name
    path.write_bytes(cii(**said))
    return desk.bring(path, **(options or {}))


def books(desk: Desk, number: str = NUMBER, name: str = "MENUISERIE ROY SARL") -> ImportReport:
    """Import books with that invoice, without a due date."""
    return desk.fec([sale(MARTIN, number, "20260901", 120000, name=name)])


def due(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.rows("SELECT due_on, due_from FROM open_item")


def siren(desk: Desk) -> str | None:
    found: str | None = desk.rows("SELECT siren FROM client")[0][0]
    return found


OCTOBER = date(2026, 10, 31).toordinal()


def test_an_invoice_gives_its_item_the_due_date_that_the_books_lack(desk: Desk) -> None:
    books(desk)
    bring(desk)
    assert due(desk) == [(OCTOBER, "stated")]


def test_number_and_name_together_give_the_client_its_siren(desk: Desk) -> None:
    books(desk)
    bring(desk)
    assert siren(desk) == BUYER


def test_a_number_without_the_name_only_suggests_the_siren(desk: Desk) -> None:
    books(desk, name="Atelier Durand")
    bring(desk)
    links = desk.rows("SELECT siren, state FROM siren_link")
    assert (siren(desk), links) == (None, [(BUYER, "suggested")])


def test_a_company_that_finance_refused_is_not_linked_by_itself(desk: Desk) -> None:
    books(desk, name="Atelier Durand")
    bring(desk)
    with desk.database.write() as work:
        work.session.connection().exec_driver_sql("UPDATE siren_link SET state = 'rejected'")
        work.session.connection().exec_driver_sql("UPDATE client SET name = 'Menuiserie Roy'")
        work.commit()
    bring(desk, number="FA 2026 0117")
    assert siren(desk) is None


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    books(desk)
    bring(desk)
    assert bring(desk).run_id is None


def test_another_file_of_the_same_invoice_is_asked_about(desk: Desk) -> None:
    books(desk)
    bring(desk)
    with pytest.raises(Conflict) as question:
        bring(desk, total="1300.00")
    assert question.value.code == "other_invoice"


def test_said_to_replace_it_does(desk: Desk) -> None:
    books(desk)
    bring(desk)
    bring(desk, options={"force": True}, total="1300.00")
    assert desk.rows("SELECT minor FROM e_invoice") == [(130000,)]


def test_another_company_s_invoice_is_asked_about(desk: Desk) -> None:
    books(desk)
    with pytest.raises(Conflict) as question:
        bring(desk, seller_numbers=legal("443061841"))
    assert question.value.code == "other_entity"


def test_an_invoice_before_any_books_is_asked_about(desk: Desk) -> None:
    with pytest.raises(Conflict) as question:
        bring(desk)
    assert question.value.code == "which_entity"


def test_an_invoice_does_not_say_by_itself_who_we_are(desk: Desk) -> None:
    desk.items("C1;Roy;FA-1;2026-09-01;2026-10-31;1200,00;1200,00;EUR;invoice")
    with pytest.raises(Conflict) as question:
        bring(desk)
    assert question.value.code == "which_entity"


def test_an_invoice_that_names_no_seller_is_asked_about(desk: Desk) -> None:
    books(desk)
    with pytest.raises(Conflict) as question:
        bring(desk, seller_numbers="")
    assert question.value.code == "which_entity"


def test_said_to_be_ours_it_is_taken(desk: Desk) -> None:
    books(desk)
    report = bring(desk, seller_numbers="", options={"entity_siren": SIREN})
    assert report.open_items == 1


def test_an_invoice_that_came_before_its_entry_is_tied_when_the_books_have_it(desk: Desk) -> None:
    books(desk, number="FA-2026-0001")
    bring(desk)
    desk.fec(
        [
            sale(MARTIN, "FA-2026-0001", "20260901", 120000, name="MENUISERIE ROY SARL"),
            sale(MARTIN, NUMBER, "20260901", 120000, name="MENUISERIE ROY SARL"),
        ]
    )
    found = desk.rows(f"SELECT due_on, due_from FROM open_item WHERE number = '{NUMBER}'")
    assert (found, siren(desk)) == ([(OCTOBER, "stated")], BUYER)


def test_its_due_date_outlives_the_next_import_of_the_books(desk: Desk) -> None:
    books(desk)
    bring(desk, settlement=terms(text="45 jours"))
    before = due(desk)
    desk.fec(
        [
            sale(MARTIN, NUMBER, "20260901", 120000, name="MENUISERIE ROY SARL"),
            sale("C2", "FA-9", "20260902", 5000),
        ]
    )
    after = desk.rows(f"SELECT due_on, due_from FROM open_item WHERE number = '{NUMBER}'")
    assert (before, after) == ([(date(2026, 10, 16).toordinal(), "terms")], before)


def test_undone_everything_is_as_it_was(desk: Desk) -> None:
    books(desk)
    before = desk.dump()
    bring(desk)
    desk.imports.undo_last(desk.workspace_id, by="fiona", now=desk.imports._clock())
    assert (desk.dump(), desk.rows("SELECT id FROM e_invoice")) == (before, [])


def test_a_client_known_under_another_siren_keeps_it_and_finance_is_told(desk: Desk) -> None:
    books(desk)
    bring(desk)
    report = bring(
        desk, "b.xml", number=NUMBER, issued_on="20260902", buyer_numbers=legal("443061841")
    )
    assert (siren(desk), len(report.warnings)) == (BUYER, 1)


def test_the_document_comes_back_as_it_was_and_is_sealed_at_rest(desk: Desk) -> None:
    books(desk)
    bring(desk)
    client_id = desk.rows("SELECT id FROM client")[0][0]
    with desk.database.read() as work:
        files = e_invoices.list_files(
            work.session, workspace_id=desk.workspace_id, client_id=client_id, numbers=[NUMBER]
        )
    kept = str(desk.rows("SELECT * FROM e_invoice"))
    assert (files[0].content == cii(), "Menuiserie Roy" in kept) == (True, False)


def test_the_entity_of_the_invoice_is_that_of_its_seller(desk: Desk) -> None:
    books(desk)
    bring(desk)
    found = desk.rows("SELECT e.siren FROM e_invoice d JOIN entity e ON e.id = d.entity_id")
    assert found == [(SIREN,)]
