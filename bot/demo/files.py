"""The demo's books as files, for the normal door: a FEC, a client file, a people file."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.demo import companies
from bot.demo.ledger import DemoLedger, Invoice

_HEADER = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib",
    "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
    "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
_CLIENT_HEADER = (
    "code", "name", "siren", "owner", "terms", "credit_limit", "currency", "phone", "email",
    "contact", "function", "parent_siren", "kind", "town",
)  # fmt: skip


def write_fec(ledger: DemoLedger, folder: Path) -> Path:
    """Write the FEC (arrêté du 29 juillet 2013, LPF A47 A-1); return its path."""
    closing = (ledger.opens_on + timedelta(days=366)).replace(day=1) - timedelta(days=1)
    path = folder / f"{companies.SELLER_SIREN}FEC{closing:%Y%m%d}.txt"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(_HEADER)
        for entry, lines in enumerate(_entries(ledger), start=1):
            for journal, label, on, account, name, code, client, ref, text, cents, let in lines:
                writer.writerow(
                    [
                        journal, label, entry, f"{on:%Y%m%d}", account, name, code, client,
                        ref, f"{on:%Y%m%d}", text, _euros(max(cents, 0)), _euros(max(-cents, 0)),
                        let, "", f"{on:%Y%m%d}", "", "",
                    ]
                )  # fmt: skip
    return path


def write_clients(ledger: DemoLedger, folder: Path) -> Path:
    """Write what a FEC lacks about clients; return the path."""
    path = folder / "clients.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_CLIENT_HEADER)
        for c in ledger.clients:
            writer.writerow(
                [
                    c.code, c.name, c.siren, c.owner, c.terms, c.limit or "", "EUR", c.phone,
                    c.email, c.contact, c.function if c.contact else "", "", c.kind, c.town,
                ]
            )  # fmt: skip
    return path


def write_people(folder: Path) -> Path:
    """Write the people file; return the path."""
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["email", "slack_user_id", "name", "roles", "channel", "manager"])
        for p in companies.PEOPLE:
            writer.writerow([p.email, p.slack_user_id, p.name, p.roles, p.channel, p.manager])
    return path


_Line = tuple[str, str, date, str, str, str, str, str, str, int, str]


def _entries(ledger: DemoLedger) -> Iterator[list[_Line]]:
    """Yield each entry's lines: opening, sales, receipts, deposits; every one balances."""
    opening = ledger.opens_on
    yield [
        _general("AN", "À nouveaux", opening, "512000", "Banque", "RAN", "Report", 18_540_000),
        _general("AN", "À nouveaux", opening, "101000", "Capital", "RAN", "Report", -18_540_000),
    ]
    booked: list[tuple[date, int, list[_Line]]] = []
    for rank, invoice in enumerate(ledger.invoices):
        let = _lettering(rank) if not invoice.open_cents else ""
        booked.append((invoice.issued_on, 0, _sale(invoice, let)))
        booked += [(on, 1, _receipt(invoice, on, cents, let)) for on, cents in invoice.paid]
    for client, on, cents in ledger.deposits:
        bank = _general(
            "BQ", "Banque", on, "512000", "Banque", "VIR", f"Virement {client.name}", cents
        )
        line = (*bank[:3], client.account, "Clients", client.code, client.name, "VIR",
                f"Acompte {client.name}", -cents, "")  # fmt: skip
        booked.append((on, 1, [bank, line]))
    booked.sort(key=lambda entry: entry[:2])
    yield from (lines for _, _, lines in booked)


def _sale(invoice: Invoice, let: str) -> list[_Line]:
    vat = round(invoice.cents / 6)
    on, text = invoice.issued_on, f"{invoice.client.name}"
    return [
        ("VE", "Ventes", on, invoice.client.account, "Clients", invoice.client.code,
         invoice.client.name, invoice.number, text, invoice.cents, let),
        _general("VE", "Ventes", on, "707000", "Ventes", invoice.number, text, vat - invoice.cents),
        _general("VE", "Ventes", on, "445710", "TVA collectée", invoice.number, text, -vat),
    ]  # fmt: skip


def _receipt(invoice: Invoice, on: date, cents: int, let: str) -> list[_Line]:
    text = f"Virement {invoice.client.name} {invoice.number}"
    return [
        _general("BQ", "Banque", on, "512000", "Banque", "VIR", text, cents),
        ("BQ", "Banque", on, invoice.client.account, "Clients", invoice.client.code,
         invoice.client.name, invoice.number, text, -cents, let),
    ]  # fmt: skip


def _general(
    journal: str, label: str, on: date, account: str, name: str, ref: str, text: str, cents: int
) -> _Line:
    return (journal, label, on, account, name, "", "", ref, text, cents, "")


def _lettering(rank: int) -> str:
    letters = ""
    for _ in range(3):
        rank, digit = divmod(rank, 26)
        letters = chr(65 + digit) + letters
    return letters


def _euros(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"
