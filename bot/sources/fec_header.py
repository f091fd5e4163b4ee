"""The first line of a FEC: its separator and where each field of the law stands."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bot.domain.errors import PermanentSourceError
from bot.sources import encodings

SEPARATORS = "\t|;,"
_FEWEST = 13
_NAMES = {
    "journal": "JournalCode CodeJournal Journal CodeJnl",
    "journal_label": "JournalLib JournalLibelle LibelleJournal",
    "entry": "EcritureNum NumEcriture NumeroEcriture EcritureNumero",
    "booked_on": "EcritureDate DateEcriture DateComptable",
    "account": "CompteNum NumCompte NumeroCompte CompteNumero Compte",
    "account_label": "CompteLib CompteLibelle LibelleCompte IntituleCompte",
    "client": "CompAuxNum CompteAuxNum CompteAuxiliaire NumCompteAux CompAuxNumero",
    "client_label": "CompAuxLib CompteAuxLib CompAuxLibelle LibelleCompteAux",
    "piece": "PieceRef RefPiece ReferencePiece NumPiece NumeroPiece Piece",
    "issued_on": "PieceDate DatePiece",
    "label": "EcritureLib EcritureLibelle LibelleEcriture Libelle",
    "debit": "Debit MontantDebit DebitEuro",
    "credit": "Credit MontantCredit CreditEuro",
    "amount": "Montant",
    "side": "Sens",
    "matching": "EcritureLet EcritureLettrage Lettrage LettragePiece Let CodeLettrage",
    "matched_on": "DateLet DateLettrage LettrageDate",
    "validated_on": "ValidDate DateValid DateValidation ValidationDate",
    "foreign": "Montantdevise MontantDevises DeviseMontant",
    "currency": "Idevise IdDevise Devise CodeDevise",
    "paid_on": "DateRglt DateReglement",
    "paid_by": "ModeRglt ModeReglement",
    "nature": "NatOp NatureOperation",
    "client_id": "IdClient",
}
_OPTIONAL = (
    {"journal_label", "matching", "matched_on", "validated_on", "foreign", "currency"}
    | {"paid_on", "paid_by", "nature", "client_id"}
    | {"debit", "credit", "amount", "side"}
)


@dataclass(frozen=True, slots=True)
class Header:
    """Positions of the fields (-1 when absent), the separator and the number of columns."""

    separator: str
    width: int
    quoted: bool
    at: dict[str, int]
    names: tuple[str, ...]

    def name(self, field: str) -> str:
        """Return the column's name as the file writes it."""
        return self.names[self.at[field]] if self.at[field] >= 0 else field


def plain(text: str) -> str:
    """Return a header without case, accents, spaces and punctuation."""
    parts = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]", "", parts)


_KNOWN = {plain(name): field for field, names in _NAMES.items() for name in names.split()}


def read_header(line: str) -> Header:
    """Return the header of a FEC; raise PermanentSourceError `not_a_fec` or `bad_header`."""
    text = line.strip("\r\n\ufeff")
    if text.lstrip().startswith("<"):
        raise PermanentSourceError(
            "This is an XML file: export the FEC as text with separators.", code="not_a_fec"
        )
    separator = max(SEPARATORS, key=text.count)
    cells = text.split(separator)
    quoted = cells[0].strip().startswith('"')
    names = tuple(cell.strip().strip('"').strip() for cell in cells)
    at = _positions(names)
    recognised = sum(position >= 0 for position in at.values())
    if recognised < 6:
        raise PermanentSourceError(
            "This is not a FEC: its first line does not name the fields of the law.",
            code="not_a_fec",
        )
    _require(at, len(names))
    return Header(separator, len(names), quoted, at, names)


def looks_like_fec(path: Path) -> bool:
    """Return whether the first line of a text file names most fields of a FEC."""
    with encodings.open_text(path) as stream:
        first = next((line for line in stream if line.strip("\ufeff\r\n\t ")), "")
    cells = max((first.split(separator) for separator in SEPARATORS), key=len)
    known = sum(plain(cell.strip('"')) in _KNOWN for cell in cells)
    return known >= _FEWEST - 3 and len(cells) >= _FEWEST


def _positions(names: tuple[str, ...]) -> dict[str, int]:
    at = dict.fromkeys(_NAMES, -1)
    unknown = []
    for position, name in enumerate(names):
        field = _KNOWN.get(plain(name))
        if field is None:
            unknown.append((position, plain(name)))
        elif at[field] < 0:
            at[field] = position
    for position, name in unknown:
        missing = {key: field for key, field in _KNOWN.items() if at[field] < 0}
        close = get_close_matches(name, missing, n=1, cutoff=0.85) if len(name) > 5 else []
        if close:
            at[missing[close[0]]] = position
    return at


def _require(at: dict[str, int], width: int) -> None:
    missing = [
        names.split()[0]
        for field, names in _NAMES.items()
        if field not in _OPTIONAL and at[field] < 0
    ]
    two_columns = at["debit"] >= 0 and at["credit"] >= 0
    signed = at["amount"] >= 0 and at["side"] >= 0
    if not two_columns and not signed:
        missing.append("Debit, Credit (Montant, Sens)")
    if missing or width < _FEWEST:
        raise PermanentSourceError(
            "The first line lacks these fields: " + ", ".join(missing) + ".", code="bad_header"
        )
