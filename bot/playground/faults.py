"""Faults on demand: what the next calls of a method meet instead of an answer."""

import time
from dataclasses import asdict, dataclass
from enum import StrEnum

from bot.playground.shapes import Json


class FaultKind(StrEnum):
    """Ways in which Slack fails."""

    RATE_LIMITED = "429"
    ERROR_500 = "500"
    ERROR_502 = "502"
    TIMEOUT = "timeout"  # hold the call, then drop the connection, nothing done
    ANSWER_LOST = "answer_lost"  # do what was asked, then drop the connection
    ANSWER_502 = "answer_502"  # do what was asked, then answer 502
    EMPTY_BODY = "empty_body"  # 200 without JSON, nothing done
    SLACK_ERROR = "slack_error"  # {"ok": false, "error": detail}


@dataclass(slots=True)
class Fault:
    """One fault; `times` None lasts until cleared, `method` "*" meets every method."""

    method: str
    kind: FaultKind
    times: int | None = 1
    retry_after: int = 1
    hold_seconds: float = 0.0
    detail: str = "internal_error"
    channel: str | None = None  # only for calls about this channel


class Faults:
    """Hold the faults asked for, oldest first."""

    def __init__(self) -> None:
        self.pending: list[Fault] = []
        self._down_until = 0.0

    def add(self, fault: Fault) -> None:
        """Ask for a fault."""
        self.pending.append(fault)

    def clear(self) -> None:
        """Forget every fault and come back up."""
        self.pending.clear()
        self._down_until = 0.0

    def go_down(self, seconds: float) -> None:
        """Answer 503 to everything for some seconds of real time."""
        self._down_until = time.monotonic() + seconds

    @property
    def down(self) -> bool:
        """Say whether Slack is down."""
        return time.monotonic() < self._down_until

    def take(self, method: str, channel: str | None = None) -> Fault | None:
        """Return the fault that this call meets, and count it."""
        for fault in self.pending:
            if fault.method in ("*", method) and fault.channel in (None, channel):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.pending.remove(fault)
                return fault
        return None

    def listed(self) -> list[Json]:
        """Return the pending faults as JSON."""
        return [asdict(fault) for fault in self.pending]
