"""ISO 20022 bank statements (camt.053, versions 02 to 08), read as a stream of entries."""

import re
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from bot.domain.bank.statement import BankFile, Movement, Statement
from bot.domain.errors import PermanentSourceError
from bot.domain.ledger import RejectedRow
from bot.domain.money import exponent
from bot.sources.amounts import UnreadableAmount, parse_minor
from bot.sources.xml_documents import (
    all_text,
    elements,
    first_text,
    line_of,
    local_name,
    texts,
)

MOST_BYTES = 100 * 1024 * 1024
_WATCHED = ("{*}Acct", "{*}Bal", "{*}FrToDt", "{*}Ntry", "{*}Stmt")
# Bank transaction codes of money taken back (ISO 20022 external code set, sub-family).
_TAKEN_BACK = frozenset({"UPDD", "PRDD", "RRTN", "UPCQ", "RCDD", "UPCT"})
_SHOWN = 80
_NO_REFERENCE = re.compile(r"not ?provided\Z", re.IGNORECASE)


def looks_like_camt053(path: Path) -> bool:
    """Say whether an XML file is a statement for an account holder."""
    if path.suffix.lower() != ".xml":
        return False
    try:
        with path.open("rb") as file:
            names = [local_name(one) for _, one in islice(_parser(file, "start"), 2)]
    except etree.XMLSyntaxError:
        return False
    return "BkToCstmrStmt" in names


def read_camt053(path: Path) -> BankFile:
    """Return a file's statements; entries that cannot be read are in `rejected`.

    Raises PermanentSourceError `too_large` above 100 MB, and `bad_xml` for a document that is
    malformed or has a document type.
    """
    if path.stat().st_size > MOST_BYTES:
        raise PermanentSourceError("This file is too large.", code="too_large")
    reading = _Reading()
    try:
        with path.open("rb") as file:
            _, root = next(iter(_parser(file, "start")))
            if root.getroottree().docinfo.doctype:
                raise PermanentSourceError("This XML file cannot be read.", code="bad_xml")
            file.seek(0)
            for _, element in _parser(file, "end", _WATCHED):
                reading.take(element)
    except etree.XMLSyntaxError as problem:
        raise PermanentSourceError("This XML file cannot be read.", code="bad_xml") from problem
    return reading.file


def _parser(file: BinaryIO, event: str, tags: tuple[str, ...] | None = None) -> "etree.iterparse":
    return etree.iterparse(
        file,
        events=(event,),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


class _Reading:
    """One pass over a document; statements come one after the other."""

    def __init__(self) -> None:
        self.file = BankFile("camt053")
        self._now = Statement("", "")

    def take(self, element: etree._Element) -> None:
        """Take an element that has ended, and forget its content."""
        name, parent = local_name(element), element.getparent()
        if parent is None or (name != "Stmt" and local_name(parent) != "Stmt"):
            return
        match name:
            case "Acct":
                number = first_text(element, "Id/IBAN") or first_text(element, "Id/Othr/Id")
                self._now = Statement(number, first_text(element, "Ccy"))
            case "FrToDt":
                self._now.until = _day(first_text(element, "ToDtTm"))
            case "Bal":
                self._balance(element)
            case "Ntry":
                self._entry(element)
            case _:
                self._end()
        if name != "Acct":
            element.clear()

    def _end(self) -> None:
        done, self._now = self._now, Statement("", "")
        if done.number or done.movements:
            done.currency = done.currency or next((m.currency for m in done.movements), "")
            self.file.statements.append(done)

    def _balance(self, element: etree._Element) -> None:
        kind, currency = first_text(element, "Tp/CdOrPrtry/Cd"), _currency(element)
        minor, now = _minor(element), self._now
        now.currency = now.currency or currency
        if minor is None or currency != now.currency:
            return
        if kind in ("OPBD", "PRCD") and now.opening_minor is None:
            now.opening_minor = minor
        elif kind == "CLBD":
            now.closing_minor = minor
            now.until = max(filter(None, (now.until, _day_of(element, "Dt"))), default=None)

    def _entry(self, element: etree._Element) -> None:
        status = first_text(element, "Sts/Cd") or first_text(element, "Sts")
        if status and status != "BOOK":
            return
        self.file.rows += 1
        day, minor = _day_of(element, "BookgDt") or _day_of(element, "ValDt"), _minor(element)
        if day is None or minor is None:
            column, reason = ("amount", "not an amount") if day else ("date", "not a date")
            shown = all_text(element)[:_SHOWN]
            self.file.rejected.append(RejectedRow(line_of(element), column, reason, shown))
            return
        self._now.currency = self._now.currency or _currency(element)
        self._now.movements += _movements(element, day, minor)


def _movements(entry: etree._Element, day: date, minor: int) -> list[Movement]:
    """Return an entry's movements: one for each payment of a batch that adds up, else one."""
    details = elements(entry, "NtryDtls/TxDtls")
    currency, sign = _currency(entry), -1 if minor < 0 else 1
    parts = [_part_minor(one, currency) for one in details]
    known = [sign * part for part in parts if part is not None]
    if len(details) > 1 and len(known) == len(details) and sum(known) == minor:
        pairs = zip(details, known, strict=True)
        return [_movement(entry, [one], day, part) for one, part in pairs]
    return [_movement(entry, details, day, minor)]


def _movement(
    entry: etree._Element, details: list[etree._Element], day: date, minor: int
) -> Movement:
    parts = [entry, *details]
    payers = [name for one in details for name in _names(one, came_in=minor > 0)]
    written = [text for one in details for text in _written(one)]
    notes = texts(entry, "AddtlNtryInf") + [t for one in details for t in texts(one, "AddtlTxInf")]
    return Movement(
        line_of(entry),
        day,
        minor,
        _currency(entry),
        payer=payers[0] if payers else "",
        texts=(*written, *payers[1:], *notes),
        reference=_first(details, "Refs/EndToEndId"),
        bank_reference=_first(details, "Refs/AcctSvcrRef") or first_text(entry, "AcctSvcrRef"),
        came_back=any(_came_back(one) for one in parts),
        reject_code=_first(details, "RtrInf/Rsn/Cd") or _first(details, "RtrInf/Rsn/Prtry"),
    )


def _names(detail: etree._Element, *, came_in: bool) -> list[str]:
    """Return who paid: the debtor, in the shape of older and newer versions, then for whom."""
    parties = ("Dbtr", "UltmtDbtr") if came_in else ("Dbtr", "Cdtr", "UltmtDbtr")
    return [
        name
        for party in parties
        for shape in ("Nm", "Pty/Nm")
        for name in texts(detail, f"RltdPties/{party}/{shape}")
    ]


def _written(detail: etree._Element) -> list[str]:
    paths = ("RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/RfrdDocInf/Nb")
    return [text for path in paths for text in texts(detail, path)]


def _came_back(part: etree._Element) -> bool:
    code = first_text(part, "BkTxCd/Domn/Fmly/SubFmlyCd")
    reversed_here = first_text(part, "RvslInd") in ("true", "1")
    return reversed_here or code in _TAKEN_BACK or bool(elements(part, "RtrInf"))


def _first(details: list[etree._Element], path: str) -> str:
    found = (text for one in details for text in texts(one, path))
    return next((text for text in found if not _NO_REFERENCE.match(text)), "")


def _part_minor(detail: etree._Element, currency: str) -> int | None:
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        for amount in elements(detail, path):
            if amount.get("Ccy") == currency:
                return _parsed(amount.text or "", currency)
    return None


def _minor(element: etree._Element) -> int | None:
    """Return the signed amount of an entry or a balance, or None when it has no readable one."""
    sign = {"CRDT": 1, "DBIT": -1}.get(first_text(element, "CdtDbtInd"))
    minor = _parsed(first_text(element, "Amt"), _currency(element))
    return None if sign is None or minor is None else sign * minor


def _parsed(text: str, currency: str) -> int | None:
    # A point is the decimal sign of XML: 1.234 is no thousand.
    whole, _, decimals = text.strip().partition(".")
    digits = exponent(currency)
    try:
        minor = parse_minor(f"{whole}.{decimals.rstrip('0').ljust(2, '0')}", digits)
    except UnreadableAmount:
        return None
    return minor if minor >= 0 and len(decimals.rstrip("0")) <= digits else None


def _currency(element: etree._Element) -> str:
    return next((amount.get("Ccy") or "" for amount in elements(element, "Amt")), "")


def _day_of(element: etree._Element, name: str) -> date | None:
    return _day(first_text(element, f"{name}/Dt") or first_text(element, f"{name}/DtTm"))


def _day(text: str) -> date | None:
    """Return the local day of a date or of an instant with its offset."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
