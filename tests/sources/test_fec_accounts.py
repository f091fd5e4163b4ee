"""Client accounts of a FEC: what stays open, how items were settled, and always to the cent."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ledger import ClientKind, ItemKind, ParsedClient, SettledBy
from bot.sources import fec
from tests.sources.written_fec import Entry, write_fec

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "fec"


def account(folder: Path, *entries: Entry) -> ParsedClient:
    (client,) = fec.read(write_fec(folder, list(entries))).clients
    return client


def open_items(client: ParsedClient) -> list[tuple[str, ItemKind, int]]:
    return [(item.number, item.kind, item.open_minor) for item in client.items if item.open_minor]


def sale(number: str, minor: int, day: str = "20260115", **more: str) -> Entry:
    return Entry("VE", day, "DUP", minor, number=number, label=f"Facture {number}", **more)


def receipt(minor: int, day: str = "20260220", label: str = "VIR DUP", **more: str) -> Entry:
    return Entry("BQ", day, "DUP", -minor, number="VIR", label=label, **more)


def test_a_matched_group_is_closed_with_the_day_of_its_receipt(tmp_path: Path) -> None:
    client = account(tmp_path, sale("F1001", 1000, matching="A"), receipt(1000, matching="A"))
    (item,) = client.items
    assert (item.open_minor, [part.by for part in item.settled]) == (0, [SettledBy.RECEIPT])
    assert item.settled[0].on == date(2026, 2, 20)


def test_codes_differ_by_case(tmp_path: Path) -> None:
    client = account(
        tmp_path,
        sale("F1001", 1000, matching="a"),
        sale("F1002", 1000, "20260116", matching="A"),
        receipt(1000, matching="A"),
    )
    assert open_items(client) == [("F1001", ItemKind.INVOICE, 1000)]


def test_a_receipt_goes_to_the_invoice_its_label_names(tmp_path: Path) -> None:
    client = account(
        tmp_path, sale("F1001", 1000), sale("F1002", 1000), receipt(1000, label="VIR F1002")
    )
    assert open_items(client) == [("F1001", ItemKind.INVOICE, 1000)]


def test_a_receipt_goes_to_the_invoice_of_its_amount(tmp_path: Path) -> None:
    client = account(tmp_path, sale("F1001", 1000), sale("F1002", 700), receipt(700))
    assert open_items(client) == [("F1001", ItemKind.INVOICE, 1000)]


def test_another_receipt_goes_to_the_oldest(tmp_path: Path) -> None:
    client = account(tmp_path, sale("F1002", 1000, "20260120"), sale("F1001", 1000), receipt(300))
    assert open_items(client) == [
        ("F1002", ItemKind.INVOICE, 1000),
        ("F1001", ItemKind.INVOICE, 700),
    ]


def test_the_opening_amount_is_settled_first(tmp_path: Path) -> None:
    opening = Entry("AN", "20260101", "DUP", 500, number="RAN", label="A nouveau")
    client = account(
        tmp_path, opening, sale("F1001", 800, matching="A"), receipt(1300, matching="A")
    )
    assert open_items(client) == []


def test_a_receipt_without_invoice_stays_on_account(tmp_path: Path) -> None:
    client = account(tmp_path, receipt(300))
    assert open_items(client) == [("", ItemKind.PAYMENT_ON_ACCOUNT, -300)]
    assert (client.last_receipt_on, client.last_receipt_minor) == (date(2026, 2, 20), 300)


def test_an_advance_is_kept_beside_open_invoices(tmp_path: Path) -> None:
    client = account(tmp_path, sale("F1001", 1000), receipt(300, account="419100"))
    assert [kind for _, kind, _ in open_items(client)] == [
        ItemKind.INVOICE,
        ItemKind.PAYMENT_ON_ACCOUNT,
    ]


def test_a_credit_note_stays_open_in_matched_books(tmp_path: Path) -> None:
    client = account(
        tmp_path,
        sale("F1001", 1000),
        sale("AV2001", -300, "20260201"),
        sale("F1000", 50, matching="A"),
        receipt(50, matching="A"),
    )
    assert (("AV2001", ItemKind.CREDIT_NOTE, -300)) in open_items(client)


def test_a_credit_note_that_names_its_invoice_is_used(tmp_path: Path) -> None:
    note = Entry("VE", "20260201", "DUP", -300, number="AV2001", label="Avoir sur F1001")
    client = account(tmp_path, sale("F1001", 1000), note)
    (invoice,) = [item for item in client.items if item.open_minor]
    assert (invoice.open_minor, invoice.settled[0].by) == (700, SettledBy.CREDIT_NOTE)


def test_a_write_off_is_no_receipt(tmp_path: Path) -> None:
    loss = Entry("OD", "20260601", "DUP", -1000, against="654000")
    client = account(tmp_path, sale("F1001", 1000), loss)
    assert client.items[0].settled[0].by is SettledBy.WRITE_OFF
    assert client.last_receipt_on is None


def test_a_factored_invoice_says_so(tmp_path: Path) -> None:
    factor = Entry("OD", "20260601", "DUP", -1000, against="467000")
    client = account(tmp_path, sale("F1001", 1000), factor)
    assert client.items[0].settled[0].by is SettledBy.FACTOR


def test_an_unclear_credit_without_debit_is_unattributed(tmp_path: Path) -> None:
    client = account(tmp_path, Entry("OD", "20260601", "DUP", -1000, against="471000"))
    assert (client.items, client.unattributed_minor, client.net_minor) == ((), -1000, -1000)


def test_a_due_date_in_the_label_is_stated(tmp_path: Path) -> None:
    entry = Entry("VE", "20260115", "DUP", 1000, number="F1", label="Facture éch 28/02/26")
    assert account(tmp_path, entry).items[0].due_on == date(2026, 2, 28)


def test_a_batch_number_does_not_name_a_document(tmp_path: Path) -> None:
    client = account(tmp_path, sale("0000000", 1000))
    assert client.items[0].number == ""


def test_keys_are_the_same_in_a_newer_file(tmp_path: Path) -> None:
    first = account(tmp_path, sale("F1001", 1000), sale("F1001", 1000))
    newer = account(
        tmp_path, sale("F0999", 5), sale("F1001", 1000), sale("F1001", 1000), receipt(1000)
    )
    keys = {item.key for item in first.items}
    assert len(keys) == 2
    assert keys < {item.key for item in newer.items}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("RECETTE CB", ClientKind.TILL),
        ("Caisse", ClientKind.TILL),
        ("Ventes comptoir", ClientKind.TILL),
        ("Clients divers", ClientKind.COLLECTIVE),
        ("Clients comptoir", ClientKind.COLLECTIVE),
        ("Client de passage", ClientKind.COLLECTIVE),
        ("Filiale intra-groupe Lyon", ClientKind.INTRA_GROUP),
        ("Ventes au personnel", ClientKind.STAFF),
        ("Caisse d'Epargne", ClientKind.ORDINARY),
        ("Le Comptoir des Tissus", ClientKind.ORDINARY),
        ("Dupont CB Plomberie", ClientKind.ORDINARY),
    ],
)
def test_kinds_are_proposed_by_the_whole_name(tmp_path: Path, name: str, kind: ClientKind) -> None:
    assert account(tmp_path, Entry("VE", "20260115", "X", 10, name=name)).kind is kind


def test_an_account_416_is_doubtful(tmp_path: Path) -> None:
    entry = Entry("OD", "20260115", "X", 10, account="416000", against="471000")
    assert account(tmp_path, entry).kind is ClientKind.DOUBTFUL


def test_the_year_comes_from_opening_entries_and_file_name(tmp_path: Path) -> None:
    opening = Entry("AN", "20260101", "DUP", 500)
    ledger = fec.read(write_fec(tmp_path, [opening, sale("F1", 10)]))
    assert (ledger.starts_on, ledger.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (ledger.receipts_until, ledger.sales_until) == (None, date(2026, 1, 15))


@pytest.mark.parametrize(
    ("name", "siren"),
    [
        ("732829320FEC20261231.txt", "732829320"),
        ("732829320fec20261231-1.TXT", "732829320"),
        ("000000000FEC20231231.txt", None),
        ("0000000001FEC20220831.txt", None),
        ("123456789FEC20261231.txt", None),
        ("export.txt", None),
    ],
)
def test_the_siren_of_a_file_name(name: str, siren: str | None) -> None:
    assert fec.siren_of_file_name(name) == siren


ENTRIES = st.builds(
    Entry,
    journal=st.sampled_from(["VE", "BQ", "OD", "AN"]),
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(lambda day: day.strftime("%Y%m%d")),
    client=st.sampled_from(["A", "B", "C"]),
    minor=st.integers(-10_000, 10_000),
    number=st.sampled_from(["F1001", "F1002", "RAN", "0000"]),
    label=st.sampled_from(["VIR F1001", "Facture", "acompte", "éch 31/12/26"]),
    matching=st.sampled_from(["", "", "A", "a", "B"]),
    account=st.sampled_from(["411000", "413000", "416000", "419100"]),
)


@settings(max_examples=60, deadline=None)
@given(entries=st.lists(ENTRIES, min_size=1, max_size=25))
def test_any_ledger_adds_up_to_the_cent(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    ledger = fec.read(write_fec(tmp_path_factory.mktemp("fec"), entries))
    for client in ledger.clients:
        expected = sum(entry.minor for entry in entries if entry.client == client.code)
        opened = sum(item.open_minor for item in client.items)
        assert opened + client.unattributed_minor == client.net_minor == expected
        for item in client.items:
            closed = sum(part.minor for part in item.settled)
            assert abs(item.open_minor) + closed == abs(item.minor)
            assert item.open_minor * item.minor >= 0
        assert len({item.key for item in client.items}) == len(client.items)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")
@pytest.mark.parametrize("path", sorted(REAL.glob("*.txt")) if REAL.is_dir() else [])
def test_real_files_reconcile_per_client(path: Path) -> None:
    expected: dict[str, int] = {}
    header, *rows = path.read_text("utf-8-sig").splitlines()
    at = {name: place for place, name in enumerate(header.split("\t"))}
    for row in (line.split("\t") for line in rows):
        if row[at["CompteNum"]].startswith("411"):
            debit, credit = (int(row[at[name]].replace(",", "")) for name in ("Debit", "Credit"))
            code = row[at["CompAuxNum"]]
            expected[code] = expected.get(code, 0) + debit - credit
    ledger = fec.read(path)
    assert {client.code: client.net_minor for client in ledger.clients} == expected
    for client in ledger.clients:
        opened = sum(item.open_minor for item in client.items)
        assert opened + client.unattributed_minor == client.net_minor
