"""Electronic invoices in their two languages (CII D16B and D22B, UBL 2.1) to one value."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree
from stdnum.fr import siren as siren_number

from bot.domain.e_invoices import EInvoice, Party
from bot.domain.errors import PermanentSourceError
from bot.domain.money import exponent
from bot.sources.days import parse_day
from bot.sources.xml_documents import elements, first_text, texts

_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_REGISTERED = ("0002", "0009")  # ISO 6523: SIREN and SIRET; samples carry either under both
_VAT = re.compile(r"FR[0-9A-Z]{2}(\d{9})\Z")
_LONGEST = 300


def from_cii(root: etree._Element) -> EInvoice:
    """Return what a CrossIndustryInvoice says; raise PermanentSourceError `bad_e_invoice`."""
    trade = _only(root, "SupplyChainTradeTransaction")
    agreement = _only(trade, "ApplicableHeaderTradeAgreement")
    settlement = _only(trade, "ApplicableHeaderTradeSettlement")
    sums = "SpecifiedTradeSettlementHeaderMonetarySummation"
    terms = "SpecifiedTradePaymentTerms"
    currency = _currency(first_text(settlement, "InvoiceCurrencyCode"))
    return EInvoice(
        number=_number(first_text(root, "ExchangedDocument/ID")),
        type_code=first_text(root, "ExchangedDocument/TypeCode"),
        issued_on=_issued(texts(root, "ExchangedDocument/IssueDateTime/DateTimeString")),
        due_on=_one_day(texts(settlement, f"{terms}/DueDateDateTime/DateTimeString")),
        terms=" ".join(texts(settlement, f"{terms}/Description"))[:_LONGEST],
        currency=currency,
        total_minor=_minor(first_text(settlement, f"{sums}/GrandTotalAmount"), currency),
        left_minor=_minor(first_text(settlement, f"{sums}/DuePayableAmount"), currency),
        seller=_cii_party(elements(agreement, "SellerTradeParty")),
        buyer=_cii_party(elements(agreement, "BuyerTradeParty")),
    )


def from_ubl(root: etree._Element) -> EInvoice:
    """Return what a UBL Invoice or CreditNote says; raise PermanentSourceError `bad_e_invoice`."""
    currency = _currency(first_text(root, "DocumentCurrencyCode"))
    codes = texts(root, "InvoiceTypeCode") or texts(root, "CreditNoteTypeCode")
    days = texts(root, "DueDate") or texts(root, "PaymentMeans/PaymentDueDate")
    return EInvoice(
        number=_number(first_text(root, "ID")),
        type_code=next(iter(codes), ""),
        issued_on=_issued(texts(root, "IssueDate")),
        due_on=_one_day(days),
        terms=" ".join(texts(root, "PaymentTerms/Note"))[:_LONGEST],
        currency=currency,
        total_minor=_minor(first_text(root, "LegalMonetaryTotal/TaxInclusiveAmount"), currency),
        left_minor=_minor(first_text(root, "LegalMonetaryTotal/PayableAmount"), currency),
        seller=_ubl_party(elements(root, "AccountingSupplierParty/Party")),
        buyer=_ubl_party(elements(root, "AccountingCustomerParty/Party")),
    )


def _cii_party(found: list[etree._Element]) -> Party:
    if not found:
        return Party()
    party = found[0]
    legal = _said(elements(party, "SpecifiedLegalOrganization/ID"), _REGISTERED)
    other = _said([*elements(party, "GlobalID"), *elements(party, "ID")], _REGISTERED)
    vat = _said(elements(party, "SpecifiedTaxRegistration/ID"), ("VA",))
    name = first_text(party, "Name") or first_text(
        party, "SpecifiedLegalOrganization/TradingBusinessName"
    )
    return _party(name, first_text(party, "PostalTradeAddress/CityName"), [*legal, *other], vat)


def _ubl_party(found: list[etree._Element]) -> Party:
    if not found:
        return Party()
    party = found[0]
    legal = _said(elements(party, "PartyLegalEntity/CompanyID"), _REGISTERED)
    other = _said(elements(party, "PartyIdentification/ID"), _REGISTERED)
    schemes = elements(party, "PartyTaxScheme")
    vat = [
        text
        for scheme in schemes
        if first_text(scheme, "TaxScheme/ID").upper() == "VAT"
        for text in texts(scheme, "CompanyID")
    ]
    name = first_text(party, "PartyLegalEntity/RegistrationName")
    name = name or first_text(party, "PartyName/Name")
    return _party(name, first_text(party, "PostalAddress/CityName"), [*legal, *other], vat)


def _party(name: str, town: str, numbers: Iterable[str], vats: Iterable[str]) -> Party:
    """Return a party; a SIREN that its own numbers contradict is none."""
    registered = [re.sub(r"\s", "", number) for number in numbers]
    vat = next((re.sub(r"[\s.]", "", text).upper() for text in vats), "")
    in_vat = _VAT.match(vat)
    sirens = {*_sirens(registered), *_sirens([in_vat[1]] if in_vat else [])}
    siren = sirens.pop() if len(sirens) == 1 else ""
    sirets = (one for one in registered if len(one) == 14 and siren and one.startswith(siren))
    return Party(name[:_LONGEST], siren, next(sirets, ""), vat[:20], town[:_LONGEST])


def _sirens(numbers: Iterable[str]) -> Iterator[str]:
    for number in numbers:
        is_one = number.isascii() and number.isdecimal() and len(number) in (9, 14)
        if is_one and number[:9].strip("0") and siren_number.is_valid(number[:9]):
            yield number[:9]


def _said(found: Iterable[etree._Element], schemes: tuple[str, ...]) -> list[str]:
    return [
        " ".join((one.text or "").split())
        for one in found
        if one.get("schemeID", "").strip().upper() in schemes
    ]


def _only(parent: etree._Element, name: str) -> etree._Element:
    found = elements(parent, name)
    if not found:
        raise bad(name)
    return found[0]


def _number(text: str) -> str:
    if not text:
        raise bad("BT-1")
    return text[:100]


def _issued(days: list[str]) -> date:
    day = _one_day(days)
    if day is None:
        raise bad("BT-2")
    return day


def _one_day(days: list[str]) -> date | None:
    """Return the day stated; None when there is none, several, or one that is no date."""
    found = {parse_day(day[:10]) for day in days}
    return found.pop() if len(found) == 1 else None


def _currency(text: str) -> str:
    if not _CURRENCY.match(text):
        raise bad("BT-5")
    return text


def _minor(text: str, currency: str) -> int:
    """Return an amount in minor units; decimals beyond the currency's own must be zeros."""
    try:
        scaled = Decimal(text).scaleb(exponent(currency))
        whole = int(scaled.to_integral_value())
    except (InvalidOperation, ValueError, OverflowError) as problem:
        raise bad("BT-112, BT-115") from problem
    if scaled != whole or abs(whole) >= 10**15:
        raise bad("BT-112, BT-115")
    return whole


def bad(term: str) -> PermanentSourceError:
    """Return the refusal of an invoice that lacks a term (or states it unreadably)."""
    return PermanentSourceError(
        f"This invoice does not state {term} as the norm EN 16931 asks.", code="bad_e_invoice"
    )
