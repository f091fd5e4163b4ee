"""Document numbers as they appear in books: in a reference field or inside a label."""

import re

# References that tools fill in when there is no document: opening, transfer, zeros.
_GENERIC = re.compile(
    r"(?:r?ano?|rep(?:ort)?|od|div(?:ers)?|vir(?:ement)?|vrt|pr(?:e)?lv?|cb|rem(?: cb)?|ch[eèq]?q?"
    r"|cheque|esp(?:eces)?|sans|n/?a|fa|fac|facture|av|avoir|rglt|[-./_ 0]*)\Z",
    re.IGNORECASE,
)
_IN_LABEL = re.compile(r"(?<![\w])[A-Z]{0,6}[-_/. ]{0,2}\d[A-Z0-9]*(?:[-_/]\d[A-Z0-9]*)*", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_LETTER = re.compile(r"[^0-9A-Z]")
_LONGEST_LABEL = 300
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What books write before an invoice's or credit note's number, and people leave out.
_PREFIXES = ("A", "AC", "AV", "F", "FA", "FAC", "FACT", "FC", "FV", "INV", "VE", "VT")
_SHORTEST_ALONE = 4
_CREDIT_NOTE = re.compile(r"\b(?:avoir|credit ?note|note de cr[eé]dit)\b|^av[-_ ]?\d", re.I)
_DEPOSIT = re.compile(r"\b(?:acompte|arrhes|avance|d[eé]p[oô]t de garantie|deposit)\b", re.I)


def document_number(reference: str) -> str:
    """Return a reference with single spaces, or nothing when it names no document."""
    text = " ".join(reference.split())
    return "" if _GENERIC.match(text) else text


def normal(number: str) -> str:
    """Return a number for comparison: capitals and digits only."""
    return _LETTER.sub("", number.upper())


def prefixed(number: str) -> list[str]:
    """Return, for digits typed alone, the normalised numbers that books may know them under.

    None for fewer than 4 digits, which would be many documents.
    """
    digits = normal(number)
    alone = digits.isdecimal() and len(digits) >= _SHORTEST_ALONE
    return [prefix + digits for prefix in _PREFIXES] if alone else []


def mentions(label: str) -> list[str]:
    """Return what may be document numbers in a label, normalised; years alone are none."""
    found = []
    for text in _IN_LABEL.findall(label[:_LONGEST_LABEL]):
        token = normal(text)
        if len(token) >= 4 and not _YEAR.match(token):
            found.append(token)
            bare = token.lstrip(_CAPITALS)
            if bare != token and len(bare) >= 4 and not _YEAR.match(bare):
                found.append(bare)
    return found


def says_credit_note(number: str, label: str) -> bool:
    """Return whether a number or label says that the document is a credit note."""
    return bool(_CREDIT_NOTE.search(number) or _CREDIT_NOTE.search(label[:_LONGEST_LABEL]))


def says_deposit(label: str) -> bool:
    """Return whether a label says that the money was paid in advance."""
    return bool(_DEPOSIT.search(label[:_LONGEST_LABEL]))
