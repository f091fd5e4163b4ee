"""Electronic invoices: what each form says, and the traps of real ones."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.e_invoices import EInvoice
from bot.domain.errors import PermanentSourceError
from bot.domain.ledger import DueFrom
from bot.sources.e_invoices import looks_like_e_invoice, read_e_invoice
from tests.sources.written_e_invoices import BUYER, cii, legal, terms, vat, write_pdf

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "einvoice"
sampled = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recorded invoices are not here")
OCTOBER = date(2026, 10, 31)


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    return tmp_path / "invoice.xml"


def read(path: Path, content: bytes) -> EInvoice:
    path.write_bytes(content)
    return read_e_invoice(path)


@sampled
@pytest.mark.parametrize(
    ("name", "number", "minor", "left_minor", "due"),
    [
        ("Facture_FR_BASICWL.pdf", "FA-2017-0010", 67115, 47015, date(2017, 12, 13)),
        ("Facture_FR_MINIMUM.pdf", "FA-2017-0010", 67115, 47015, None),
        ("Avoir_FR_type381_BASIC.pdf", "AV-2017-0005", -23347, 23347, None),
        ("CII_example3.xml", "TOSL108", 112500, 112500, date(2013, 5, 10)),
        ("factur-x-basicwl.xml", "F20260023", 10490, 10490, date(2026, 3, 2)),
        ("factur-x-en16931.xml", "F20260023", 10490, 10490, date(2026, 3, 2)),
        ("factur-x-minimum.xml", "F20260023", 10490, 10490, None),
        ("ubl-21-en16931.xml", "F124212", 30803, 20803, date(2026, 7, 16)),
        ("ubl-tc434-example5.xml", "TOSL110", 467500, 233750, date(2013, 5, 10)),
    ],
)
def test_a_recorded_invoice_says_its_number_amounts_and_due_date(
    name: str, number: str, minor: int, left_minor: int, due: date | None
) -> None:
    invoice = read_e_invoice(SAMPLES / name)
    day = invoice.due[0] if invoice.due else None
    assert (invoice.number, invoice.minor, invoice.left_minor, day) == (
        number,
        minor,
        left_minor,
        due,
    )


@sampled
@pytest.mark.parametrize("name", ["Facture_FR_BASICWL.pdf", "ubl-21-en16931.xml"])
def test_a_recorded_invoice_names_its_two_companies(name: str) -> None:
    invoice = read_e_invoice(SAMPLES / name)
    assert (invoice.seller.siren, invoice.buyer.siren) == ("999999998", "787878784")


def test_the_invoice_of_a_pdf_is_found_by_its_name_behind_other_files(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "f.pdf", Bon_de_livraison__pdf=b"%PDF-", FACTUR_X__xml=cii())
    assert read_e_invoice(path).number == "FA-2026-0117"


def test_spaces_and_line_breaks_around_values_are_none_of_them(xml: Path) -> None:
    assert read(xml, cii(number="\n  FA 12 \n")).number == "FA 12"


@pytest.mark.parametrize(
    "numbers",
    [
        legal(BUYER),
        legal(BUYER + "00646"),
        legal(BUYER + "00646", "0009"),
        vat("FR 27 552 032 534"),
        legal(BUYER) + vat("FR27552032534"),
    ],
    ids=["siren", "siret-under-0002", "siret", "vat", "both"],
)
def test_the_buyer_is_known_by_any_of_its_numbers(xml: Path, numbers: str) -> None:
    assert read(xml, cii(buyer_numbers=numbers)).buyer.siren == BUYER


@pytest.mark.parametrize(
    "numbers",
    ["", legal("123456789"), legal("000000000"), legal("DK16356706"), legal(BUYER, "0088")],
    ids=["none", "no-checksum", "zeros", "danish", "a-place"],
)
def test_a_number_that_is_no_siren_names_no_company(xml: Path, numbers: str) -> None:
    assert read(xml, cii(buyer_numbers=numbers)).buyer.siren == ""


def test_numbers_of_two_companies_name_neither(xml: Path) -> None:
    assert read(xml, cii(buyer_numbers=legal(BUYER) + vat("FR44732829320"))).buyer.siren == ""


def test_the_due_date_is_not_taken_from_other_dates_of_the_payment_terms(xml: Path) -> None:
    other = (
        "<ram:BillingSpecifiedPeriod><ram:EndDateTime>"
        '<udt:DateTimeString format="102">20260101</udt:DateTimeString>'
        "</ram:EndDateTime></ram:BillingSpecifiedPeriod>"
    )
    assert read(xml, cii(settlement=other + terms("20261031"))).due == (OCTOBER, DueFrom.STATED)


def test_several_due_dates_are_no_due_date(xml: Path) -> None:
    assert read(xml, cii(settlement=terms("20260930") + terms("20261031"))).due is None


def test_a_document_type_is_refused(xml: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + cii().split(b"?>", 1)[1]
    with pytest.raises(PermanentSourceError):
        read(xml, bomb)


@pytest.mark.parametrize(
    "said",
    [
        {"number": ""},
        {"issued_on": "soon"},
        {"currency": "euros"},
        {"total": "a lot"},
        {"total": "12.345"},
        {"total": "1e400"},
    ],
    ids=["number", "day", "currency", "words", "decimals", "boundless"],
)
def test_an_invoice_without_what_every_invoice_states_is_refused(
    xml: Path, said: dict[str, str]
) -> None:
    with pytest.raises(PermanentSourceError) as refused:
        read(xml, cii(**said))
    assert refused.value.code == "bad_e_invoice"


def test_a_pdf_without_an_invoice_inside_says_so(tmp_path: Path) -> None:
    with pytest.raises(PermanentSourceError) as refused:
        read_e_invoice(write_pdf(tmp_path / "f.pdf", notes__xml=b"<a/>"))
    assert refused.value.code == "no_e_invoice"


def test_a_broken_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing more")
    with pytest.raises(PermanentSourceError) as refused:
        read_e_invoice(path)
    assert refused.value.code == "bad_pdf"


@pytest.mark.parametrize("content", [b"<Document/>", b"<Invoice/>", b"no xml at all"])
def test_another_xml_file_is_not_taken_for_an_invoice(xml: Path, content: bytes) -> None:
    xml.write_bytes(content)
    assert not looks_like_e_invoice(xml)
