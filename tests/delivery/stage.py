"""A playground, a delivery service that speaks to it, and a clock that tests move."""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.outlets.slack import SlackClient, open_session
from bot.playground.config import PlaygroundConfig, SeedChannel, SeedUser
from bot.playground.server import Playground, create, serve
from bot.services.delivery.service import DeliveryReport, DeliveryService, DeliverySettings
from storage.outgoing import OnSent, Outgoing, Render
from storage.pace import UNPACED
from storage.unit_of_work import Database
from tests.storage.queue_rows import NOW, WORKSPACE

ANNE = "U0ANNE"


@dataclass(slots=True)
class MovedClock:
    """A clock that only tests move."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """Return the instant last set."""
        return self.now

    def forward(self, **by: float) -> None:
        """Move on by a timedelta's arguments."""
        self.now += timedelta(**by)


@dataclass(frozen=True, slots=True)
class Words:
    """A drawing of one sentence."""

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)


def say_key(session: Session, message: Outgoing) -> Words:
    """Draw a message as its key: the playground's record then says which one it is."""
    return Words(message.key)


KINDS: Mapping[str, Render] = {"alert": say_key, "alert_event": say_key, "handover": say_key}


def channels(count: int) -> tuple[SeedChannel, ...]:
    """Return private channels C0, C1, … that Anne is in."""
    return tuple(SeedChannel(f"C{number}", f"ventes-{number}", [ANNE]) for number in range(count))


@contextlib.contextmanager
def a_playground(
    clock: Callable[[], datetime] | None = None, **changes: Any
) -> Iterator[Playground]:
    """Serve a workspace of Anne and ten channels; `changes` replace settings."""
    settings: dict[str, Any] = {
        "users": (SeedUser(ANNE, "anne", "Anne Morel", "anne@example.org"),),
        "channels": channels(10),
        "rate_limits": False,
    }
    if clock:
        settings["clock"] = clock
    with serve(create(PlaygroundConfig(**(settings | changes)))) as served:
        yield served.playground


@contextlib.asynccontextmanager
async def a_client(playground: Playground, *, seconds: float = 5.0) -> AsyncIterator[SlackClient]:
    """Open a client of the playground."""
    async with open_session(seconds=seconds) as session:
        yield SlackClient(playground.config.bot_token, base_url=playground.api_url, session=session)


@dataclass(slots=True)
class PostOffice:
    """A delivery service and its clock."""

    service: DeliveryService
    clock: MovedClock

    async def deliver(self) -> DeliveryReport:
        """Send what is due at the clock's instant."""
        return await self.service.deliver_due(WORKSPACE, self.clock())

    async def settle(self) -> DeliveryReport:
        """Look for what is unknown at the clock's instant."""
        return await self.service.settle_unknown(WORKSPACE, self.clock())

    async def work(self, hours: float, *, step_seconds: float = 30.0) -> None:
        """Let time pass, delivering and looking as the loop would."""
        end = self.clock() + timedelta(hours=hours)
        while self.clock() < end:
            await self.settle()
            await self.deliver()
            self.clock.forward(seconds=step_seconds)


@contextlib.asynccontextmanager
async def a_post_office(
    database: Database,
    playground: Playground,
    clock: MovedClock,
    *,
    render: Mapping[str, Render] = KINDS,
    on_sent: Mapping[str, OnSent] | None = None,
    settings: DeliverySettings | None = None,
) -> AsyncIterator[PostOffice]:
    """Open a delivery service towards the playground, unpaced unless `settings` say otherwise."""
    async with a_client(playground) as slack:
        service = DeliveryService(
            database,
            lambda _: slack,
            clock,
            render,
            on_sent or {},
            settings or DeliverySettings(pace=UNPACED),
        )
        yield PostOffice(service, clock)
