"""The invented company of the year, played day by day through the services people use."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.core import Core, core_on
from bot.domain.actors import Actor, system
from bot.domain.dunning.scenarios import Channel
from bot.domain.errors import PermanentDeliveryError
from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import Outcome
from bot.domain.told import Told
from bot.outlets.smtp import Letter, MailServer
from bot.services.alerts.service import on_alert_sent
from bot.services.mail.service import MailService
from bot.services.mail_kinds import MAIL_KINDS
from storage import messages
from storage.tables.queue import Message
from storage.unit_of_work import Database
from tests.acting import actor_of
from tests.books import Books
from tests.follow_up_rows import Clock
from tests.sources.written_fec import write_fec
from tests.sources.written_statements import camt053, entry, payment
from tests.year_script import BOUNCING, KARIMS, NAMES, WITHOUT_ADDRESS, entries

ANNE, KARIM, FIONA = "U0ANNE", "U0KARIM", "U0FIONA"
_PEOPLE = f"""email,slack_user_id,name,roles,channel,manager
anne@example.org,{ANNE},Anne,sales,C0ANNE,
karim@example.org,{KARIM},Karim,sales,C0KARIM,
fiona@example.org,{FIONA},Fiona,finance,C0FIONA,
"""
_SERVER = MailServer("localhost", 25, "finance@seller.example")
_HEARD: Callable[..., None] = on_alert_sent


@dataclass
class YearCompany:
    """The books, the mail server and the people of one company, and the day it is there."""

    database: Database
    folder: Path
    clock: Clock = field(default_factory=Clock)
    letters: list[tuple[date, Letter]] = field(default_factory=list)
    known_until: date = date(2026, 1, 1)
    books_known: dict[date, date] = field(default_factory=dict)
    debts_seen: dict[str, set[tuple[str, date]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.core: Core = core_on(self.database, self.clock)
        self.tenant: int = self.core.workspace_id()
        self.mail = MailService(
            self.database, self.clock, _SERVER, MAIL_KINDS, send=self._post, gap=timedelta(0)
        )

    @property
    def today(self) -> date:
        """The day it is."""
        return self.clock.now.date()

    def person(self, slack_id: str) -> Actor:
        """Return somebody as they act."""
        return actor_of(self.database, self.tenant, slack_id)

    def opens(self, day: date) -> None:
        """Bring the first books, people and clients; put the scenarios into force; turn on."""
        self.clock.now = _ten(day)
        self.imports_books()
        self._brings("people.csv", _PEOPLE)
        self._brings("clients.csv", _clients_file())
        room, system_actor = self.core.services.dunning.scenarios, system(self.tenant)
        document = room.show(self.tenant)
        for scenario in document["scenarios"]:
            for step in scenario["steps"]:
                if step["channel"] == Channel.EMAIL.value:
                    step["mode"] = "automatic"
        fiona = self.person(FIONA)
        room.set(fiona, document)
        room.activate(fiona)
        self.core.services.alerts.activate(system_actor, today=day, now=self.clock.now)

    def imports_books(self) -> None:
        """Import the ledger of the year as it stood the evening before."""
        self.known_until = self.today - timedelta(days=1)
        path = write_fec(self.folder, entries(self.known_until))
        self._import(path)
        query = (
            "SELECT c.code, i.number, i.due_on FROM open_item i JOIN client c ON c.id=i.client_id "
            "WHERE i.open_minor > 0"
        )
        for code, number, due_on in self.rows(query):
            self.debts_seen.setdefault(code, set()).add((number, date.fromordinal(due_on)))

    def imports_statement(self, client: str, number: str, euros: int, on: date) -> None:
        """Import a bank statement with one receipt."""
        line = entry(f"{euros}.00", payment(NAMES[client], number), day=f"<Dt>{on}</Dt>")
        self._import(camt053(self.folder / f"{number}-{on}.xml", line))

    def morning(self) -> None:
        """Judge the day, post the alerts, send the e-mails; people do what waits for them."""
        self.books_known[self.today] = self.known_until
        self.core.judge(self.tenant, self.today)
        self._slack_takes_alerts()
        asyncio.run(self.mail.deliver_due(self.tenant))
        for who in (ANNE, KARIM, FIONA):
            self._does_what_waits(self.person(who))

    def notes(self, who: str, client: str, outcome: Outcome, **more: Any) -> None:
        """Write down what a client said."""
        key = f"{client}:{self.today}:{outcome}"
        form = FollowUpForm(key, self.client_id(client), outcome, text="au téléphone")
        self.core.services.follow_ups.record(self.person(who), replace(form, **more))

    def client_id(self, code: str) -> int:
        """Return a client's id."""
        return int(self.rows("SELECT id FROM client WHERE code = :code", code=code)[0][0])

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        with self.database.read() as uow:
            return [tuple(row) for row in uow.session.connection().execute(text(query), values)]

    def entity(self) -> Books:
        """Return the books, for what no service writes."""
        return Books(self.database, self.tenant, int(self.rows("SELECT id FROM entity")[0][0]))

    async def _post(self, _: MailServer, letter: Letter) -> None:
        if letter.to.startswith(BOUNCING.lower()):
            raise PermanentDeliveryError("550 no such user")
        self.letters.append((self.today, letter))

    def _does_what_waits(self, actor: Actor) -> None:
        steps = self.core.services.dunning.steps
        for line in steps.list_waiting(actor):
            if line.channel is not Channel.EMAIL:
                steps.complete(actor, line.id)

    def _slack_takes_alerts(self) -> None:
        found = self.rows(
            "SELECT id FROM message WHERE kind = :kind AND method = :method AND state = 'pending'",
            kind=Told.ALERT.value,
            method=messages.POST,
        )
        with self.database.write() as uow:
            for (id,) in found:
                row = uow.session.get_one(Message, (self.tenant, id))
                row.state, row.sent_channel, row.sent_ts = "sent", row.channel or "D0", str(id)
                row.sent_at = row.attempted_at = self.clock.now
                uow.session.add(row)
                _HEARD(uow.session, row, row.sent_channel, row.sent_ts)
            uow.commit()

    def _brings(self, name: str, words: str) -> None:
        path = self.folder / name
        path.write_text(words, encoding="utf-8")
        self._import(path)

    def _import(self, path: Path) -> None:
        self.core.services.imports.import_file(self.tenant, path, today=self.today, by="fiona")


def _ten(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def _clients_file() -> str:
    lines = ["code,name,owner,terms,email,contact,function"]
    for code, name in NAMES.items():
        owner = "karim" if code in KARIMS else "anne"
        address = "" if code == WITHOUT_ADDRESS else f"{code.lower()}@client.example"
        lines.append(f"{code},{name},{owner}@example.org,30,{address},Mme {code},accounts")
    return "\n".join(lines) + "\n"
