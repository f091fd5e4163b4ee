"""goodcop's conversations whole: the playground's signed requests, Bolt, services, SQLite."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from sqlalchemy import select, update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import handlers
from bot.app import SlackAccess, bolt_app
from bot.core import open_core
from bot.domain.search import normalise
from bot.playground.config import Command, MessageShortcut, PlaygroundConfig, SeedChannel, SeedUser
from bot.playground.server import Playground, create, serve
from bot.playground.shapes import Json
from bot.rendering import ids
from bot.services.lookups.names import Names
from bot.services.solvency.service import SolvencyService
from handlers.desk import Desk
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.follow_up_rows import Clock, Company, a_company
from tests.playground.conftest import button, client_of, listening
from tests.services.solvency.open_data_desk import OpenDataDesk

ANNE, KARIM, FIONA, STRANGER = "UANNE", "UKARIM", "UFIONA", "UNOBODY"
CHANNEL, FINANCE = "CANNE", "CFINANCE"
CONFIG = PlaygroundConfig(
    users=[SeedUser(one, one.lower(), one) for one in (ANNE, KARIM, FIONA, STRANGER)],
    channels=[
        SeedChannel(CHANNEL, "ventes", [ANNE, KARIM, FIONA, STRANGER]),
        SeedChannel(FINANCE, "finance", [FIONA]),
    ],
    commands=[
        Command(name) for name in ("/balance", "/solde", "/solvency", "/solvabilite", "/goodcop")
    ],
    shortcuts=[MessageShortcut(ids.LOG_AS_NOTE, "Noter")],
    events=frozenset({"app_home_opened", "app_uninstalled"}),
    rate_limits=False,
)


@dataclass
class Stage:
    """A company, its Slack, and the address goodcop listens at."""

    slack: Playground
    company: Company
    database: Database
    url: str
    wakes: list[None]
    open_data: OpenDataDesk

    async def post(self, *actions: str, handover_id: int | None = None) -> str:
        """Post buttons about the client and its alert as goodcop; return the message's ts."""
        company = self.company
        carried = ids.value(
            client_id=company.client_id, alert_id=company.alert_id, handover_id=handover_id
        )
        blocks = [
            {
                "type": "actions",
                "elements": [button(action, carried) for action in actions],
            }
        ]
        client = client_of(self.slack, CONFIG.bot_token)
        answer = await client.chat_postMessage(channel=CHANNEL, text="Alerte", blocks=blocks)
        return str(answer["ts"])

    async def open(self, user: str, action: str) -> Json:
        """Press a button that opens a window; return it."""
        await self.slack.click(user, await self.post(action), action)
        return self.window(user)

    def window(self, user: str) -> Json:
        """Return the window a person looks at."""
        shown = self.slack.modal_of(user)
        assert shown is not None
        return shown

    def said_to(self, user: str) -> str:
        """Return the last thing only this person was told."""
        return str(self.slack.ephemerals(user)[-1]["text"])

    def rows(self, table: str) -> list[Json]:
        """Return the rows of a table, oldest first."""
        rows = metadata.tables[table]
        with self.database.read() as uow:
            found = uow.session.execute(select(rows).order_by(*rows.primary_key))
            return [dict(row) for row in found.mappings()]


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """Give a company at work."""
    core = open_core(sqlite_url, ("test-key",), Clock())
    company = a_company(core.database)
    _bind(core.database, company)
    core.services.installations.install(
        team_id=CONFIG.team_id,
        team_name="Atelier",
        bot_token=CONFIG.bot_token,
        bot_user_id=CONFIG.bot_user_id,
        bot_id=CONFIG.bot_id,
    )
    with serve(create(CONFIG)) as served:
        slack, wakes = served.playground, list[None]()
        access = SlackAccess(CONFIG.bot_token, CONFIG.signing_secret, api_url=slack.api_url)
        app = bolt_app(core, access)
        open_data = OpenDataDesk()
        asked = SolvencyService(core.database, core.clock, Names(), open_data.gatherer)
        services = replace(core.services, solvency=asked)
        desk = Desk(services, core.clock, lambda: wakes.append(None))
        handlers.register(app, desk)
        bolt = AsyncSlackRequestHandler(app)

        async def receive(request: Request) -> Response:
            return await bolt.handle(request)

        route = Route("/slack/events", receive, methods=["POST"])
        with listening(Starlette(routes=[route])) as url:
            slack.send_to(f"{url}/slack/events")
            yield Stage(slack, company, core.database, f"{url}/slack/events", wakes, open_data)
        desk.close()
    core.close()


def _bind(database: Database, company: Company) -> None:
    workspace, client = metadata.tables["workspace"], metadata.tables["client"]
    with database.write() as uow:
        uow.session.execute(
            update(workspace)
            .where(workspace.c.id == company.workspace_id)
            .values(team_id=CONFIG.team_id, names_version=1)
        )
        uow.session.execute(update(client).values(search_name=normalise("Menuiserie Roy")))
        uow.commit()
