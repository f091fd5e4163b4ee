"""What a bank statement says, whatever its format: accounts, movements, money taken back."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.ledger import RejectedRow

_FRENCH_IBAN = 27


class LineSort(StrEnum):
    """What a movement is to a company that waits for its clients' money."""

    RECEIPT = "receipt"
    REJECTED = "rejected"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of an account; `minor` is signed: money that came in is positive.

    `texts` are what the payer or the bank wrote, `reference` the payer's own, `bank_reference`
    the bank's. `came_back` says that an earlier payment is undone; `reject_code` is the bank's
    word for why.
    """

    line: int
    booked_on: date
    minor: int
    currency: str
    payer: str = ""
    texts: tuple[str, ...] = ()
    reference: str = ""
    bank_reference: str = ""
    came_back: bool = False
    reject_code: str = ""

    @property
    def sort(self) -> LineSort:
        """Return what it is: only receipts, and receipts taken back, concern the clients."""
        if self.minor > 0:
            return LineSort.OTHER if self.came_back else LineSort.RECEIPT
        return LineSort.REJECTED if self.came_back else LineSort.OTHER

    @property
    def text(self) -> str:
        """Return everything written with it, each part once, in one line."""
        parts = dict.fromkeys(part for part in (*self.texts, self.reference) if part)
        return " ".join(" ".join(part.split()) for part in parts)


@dataclass(slots=True)
class Statement:
    """The movements of one account in one currency; `until` is the last day it speaks of.

    `number` is an IBAN, or the account number of a bank that gives none.
    """

    number: str
    currency: str
    movements: list[Movement] = field(default_factory=list)
    until: date | None = None
    opening_minor: int | None = None
    closing_minor: int | None = None

    @property
    def last_day(self) -> date | None:
        """Return up to when receipts are known: its own end, else its last movement."""
        days = [each.booked_on for each in self.movements]
        return max(filter(None, [*days, self.until]), default=None)

    @property
    def adds_up(self) -> bool:
        """Say whether its balances and movements agree; one without balances does."""
        if self.opening_minor is None or self.closing_minor is None:
            return True
        return self.opening_minor + sum(m.minor for m in self.movements) == self.closing_minor


@dataclass(slots=True)
class BankFile:
    """A file of statements; `rows` counts the movements read and refused."""

    format: str
    statements: list[Statement] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    rows: int = 0


def account_key(number: str) -> str:
    """Return an account number for comparison: a French IBAN is its bank, branch and account.

    CFONB 120 gives these without check digits, so that both formats name the same account.
    """
    plain = "".join(sign for sign in number.upper() if sign.isalnum())
    is_french = plain[:2] in ("FR", "MC") and len(plain) == _FRENCH_IBAN
    return plain[4:25] if is_french else plain


def french_iban(bank: str, branch: str, account: str) -> str:
    """Return the IBAN of a French account (ISO 13616; the key of the RIB, then check digits).

    Letters of an account count as A/J 1, B/K/S 2 … I/R/Z 9 (French RIB, AFB/CFONB).
    """
    digits = "".join(_rib_digit(sign) for sign in bank + branch + account)
    key = 97 - int(digits + "00") % 97
    national = f"{bank}{branch}{account}{key:02}"
    spelled = "".join(str(int(sign, 36)) for sign in national + "FR00")
    return f"FR{98 - int(spelled) % 97:02}{national}"


def identities(key: str, movements: Iterable[Movement]) -> list[str]:
    """Return what tells each movement of an account from every other, file after file.

    The same content twice on one day is two movements: each counts its likes before it. A day
    that a later statement repeats gives the same identities again.
    """
    seen: Counter[str] = Counter()
    found = []
    for each in movements:
        said = "\x1f".join(
            (
                key,
                each.booked_on.isoformat(),
                str(each.minor),
                each.currency,
                each.payer,
                each.text,
                each.bank_reference,
            )
        )
        seen[said] += 1
        found.append(hashlib.sha256(f"{said}\x1f{seen[said]}".encode()).hexdigest())
    return found


def _rib_digit(sign: str) -> str:
    if sign.isdigit():
        return sign
    place = ord(sign) - ord("A")
    return str((place + (2 if place > 17 else 1) - 1) % 9 + 1)
