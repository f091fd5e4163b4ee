"""500 alerts to 50 channels at Slack's own pace, against one message a second per channel.

The playground keeps its rate limits (about one post a second per channel); its ceiling per
workspace and ours are lifted for this measurement. Goal: at most 1.2 times the 10 seconds that ten
messages a channel take at one a second, and no 429 of our making.
"""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime

from sqlmodel import Session

from bot.outlets.slack import Block, SlackClient, open_session
from bot.playground.config import PlaygroundConfig, SeedChannel, SeedUser
from bot.playground.server import Playground, create, serve
from bot.services.delivery.service import DeliveryService, DeliverySettings
from jobs.deliver_messages import DeliverMessages
from storage import messages, migrate, schema
from storage.outgoing import Outgoing
from storage.pace import PaceRules
from storage.tables.workspaces import Workspace
from storage.unit_of_work import Database
from storage.vault import Vault

CHANNELS, EACH, GOAL = 50, 10, 1.2
WORKSPACE, ANNE = 1, "U0ANNE"
TABLES = schema.metadata  # every table, which foreign keys need to be known


def clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


class Words:
    """A drawing of one sentence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []


def draw(_: Session, message: Outgoing) -> Words:
    """Draw a message as its key."""
    return Words(message.key)


def fill(database: Database) -> None:
    """Queue every alert, in one commit."""
    with database.write() as uow:
        uow.session.add(Workspace(id=WORKSPACE, created_at=clock()))
        uow.session.flush()
        for number in range(CHANNELS * EACH):
            messages.tell(
                uow.session,
                workspace_id=WORKSPACE,
                kind="alert",
                subject=f"alert:{number}",
                key=f"k{number}",
                now=clock(),
                channel=f"C{number % CHANNELS}",
            )
        uow.commit()


async def deliver(database: Database, playground: Playground) -> float:
    """Run the delivery loop until everything is posted; return the seconds it took."""
    async with open_session() as session:
        slack = SlackClient(
            playground.config.bot_token, base_url=playground.api_url, session=session
        )
        settings = DeliverySettings(PaceRules(posts_a_minute=None))
        service = DeliveryService(database, lambda _: slack, clock, {"alert": draw}, {}, settings)
        loop = DeliverMessages(service, lambda: [WORKSPACE], clock)
        started = time.perf_counter()
        running = asyncio.create_task(loop.run())
        while len(playground.slack.workspace.posts) < CHANNELS * EACH:
            await asyncio.sleep(0.01)
            if time.perf_counter() - started > 10 * EACH:
                break
        seconds = time.perf_counter() - started
        loop.stop()
        await running
    return seconds


def main() -> int:
    """Print the ratio; exit 1 when the goal is missed."""
    config = PlaygroundConfig(
        users=(SeedUser(ANNE, "anne", "Anne Morel"),),
        channels=tuple(SeedChannel(f"C{n}", f"ventes-{n}", [ANNE]) for n in range(CHANNELS)),
        workspace_ceiling=None,
    )
    with tempfile.TemporaryDirectory() as folder, serve(create(config)) as served:
        database = Database(f"sqlite:///{folder}/outbox.sqlite3", Vault(("key",)))
        migrate.upgrade(database.engine)
        fill(database)
        seconds = asyncio.run(deliver(database, served.playground))
        database.close()
        posts = len(served.playground.posts())
        refused = served.playground.slack.pace.refused
    ratio = seconds / EACH
    print(f"{posts} alerts in {seconds:.2f} s, {refused} refused (429)")
    print(f"against {EACH} s at one a second: {ratio:.2f}x (at most {GOAL}x)")
    return 0 if posts == CHANNELS * EACH and not refused and ratio <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
