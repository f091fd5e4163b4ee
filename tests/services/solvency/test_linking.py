"""Clients are tied to a SIREN by finance alone; goodcop suggests, each night, a bounded number."""

from dataclasses import replace

import httpx
import pytest
from sqlalchemy import select, text, update

from bot.demo.answers import InventedAnswers
from bot.demo.open_data import open_data_app
from bot.demo.register import Registered
from bot.domain.errors import Conflict, NotAllowed, NotFound
from bot.domain.solvency.linking import NameMatch, TownMatch
from bot.services.solvency.linking import LinkService
from bot.services.solvency.open_data import Addresses, OpenData, open_data
from bot.sources.http import Web
from storage import siren_links
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.follow_up_rows import Clock, Company, a_company
from tests.services.solvency.open_data_desk import BASE, REGISTER, at_once

ROY = next(one for one in REGISTER.companies.values() if "Peinture" in one.name)
HOMONYM = replace(ROY, siren="428268023", town="Nantes")


class Registry:
    """The invented register with two companies of one name; counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.faults: dict[str, str] = {}
        listed: dict[str, Registered] = {ROY.siren: ROY, HOMONYM.siren: HOMONYM}
        self._app = open_data_app(InventedAnswers(replace(REGISTER, companies=listed)), self.faults)

    def open(self) -> OpenData:
        """Return the sources on a fresh connection."""
        transport = _Counting(httpx.ASGITransport(self._app), self)
        return open_data(
            Addresses(BASE, BASE, BASE, BASE, BASE), Web(transport=transport, sleep=at_once)
        )


class _Counting(httpx.AsyncBaseTransport):
    def __init__(self, inner: httpx.ASGITransport, registry: Registry) -> None:
        self._inner, self._registry = inner, registry

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._registry.asked += 1
        return await self._inner.handle_async_request(request)


@pytest.fixture
def company(database: Database) -> Company:
    made = a_company(database)
    name_client(database, ROY.name, ROY.town)
    return made


@pytest.fixture
def registry() -> Registry:
    return Registry()


@pytest.fixture
def links(database: Database, registry: Registry) -> LinkService:
    return LinkService(database, Clock(), registry.open)


def name_client(database: Database, name: str, town: str, siren: str | None = None) -> None:
    client = metadata.tables["client"]
    with database.write() as work:
        work.session.execute(update(client).values(name=name, town=town, siren=siren))
        work.commit()


def rows(database: Database, table: str) -> list[dict[str, object]]:
    with database.read() as work:
        found = work.session.execute(select(metadata.tables[table])).mappings()
        return [dict(row) for row in found]


def test_a_night_suggests_homonyms_with_their_evidence(
    links: LinkService, company: Company
) -> None:
    report = links.suggest(company.workspace_id)
    view = links.view(company.fiona)
    first, second = view.clients[0].candidates
    assert (report.searched, report.suggested, view.count) == (1, 2, 1)
    assert (first.siren, first.evidence.name, first.evidence.town) == (
        ROY.siren,
        NameMatch.SAME,
        TownMatch.SAME,
    )
    assert (second.siren, second.evidence.town) == (HOMONYM.siren, TownMatch.OTHER)


def test_even_a_sure_name_leaves_the_client_without_a_siren(
    database: Database, links: LinkService, company: Company
) -> None:
    links.suggest(company.workspace_id)
    assert [row["siren"] for row in rows(database, "client")] == [None]


def test_a_client_is_searched_once_in_three_months(
    database: Database, registry: Registry, company: Company
) -> None:
    name_client(database, "Zyxwvut Qponm", "Lyon")
    clock = Clock()
    links = LinkService(database, clock, registry.open)
    first = [links.suggest(company.workspace_id).searched for _ in range(2)]
    clock.now = clock.now.replace(year=clock.now.year + 1)
    assert (first, links.suggest(company.workspace_id).searched) == ([1, 0], 1)


def test_a_night_is_bounded(database: Database, registry: Registry, company: Company) -> None:
    links = LinkService(database, Clock(), registry.open, clients_a_night=0)
    assert links.suggest(company.workspace_id).searched == 0


def test_a_register_that_is_down_stops_the_night_and_is_named(
    links: LinkService, registry: Registry, company: Company
) -> None:
    registry.faults["companies"] = "500"
    failed = links.suggest(company.workspace_id)
    del registry.faults["companies"]
    assert (failed.searched, failed.failed) == (0, "down")
    assert links.view(company.fiona).count == 0


def test_without_sources_nothing_is_searched(database: Database, company: Company) -> None:
    assert LinkService(database, Clock()).suggest(company.workspace_id).searched == 0


def test_finances_yes_gives_the_siren_and_is_kept(
    database: Database, links: LinkService, company: Company
) -> None:
    links.suggest(company.workspace_id)
    before = rows(database, "workspace")[0]["names_version"]
    links.confirm(company.fiona, company.client_id, ROY.siren)
    assert rows(database, "client")[0]["siren"] == ROY.siren
    assert {row["siren"]: row["state"] for row in rows(database, "siren_link")} == {
        ROY.siren: "confirmed",
        HOMONYM.siren: "rejected",
    }
    event = next(row for row in rows(database, "event") if row["kind"] == "siren_linked")
    assert (event["person_id"], event["body"]["evidence"]["name"]) == (  # type: ignore[index]
        company.fiona.person_id,
        "same",
    )
    assert rows(database, "workspace")[0]["names_version"] == int(str(before)) + 1
    assert links.view(company.fiona).clients == ()


def test_the_same_yes_twice_is_one_event(
    database: Database, links: LinkService, company: Company
) -> None:
    for _ in range(2):
        links.confirm(company.fiona, company.client_id, ROY.siren)
    assert [row["kind"] for row in rows(database, "event")].count("siren_linked") == 1


def test_another_siren_is_refused_once_there_is_one(links: LinkService, company: Company) -> None:
    links.confirm(company.fiona, company.client_id, ROY.siren)
    with pytest.raises(Conflict):
        links.confirm(company.fiona, company.client_id, HOMONYM.siren)


def test_a_no_is_kept_and_not_asked_again(links: LinkService, company: Company) -> None:
    links.suggest(company.workspace_id)
    links.reject(company.fiona, company.client_id)
    again = links.suggest(company.workspace_id)
    assert (links.view(company.fiona).count, again.searched) == (0, 0)


@pytest.mark.parametrize("who", ["anne", "nadia"])
def test_only_finance_links(links: LinkService, company: Company, who: str) -> None:
    person = getattr(company, who)
    for do in (
        lambda: links.view(person),
        lambda: links.confirm(person, company.client_id, ROY.siren),
        lambda: links.reject(person, company.client_id),
    ):
        with pytest.raises(NotAllowed):
            do()


def test_another_tenants_client_is_not_found(
    database: Database, links: LinkService, company: Company
) -> None:
    links.suggest(company.workspace_id)
    other = a_company(database)
    with pytest.raises(NotFound):
        links.confirm(other.fiona, company.client_id, ROY.siren)
    links.reject(other.fiona, company.client_id)
    assert links.view(other.fiona).count == 0
    assert links.view(company.fiona).count == 1


def test_insurers_cover_reaches_the_client_once_linked(
    database: Database, links: LinkService, company: Company
) -> None:
    with database.write() as work:
        work.session.execute(
            text(
                "INSERT INTO insurer_cover (workspace_id, id, siren, insurer, policy,"
                " granted_minor, insured_percent, grade, currency, as_of)"
                " VALUES (:w, 1, :s, 'A', 'P', 500000, 90, '', 'EUR', 739000)"
            ),
            {"w": company.workspace_id, "s": ROY.siren},
        )
        work.commit()
    links.confirm(company.fiona, company.client_id, ROY.siren)
    assert rows(database, "client")[0]["cover_minor"] == 5_000_00


def test_guesses_do_not_keep_a_client_whose_import_is_taken_back(
    database: Database, links: LinkService, company: Company
) -> None:
    links.suggest(company.workspace_id)
    with database.write() as work:
        siren_links.forget_clients(
            work.session, workspace_id=company.workspace_id, client_ids=[company.client_id]
        )
        work.commit()
    assert rows(database, "siren_link") == rows(database, "siren_search") == []
