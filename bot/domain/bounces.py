"""What a mail server says of an e-mail it took and could not bring: for a while, or for good."""

import re
from dataclasses import dataclass

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_DEAD_ADDRESS = ("5.1.", "5.2.1")


@dataclass(frozen=True, slots=True)
class Bounce:
    """An e-mail that came back: which (its Message-IDs), from whom, why.

    `status` is an enhanced status code (RFC 3463), empty when none was given.
    """

    message_ids: tuple[str, ...]
    recipient: str
    status: str
    words: str

    @property
    def is_for_good(self) -> bool:
        """Say whether the address itself is dead: it does not exist, or is closed.

        A full mailbox, a refused attachment or a policy says nothing of the address
        (RFC 3463: 5.1.x addressing, 5.2.1 mailbox disabled).
        """
        return self.status.startswith(_DEAD_ADDRESS[0]) or self.status == _DEAD_ADDRESS[1]

    @property
    def reason(self) -> str:
        """Return what is kept and shown: the code, then the server's words, on one line."""
        return " ".join(f"{self.status} {self.words}".split())


def status_in(text: str) -> str:
    """Return the enhanced status code a text begins with, else nothing."""
    found = _STATUS.match(text.strip())
    return found.group() if found else ""
