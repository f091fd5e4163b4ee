"""What every drawing of a message is made with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from bot.rendering.views import Voice
from storage.outgoing import Drawing, Outgoing
from storage.sessions import Session

_View = TypeVar("_View")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a drawing is made with: the message, its reader's voice, the moment and their day."""

    session: Session
    message: Outgoing
    voice: Voice
    now: datetime
    today: date

    @property
    def tenant(self) -> int:
        """Return the workspace."""
        return self.message.workspace_id

    def number(self, name: str) -> int:
        """Return a number the message carries."""
        return int(self.message.body[name])

    def numbers(self, name: str) -> list[int]:
        """Return the numbers the message carries."""
        return [int(one) for one in self.message.body[name]]

    def say(self, view: _View | None, draw: Callable[[_View, Voice], Drawing]) -> Drawing | None:
        """Draw a view in the reader's voice; None when there is nothing to show."""
        return None if view is None else draw(view, self.voice)


Draw = Callable[[Sheet], Drawing | None]


def shown(
    view: Callable[..., _View | None],
    draw: Callable[[_View, Voice], Drawing],
    *numbers: str,
    today: bool = False,
    now: bool = False,
) -> Draw:
    """Return the drawing of a view that is read by the numbers a message carries.

    `today` and `now` say whether the view depends on the reader's day, on the moment.
    """

    def drawn(sheet: Sheet) -> Drawing | None:
        asked: dict[str, object] = {name: sheet.number(name) for name in numbers}
        if today:
            asked["today"] = sheet.today
        if now:
            asked["now"] = sheet.now
        return sheet.say(view(sheet.session, workspace_id=sheet.tenant, **asked), draw)

    return drawn
