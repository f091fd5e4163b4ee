"""What a scan did or would do, as values and as the command line's JSON."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.reasons import Held, Reason


class Delivery(StrEnum):
    """What became of the message an alert asks for."""

    PREVIEW = "preview"
    QUEUED = "queued"
    PENDING = "pending"  # queued by an earlier scan, not sent yet
    BUDGET = "budget"
    QUIET = "quiet"
    HELD = "held"
    NONE = "none"


@dataclass(slots=True)
class AlertLine:
    """A client in alert (or at its credit limit: level 0), and what the scan did about it."""

    client_id: int
    client: str
    owner: str | None
    owner_id: int | None
    level: int
    draw_reasons: Callable[[], tuple[Reason, ...]]
    state: str
    change: str
    channel: str
    delivery: Delivery
    overdue_minor: int = 0
    currency: str = ""
    oldest_due_on: date | None = None
    alert_id: int | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why, with the figures: drawn when asked for, most scans are read by nobody."""
        return self.draw_reasons()


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A client that would be in alert, and why it is not said."""

    client_id: int
    client: str
    held: Held


@dataclass(slots=True)
class ScanReport:
    """The whole scan: alerts the worst first, then what is held back."""

    today: date
    alerts: list[AlertLine] = field(default_factory=list)
    held: list[HeldLine] = field(default_factory=list)
    judged: int = 0

    def sort(self) -> None:
        """Put the worst first: by level, then by money."""
        self.alerts.sort(key=lambda line: (-line.level, -line.overdue_minor, line.client))
        self.held.sort(key=lambda line: line.client)

    def to_json(self) -> dict[str, Any]:
        """Return the object `goodcop scan --json` prints."""
        return {
            "today": self.today.isoformat(),
            "alerts": [_alert_json(line) for line in self.alerts],
            "held": [_held_json(line) for line in self.held],
        }


def _alert_json(line: AlertLine) -> dict[str, Any]:
    return {
        "client": line.client,
        "owner": line.owner,
        "level": line.level,
        "reasons": [{"rule": reason.rule.value, "text": reason.text()} for reason in line.reasons],
        "state": line.state,
        "change": line.change,
        "channel": line.channel,
        "delivery": line.delivery.value,
    }


def _held_json(line: HeldLine) -> dict[str, Any]:
    until = line.held.until
    return {
        "client": line.client,
        "why": line.held.text(),
        "until": until.isoformat() if until else None,
    }
