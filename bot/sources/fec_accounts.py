"""Accounts of a FEC, and whose client account a row is."""

from dataclasses import dataclass, field

from bot.sources.fec_entries import Touches, touches
from bot.sources.fec_header import Header


@dataclass(frozen=True, slots=True)
class Account:
    """An account number, and its clients (code, name) by the text of the auxiliary cell."""

    number: str
    clients: dict[str, tuple[str, str]] = field(default_factory=dict)


class Accounts:
    """Accounts already met and their families, by the text of their cell, padding included."""

    def __init__(self, header: Header) -> None:
        self.known: dict[str, Account] = {}
        self.families: dict[str, int] = {}
        self.labels: dict[str, str] = {}
        self._at = header.at

    def learn(self, row: list[str]) -> int:
        """Return the families of an account met for the first time."""
        text = row[self._at["account"]]
        number = text.strip()
        families = touches(number)
        self.known[text] = Account(number)
        if families & Touches.CLIENT:
            self.labels.setdefault(number, row[self._at["account_label"]].strip())
        self.families[text] = families
        return families

    def client(self, row: list[str], account: Account) -> tuple[str, str]:
        """Return code and name of a row's client.

        The code is the auxiliary account, else what the account number adds to its root, else
        the client's name: some tools open one account 411 per client, some only name them.
        """
        auxiliary = row[self._at["client"]]
        name = row[self._at["client_label"]].strip() or row[self._at["account_label"]].strip()
        code = auxiliary.strip() or _suffix(account.number) or name or account.number
        found = (code, name or code)
        if auxiliary.strip():
            account.clients[auxiliary] = found
        return found


def _suffix(account: str) -> str:
    root = 4 if account.startswith("419") else 3
    suffix = account[root:].strip()
    return suffix if suffix.strip("0") else ""
