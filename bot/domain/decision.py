"""What a judgement leads to: the level, the rules behind it, and what changes."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bot.domain.ageing import AgeingBucket
from bot.domain.lifecycle import AlertState
from bot.domain.reasons import PIERCING, Held, Rule
from bot.domain.window import Window


class Change(StrEnum):
    """What a judgement does to an alert, the weightiest first."""

    RESOLVED = "resolved"
    OPENED = "opened"
    HANDED_OVER = "handed_over"
    REASSIGNED = "reassigned"
    NEWS = "news"
    EXPIRED = "expired"
    HANDOVER_PROPOSED = "handover_proposed"
    WINDOW_ENDING = "window_ending"
    EDITED = "edited"
    LIMIT = "limit"
    LIMIT_CLEARED = "limit_cleared"


_WEIGHTS = {change: place for place, change in enumerate(Change)}


class Decision(NamedTuple):
    """What a client's facts lead to. Level 0 is no alert; `rules` may still say why not yet.

    It holds no figure of the client, so that clients in the same case share one; `draw_reasons`
    (levels) adds the figures. `limit_stage` is the percentage of the credit limit to remember as
    said (0 re-arms it).
    """

    level: int = 0
    rules: tuple[Rule, ...] = ()
    state: AlertState | None = None
    state_ends_on: date | None = None
    changes: tuple[Change, ...] = ()
    held: Held | None = None
    limit_stage: int = 0
    window: Window | None = None
    bucket: AgeingBucket = AgeingBucket.NOT_DUE

    @property
    def change(self) -> str:
        """Return the weightiest change, or `none`."""
        return min(self.changes, key=_WEIGHTS.__getitem__).value if self.changes else "none"

    @property
    def pierces(self) -> bool:
        """Say whether one of its reasons goes past the budget and snoozes."""
        return not PIERCING.isdisjoint(self.rules)


NOTHING = Decision()
