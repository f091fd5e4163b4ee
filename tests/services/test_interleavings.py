"""Whatever comes in whatever order: the books balance, nothing is doubled, neighbours are left."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from bot.core import Core, core_on
from bot.domain.actors import Actor
from bot.domain.errors import AmbiguousDelivery, GoodcopError
from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import Outcome, Role
from bot.outlets.slack import Block, Posted, SlackClient
from bot.services.delivery.drawings import drawings, sent_hooks
from bot.services.delivery.service import DeliveryService, DeliverySettings
from storage.pace import UNPACED
from storage.schema import metadata
from storage.unit_of_work import Database
from storage.vault import Vault
from tests.books import TODAY, Books, open_books
from tests.conftest import NOW
from tests.import_files import ITEM_HEADER

CODES = ("C1", "C2", "C3")
Rows = list[tuple[Any, ...]]
Step = tuple[str, Any]
which = st.integers(0, len(CODES) - 1)
items = st.dictionaries(st.integers(1, 6), st.integers(-90_000, 900_000).filter(bool), max_size=5)
steps: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        st.tuples(st.just("bring"), items),
        st.tuples(st.sampled_from(["scan", "deliver", "lose_answers", "undo"]), st.none()),
        st.tuples(st.sampled_from(["note", "promise", "take_up", "hand_over", "take"]), which),
        st.tuples(st.just("wait"), st.integers(1, 12)),
    ),
    max_size=14,
)
AT_WORK: list[Step] = [
    ("bring", {1: 90_000, 2: 700_000, 3: 80_000}),
    ("scan", None),
    ("deliver", None),
]
WITH_FINANCE: list[Step] = [*AT_WORK, ("hand_over", 1)]


@dataclass
class FakeSlack:
    """Slack in memory; it may take a message and lose the answer."""

    loses: bool = False
    posted: dict[str, Posted] = field(default_factory=dict)

    async def post(
        self, channel: str, text: str, blocks: Sequence[Block], *, key: str, thread: str = ""
    ) -> Posted:
        """Take a message, each key once."""
        assert key not in self.posted
        self.posted[key] = Posted(channel, f"{len(self.posted) + 1}.0", text)
        if self.loses:
            raise AmbiguousDelivery("the answer was lost")
        return self.posted[key]

    async def update(self, channel: str, ts: str, text: str, blocks: Sequence[Block]) -> Posted:
        """Take an edit of a message it has."""
        assert ts in {message.ts for message in self.posted.values()}
        return Posted(channel, ts, text)

    async def find_by_key(
        self, channel: str, key: str, *, oldest: datetime, thread: str = ""
    ) -> Posted | None:
        """Find a message by its key."""
        return self.posted.get(key)


@dataclass
class World:
    """A company at work, its Slack, and a neighbour on the same database."""

    core: Core
    books: Books
    folder: Path
    anne: Actor
    fiona: Actor
    clients: list[int]
    slack: FakeSlack = field(default_factory=FakeSlack)
    now: datetime = NOW
    keys: Iterator[int] = field(default_factory=itertools.count)
    last_run: int | None = None

    @property
    def tenant(self) -> int:
        """Return the company's workspace."""
        return self.books.workspace_id

    @property
    def today(self) -> date:
        """Return the company's day."""
        return self.now.astimezone(ZoneInfo("Europe/Paris")).date()

    def clock(self) -> datetime:
        """Return the instant last waited for."""
        return self.now

    def act(self, name: str, given: Any) -> Callable[[], object]:
        """Return an act as somebody may do it once or twice: the same keys, the same day."""
        services, key = self.core.services, f"act:{next(self.keys)}"
        match name:
            case "scan":
                return lambda: self.core.judge(self.tenant, self.today)
            case "bring":
                return lambda: self.bring(given)
            case "undo":
                run_id, undo = self.last_run, services.imports.undo_last
                return lambda: undo(self.tenant, by="fiona", now=self.now, run_id=run_id or 0)
            case "take":
                handover_id = self.newest("handover", given)
                return lambda: services.handovers.take(self.fiona, handover_id)
            case "take_up":
                alert_id = self.newest("alert", given)
                return lambda: services.alert_actions.acknowledge(self.anne, alert_id, key=key)
            case "hand_over":
                alert_id = self.newest("alert", given)
                return lambda: services.handovers.offer(self.anne, alert_id, "Rien à faire", key)
            case _:
                return lambda: services.follow_ups.record(self.anne, self.form(name, given, key))

    def form(self, name: str, given: int, key: str) -> FollowUpForm:
        """Return a note or a promise on a client."""
        said: dict[str, Any]
        if name == "note":
            said = {"outcome": Outcome.OTHER, "text": "Rappeler jeudi"}
        else:
            due_on = self.today + timedelta(days=4)
            said = {"outcome": Outcome.PROMISES, "amount_minor": 5_000, "promised_on": due_on}
        return FollowUpForm(key=key, client_id=self.clients[given], **said)

    def bring(self, amounts: dict[int, int]) -> None:
        """Import a list of open items."""
        lines = [ITEM_HEADER]
        for number, minor in amounts.items():
            code = CODES[number % len(CODES)]
            due_on = TODAY - timedelta(days=15 * number)
            amount = f"{minor / 100:.2f}".replace(".", ",")
            issued_on = due_on - timedelta(days=30)
            lines.append(f"{code};{code};F{number};{issued_on};{due_on};{amount};{amount};EUR;")
        path = self.folder / "items.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        today = self.today
        report = self.core.services.imports.import_file(
            self.tenant, path, today=today, as_of=today, force=True, by="fiona"
        )
        self.last_run = report.run_id or self.last_run

    def newest(self, table: str, given: int) -> int:
        """Return the id of a client's newest alert or handover; 0, which nobody has, for none."""
        rows = metadata.tables[table].c
        query = select(rows.id).where(rows.client_id == self.clients[given])
        with self.core.database.read() as uow:
            return uow.session.scalar(query.order_by(rows.id.desc()).limit(1)) or 0

    def deliver(self, *, loses: bool) -> None:
        """Settle what is unknown, then send what is due."""
        self.slack.loses = loses
        service = DeliveryService(
            self.core.database,
            lambda _: cast("SlackClient", self.slack),
            self.clock,
            drawings(self.clock),
            sent_hooks(),
            DeliverySettings(pace=UNPACED),
        )

        async def work() -> None:
            await service.settle_unknown(self.tenant, self.now)
            await service.deliver_due(self.tenant, self.now)

        asyncio.run(work())
        self.now += timedelta(minutes=2)


def rows_of(database: Database, workspace_id: int) -> dict[str, Rows]:
    """Return every row of a workspace."""
    found = {}
    with database.read() as uow:
        for table in metadata.sorted_tables:
            owner = table.c.get("workspace_id", table.c.get("id"))
            if owner is not None:
                query = select(table).where(owner == workspace_id).order_by(*table.primary_key)
                found[table.name] = [tuple(row) for row in uow.session.execute(query)]
    return found


def check_books(database: Database) -> None:
    """Compare each account with its items; look for a client with two open alerts."""
    with database.read() as uow:
        connection = uow.session.connection()
        wrong = connection.execute(
            text(
                "SELECT b.client_id FROM balance b WHERE b.net_minor - b.unattributed_minor <> "
                "(SELECT COALESCE(SUM(i.open_minor), 0) FROM open_item i "
                "WHERE i.client_id = b.client_id AND i.currency = b.currency)"
            )
        ).all()
        doubled = connection.execute(
            text(
                "SELECT client_id FROM alert WHERE state NOT IN ('resolved', 'written_off') "
                "GROUP BY workspace_id, client_id HAVING COUNT(*) > 1"
            )
        ).all()
    assert (wrong, doubled) == ([], [])


def open_world(folder: Path, database: Database) -> World:
    """Open a company of Anne (sales), Nadia (her manager) and Fiona (finance)."""
    books = open_books(database, finance_channel="CFINANCE", activated_at=NOW)
    books.change("entity", books.entity_id, rhythm_days=90)
    nadia = books.person("Nadia", roles="manager", slack_user_id="UNADIA")
    anne = books.person("Anne", channel="CANNE", slack_user_id="UANNE", manager_id=nadia)
    fiona = books.person("Fiona", roles="finance", slack_user_id="UFIONA")
    clients = [books.client(code, code, owner_id=anne) for code in CODES]

    def actor(person_id: int, role: Role) -> Actor:
        return Actor(books.workspace_id, person_id, roles=frozenset({role}))

    clock: list[Callable[[], datetime]] = []
    core = core_on(database, lambda: clock[0]())
    world = World(core, books, folder, actor(anne, Role.SALES), actor(fiona, Role.FINANCE), clients)
    clock.append(world.clock)
    return world


def play(world: World, name: str, given: Any) -> None:
    """Do one step; what is done twice must have been done once."""
    if name in ("deliver", "lose_answers"):
        world.deliver(loses=name == "lose_answers")
    elif name == "wait":
        world.now += timedelta(days=given)
    else:
        act = world.act(name, given)
        with suppress(GoodcopError):
            act()
        once = rows_of(world.core.database, world.tenant)
        with suppress(GoodcopError):
            act()
        assert rows_of(world.core.database, world.tenant) == once


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=st.sampled_from([AT_WORK, WITH_FINANCE, []]), story=steps)
def test_any_interleaving_keeps_the_books_and_says_each_thing_once(
    migrated_sqlite: Path, before: list[Step], story: list[Step]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(migrated_sqlite, Path(folder) / "goodcop.sqlite3")
        database = Database(f"sqlite:///{path}", Vault(("test-key",)))
        world, neighbour = open_world(Path(folder), database), open_books(database)
        neighbour.item(neighbour.client("C1", "C1"), "F1", 90_000, due_on=date(2026, 9, 1))
        untouched = rows_of(database, neighbour.workspace_id)
        for name, given in before + story:
            play(world, name, given)
            check_books(database)
        assert rows_of(database, neighbour.workspace_id) == untouched
        database.close()
