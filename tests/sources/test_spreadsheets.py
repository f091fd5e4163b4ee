"""XLSX files are read like the others: dates are dates, numbers are exact."""

import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from bot.domain.errors import PermanentSourceError
from bot.sources import tables

TODAY = date(2026, 11, 24)
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell(value: str | float | date) -> str:
    if isinstance(value, date):
        serial = (value - date(1899, 12, 30)).days
        return f'<c s="1"><v>{serial}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def write_xlsx(path: Path, rows: list[list[str | float | date]]) -> Path:
    body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Feuille" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{NAMESPACE}"><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{NAMESPACE}"><sheetData>{body}'
        "</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_open_items_of_a_spreadsheet(tmp_path: Path) -> None:
    rows: list[list[str | float | date]] = [
        ["Code client", "Client", "N° facture", "Date facture", "Échéance", "Montant TTC"],
        [411.0, "Dupont", "F1", date(2026, 1, 15), date(2026, 2, 15), 1200.1],
        ["Total", "", "", "", "", 1200.1],
    ]
    ledger = tables.read_open_items(write_xlsx(tmp_path / "items.xlsx", rows), today=TODAY)
    (client,) = ledger.clients
    assert (client.code, client.net_minor) == ("411", 120010)
    assert client.items[0].due_on == date(2026, 2, 15)


def test_a_number_of_a_spreadsheet_is_never_ambiguous(tmp_path: Path) -> None:
    rows: list[list[str | float | date]] = [["code", "credit_limit"], ["DUP", 1.234]]
    table = tables.read_clients(write_xlsx(tmp_path / "clients.xlsx", rows))
    assert (table.rows[0].credit_limit_minor, table.rejected) == (123, ())


def test_phones_and_identifiers_keep_their_digits(tmp_path: Path) -> None:
    rows: list[list[str | float | date]] = [
        ["code", "siren", "phone"],
        ["DUP", 732829320.0, 33612345678.0],
    ]
    row = tables.read_clients(write_xlsx(tmp_path / "clients.xlsx", rows)).rows[0]
    assert (row.siren, row.phone) == ("732829320", "33612345678")


def test_the_kind_of_a_spreadsheet_is_told_by_its_columns(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "people.xlsx", [["email", "roles"], ["a@b.fr", "finance"]])
    assert tables.detect_kind(path) == "people"


def test_a_broken_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(PermanentSourceError) as caught:
        tables.detect_kind(path)
    assert caught.value.code == "bad_spreadsheet"
