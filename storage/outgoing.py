"""A message on its way, and what those who draw it and hear of it look like."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message taken; `channel` and `thread` are where it goes, found when it was taken.

    `edits_ts` is the message that an edit changes; `attempts` counts the present try; `taken_by`
    is new for each taking, so that a late answer cannot settle somebody else's try.
    """

    workspace_id: int
    id: int
    key: str
    kind: str
    subject: str
    version: int
    method: str
    channel: str
    thread: str
    edits_ts: str
    person_id: int | None
    attempts: int
    attempted_at: datetime
    taken_by: str
    body: dict[str, Any] = field(default_factory=dict)


class Drawing(Protocol):
    """A message as it will look: the fallback text and the blocks."""

    @property
    def text(self) -> str:
        """The text of notifications and screen readers."""

    @property
    def blocks(self) -> Sequence[Mapping[str, Any]]:
        """The blocks, in Slack's own form."""


Render = Callable[[Session, Outgoing], Drawing | None]
"""Draw a message from the state as it is now; None when it is no longer true."""

OnSent = Callable[[Session, Outgoing, str, str], None]
"""Note that a message was posted (channel, ts), in the commit that says so."""
