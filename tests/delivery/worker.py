"""A process to be killed: it scans (writes messages), delivers and settles, and says where it is.

Arguments: database address, Slack's API address, token. Each line read (`first last`) makes it
fork a child that scans those numbers, then delivers until the outbox is empty; the parent answers
`pid N`, passes the child's words (`scan`, `send`, `after`: what begins now) and says `gone` when it
ended. Forking spares the imports: a hundred processes are started in seconds.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.outlets.slack import Block, Posted, SlackClient, open_session
from bot.services.delivery.service import DeliveryService, DeliverySettings
from storage import messages, schema
from storage.outgoing import Outgoing
from storage.pace import UNPACED
from storage.tables.alerts import Event
from storage.unit_of_work import Database
from storage.vault import Vault

WORKSPACE = 1
TABLES = schema.metadata  # every table, which foreign keys need to be known
LEASE = timedelta(seconds=0.6)
KEY = "test-key"


def clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def announce(phase: str) -> None:
    """Tell the test that a phase begins."""
    sys.stdout.write(phase + "\n")
    sys.stdout.flush()


def scan(database: Database, first: int, last: int) -> None:
    """Write, for each number, a fact and its message in one commit (as a scan does)."""
    for number in range(first, last):
        announce("scan")
        with database.write() as uow:
            told = messages.tell(
                uow.session,
                workspace_id=WORKSPACE,
                kind="alert",
                subject=f"alert:{number}",
                key=f"k{number}",
                now=clock(),
                channel=f"C{number % 10}",
            )
            if told:
                fact = Event(
                    workspace_id=WORKSPACE, id=number + 1, key=f"k{number}", kind="fact", at=clock()
                )
                uow.session.add(fact)
            uow.commit()


class Words:
    """A message as its key."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []


def draw(_: Session, message: Outgoing) -> Words:
    """Draw a message as its key."""
    return Words(message.key)


class Announcing(SlackClient):
    """A client that says when a post begins and when its answer has come."""

    async def post(
        self, channel: str, text: str, blocks: object, *, key: str, thread: str = ""
    ) -> Posted:
        """Post, saying so."""
        announce("send")
        posted = await super().post(channel, text, [], key=key, thread=thread)
        announce("after")
        return posted


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Open the database for the length of a block."""
    database = Database(url, Vault((KEY,)))
    try:
        yield database
    finally:
        database.close()


async def deliver(database: Database, api_url: str, token: str) -> None:
    """Deliver until the outbox is empty."""
    settings = DeliverySettings(
        pace=UNPACED, lease=LEASE, settle_after=timedelta(seconds=0.1), batch=4
    )
    async with open_session(seconds=LEASE.total_seconds() / 2) as session:
        slack = Announcing(token, base_url=api_url, session=session)
        service = DeliveryService(database, lambda _: slack, clock, {"alert": draw}, {}, settings)
        while True:
            settled = await service.settle_unknown(WORKSPACE)
            sent = await service.deliver_due(WORKSPACE)
            if settled.next_at is None and sent.next_at is None:
                return
            await asyncio.sleep(0.01)


def work(url: str, api_url: str, token: str, first: int, last: int) -> None:
    """Do what a process does in its life: scan, then deliver."""
    with opened(url) as database:
        scan(database, first, last)
        asyncio.run(deliver(database, api_url, token))


def main() -> None:
    """Fork a child for each line; it is the children that are killed."""
    url, api_url, token = sys.argv[1:4]
    for line in sys.stdin:
        first, last = map(int, line.split())
        child = os.fork()
        if child == 0:
            work(url, api_url, token, first, last)
            os._exit(0)
        announce(f"pid {child}")
        os.waitpid(child, 0)
        announce("gone")


if __name__ == "__main__":
    main()
