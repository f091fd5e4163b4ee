"""A process to be killed: it opens companies' day (activates or scans, delivers) and says where.

Arguments: database address, Slack's API address, token. Each line read (`PLACE INSTANT tenant …`)
makes it fork a child that says `pid N`, opens the day of these tenants at that instant and stands
still at `PLACE`; the parent says `gone` when it ended. The child's words:
`scan` a commit of a scan begins; `scanned-1`, `activated-2` that commit of a scan, of an
activation, is done; `send` and `after` around each post; `done N` a company's day is open;
`wait INSTANT` nothing is due before: the process alone on its database moves its clock there.
Forking spares the imports: a hundred processes are started in seconds.
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.domain.actors import system
from bot.outlets.slack import Posted, SlackClient, open_session
from bot.services.alerts.service import AlertService
from bot.services.delivery.drawings import drawings, sent_hooks
from bot.services.delivery.service import DeliveryService, DeliverySettings
from bot.sources.holidays_fr import french_holidays
from storage import scan_settings
from storage.pace import UNPACED
from storage.unit_of_work import Database, UnitOfWork
from storage.vault import Vault
from tests.books import TODAY

LEASE = timedelta(minutes=1)
KEY = "test-key"
FOR_EVER = 60
BESIDE_ANOTHER = "beside"


def say(line: str) -> None:
    """Tell the test, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Telling:
    """Says where the process is, and stands still at one place until somebody kills it."""

    def __init__(self, stand_at: str) -> None:
        self._stand_at = stand_at

    def __call__(self, place: str) -> None:
        """Say that `place` is reached."""
        say(place)
        if place == self._stand_at:
            time.sleep(FOR_EVER)


class Committing(UnitOfWork):
    """A unit of work that says when it was committed."""

    def __init__(self, plain: UnitOfWork, tell: Telling, done: str) -> None:
        super().__init__(plain.session, plain.vault)
        self._tell, self._done = tell, done

    def commit(self) -> None:
        """Commit, then say so."""
        super().commit()
        self._tell(self._done)


class Watched(Database):
    """A database that says where each commit of a scan is."""

    def __init__(self, url: str, tell: Telling) -> None:
        super().__init__(url, Vault((KEY,)))
        self.tell, self.doing, self.commits = tell, "scanned", 0

    @contextmanager
    def write(
        self, *, interactive: bool = False, before: Callable[[Connection], None] | None = None
    ) -> Iterator[UnitOfWork]:
        """Open a unit of work, saying so."""
        self.commits += 1
        self.tell("scan")
        with super().write(interactive=interactive, before=before) as uow:
            yield Committing(uow, self.tell, f"{self.doing}-{self.commits}")


class Announcing(SlackClient):
    """A client that says when a post begins and when its answer has come."""

    tell: Telling

    async def post(
        self, channel: str, text: str, blocks: object, *, key: str, thread: str = ""
    ) -> Posted:
        """Post, saying so."""
        self.tell("send")
        posted = await super().post(channel, text, blocks, key=key, thread=thread)  # type: ignore[arg-type]
        self.tell("after")
        return posted


def scan(database: Watched, tenant: int, now: datetime) -> None:
    """Judge a company's clients; where alerts are not on yet, somebody turns them on."""
    with database.read() as uow:
        settings = scan_settings.get_settings(uow.session, workspace_id=tenant)
    database.doing, database.commits = "scanned" if settings.activated_at else "activated", 0
    service = AlertService(database, chunk=1)
    if settings.activated_at:
        service.scan(tenant, today=TODAY, now=now)
    else:
        service.activate(system(tenant), today=TODAY, now=now)


@dataclass(slots=True)
class RunningClock:
    """A clock that goes on by itself, and further when somebody waits."""

    now: datetime
    started: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        """Return the present instant."""
        return self.now + timedelta(seconds=time.monotonic() - self.started)

    def wait_until(self, instant: datetime) -> None:
        """Be at an instant that is to come; one that is past changes nothing."""
        self.now += max(instant - self(), timedelta(0))


async def deliver(service: DeliveryService, tenant: int, clock: RunningClock | None) -> None:
    """Deliver until the company's outbox is empty; without a clock to move, wait as all do."""
    while True:
        settled = await service.settle_unknown(tenant)
        sent = await service.deliver_due(tenant)
        if settled.total or sent.total:
            continue  # what came of it may be due again
        due = [at for at in (settled.next_at, sent.next_at) if at]
        if not due:
            return
        if clock is None:
            await asyncio.sleep(0.01)
        elif min(due) > clock():
            clock.wait_until(min(due))
            say(f"wait {clock().timestamp()}")


async def live(line: str, url: str, api_url: str, token: str) -> None:
    """Do what a process does in its life: for each company scan, then deliver."""
    stand_at, instant, *tenants = line.split()
    tell, clock = Telling(stand_at), RunningClock(datetime.fromtimestamp(float(instant), tz=UTC))
    settings = DeliverySettings(pace=UNPACED, lease=LEASE, batch=4)
    watched, database = Watched(url, tell), Database(url, Vault((KEY,)))
    async with open_session(seconds=LEASE.total_seconds() / 4) as session:
        slack = Announcing(token, base_url=api_url, session=session)
        slack.tell = tell
        service = DeliveryService(
            database, lambda _: slack, clock, drawings(clock), sent_hooks(), settings
        )
        for tenant in map(int, tenants):
            scan(watched, tenant, clock())
            await deliver(service, tenant, None if stand_at == BESIDE_ANOTHER else clock)
            tell(f"done {tenant}")
    watched.close()
    database.close()


def main() -> None:
    """Fork a child for each line; it is the children that are killed."""
    french_holidays([TODAY.year])  # imports a module for each country: once, not in every child
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            asyncio.run(live(line, *sys.argv[1:]))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        say("crashed" if os.WIFEXITED(status) and os.WEXITSTATUS(status) else "gone")


if __name__ == "__main__":
    main()
