"""Books imported, imported again, refused: what changes and what is asked."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.errors import Conflict, PermanentSourceError
from tests.import_files import Desk, receipt, sale
from tests.services.importing.real_books import BOOKS, REAL_FECS, owed_by


def test_a_report_has_the_agreed_shape(desk: Desk) -> None:
    report = desk.fec(BOOKS).as_json()
    assert {key: report[key] for key in ("kind", "clients", "open_items", "totals", "as_of")} == {
        "kind": "fec",
        "clients": 2,
        "open_items": 3,
        "totals": [
            {
                "currency": "EUR",
                "net_minor": 240_050,
                "open_minor": 240_050,
                "unattributed_minor": 0,
            }
        ],
        "as_of": "2026-11-24",
    }


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.fec([*BOOKS, receipt("C1", "FA-1001", "20260301", 120_000)])
    before = desk.dump()
    again = desk.fec([*BOOKS, receipt("C1", "FA-1001", "20260301", 120_000)])
    assert (again.changed, desk.dump()) == (0, before)


def test_the_same_file_again_is_not_recorded_as_an_import(light: Desk) -> None:
    light.fec(BOOKS)
    light.fec(BOOKS)
    assert light.rows("SELECT COUNT(*) FROM import_run") == [(1,)]


def test_a_newer_file_settles_what_was_paid(desk: Desk) -> None:
    desk.fec(BOOKS)
    desk.fec([*BOOKS, receipt("C1", "FA-1001", "20261110", 120_000)])
    assert (desk.open_items(), desk.settled("FA-1001")) == (
        {"FA-1002": 50_000, "FA-1003": 70_050},
        [("receipt", 120_000)],
    )


def test_a_newer_file_writes_only_what_changed(light: Desk) -> None:
    light.fec(BOOKS)
    report = light.fec([*BOOKS, receipt("C1", "FA-1001", "20261110", 120_000)])
    assert report.changed == 3  # the item, its settlement, the account


def test_a_settled_debt_leaves_an_event_for_its_client(desk: Desk) -> None:
    desk.fec(BOOKS)
    desk.fec([*BOOKS, receipt("C1", "FA-1001", "20261110", 120_000)])
    kinds = desk.rows("SELECT kind FROM event WHERE client_id IS NOT NULL")
    assert kinds == [("items_settled",)]


def test_an_import_raises_the_names_version(light: Desk) -> None:
    light.fec(BOOKS)
    assert light.rows("SELECT names_version FROM workspace") == [(1,)]


def test_the_payment_record_counts_days_from_the_due_date(light: Desk) -> None:
    light.fec([*BOOKS, receipt("C1", "FA-1001", "20260219", 120_000)])
    record = light.rows(
        "SELECT paid_count, usual_delay_days, least_delay_days, most_delay_days "
        "FROM balance WHERE paid_count > 0"
    )
    assert record == [(1, 10, 10, 10)]


def test_an_invoice_paid_in_part_does_not_make_a_paying_habit(light: Desk) -> None:
    light.fec([*BOOKS, receipt("C1", "FA-1001", "20260219", 60_000)])
    assert light.rows("SELECT DISTINCT settled_count FROM balance") == [(0,)]


def test_the_paying_habit_sets_recent_invoices_against_earlier_ones(light: Desk) -> None:
    light.fec(
        [
            line
            for month, paid_on in enumerate(
                ("20260205", "20260305", "20260405", "20260530", "20260630", "20260730"), start=1
            )
            for line in (
                sale("C1", f"FA-{month}", f"2026{month:02}05", 10_000),
                receipt("C1", f"FA-{month}", paid_on, 10_000),
            )
        ]
    )
    habit = light.rows(
        "SELECT settled_count, recent_delay_days, earlier_delay_days, early_quartile_days, "
        "late_quartile_days FROM balance"
    )
    assert habit == [(6, 25, 1, 1, 25)]


def test_a_list_settles_the_items_it_no_longer_has(desk: Desk) -> None:
    desk.items("C1;Roy;F1;2026-10-01;2026-10-31;100;100;;", "C1;Roy;F2;2026-10-02;;50;50;;")
    desk.items("C1;Roy;F2;2026-10-02;;50;50;;")
    assert (desk.open_items(), desk.settled("F1")) == ({"F2": 5_000}, [("receipt", 10_000)])


def test_a_list_settles_with_the_credit_notes_that_went_with_the_debt(desk: Desk) -> None:
    desk.items("C1;Roy;F1;2026-10-01;;100;100;;", "C1;Roy;A1;2026-10-02;;-30;-30;;credit note")
    desk.items("C2;Bel;F9;2026-10-02;;50;50;;")
    assert desk.settled("F1") == [("credit_note", 3_000), ("receipt", 7_000)]


def test_a_list_says_what_was_paid_of_an_item(desk: Desk) -> None:
    desk.items("C1;Roy;F1;2026-10-01;;100;100;;")
    desk.items("C1;Roy;F1;2026-10-01;;100;40;;")
    assert desk.settled("F1") == [("receipt", 6_000)]


def test_currencies_of_one_client_are_separate_accounts(light: Desk) -> None:
    light.items("C1;Roy;F1;2026-10-01;;100;100;EUR;", "C1;Roy;F2;2026-10-01;;80;80;USD;")
    rows = light.rows("SELECT currency, net_minor FROM balance ORDER BY currency")
    assert rows == [("EUR", 10_000), ("USD", 8_000)]


def test_a_stated_due_date_is_not_lost_to_the_estimate_of_a_fec(light: Desk) -> None:
    light.items("C1;Client C1;FA-1001;2026-01-10;2026-04-30;1200;1200;;")
    light.fec([sale("C1", "FA-1001", "20260110", 120_000)])
    rows = light.rows("SELECT due_on, due_from FROM open_item")
    assert rows == [(date(2026, 4, 30).toordinal(), "stated")]


def test_terms_given_with_the_file_estimate_due_dates(light: Desk) -> None:
    light.fec([sale("C1", "FA-1001", "20260110", 120_000)], terms="60")
    rows = light.rows("SELECT due_on, due_from FROM open_item")
    assert rows == [(date(2026, 3, 11).toordinal(), "estimated")]


def test_a_first_import_makes_its_entity_whatever_the_file_is_called(light: Desk) -> None:
    light.fec(BOOKS, name="export.txt")
    assert light.rows("SELECT siren FROM entity") == [(None,)]


def test_a_file_name_gives_the_entity_its_siren(light: Desk) -> None:
    light.fec(BOOKS)
    assert light.rows("SELECT siren FROM entity") == [("732829320",)]


def test_a_file_of_another_company_is_refused_with_a_question(light: Desk) -> None:
    light.fec(BOOKS)
    with pytest.raises(Conflict) as refused:
        light.fec(BOOKS, name="552100554FEC20261231.txt")
    assert (refused.value.code, "?" in refused.value.message) == ("other_entity", True)


def test_saying_whose_file_it_is_opens_a_second_company(light: Desk) -> None:
    light.fec(BOOKS)
    light.fec(BOOKS, name="552100554FEC20261231.txt", entity_siren="552100554")
    assert light.rows("SELECT COUNT(*) FROM client") == [(4,)]


def test_a_file_with_far_fewer_lines_is_asked_about(light: Desk) -> None:
    light.fec(BOOKS)
    with pytest.raises(Conflict) as refused:
        light.fec(BOOKS[:1])
    assert (refused.value.code, light.open_items()["FA-1003"]) == ("shrink", 70_050)


def test_force_answers_the_question_of_a_shrink(light: Desk) -> None:
    light.fec(BOOKS)
    light.fec(BOOKS[:1], force=True)
    assert light.open_items() == {"FA-1001": 120_000}


@pytest.mark.parametrize("text", ["JournalCode\tnothing\nVE\tx\n", "not,a,ledger\n1,2,3\n", ""])
def test_an_unusable_file_changes_nothing(light: Desk, text: str) -> None:
    light.fec(BOOKS)
    before = light.dump()
    path = light.folder / "bad.txt"
    path.write_text(text)
    with pytest.raises(PermanentSourceError):
        light.bring(path)
    assert light.dump() == before


def test_a_missing_file_is_named(light: Desk) -> None:
    with pytest.raises(PermanentSourceError, match=r"absent\.csv"):
        light.bring(light.folder / "absent.csv")


def test_bad_rows_are_reported_and_kept_with_the_run(light: Desk) -> None:
    report = light.items("C1;Roy;F1;2026-10-01;;100;100;;", "C1;Roy;F2;yesterday;;50;50;;")
    stored = light.rows('SELECT line, "column" FROM rejected_row')
    assert (len(report.rejected), stored) == (1, [(report.rejected[0].line, "issued_on")])


@pytest.mark.parametrize("path", REAL_FECS, ids=[path.name for path in REAL_FECS])
def test_real_books_reconcile_to_the_cent(desk: Desk, path: Path) -> None:
    desk.bring(path, today=date(2024, 1, 2))
    stored = desk.rows(
        "SELECT c.code, b.net_minor, b.unattributed_minor + COALESCE((SELECT SUM(i.open_minor) "
        "FROM open_item i WHERE i.client_id = c.id), 0) FROM balance b JOIN client c "
        "ON c.id = b.client_id"
    )
    owed = owed_by(path)
    assert {(str(code), int(net), int(items)) for code, net, items in stored} == {
        (code, minor, minor) for code, minor in owed.items()
    }
