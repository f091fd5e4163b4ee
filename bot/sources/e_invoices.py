"""Electronic invoices from files: Factur-X (a PDF with its XML inside), CII and UBL."""

from pathlib import Path

from lxml import etree

from bot.domain.e_invoices import EInvoice
from bot.domain.errors import PermanentSourceError
from bot.sources.e_invoice_formats import from_cii, from_ubl
from bot.sources.xml_documents import local_name, parse_xml, root_of_file

MOST_BYTES = 20 * 1024 * 1024
# Other files may be attached, and first: a delivery note, a specification.
_INSIDE = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


def looks_like_e_invoice(path: Path) -> bool:
    """Say whether a file is a PDF, or an XML document whose root is an invoice's."""
    if is_pdf(path):
        return True
    if path.suffix.lower() != ".xml":
        return False
    try:
        return _is_invoice(root_of_file(path))
    except PermanentSourceError:
        return False


def is_pdf(path: Path) -> bool:
    """Say whether a file is a PDF, by how it begins."""
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024)
    except OSError:
        return False


def read_e_invoice(path: Path) -> EInvoice:
    """Return what an electronic invoice says.

    Raises PermanentSourceError `no_e_invoice` for a PDF without one inside or another XML
    document, `bad_e_invoice` for one without the terms every invoice has.
    """
    root = parse_xml(_xml_inside(path)) if is_pdf(path) else root_of_file(path)
    if not _is_invoice(root):
        raise PermanentSourceError(
            "This XML file is no electronic invoice in CII or UBL.", code="no_e_invoice"
        )
    return from_cii(root) if local_name(root) == "CrossIndustryInvoice" else from_ubl(root)


def _is_invoice(root: etree._Element) -> bool:
    name, space = local_name(root), etree.QName(root).namespace or ""
    if name == "CrossIndustryInvoice":
        return True
    return name in ("Invoice", "CreditNote") and space.startswith(_UBL)


def _xml_inside(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise PermanentSourceError("This file is too large.", code="too_large")
    # The library takes a tenth of a second to load, and most starts read no PDF.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        attached = PdfReader(path).attachments
        named = {name.strip().lower(): name for name in attached}
        found = next((named[name] for name in _INSIDE if name in named), None)
        content = attached[found][0] if found else None
    except (PyPdfError, OSError, ValueError, LookupError, TypeError, AttributeError) as problem:
        raise PermanentSourceError("This PDF cannot be opened.", code="bad_pdf") from problem
    except RecursionError as problem:
        raise PermanentSourceError("This PDF cannot be opened.", code="bad_pdf") from problem
    if content is None:
        raise PermanentSourceError(
            "This PDF has no electronic invoice inside (Factur-X).", code="no_e_invoice"
        )
    return content
