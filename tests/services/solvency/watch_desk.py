"""A workspace whose client is followed, and the watch over a local open-data service."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import httpx
from sqlalchemy import text

from bot.demo.answers import InventedAnswers
from bot.demo.open_data import open_data_app
from bot.demo.register import Publication, Register
from bot.services.solvency.open_data import Addresses, OpenData, open_data
from bot.services.solvency.watching import WatchReport, WatchService
from bot.sources.http import Web
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Clock, Company, a_company
from tests.services.solvency.open_data_desk import BASE, REGISTER, at_once

PLAIN = next(
    company.siren
    for company in REGISTER.companies.values()
    if not company.publications and not company.closed_on
)
OPENING = "Jugement d'ouverture d'une procédure de redressement judiciaire"
CLOSING = "Jugement de clôture pour extinction du passif"


@dataclass
class WatchDesk:
    """A company at work, and what BODACC publishes about its one client, by day."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    faults: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.company: Company = a_company(self.database)
        self.today = TUESDAY
        self.register: Register = REGISTER
        with self.database.write() as work:
            work.session.execute(text("UPDATE client SET siren = :siren"), {"siren": PLAIN})
            work.commit()

    def publish(self, *publications: Publication) -> None:
        """Publish notices about the client."""
        told = replace(self.register.companies[PLAIN], publications=publications)
        self.register = replace(self.register, companies={**self.register.companies, PLAIN: told})

    def run(
        self, today: date | None = None, *, clock: Callable[[], datetime] | None = None
    ) -> WatchReport:
        """Run the watch."""
        if today is not None:
            self.today = today
        service = WatchService(self.database, clock or self.clock, self._sources)
        return service.run(self.company.workspace_id, self.today)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Return what a statement selects."""
        with self.database.read() as work:
            return [tuple(row) for row in work.session.execute(text(sql))]

    def _sources(self) -> OpenData:
        answers = InventedAnswers(self.register, lambda: self.today)
        app = httpx.ASGITransport(open_data_app(answers, self.faults))
        web = Web(transport=_Listed(app, self.asked), sleep=at_once)
        return open_data(Addresses(BASE, BASE, BASE, BASE, BASE), web)


class _Listed(httpx.AsyncBaseTransport):
    def __init__(self, app: httpx.ASGITransport, asked: list[str]) -> None:
        self._app, self._asked = app, asked

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._asked.append(request.url.path.rsplit("/", 2)[-1])
        return await self._app.handle_async_request(request)
