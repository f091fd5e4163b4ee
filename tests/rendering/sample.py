"""A drawing to be checked in every way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.rendering.messages import Message
from bot.rendering.views import Voice

Drawn = Message | dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """A drawing and the view it is given."""

    draw: Callable[[Any, Voice], Drawn]
    view: Any
