"""Bank statements written for tests, in both formats, of invented companies."""

from pathlib import Path

from bot.domain.bank.statement import Movement

SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001"
IBAN = "FR7630003000010000012345609"
_LAST = {1: "{ABCDEFGHI", -1: "}JKLMNOPQR"}


def signed(minor: int) -> str:
    """Return an amount as CFONB 120 writes it."""
    digits = f"{abs(minor):014}"
    return digits[:-1] + _LAST[-1 if minor < 0 else 1][int(digits[-1])]


def record(
    kind: str,
    minor: int = 0,
    *,
    day: str = "161126",
    label: str = "",
    account: str = "00000123456",
    reject: str = "",
    reference: str = "",
    decimals: str = "2",
) -> str:
    """Return one record with an amount: an old balance, an operation or a new balance."""
    head = f"{kind}30003    00001EUR{decimals} {account}B1{day}{reject:2}{day}"
    return f"{head}{label:31}  0000000  {signed(minor)}{reference:16}"


def complement(qualifier: str, text: str, *, day: str = "161126") -> str:
    """Return a complement of the operation of that day."""
    return f"0530003    00001EUR2 00000123456B1{day}     {qualifier:3}{text:70}  "


def cfonb120(path: Path, *records: str) -> Path:
    """Write records to a file."""
    path.write_text("\r\n".join(records) + "\r\n", encoding="latin-1")
    return path


def entry(
    amount: str,
    details: str = "",
    *,
    sign: str = "CRDT",
    day: str = "<Dt>2026-11-16</Dt>",
    more: str = "",
    status: str = "<Sts>BOOK</Sts>",
) -> str:
    """Return an entry in euros; `details` are its transactions, `more` elements of its own."""
    inside = f"<NtryDtls>{details}</NtryDtls>" if details else ""
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status}'
        f"<BookgDt>{day}</BookgDt>{more}{inside}</Ntry>"
    )


def payment(payer: str, text: str, *, amount: str = "", older: bool = True) -> str:
    """Return a transaction: who paid, what they wrote, how much in a batch."""
    name = f"<Nm>{payer}</Nm>" if older else f"<Pty><Nm>{payer}</Nm></Pty>"
    part = f'<AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls>' if amount else ""
    return (
        f"<TxDtls>{part}<RltdPties><Dbtr>{name}</Dbtr></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
    )


def camt053(
    path: Path, *entries: str, version: str = "02", iban: str = IBAN, more: str = ""
) -> Path:
    """Write a document of one statement; `more` comes before its entries."""
    path.write_text(
        f'<?xml version="1.0"?><Document xmlns="{SPACE}.{version}"><BkToCstmrStmt><Stmt>'
        f"<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>{more}{''.join(entries)}"
        "</Stmt></BkToCstmrStmt></Document>",
        encoding="utf-8",
    )
    return path


def movement(minor: int = 120_000, **more: object) -> Movement:
    """Return a receipt of 16 November 2026 unless told otherwise."""
    from datetime import date

    values: dict[str, object] = {
        "line": 1,
        "booked_on": date(2026, 11, 16),
        "minor": minor,
        "currency": "EUR",
    } | more
    return Movement(**values)  # type: ignore[arg-type]
