"""Client, people and open-item files: columns recognised, rows reported, sums kept."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.errors import PermanentSourceError
from bot.domain.ledger import ClientKind, ItemKind, ParsedLedger
from bot.sources import tables
from tests.sources.written_fec import Entry, write_fec

TODAY = date(2026, 11, 24)


def written(folder: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def open_items(folder: Path, text: str) -> ParsedLedger:
    return tables.read_open_items(written(folder, text), today=TODAY)


def test_canonical_client_columns_need_no_mapping(tmp_path: Path) -> None:
    text = (
        "code,name,siren,owner,terms,credit_limit,currency,phone,email,contact,function,"
        "parent_siren,kind\n"
        'DUP,Dupont,732829320,anne@x.fr,30 FDM,"10 000,50",EUR,0102030405,a@b.fr,Léa,'
        "achats,552032534,ordinary\n"
    )
    row = tables.read_clients(written(tmp_path, text)).rows[0]
    assert (row.code, row.siren, row.terms) == ("DUP", "732829320", "30 FDM")
    assert (row.credit_limit_minor, row.kind) == (1000050, ClientKind.ORDINARY)
    assert (row.owner, row.contact, row.parent_siren) == ("anne@x.fr", "Léa", "552032534")


def test_french_client_columns_are_recognised(tmp_path: Path) -> None:
    text = (
        "N° client;Raison sociale;SIRET;Commercial;Délai de paiement;Encours autorisé;Ville\r\n"
        "DUP;Établissements Dupont;73282932000074;anne@x.fr;FDM 45;5000;Lyon\r\n"
    )
    row = tables.read_clients(written(tmp_path, text, encoding="cp1252")).rows[0]
    assert (row.name, row.siren, row.terms) == ("Établissements Dupont", "732829320", "FDM 45")
    assert (row.credit_limit_minor, row.town) == (500000, "Lyon")


def test_an_explicit_mapping_wins_over_the_guess(tmp_path: Path) -> None:
    path = written(tmp_path, "Zone A;Nom;Code\nDUP;Dupont;X\n")
    assert tables.read_clients(path, {"code": "Zone A"}).rows[0].code == "DUP"


def test_a_mapping_to_an_absent_header_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "code;name\nDUP;Dupont\n")
    with pytest.raises(PermanentSourceError) as caught:
        tables.read_clients(path, {"owner": "Vendeur"})
    assert caught.value.code == "bad_mapping"


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (";Dupont;;;;", "code", "no client code"),
        ("DUP;Dupont;123456789;;;", "siren", "not a SIREN"),
        ("DUP;Dupont;000000000;;;", "siren", "not a SIREN"),
        ("DUP;Dupont;;soon;;", "terms", "not payment terms"),
        ("DUP;Dupont;;;1.234;", "credit_limit", "ambiguous amount"),
        ("DUP;Dupont;;;;nowhere", "email", "not an e-mail address"),
    ],
)
def test_bad_client_cells_reject_their_row(
    tmp_path: Path, row: str, column: str, reason: str
) -> None:
    path = written(tmp_path, f"code;name;siren;terms;credit_limit;email\n{row}\nOK;Fine;;;;\n")
    table = tables.read_clients(path)
    assert [(bad.line, bad.column, bad.reason) for bad in table.rejected] == [(2, column, reason)]
    assert [client.code for client in table.rows] == ["OK"]


def test_people_with_french_roles(tmp_path: Path) -> None:
    text = (
        "email,slack_user_id,name,roles,channel,manager\na@b.fr,U1,Anne,commercial;admin,,n@b.fr\n"
    )
    row = tables.read_people(written(tmp_path, text)).rows[0]
    assert (row.roles, row.slack_user_id, row.manager) == (("sales", "admin"), "U1", "n@b.fr")


def test_people_with_an_unknown_role_are_rejected(tmp_path: Path) -> None:
    table = tables.read_people(written(tmp_path, "email,roles\na@b.fr,wizard\n"))
    assert [(row.column, row.reason, row.text) for row in table.rejected] == [
        ("roles", "not a role", "wizard")
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [("anne;C0ANNE", "slack_user_id"), ("U0ANNE;#ventes", "channel"), ("U0ANNE;ventes", "channel")],
)
def test_names_are_no_slack_ids(tmp_path: Path, row: str, column: str) -> None:
    read = tables.read_people(written(tmp_path, f"slack_user_id;channel\n{row}\n"))
    assert [(bad.column, bad.reason) for bad in read.rejected] == [(column, "not a Slack id")]


def test_canonical_open_items(tmp_path: Path) -> None:
    text = (
        "client_code,client_name,number,issued_on,due_on,amount,open_amount,currency,type\n"
        "DUP,Dupont,F1,2026-01-15,2026-02-15,1200.00,700.00,EUR,invoice\n"
        "DUP,Dupont,AV1,2026-01-20,,100.00,100.00,EUR,credit_note\n"
    )
    client = open_items(tmp_path, text).clients[0]
    assert client.net_minor == 60000
    assert [(item.kind, item.minor, item.open_minor) for item in client.items] == [
        (ItemKind.INVOICE, 120000, 70000),
        (ItemKind.CREDIT_NOTE, -10000, -10000),
    ]


def test_french_open_items_with_title_and_total(tmp_path: Path) -> None:
    text = (
        "\ufeffPostes ouverts au 31/10/2026;;;;\r\n\r\n"
        "Tiers;N° facture;Date facture;Échéance;Reste dû\r\n"
        "Dupont;F1;15/01/2026;15/02/2026;1 200,50\r\n"
        "Dupont;F2;15/03/2026;15/04/2026;-200,50\r\n"
        "Total général;;;;1 000,00\r\n"
    )
    ledger = open_items(tmp_path, text)
    assert (ledger.clients[0].net_minor, ledger.rows) == (100000, 2)
    assert (ledger.last_entry_on, ledger.receipts_until) == (date(2026, 10, 31),) * 2


def test_a_total_row_that_disagrees_stops_the_import(tmp_path: Path) -> None:
    text = "client;numero;date;solde\nDupont;F1;15/01/2026;10,00\nTotal;;;12,00\n"
    with pytest.raises(PermanentSourceError) as caught:
        open_items(tmp_path, text)
    assert caught.value.code == "total_mismatch"


def test_each_currency_of_a_client_is_an_account(tmp_path: Path) -> None:
    text = (
        "client_code,number,issued_on,open_amount,currency\n"
        "DUP,F1,2026-01-15,10.00,EUR\nDUP,F2,2026-01-15,10,USD\nDUP,F3,2026-01-15,500,JPY\n"
    )
    accounts = open_items(tmp_path, text).clients
    assert {(one.code, one.currency): one.net_minor for one in accounts} == {
        ("DUP", "EUR"): 1000,
        ("DUP", "USD"): 1000,
        ("DUP", "JPY"): 500,
    }


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (";F1;2026-01-15;10.00;", "client_code", "no client"),
        ("DUP;F1;;10.00;", "issued_on", "no issue date"),
        ("DUP;F1;31/02/2026;10.00;", "issued_on", "not a date"),
        ("DUP;F1;2026-01-15;1.234;", "open_amount", "ambiguous amount"),
        ("DUP;F1;2026-01-15;abc;", "open_amount", "not an amount"),
        ("DUP;F1;2026-01-15;10000000000000,01;", "open_amount", "not an amount"),
        ("DUP;F1;2026-01-15;99999999999999999999;", "open_amount", "not an amount"),
        ("DUP;F1;2026-01-15;;", "open_amount", "no amount"),
        ("DUP;F1;2026-01-15;10.00;Euros", "currency", "not a currency"),
        ("DUP;F1;2026-01-15;10.00;EUO", "currency", "not a currency"),
    ],
)
def test_bad_open_item_cells_reject_their_row(
    tmp_path: Path, row: str, column: str, reason: str
) -> None:
    head = "client_code;number;issued_on;open_amount;currency\n"
    ledger = open_items(tmp_path, f"{head}{row}\nOK;F2;2026-01-15;5.00;EUR\n")
    assert [(bad.line, bad.column, bad.reason) for bad in ledger.rejected] == [(2, column, reason)]
    assert (ledger.rows, ledger.accepted) == (2, 1)


def test_equal_rows_have_different_keys(tmp_path: Path) -> None:
    head = "client_code;number;issued_on;open_amount\n"
    items = open_items(tmp_path, head + "DUP;F1;2026-01-15;5.00\n" * 3).clients[0].items
    assert len({item.key for item in items}) == 3


def test_what_is_paid_reduces_the_amount(tmp_path: Path) -> None:
    head = "client;facture;date;montant ttc;deja regle\n"
    item = open_items(tmp_path, head + "Dupont;F1;15/01/2026;100,00;40,00\n").clients[0].items[0]
    assert (item.minor, item.open_minor) == (10000, 6000)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("code,name,owner\nA,B,c@d.fr\n", "clients"),
        ("email,slack_user_id,name,roles,channel,manager\na@b.fr,,,,,\n", "people"),
        ("client_code,number,issued_on,open_amount\nA,1,2026-01-01,1.00\n", "open_items"),
        ("code,name,email,phone\nA,B,c@d.fr,1\n", "clients"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_columns(tmp_path: Path, text: str, kind: str) -> None:
    assert tables.detect_kind(written(tmp_path, text)) == kind


def test_a_fec_is_told_by_its_columns(tmp_path: Path) -> None:
    path = write_fec(tmp_path, [Entry("VE", "20260115", "DUP", 100)], name="export.csv")
    assert tables.detect_kind(path) == "fec"


@pytest.mark.parametrize(
    ("text", "code"),
    [("a;b\n1;2\n", "unknown_file"), ("Client;Non échu;1-30 j;Total\nX;1;2;3\n", "aged_balance")],
)
def test_files_of_no_known_kind_are_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(PermanentSourceError) as caught:
        tables.detect_kind(written(tmp_path, text))
    assert caught.value.code == code


def test_the_preview_shows_the_mapping_and_what_it_leaves(tmp_path: Path) -> None:
    shown = tables.preview(
        written(tmp_path, "Code client;Nom;Humeur\nDUP;Dupont;gaie\n"), "clients"
    )
    assert shown.mapping == {"code": "Code client", "name": "Nom"}
    assert (shown.unmapped, shown.rows) == (("Humeur",), (("DUP", "Dupont", "gaie"),))


def test_hostile_and_huge_text_passes_unchanged(tmp_path: Path) -> None:
    name = "<!channel> *x* 😀 " + "é" * 10_000
    path = written(tmp_path, f"code;name\nDUP;{name}\n")
    assert tables.read_clients(path).rows[0].name == name
