"""Bank statements into the workspace: what is kept, whose it is, and how far receipts are known."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.errors import Conflict
from bot.services.importing.service import ImportReport
from storage import entities
from storage.unit_of_work import Database
from tests.import_files import AT, SIREN, Desk, open_desk, sale
from tests.sources.written_statements import IBAN, camt053, cfonb120, entry, payment, record

OTHER = "443061841"


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    desk = open_desk(database, tmp_path)
    desk.fec([sale("C1", "FA2026-0411", "20261001", 120_000, name="MENUISERIE DUVAL")])
    return desk


def bring(desk: Desk, *entries: str, name: str = "a.xml", **options: str) -> ImportReport:
    return desk.bring(camt053(desk.folder / name, *(entries or (received(),))), **options)


def received(text: str = "FA2026-0411", amount: str = "1200.00") -> str:
    return entry(amount, payment("Menuiserie Duval", text))


def kept(desk: Desk) -> list[int]:
    return [minor for (minor,) in desk.rows("SELECT minor FROM bank_line ORDER BY id")]


def until(desk: Desk) -> date | None:
    with desk.database.read() as uow:
        (one, *_) = entities.list_entities(uow.session, workspace_id=desk.workspace_id)
    return one.receipts_stated_until


def state_iban(desk: Desk, siren: str, iban: str) -> None:
    with desk.database.write() as uow:
        rows = entities.list_entities(uow.session, workspace_id=desk.workspace_id)
        id = next(one.id for one in rows if one.siren == siren)
        entities.set_entity(
            uow.session, workspace_id=desk.workspace_id, id=id, values={"iban": iban}
        )
        uow.commit()


def second_company(desk: Desk) -> None:
    with desk.database.write() as uow:
        entities.add_entity(
            uow.session,
            workspace_id=desk.workspace_id,
            id=7,
            siren=OTHER,
            currency="EUR",
            now=AT,
        )
        uow.commit()


def test_money_that_came_in_is_kept(desk: Desk) -> None:
    bring(desk)
    assert kept(desk) == [120_000]


def test_what_the_company_paid_is_never_stored(desk: Desk) -> None:
    bring(desk, entry("2100.00", payment("Salaire", "novembre"), sign="DBIT"))
    assert kept(desk) == []


def test_money_taken_back_is_kept(desk: Desk) -> None:
    bring(desk, entry("50.00", sign="DBIT", more="<RvslInd>true</RvslInd>"))
    assert kept(desk) == [-5_000]


def test_bank_details_and_names_are_sealed(desk: Desk) -> None:
    bring(desk)
    rows = desk.rows("SELECT payer_sealed, text_sealed, number_sealed FROM bank_line, bank_account")
    assert not any(word in str(rows) for word in ("Duval", "FA2026", IBAN))


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    bring(desk)
    assert (bring(desk).run_id, kept(desk)) == (None, [120_000])


def test_a_statement_that_overlaps_adds_only_what_is_new(desk: Desk) -> None:
    bring(desk)
    bring(desk, received(), received("FA2026-0412", "80.00"), name="b.xml")
    assert kept(desk) == [120_000, 8_000]


def test_the_same_payment_twice_on_one_day_is_two_payments(desk: Desk) -> None:
    bring(desk, received(), received())
    assert kept(desk) == [120_000, 120_000]


def test_receipts_are_known_up_to_the_last_day_of_the_statement(desk: Desk) -> None:
    bring(desk)
    assert until(desk) == date(2026, 11, 16)


def test_an_older_statement_does_not_make_receipts_older(desk: Desk) -> None:
    bring(desk)
    bring(desk, entry("1.00", day="<Dt>2026-11-02</Dt>"), name="b.xml")
    assert until(desk) == date(2026, 11, 16)


def test_a_statement_from_the_future_says_nothing_of_receipts(desk: Desk) -> None:
    bring(desk, entry("1.00", day="<Dt>2027-11-02</Dt>"))
    assert until(desk) is None


def test_the_iban_says_whose_account_it_is(desk: Desk) -> None:
    second_company(desk)
    state_iban(desk, OTHER, IBAN)
    assert bring(desk).entity_id == 7


def test_an_account_once_said_stays_that_company_s(desk: Desk) -> None:
    second_company(desk)
    bring(desk, entity_siren=OTHER)
    assert bring(desk, received("FA2026-0412"), name="b.xml").entity_id == 7


@pytest.mark.parametrize("how", ["two companies", "another IBAN", "another SIREN"])
def test_an_unknown_account_is_asked_about(desk: Desk, how: str) -> None:
    if how == "two companies":
        second_company(desk)
    if how == "another IBAN":
        state_iban(desk, SIREN, "FR7610107001011234567890129")
    options = {"entity_siren": "552032534"} if how == "another SIREN" else {}
    with pytest.raises(Conflict) as question:
        bring(desk, **options)
    assert question.value.code == "which_entity"


def test_another_company_s_account_is_asked_about(desk: Desk) -> None:
    second_company(desk)
    bring(desk, entity_siren=OTHER)
    with pytest.raises(Conflict) as question:
        bring(desk, entity_siren=SIREN)
    assert question.value.code == "other_entity"


def test_bad_lines_are_reported_and_the_others_taken(desk: Desk) -> None:
    report = bring(desk, entry("1,00"), received())
    assert (report.rows, report.accepted, len(report.rejected)) == (2, 1, 1)


def test_a_statement_with_a_gap_is_noticed(desk: Desk) -> None:
    records = record("01", 100), record("04", 200), record("07", 900)
    report = desk.bring(cfonb120(desk.folder / "a.txt", *records))
    assert report.warnings[0].startswith("The balances and movements of the account …")


def test_several_days_in_one_file_are_one_account(desk: Desk) -> None:
    days = record("01", 0), record("04", 200), record("07", 200), record("04", 300)
    desk.bring(cfonb120(desk.folder / "a.txt", *days))
    assert desk.rows("SELECT count(*) FROM bank_account") == [(1,)]


def test_an_import_of_a_statement_is_taken_back_whole(desk: Desk) -> None:
    bring(desk)
    desk.imports.undo_last(desk.workspace_id, by="fiona", now=AT)
    assert (kept(desk), until(desk)) == ([], None)


def test_the_same_account_in_another_format_adds_nothing(desk: Desk) -> None:
    bring(desk)
    operation = record("04", 120_000, label="VIR DUVAL FA2026-0411")
    desk.bring(cfonb120(desk.folder / "a.txt", record("01", 0), operation, record("07", 120_000)))
    assert kept(desk) == [120_000]


def test_what_the_other_format_alone_tells_is_added(desk: Desk) -> None:
    bring(desk)
    operation = record("04", 8_000, label="VIR DUVAL FA2026-0412")
    desk.bring(cfonb120(desk.folder / "a.txt", record("01", 0), operation, record("07", 8_000)))
    assert kept(desk) == [120_000, 8_000]
