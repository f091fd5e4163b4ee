"""goodcop served whole: HTTP, Socket Mode, health, what it refuses, how it leaves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.app import App, SlackAccess, is_working_day
from bot.core import Core, open_core
from bot.domain.errors import Conflict
from bot.playground.config import Command, PlaygroundConfig, SeedChannel, SeedUser
from bot.playground.server import Playground, create, serve
from bot.playground.shapes import Json
from storage.schema import metadata
from tests.demo_process import free_port
from tests.follow_up_rows import TUESDAY, Clock, Company, a_company
from tests.playground.conftest import listening

ANNE, GUEST = "UANNE", "UGUEST"
CONFIG = PlaygroundConfig(
    users=[
        *(SeedUser(f"U{name.upper()}", name, name) for name in ("anne", "karim", "nadia", "fiona")),
        SeedUser(GUEST, "guest", "Guest", is_guest=True),
    ],
    channels=[
        SeedChannel("CANNE", "ventes", [ANNE]),
        SeedChannel("CPUBLIC", "general", [ANNE], is_private=False),
        SeedChannel("CGUESTS", "salon", [ANNE, GUEST]),
    ],
    commands=[Command("/balance")],
    rate_limits=False,
)
DRAIN_SECONDS = 10


@dataclass
class Stage:
    """A company, its Slack, and goodcop about to be served."""

    slack: Playground
    core: Core
    company: Company

    def app(self, *, socket: bool = False) -> App:
        """Return goodcop, reached by HTTP or through Socket Mode."""
        access = SlackAccess(CONFIG.bot_token, CONFIG.signing_secret, api_url=self.slack.api_url)
        return App(self.core, replace(access, app_token=CONFIG.app_token) if socket else access)

    def errors(self, kind: str) -> list[tuple[str, str]]:
        """Return the state and the last error of each message to send."""
        rows = metadata.tables["message"]
        with self.core.database.read() as uow:
            of_it = select(rows.c.state, rows.c.error).where(rows.c.kind == kind)
            found = uow.session.execute(of_it)
            return [(str(state), str(error)) for state, error in found]


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """Give a company that nobody serves yet."""
    core = open_core(sqlite_url, ("test-key",), Clock())
    company = a_company(core.database)
    with serve(create(CONFIG)) as served:
        yield Stage(served.playground, core, company)
    core.close()


async def _get(address: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(address)


async def _answer(slack: Playground) -> Json:
    await slack.type_command(ANNE, "CANNE", "/balance C0412")
    return slack.ephemerals(ANNE)[-1]


async def test_health_is_200_while_database_and_jobs_live(stage: Stage) -> None:
    with listening(stage.app().web) as url:
        answer = await _get(f"{url}/health")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "slack": True, "jobs": True}


async def test_health_is_503_when_the_schema_is_gone(stage: Stage) -> None:
    with listening(stage.app().web) as url:
        with stage.core.database.write() as uow:
            uow.session.connection().exec_driver_sql("DELETE FROM alembic_version")
            uow.commit()
        answer = await _get(f"{url}/health")
    assert answer.status_code == 503


async def test_metrics_are_prometheus_text(stage: Stage) -> None:
    with listening(stage.app().web) as url:
        answer = await _get(f"{url}/metrics")
    assert "# TYPE " in answer.text


async def test_a_signed_request_is_answered_over_http(stage: Stage) -> None:
    with listening(stage.app().web) as url:
        stage.slack.send_to(f"{url}/slack/events")
        assert "Menuiserie Roy" in (await _answer(stage.slack))["text"]


async def test_a_request_without_signature_is_refused(stage: Stage) -> None:
    with listening(stage.app().web) as url:
        async with httpx.AsyncClient() as client:
            answer = await client.post(f"{url}/slack/events", data={"command": "/balance"})
    assert answer.status_code == 401


async def test_a_command_is_answered_through_socket_mode(stage: Stage) -> None:
    with listening(stage.app(socket=True).web) as url:
        assert (await _get(f"{url}/health")).json()["slack"] is True
        assert "Menuiserie Roy" in (await _answer(stage.slack))["text"]


async def test_socket_mode_opens_no_door_for_requests(stage: Stage) -> None:
    with listening(stage.app(socket=True).web) as url:
        assert (await _get(f"{url}/slack/events")).status_code == 404


@pytest.mark.parametrize(
    ("channel", "mend"),
    [("CPUBLIC", "Make the channel private"), ("CGUESTS", "Take the guests out")],
)
async def test_figures_wait_when_the_channel_is_not_safe(
    stage: Stage, channel: str, mend: str
) -> None:
    app = stage.app()
    await app.introduce()
    company = stage.company
    stage.core.services.sharing.share(company.anne, company.client_id, channel=channel, key="share")
    await app.deliver()
    assert stage.slack.messages(channel) == []
    [(state, error)] = stage.errors("shared_balance")
    assert state == "pending"
    assert mend in error


async def test_another_team_is_refused(stage: Stage) -> None:
    stage.core.services.workspaces.bind(stage.company.workspace_id, "T0OTHER")
    with pytest.raises(Conflict):
        await stage.app().introduce()


async def test_nobody_works_on_a_french_holiday() -> None:
    assert is_working_day(1, TUESDAY)
    assert not is_working_day(1, TUESDAY.replace(day=11))
    assert not is_working_day(1, TUESDAY.replace(day=22))


def test_sigterm_drains_the_process(stage: Stage, tmp_path: Path) -> None:
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COV_", "GOODCOP_"))}
    process = subprocess.Popen(
        (sys.executable, "-m", "bot", "run"),
        cwd=tmp_path,
        env=kept
        | {
            "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
            "GOODCOP_DATABASE_URL": f"sqlite:///{tmp_path / 'served.sqlite3'}",
            "GOODCOP_PORT": str(port),
            "SLACK_BOT_TOKEN": CONFIG.bot_token,
            "SLACK_SIGNING_SECRET": CONFIG.signing_secret,
            "SLACK_API_URL": stage.slack.api_url,
        },
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health", process)
        process.send_signal(signal.SIGTERM)
        process.wait(DRAIN_SECONDS)
    finally:
        process.kill()
        process.wait()
    assert process.returncode in (0, -signal.SIGTERM)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    limit = time.monotonic() + 40
    while time.monotonic() < limit and process.poll() is None:
        try:
            if httpx.get(address, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("goodcop did not start")
