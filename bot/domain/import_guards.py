"""What is asked before a file is believed, and the day its books are true on."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.ledger import ParsedLedger

_RECENT = timedelta(days=30)
_LEAST_SHARE = 0.7
_FEW_CLIENTS = 10


class YearStep(StrEnum):
    """How a file's fiscal year stands to the newest one held."""

    FIRST = "first"
    SAME = "same"
    NEXT = "next"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year held: its bounds (inclusive), and which of its files came last."""

    id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class LastFile:
    """What the previous file of the same books said: its rows, its latest bank or sales entry."""

    kind: str
    rows: int
    latest_on: date | None


def as_of(stated: date | None, last_entry_on: date | None, today: date) -> date:
    """Return the day the books are true on.

    The stated day; else `today` when the last entry is under 30 days old; else the last entry's.
    """
    if stated is not None:
        return stated
    if last_entry_on is None or today - last_entry_on < _RECENT:
        return today
    return last_entry_on


def year_step(held: Year | None, starts_on: date, ends_on: date) -> YearStep:
    """Return how a file's year stands to the newest held; years that mostly overlap are one."""
    if held is None:
        return YearStep.FIRST
    shared = (min(held.ends_on, ends_on) - max(held.starts_on, starts_on)).days + 1
    shortest = min((held.ends_on - held.starts_on).days, (ends_on - starts_on).days) + 1
    if shared * 2 > shortest:
        return YearStep.SAME
    return YearStep.NEXT if starts_on > held.starts_on else YearStep.OLDER


def shrinks(ledger: ParsedLedger, last: LastFile | None, held: dict[str, int]) -> str | None:
    """Return the question to ask when a file looks like less than the books held, or None.

    `held` is what each client (by code) owes, positive sums only. Books of one year only grow:
    fewer rows (under 70 %) or an earlier last entry is suspicious. A list of open items may
    shrink, but not lose clients who owed more than 30 % of the whole.
    """
    if ledger.kind == "fec" and last is not None and last.kind == "fec":
        if ledger.rows < last.rows * _LEAST_SHARE:
            return f"This file has {ledger.rows} lines, the previous one had {last.rows}."
        latest = max(filter(None, (ledger.receipts_until, ledger.sales_until)), default=None)
        if latest is not None and last.latest_on is not None and latest < last.latest_on:
            return f"This file ends on {latest}, the previous one on {last.latest_on}."
        return None
    present = {client.code for client in ledger.clients}
    lost = {code: minor for code, minor in held.items() if minor > 0 and code not in present}
    owed = sum(minor for minor in held.values() if minor > 0)
    many = sum(1 for minor in held.values() if minor > 0) >= _FEW_CLIENTS
    if many and sum(lost.values()) > owed * (1 - _LEAST_SHARE):
        return f"{len(lost)} clients who owe money are missing from this file."
    return None
