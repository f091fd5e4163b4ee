"""Goals 15 and 16: the outbox against the same posts without it, and against one bare commit.

Delivery: messages a second through the outbox (taken, drawn, sent, recorded; unpaced) over those
of `AsyncWebClient.chat_postMessage` with a shared session, one after the other as delivery does
within a channel, to the same loopback stub in a process of its own. The stub answers at once, the
hardest case, or after a wait that makes a post last a millisecond. As in `goodcop run`, what is
loaded is not searched for garbage, on either side. Insert: a durable `tell` over one `sqlite3`
commit of a row of the same columns, both with `synchronous=FULL`.
"""

import asyncio
import functools
import gc
import itertools
import multiprocessing
import socket
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event
from sqlmodel import Session

from bot.outlets.slack import Block, SlackClient, open_session
from bot.services.delivery.service import DeliveryService, DeliverySettings
from storage import messages, migrate
from storage.outgoing import Outgoing
from storage.pace import UNPACED
from storage.tables.workspaces import Workspace
from storage.unit_of_work import Database
from storage.vault import Vault

MESSAGES, INSERTS, ROUNDS = 1000, 400, 11
DELIVERY_GOAL, INSERT_GOAL = 0.8, 1.3
WAIT = 0.0005  # seconds the slower stub waits: its post lasts about a millisecond
WORKSPACE = 1
NUMBERS = itertools.count()
_ANSWER = b'{"ok":true,"channel":"C1","ts":"1764000000.000100"}'
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


def clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wait: float) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.lower().split(b"\r\n")
            lengths = [int(ln.split(b":")[1]) for ln in lines if ln.startswith(b"content-length")]
            await reader.readexactly(lengths[0] if lengths else 0)
            if wait:
                await asyncio.sleep(wait)
            writer.write(_HEAD % len(_ANSWER) + _ANSWER)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def stub(port: int, wait: float) -> None:
    """Answer every post as Slack does, `wait` seconds later, until ended."""

    async def serve() -> None:
        answer = functools.partial(_answer, wait=wait)
        server = await asyncio.start_server(answer, "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(serve())


class Words:
    """A drawing of one sentence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []


def draw(_: Session, message: Outgoing) -> Words:
    """Draw a message as its key."""
    return Words(message.key)


def tell(database: Database, count: int, channels: int) -> None:
    """Queue messages to some channels in one commit."""
    with database.write() as uow:
        for number in itertools.islice(NUMBERS, count):
            _tell(uow.session, number, channels)
        uow.commit()


def _tell(session: Session, number: int, channels: int = 10) -> None:
    messages.tell(
        session,
        workspace_id=WORKSPACE,
        kind="alert",
        subject=f"alert:{number}",
        key=f"k{number}",
        now=clock(),
        channel=f"C{number % channels}",
    )


async def anchor_rate(url: str) -> float:
    """Return posts a second of the bare client."""
    async with open_session() as session:
        web = AsyncWebClient("xoxb-1", base_url=url, session=session, retry_handlers=[])
        started = time.perf_counter()
        for number in range(MESSAGES):
            await web.chat_postMessage(
                channel=f"C{number % 10}",
                text=f"k{number}",
                blocks=[],
                metadata={"event_type": "goodcop_message", "event_payload": {"key": f"k{number}"}},
            )
        return MESSAGES / (time.perf_counter() - started)


async def outbox_rate(url: str, database: Database, channels: int) -> float:
    """Return messages a second through the outbox."""
    tell(database, MESSAGES, channels)
    async with open_session() as session:
        slack = SlackClient("xoxb-1", base_url=url, session=session)
        service = DeliveryService(
            database, lambda _: slack, clock, {"alert": draw}, {}, DeliverySettings(UNPACED)
        )
        started, sent = time.perf_counter(), 0
        while sent < MESSAGES:
            sent += (await service.deliver_due(WORKSPACE)).total
        return MESSAGES / (time.perf_counter() - started)


def commits(database: Database, path: Path) -> tuple[float, float]:
    """Return the median seconds of a bare commit and of a durable `tell`, taken in turns."""
    with database.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT * FROM message LIMIT 1").one()
    width = len(row)
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute(f"CREATE TABLE message (id INTEGER PRIMARY KEY, {_columns(width)})")
    bare.execute("CREATE UNIQUE INDEX one ON message (c0, c1)")
    insert = f"INSERT INTO message VALUES (?{', ?' * width})"

    def bare_commit() -> None:
        number = next(NUMBERS)
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(insert, (number, row[0], number, *row[2:]))
        bare.execute("COMMIT")

    def told() -> None:
        with database.write() as uow:
            _tell(uow.session, next(NUMBERS))
            uow.commit()

    times: dict[Callable[[], None], list[float]] = {bare_commit: [], told: []}
    for _ in range(INSERTS):
        for work, seconds in times.items():
            started = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - started)
    bare.close()
    return statistics.median(times[bare_commit]), statistics.median(times[told])


def _columns(width: int) -> str:
    return ", ".join(f"c{number}" for number in range(width))


def durable(database: Database) -> None:
    """Have every connection flush each commit to the disk, as the anchor's does."""

    @event.listens_for(database.engine, "connect")
    def _full(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA synchronous=FULL")


@contextmanager
def a_stub(wait: float) -> Iterator[str]:
    """Yield the address of a stub in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = multiprocessing.get_context("fork").Process(
        target=stub, args=(port, wait), daemon=True
    )
    server.start()
    time.sleep(0.3)
    yield f"http://127.0.0.1:{port}/api/"
    server.terminate()


def delivery(database: Database, wait: float, channels: int) -> float:
    """Return the median ratio of the outbox's rate to the bare client's, taken in turns."""
    ratios, posts, cpu = [], [], []
    with a_stub(wait) as url:
        for _ in range(ROUNDS):
            began = time.process_time()
            bare = asyncio.run(anchor_rate(url))
            turned = time.process_time()
            ratios.append(asyncio.run(outbox_rate(url, database, channels)) / bare)
            posts.append(1000 / bare)
            cpu.append((turned - began) / (time.process_time() - turned))
    found = statistics.median(ratios)
    print(
        f"goal 15, {channels} channels, a post of {statistics.median(posts):.2f} ms: {found:.2f}x "
        f"({min(ratios):.2f}-{max(ratios):.2f}; at least {DELIVERY_GOAL}x); "
        f"per CPU second, with the queueing, {statistics.median(cpu):.2f}x"
    )
    return found


def main() -> int:
    """Print every ratio; exit 1 when a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/outbox.sqlite3", Vault(("key",)))
        migrate.upgrade(database.engine)
        with database.write() as uow:
            uow.session.add(Workspace(id=WORKSPACE, created_at=clock()))
            uow.commit()
        gc.collect()
        gc.freeze()
        found = [
            delivery(database, wait, channels)
            for wait, channels in ((0.0, 10), (0.0, 1), (WAIT, 10), (WAIT, 1))
        ]
        database.engine.dispose()
        durable(database)
        anchor, tell_seconds = commits(database, Path(folder) / "bare.sqlite3")
        database.close()
    insert = tell_seconds / anchor
    print(f"goal 16: {tell_seconds * 1e6:.0f} us, bare {anchor * 1e6:.0f} us: {insert:.2f}x (1.3x)")
    return 0 if min(found) >= DELIVERY_GOAL and insert <= INSERT_GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
