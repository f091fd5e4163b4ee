"""Short-lived permissions: trigger ids (once, 3 s) and response URLs (5 uses, 30 minutes)."""

import secrets
import time
from dataclasses import dataclass

from bot.playground.shapes import SlackError

RESPONSE_USES = 5
RESPONSE_SECONDS = 30 * 60.0


@dataclass(slots=True)
class Trigger:
    """What one user action allows: one modal, soon."""

    user: str
    view_id: str | None  # the modal it came from: views.push goes on top of it
    expires: float
    used: bool = False


@dataclass(slots=True)
class Reply:
    """A response URL: where it answers, to whom, about which message."""

    channel: str
    user: str
    message_ts: str | None
    thread_ts: str | None
    expires: float
    uses: int = 0


class Tickets:
    """Give and take trigger ids and response URL tokens."""

    def __init__(self, trigger_seconds: float) -> None:
        self.trigger_seconds = trigger_seconds
        self.triggers: dict[str, Trigger] = {}
        self.replies: dict[str, Reply] = {}

    def give_trigger(self, user: str, view_id: str | None = None) -> str:
        """Return a trigger id for something a user just did."""
        id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**11)}.{secrets.token_hex(16)}"
        self.triggers[id] = Trigger(user, view_id, time.monotonic() + self.trigger_seconds)
        return id

    def take_trigger(self, id: object) -> Trigger:
        """Use a trigger id, or raise why it cannot be."""
        trigger = self.triggers.get(id) if isinstance(id, str) else None
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def give_reply(
        self, user: str, channel: str, message_ts: str | None, thread_ts: str | None = None
    ) -> str:
        """Return the token of a response URL."""
        token = secrets.token_urlsafe(18)
        expires = time.monotonic() + RESPONSE_SECONDS
        self.replies[token] = Reply(channel, user, message_ts, thread_ts, expires)
        return token

    def take_reply(self, token: str) -> Reply:
        """Count one use of a response URL, or raise why it is refused."""
        reply = self.replies.get(token)
        if reply is None or time.monotonic() > reply.expires:
            raise SlackError("expired_url")
        if reply.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        reply.uses += 1
        return reply
