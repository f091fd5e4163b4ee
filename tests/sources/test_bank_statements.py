"""Bank statements: both formats, what real ones deviate in, and documents that are hostile."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.bank.statement import LineSort, Movement
from bot.domain.errors import PermanentSourceError
from bot.sources.bank_statements import looks_like_bank_statement, read_bank_statement
from bot.sources.file_kinds import kind_of_file
from tests.sources.written_statements import (
    IBAN,
    camt053,
    cfonb120,
    complement,
    entry,
    payment,
    record,
)

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "bank"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="real statements are not here")


def only(path: Path) -> Movement:
    """Return the only movement of a file."""
    (statement,) = read_bank_statement(path).statements
    (move,) = statement.movements
    return move


@needs_samples
def test_the_real_statements_of_two_versions_are_read() -> None:
    read = [
        read_bank_statement(SAMPLES / f"camt053.{name}.xml")
        for name in ("v8", "v2.multi.statement")
    ]
    assert [[len(s.movements) for s in each.statements] for each in read] == [[1], [1, 1]]


@needs_samples
def test_the_real_cfonb_statement_holds_three_accounts() -> None:
    read = read_bank_statement(SAMPLES / "cfonb120_pennylane_example.txt")
    assert [len(each.movements) for each in read.statements] == [2, 1, 3]


@needs_samples
def test_an_impossible_date_is_a_refused_record_not_a_refused_file() -> None:
    read = read_bank_statement(SAMPLES / "cfonb120_invalid_date.txt")
    assert ([row.line for row in read.rejected], read.rows) == ([1], 1)


def test_a_file_is_recognised_by_its_content(tmp_path: Path) -> None:
    files = camt053(tmp_path / "a.xml", entry("1.00")), cfonb120(tmp_path / "a.txt", record("01"))
    assert [kind_of_file(path) for path in files] == ["bank", "bank"]


def test_another_xml_document_is_no_statement(tmp_path: Path) -> None:
    other = tmp_path / "a.xml"
    other.write_text("<a><b><BkToCstmrStmt/></b></a>")
    assert not looks_like_bank_statement(other)


def test_a_broken_xml_document_is_no_statement(tmp_path: Path) -> None:
    other = tmp_path / "a.xml"
    other.write_text("no xml")
    assert not looks_like_bank_statement(other)


def test_a_file_that_is_gone_is_no_statement(tmp_path: Path) -> None:
    assert not looks_like_bank_statement(tmp_path / "gone.txt")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "a.txt"
    other.write_text("code;name\n")
    with pytest.raises(PermanentSourceError, match="no bank statement"):
        read_bank_statement(other)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = camt053(tmp_path / "a.xml", entry("1.00"))
    path.write_text('<!DOCTYPE a [<!ENTITY x "y">]>' + path.read_text().partition("?>")[2])
    with pytest.raises(PermanentSourceError, match="cannot be read"):
        read_bank_statement(path)


def test_a_document_cut_short_is_refused(tmp_path: Path) -> None:
    path = camt053(tmp_path / "a.xml", entry("1.00"))
    path.write_text(path.read_text()[:-60])
    with pytest.raises(PermanentSourceError, match="cannot be read"):
        read_bank_statement(path)


@pytest.mark.parametrize("version", ["02", "04", "06", "08"])
def test_payer_and_text_are_read_in_every_version(tmp_path: Path, version: str) -> None:
    details = payment("Menuiserie Duval", "FA2026-0411", older=version < "06")
    move = only(camt053(tmp_path / "a.xml", entry("1200.00", details), version=version))
    assert (move.payer, move.text, move.minor) == ("Menuiserie Duval", "FA2026-0411", 120_000)


def test_a_batch_is_as_many_movements_as_payments(tmp_path: Path) -> None:
    batch = payment("Un", "F1", amount="40.00") + payment("Deux", "F2", amount="60.00")
    (statement,) = read_bank_statement(
        camt053(tmp_path / "a.xml", entry("100.00", batch))
    ).statements
    assert [(m.payer, m.minor) for m in statement.movements] == [("Un", 4_000), ("Deux", 6_000)]


def test_a_batch_that_does_not_add_up_stays_one_movement(tmp_path: Path) -> None:
    batch = payment("Un", "F1", amount="40.00") + payment("Deux", "F2", amount="50.00")
    assert only(camt053(tmp_path / "a.xml", entry("100.00", batch))).text == "F1 F2 Deux"


def test_an_instant_counts_as_its_local_day(tmp_path: Path) -> None:
    day = "<DtTm>2026-11-16T00:30:00+01:00</DtTm>"
    assert only(camt053(tmp_path / "a.xml", entry("1.00", day=day))).booked_on == date(2026, 11, 16)


@pytest.mark.parametrize(
    "more",
    [
        "<RvslInd>true</RvslInd>",
        "<BkTxCd><Domn><Fmly><SubFmlyCd>UPDD</SubFmlyCd></Fmly></Domn></BkTxCd>",
    ],
)
def test_money_taken_back_is_a_rejected_payment(tmp_path: Path, more: str) -> None:
    move = only(camt053(tmp_path / "a.xml", entry("1.00", sign="DBIT", more=more)))
    assert move.sort is LineSort.REJECTED


def test_the_bank_says_why_money_came_back(tmp_path: Path) -> None:
    details = "<TxDtls><RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf></TxDtls>"
    move = only(camt053(tmp_path / "a.xml", entry("1.00", details, sign="DBIT")))
    assert (move.sort, move.reject_code) == (LineSort.REJECTED, "AM04")


def test_our_own_payment_coming_back_is_no_receipt(tmp_path: Path) -> None:
    move = only(camt053(tmp_path / "a.xml", entry("1.00", more="<RvslInd>true</RvslInd>")))
    assert move.sort is LineSort.OTHER


def test_what_is_not_booked_yet_is_left_out(tmp_path: Path) -> None:
    read = read_bank_statement(
        camt053(tmp_path / "a.xml", entry("1.00", status="<Sts><Cd>PDNG</Cd></Sts>"))
    )
    assert (read.rows, read.statements[0].movements) == (0, [])


@pytest.mark.parametrize(
    ("bad", "column"),
    [
        (entry("1.234"), "amount"),
        (entry("1,00"), "amount"),
        (entry("1.00", sign="?"), "amount"),
        (entry("1.00", day="<Dt>2026-13-01</Dt>"), "date"),
    ],
)
def test_a_bad_entry_is_refused_and_the_others_are_taken(
    tmp_path: Path, bad: str, column: str
) -> None:
    read = read_bank_statement(camt053(tmp_path / "a.xml", bad, entry("2.00")))
    assert ([row.column for row in read.rejected], read.statements[0].movements[0].minor) == (
        [column],
        200,
    )


def test_balances_of_another_currency_do_not_count(tmp_path: Path) -> None:
    balance = (
        "<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy='{}'>{}</Amt>"
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-17</Dt></Dt></Bal>"
    )
    more = balance.format("OPBD", "EUR", "5.00") + balance.format("CLBD", "SEK", "9.00")
    (statement,) = read_bank_statement(
        camt053(tmp_path / "a.xml", entry("1.00"), more=more)
    ).statements
    assert (statement.opening_minor, statement.closing_minor) == (500, None)


def test_a_statement_says_up_to_when_it_goes(tmp_path: Path) -> None:
    more = "<FrToDt><ToDtTm>2026-11-18T12:00:00</ToDtTm></FrToDt>"
    (statement,) = read_bank_statement(
        camt053(tmp_path / "a.xml", entry("1.00"), more=more)
    ).statements
    assert statement.last_day == date(2026, 11, 18)


def test_both_formats_name_the_same_account(tmp_path: Path) -> None:
    one = read_bank_statement(cfonb120(tmp_path / "a.txt", record("04", 100))).statements[0]
    other = read_bank_statement(camt053(tmp_path / "a.xml", entry("1.00"))).statements[0]
    assert one.number == other.number == IBAN


@pytest.mark.parametrize("minor", [0, 1, -1, 120_000, -120_007])
def test_the_last_sign_holds_digit_and_sign(tmp_path: Path, minor: int) -> None:
    assert only(cfonb120(tmp_path / "a.txt", record("04", minor))).minor == minor


@pytest.mark.parametrize(("decimals", "minor"), [("0", 120_000), ("2", 1_200), ("3", 120)])
def test_decimals_are_those_of_the_record(tmp_path: Path, decimals: str, minor: int) -> None:
    path = cfonb120(tmp_path / "a.txt", record("04", 1_200, decimals=decimals))
    assert only(path).minor == minor


def test_complements_give_the_payer_and_more_text(tmp_path: Path) -> None:
    path = cfonb120(
        tmp_path / "a.txt",
        record("04", 100, label="VIR RECU"),
        complement("NPY", "Menuiserie Duval"),
        complement("LCC", "FA2026-0411"),
        complement("LC2", "FA2026-0412"),
    )
    assert (only(path).payer, only(path).text) == (
        "Menuiserie Duval",
        "VIR RECU FA2026-0411 FA2026-0412",
    )


def test_complements_before_their_operation_are_its_own(tmp_path: Path) -> None:
    path = cfonb120(tmp_path / "a.txt", complement("NPY", "Duval"), record("04", 100))
    assert (
        only(cfonb120(path, record("01"), complement("NPY", "Duval"), record("04", 100))).payer
        == "Duval"
    )


def test_a_complement_of_nothing_is_refused(tmp_path: Path) -> None:
    path = cfonb120(tmp_path / "a.txt", record("04", 1), complement("NPY", "X", day="171126"))
    assert [row.line for row in read_bank_statement(path).rejected] == [2]


@pytest.mark.parametrize(
    ("label", "reject"), [("PRLV SEPA", "10"), ("IMPAYE LCR", ""), ("REJET PRLV", "")]
)
def test_an_unpaid_direct_debit_or_bill_is_a_rejected_payment(
    tmp_path: Path, label: str, reject: str
) -> None:
    move = only(cfonb120(tmp_path / "a.txt", record("04", -100, label=label, reject=reject)))
    assert (move.sort, move.reject_code) == (LineSort.REJECTED, reject.strip("0"))


def test_spaces_between_records_and_for_zeros_change_nothing(tmp_path: Path) -> None:
    spaced = record("04", 100).replace("0000000000010{", "           10{")
    assert only(cfonb120(tmp_path / "a.txt", "", record("01"), "", spaced)).minor == 100


@pytest.mark.parametrize(
    "bad",
    [
        record("04", 1) + "   too long",
        record("09", 1),
        record("04", 1).replace("30003", "3000X"),
        record("04", 1)[:103] + "?",
        record("04", 1_234, decimals="3"),
        record("04", 1, day="321326"),
    ],
)
def test_a_bad_record_is_refused_and_the_others_are_taken(tmp_path: Path, bad: str) -> None:
    read = read_bank_statement(cfonb120(tmp_path / "a.txt", record("01"), bad, record("04", 7)))
    assert (len(read.rejected), read.statements[0].movements[0].minor) == (1, 7)


@pytest.mark.parametrize(("closing", "agrees"), [(300, True), (301, False)])
def test_balances_and_movements_are_compared(tmp_path: Path, closing: int, agrees: bool) -> None:
    records = record("01", 100), record("04", 200), record("07", closing, day="171126")
    (statement,) = read_bank_statement(cfonb120(tmp_path / "a.txt", *records)).statements
    assert (statement.adds_up, statement.last_day) == (agrees, date(2026, 11, 17))
