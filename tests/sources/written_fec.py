"""FEC files written for tests: entries as short tuples, the deviation under test as an argument."""

from dataclasses import dataclass
from pathlib import Path

_FIELDS = (
    "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib "
    "PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise "
    "Idevise"
)
HEADER = _FIELDS.split()
JOURNALS = {"VE": "Ventes", "BQ": "Banque", "AN": "A nouveaux", "OD": "Operations diverses"}
COUNTERPARTS = {"VE": "706000", "BQ": "512000", "AN": "101000", "OD": "467000"}


def cents(minor: int) -> str:
    """Return an amount as the law writes it."""
    return f"{minor // 100},{minor % 100:02d}"


@dataclass(frozen=True)
class Entry:
    """One entry: a client line (credits negative) and its counterpart."""

    journal: str
    day: str
    client: str
    minor: int
    number: str = ""
    label: str = ""
    matching: str = ""
    account: str = "411000"
    against: str = ""
    issued: str = ""
    name: str = ""
    foreign: str = ""
    currency: str = ""


def rows_of(entries: list[Entry]) -> list[list[str]]:
    """Return the rows of a FEC, two for each entry."""
    rows = []
    for number, entry in enumerate(entries, 1):
        head = [entry.journal, JOURNALS.get(entry.journal, ""), str(number), entry.day]
        piece = [entry.number or str(number), entry.issued or entry.day, entry.label or "texte"]
        name = entry.name or (f"Client {entry.client}" if entry.client else "")
        debit, credit = cents(max(entry.minor, 0)), cents(max(-entry.minor, 0))
        tail = [entry.matching, "", "20261231", entry.foreign, entry.currency]
        against = entry.against or COUNTERPARTS[entry.journal]
        client = [entry.account, "Clients", entry.client, name]
        rows.append([*head, *client, *piece, debit, credit, *tail])
        rows.append([*head, against, "Autre", "", "", *piece, credit, debit, "", "", "", "", ""])
    return rows


def write_fec(
    folder: Path,
    entries: list[Entry] | list[list[str]],
    *,
    name: str = "732829320FEC20261231.txt",
    header: list[str] | None = None,
    separator: str = "\t",
    end: str = "\n",
    encoding: str = "utf-8",
    after: str = "",
) -> Path:
    """Write a FEC; `after` is put behind each line's last cell."""
    rows = [
        cells
        for entry in entries
        for cells in (rows_of([entry]) if isinstance(entry, Entry) else [entry])
    ]
    if entries and isinstance(entries[0], Entry):
        rows = rows_of([entry for entry in entries if isinstance(entry, Entry)])
    lines = [separator.join(cells) + after for cells in [header or HEADER, *rows]]
    path = folder / name
    path.write_bytes((end.join(lines) + end).encode(encoding))
    return path
