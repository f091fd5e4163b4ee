"""E-mails to clients: their states, whom they go to, and how often a server is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

TRIES = 12
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=4)
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}"
)


class EmailState(StrEnum):
    """Where an e-mail stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # the server may have taken it: nobody sends it again unasked
    REFUSED = "refused"  # the server will never take it
    DEAD = "dead"  # the server did not take it in the end
    CANCELLED = "cancelled"  # not true any more when it was to leave
    BOUNCED = "bounced"  # taken, then given back

    @property
    def needs_somebody(self) -> bool:
        """Say whether its sender must look."""
        return self in (
            EmailState.UNKNOWN,
            EmailState.REFUSED,
            EmailState.DEAD,
            EmailState.BOUNCED,
        )


@dataclass(frozen=True, slots=True)
class Reachable:
    """A contact who may be written to."""

    contact_id: int
    name: str
    function: str
    address: str
    language: str


def is_address(text: str) -> bool:
    """Say whether a text is one plain e-mail address (RFC 5321, ASCII): no list, no header."""
    return bool(_ADDRESS.fullmatch(text))


def domain_of(address: str) -> str:
    """Return the receiver's domain, in lower case."""
    return address.rpartition("@")[2].lower()


def choose(contacts: Iterable[Reachable], functions: Sequence[str]) -> Reachable | None:
    """Return whom to write to: the first of these functions, else anybody; None for nobody."""
    usable = [one for one in contacts if is_address(one.address)]
    for function in functions:
        for one in usable:
            if one.function == function:
                return one
    return usable[0] if usable else None


def wait_after(attempts: int) -> timedelta:
    """Return the wait before the next try: 5 minutes, doubling, four hours at most.

    Greylisting asks for a few minutes (RFC 6647).
    """
    return min(_FIRST_WAIT * (1 << min(attempts - 1, 16)), _LONGEST_WAIT)
