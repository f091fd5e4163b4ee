"""Events API: deliver subscribed events, and again by Slack's rules when they fail."""

import asyncio
from dataclasses import dataclass, field

from bot.playground import payloads
from bot.playground.context import Slack
from bot.playground.delivery import TIMED_OUT, Answer, Delivery
from bot.playground.shapes import Json
from bot.playground.state import Message


@dataclass(slots=True)
class SentEvent:
    """One event and the answers to each of its deliveries."""

    payload: Json
    answers: list[Answer] = field(default_factory=list)


class Events:
    """Send events, keep them, send them again: at once, after 1 minute, after 5."""

    def __init__(self, slack: Slack, delivery: Delivery) -> None:
        self.slack = slack
        self.delivery = delivery
        self.sent: list[SentEvent] = []

    async def send(self, inner: Json) -> SentEvent | None:
        """Deliver an event that the app subscribed to; None when it did not."""
        if inner["type"] not in self.slack.config.events:
            return None
        event = SentEvent(payloads.event(self.slack, inner))
        self.sent.append(event)
        answer = await self.delivery.send("events_api", event.payload)
        event.answers.append(answer)
        if not answer.ok:
            self.slack.in_background(self._retry(event))
        return event

    async def _retry(self, event: SentEvent) -> None:
        for number, delay in enumerate(self.slack.config.retry_delays, start=1):
            await asyncio.sleep(delay)
            if (await self.redeliver(event, retry=number)).ok:
                return

    async def redeliver(self, event: SentEvent, *, retry: int = 1) -> Answer:
        """Deliver the same event once more, as a retry."""
        failed = bool(event.answers) and event.answers[-1].error == TIMED_OUT
        reason = "http_timeout" if failed else "http_error"
        answer = await self.delivery.send("events_api", event.payload, retry=retry, reason=reason)
        event.answers.append(answer)
        return answer

    async def open_home(self, user: str) -> SentEvent | None:
        """Say that a person opened the app's Home."""
        channel = self.slack.workspace.direct(user)
        inner: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": channel.id,
            "tab": "home",
            "event_ts": self.slack.workspace.new_ts(),
        }
        home = self.slack.workspace.homes.get(user)
        if home:
            inner["view"] = home.as_json(self.slack.config)
        return await self.send(inner)

    async def say(
        self, user: str, channel: str, text: str, *, thread_ts: str | None = None
    ) -> Message:
        """Write a person's message in a channel, and tell the app when it subscribed to it."""
        workspace, at = self.slack.workspace, self.slack.config.clock()
        shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        message = Message(workspace.new_ts(), channel, user, shown, [], at, thread_ts=thread_ts)
        workspace.add_message(message)
        place = workspace.channels[channel]
        kind = "im" if place.with_user else "group" if place.is_private else "channel"
        inner = message.as_json(self.slack.config)
        inner |= {"channel": channel, "channel_type": kind, "event_ts": message.ts}
        await self.send(inner)
        return message
