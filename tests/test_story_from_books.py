"""The story from the files finance imports to the words people read, on both engines.

The ledger is the only witness: what is owed, broken and paid comes from imported files alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App, SlackAccess
from bot.core import Core, core_on
from bot.domain.actors import Actor, system
from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import Outcome
from bot.playground.config import PlaygroundConfig, SeedChannel, SeedUser
from bot.playground.server import Playground, create, serve
from storage.unit_of_work import Database
from tests.acting import actor_of
from tests.follow_up_rows import Clock
from tests.import_files import receipt, sale
from tests.sources.written_fec import Entry, write_fec

ANNE, FIONA = "U0ANNE", "U0FIONA"
SALES, FINANCE = "C0ANNE", "C0FINANCE"
PEOPLE = f"""email,slack_user_id,name,roles,channel,manager
anne@example.org,{ANNE},Anne,sales,{SALES},
fiona@example.org,{FIONA},Fiona,finance,,
"""
CLIENTS = """code,name,owner,terms,phone,contact,function
C0412,Menuiserie Roy,anne@example.org,30,+33123456789,Mme Roy,accounts
"""
INVOICE = sale("C0412", "FA-1", "20260924", 12_480_00, name="Menuiserie Roy")
UNOWNED = sale("C0900", "FA-2", "20260901", 2_000_00, name="Garage Lemoine")
PAYMENT = receipt("C0412", "FA-1", "20261207", 12_480_00, name="Menuiserie Roy")


@dataclass
class Office:
    """A company whose Slack, books and calendar the story moves."""

    core: Core
    clock: Clock
    access: SlackAccess
    slack: Playground
    folder: Path

    @property
    def tenant(self) -> int:
        """The only workspace."""
        return self.core.workspace_id()

    def person(self, slack_id: str) -> Actor:
        """Return somebody as they act."""
        return actor_of(self.core.database, self.tenant, slack_id)

    def brings(self, name: str, text: str) -> None:
        """Finance imports a table."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        self._import(path)

    async def morning(self, day: date, *entries: Entry) -> None:
        """At 10:00, finance imports the year's ledger up to the day before; the day is judged."""
        self.clock.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        eve = f"{day - timedelta(days=1):%Y%m%d}"
        other = [sale("C1", "FA-9", eve, 100_00), receipt("C1", "FA-9", eve, 100_00)]
        self._import(write_fec(self.folder, [INVOICE, UNOWNED, *entries, *other]))
        self.core.judge(self.tenant, day)
        await self.sends()

    async def sends(self) -> None:
        """Send what waits, a post a second in each channel."""
        for _ in range(12):
            self.clock.now += timedelta(seconds=2)
            await App(self.core, self.access).deliver()

    def reads(self, channel: str) -> list[str]:
        """Return what a channel says now, in plain spaces."""
        shown = self.slack.messages(channel)
        return [str(one["text"]).replace("\u202f", " ").replace("\xa0", " ") for one in shown]

    def _import(self, path: Path) -> None:
        today = self.clock.now.date()
        self.core.services.imports.import_file(self.tenant, path, today=today, by="fiona")


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Iterator[Office]:
    clock = Clock()
    core = core_on(database, clock)
    config = PlaygroundConfig(
        users=[SeedUser(ANNE, "anne", "Anne"), SeedUser(FIONA, "fiona", "Fiona")],
        channels=[SeedChannel(SALES, "ventes", [ANNE]), SeedChannel(FINANCE, "compta", [FIONA])],
        rate_limits=False,
        clock=clock,
    )
    with serve(create(config)) as served:
        api = served.playground.api_url
        core.services.installations.install(
            team_id=config.team_id,
            team_name="Atelier",
            bot_token=config.bot_token,
            bot_user_id=config.bot_user_id,
            bot_id=config.bot_id,
        )
        access = SlackAccess(config.bot_token, config.signing_secret, "", api)
        yield Office(core, clock, access, served.playground, tmp_path)


async def test_from_a_late_invoice_in_the_books_to_its_payment(office: Office) -> None:
    services, tenant = office.core.services, office.tenant
    services.workspaces.set(tenant, [f"finance_channel={FINANCE}"], by="test")

    # Finance brings the ledger, then who is who and who sells to whom. Nothing is sent yet.
    await office.morning(date(2026, 11, 23))
    office.brings("people.csv", PEOPLE)
    office.brings("clients.csv", CLIENTS)
    await office.morning(date(2026, 11, 24))
    assert office.reads(SALES) == []

    # Finance presses Activer: Anne reads her client, finance the one that nobody owns.
    today = date(2026, 11, 24)
    services.alerts.activate(system(tenant), today=today, now=office.clock.now)
    await office.sends()
    (alert,) = office.reads(SALES)
    assert alert.startswith(
        "🟠 Menuiserie Roy a 12 480 € de factures échues, la plus ancienne depuis 31 jours."
    )
    assert any(said.startswith("1 client en alerte") for said in office.reads(FINANCE))

    # The client promises all of it for Monday; the ledger of 3 December shows no money.
    anne, fiona = office.person(ANNE), office.person(FIONA)
    (line,) = services.home.home(anne, today).alerts
    assert line.alert_id is not None
    services.follow_ups.record(
        anne,
        FollowUpForm(
            key="call-1",
            client_id=line.client_id,
            alert_id=line.alert_id,
            outcome=Outcome.PROMISES,
            amount_minor=12_480_00,
            promised_on=date(2026, 11, 30),
            text="virement promis le 30",
        ),
    )
    await office.morning(date(2026, 12, 3))
    broken = "Menuiserie Roy n’a pas payé les 12 480 € promis pour le lundi 30 novembre."
    assert any(broken in said for said in office.reads(FINANCE))

    # She hands the file over; Fiona reads its story and takes it.
    offered = services.handovers.offer(anne, line.alert_id, "trésorerie tendue", "file-1")
    services.handovers.take(fiona, offered.handover_id)
    await office.sends()
    assert any("Fiona a pris en charge Menuiserie Roy" in said for said in office.reads(FINANCE))

    # The payment is in the next ledger: the alert itself now says how it ended.
    await office.morning(date(2026, 12, 8), PAYMENT)
    assert office.reads(SALES)[0] == (
        "✅ Menuiserie Roy a réglé 12 480 €, 44 jours après l’échéance."
    )
