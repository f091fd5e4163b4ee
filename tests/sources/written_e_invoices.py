"""Electronic invoices written for tests: CII, UBL, and a PDF with files attached."""

from pathlib import Path
from typing import Any

from pypdf import PdfWriter

SELLER, BUYER = "732829320", "552032534"
_CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
 <rsm:ExchangedDocument><ram:ID> {number}
 </ram:ID><ram:TypeCode>{type_code}</ram:TypeCode>
 <ram:IssueDateTime><udt:DateTimeString format="102">{issued_on}</udt:DateTimeString>
 </ram:IssueDateTime></rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>
  <ram:SellerTradeParty><ram:Name>Fabrique du Nord</ram:Name>{seller_numbers}</ram:SellerTradeParty>
  <ram:BuyerTradeParty><ram:Name>{buyer_name}</ram:Name>{buyer_numbers}
  <ram:PostalTradeAddress><ram:CityName>Lyon</ram:CityName></ram:PostalTradeAddress>
  </ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
 <ram:ApplicableHeaderTradeSettlement>
  <ram:InvoiceCurrencyCode>{currency}</ram:InvoiceCurrencyCode>{settlement}
  <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
   <ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>
   <ram:DuePayableAmount>{left}</ram:DuePayableAmount>
  </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
 </ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>"""


def legal(number: str, scheme: str = "0002") -> str:
    """Return a party's number in the register."""
    return (
        f'<ram:SpecifiedLegalOrganization><ram:ID schemeID="{scheme}">{number}</ram:ID>'
        "</ram:SpecifiedLegalOrganization>"
    )


def vat(number: str) -> str:
    """Return a party's VAT number."""
    return (
        f'<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{number}</ram:ID>'
        "</ram:SpecifiedTaxRegistration>"
    )


def terms(due_on: str = "", text: str = "") -> str:
    """Return payment terms with a due date (AAAAMMJJ), words, or both."""
    day = (
        f'<ram:DueDateDateTime><udt:DateTimeString format="102">{due_on}</udt:DateTimeString>'
        "</ram:DueDateDateTime>"
    )
    said = f"<ram:Description>{text}</ram:Description>" if text else ""
    return (
        f"<ram:SpecifiedTradePaymentTerms>{said}{day if due_on else ''}"
        "</ram:SpecifiedTradePaymentTerms>"
    )


def cii(**said: Any) -> bytes:
    """Return an invoice of 1,200 euros due on 31 October, but for what is said."""
    values = {
        "number": "FA-2026-0117",
        "type_code": "380",
        "issued_on": "20260901",
        "seller_numbers": legal(SELLER),
        "buyer_name": "Menuiserie Roy",
        "buyer_numbers": legal(BUYER),
        "currency": "EUR",
        "settlement": terms("20261031"),
        "total": "1200.00",
        **said,
    }
    values.setdefault("left", values["total"])
    return _CII.format(**values).encode()


def write_pdf(path: Path, **attached: bytes) -> Path:
    """Write a page with files attached in this order; `__` in a name stands for its dot."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    for name, content in attached.items():
        writer.add_attachment(name.replace("__", ".").replace("_", "-"), content)
    with path.open("wb") as file:
        writer.write(file)
    return path
