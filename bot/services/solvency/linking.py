"""Clients tied to their SIREN: suggested by name and town, confirmed by finance, never alone."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import Conflict, NotFound
from bot.domain.solvency.dossier import Company
from bot.domain.solvency.linking import Evidence, NameMatch, TownMatch, suggestions
from bot.rendering.link_views import CLIENTS_SHOWN, CandidateView, LinksView, UnlinkedView
from bot.services.solvency.gathering import Gatherer
from bot.services.solvency.kept_dossiers import kept_dossier
from bot.services.solvency.open_data import OpenData
from bot.services.solvency.shelf import AnswerShelf
from storage import client_cover, client_targets, events, siren_links, workspaces
from storage.sessions import Session
from storage.siren_links import ClientToLink, LinkRow
from storage.unit_of_work import Database

CLIENTS_A_NIGHT = 100  # a search each or two, at two requests a second: under two minutes
_AGAIN_AFTER = timedelta(days=90)
_PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class LinkReport:
    """What a night's search did; `failed` is how the register that stopped it answered."""

    searched: int = 0
    suggested: int = 0
    failed: str = ""


class LinkService:
    """Looks clients up in the register, shows finance what it found, keeps their yes or no.

    `sources` opens the open-data sources on one run's own event loop; without it nobody is asked.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        sources: Callable[[], OpenData] | None = None,
        *,
        clients_a_night: int = CLIENTS_A_NIGHT,
    ) -> None:
        self._database, self._clock, self._sources = database, clock, sources
        self._most = clients_a_night

    def suggest(self, workspace_id: int) -> LinkReport:
        """Search the register for clients without a SIREN, a bounded number of them.

        Each client is written by itself: a run cut short goes on where it stopped. One searched
        in vain is searched again after three months.
        """
        with self._database.read() as work:
            clients = siren_links.list_to_search(
                work.session,
                workspace_id=workspace_id,
                before=self._clock() - _AGAIN_AFTER,
                most=self._most,
            )
        report = LinkReport()
        if self._sources is not None and clients:
            asyncio.run(self._search(self._sources, workspace_id, clients, report))
        return report

    async def _search(
        self,
        open_sources: Callable[[], OpenData],
        tenant: int,
        clients: tuple[ClientToLink, ...],
        report: LinkReport,
    ) -> None:
        sources = open_sources()
        gatherer = Gatherer(sources, self._clock)
        try:
            for client in clients:
                found = await self._companies(gatherer, tenant, client, report)
                if found is None:
                    return
                self._write(tenant, client, found, report)
        finally:
            await gatherer.settle()
            await sources.close()

    async def _companies(
        self, gatherer: Gatherer, tenant: int, client: ClientToLink, report: LinkReport
    ) -> list[Company] | None:
        """Return the companies of a client's name, and of its town when the name is common.

        None when the register does not answer.
        """
        shelf = AnswerShelf(self._database, tenant)
        companies: list[Company] = []
        for words in (client.name, f"{client.name} {client.town}"):
            found = await gatherer.search(words, shelf, deadline_seconds=_PATIENCE_SECONDS)
            if not found.is_settled:
                report.failed = found.state.value
                return None
            companies += found.value.companies if found.value else ()
            whole = found.value is None or found.value.total <= len(found.value.companies)
            if whole or not client.town:
                break
        return companies

    def _write(
        self, tenant: int, client: ClientToLink, found: list[Company], report: LinkReport
    ) -> None:
        with self._database.write() as work:
            session = work.session
            for one in suggestions(client.name, client.town, found):
                report.suggested += siren_links.add_link(
                    session,
                    workspace_id=tenant,
                    client_id=client.client_id,
                    siren=one.company.siren,
                    name=one.company.name,
                    town=one.company.town,
                    evidence=asdict(one.evidence),
                )
            siren_links.note_search(
                session, workspace_id=tenant, client_id=client.client_id, at=self._clock()
            )
            work.commit()
        report.searched += 1

    def view(self, actor: Actor) -> LinksView:
        """Return the clients with suggestions to answer, and how many there are in all."""
        allow(actor, Action.LINK)
        tenant = actor.workspace_id
        with self._database.read() as work:
            rows = siren_links.list_suggested(work.session, workspace_id=tenant, most=CLIENTS_SHOWN)
            count = siren_links.count_waiting(work.session, workspace_id=tenant)
        return LinksView(tuple(_unlinked(links) for links in rows), count)

    def confirm(self, actor: Actor, client_id: int, siren: str) -> UnlinkedView:
        """Give a client the SIREN that finance says is its own; the same again changes nothing.

        Raises Conflict when it meanwhile has another one.
        """
        allow(actor, Action.LINK)
        tenant = actor.workspace_id
        with self._database.write(interactive=True) as work:
            session = work.session
            workspaces.lock_books(session, workspace_id=tenant)
            listed = client_targets.list_targets(session, workspace_id=tenant, ids=[client_id])
            if not listed:
                raise NotFound("no such client")
            client = listed[0]
            if client.siren and client.siren != siren:
                raise Conflict(f"This client already has the SIREN {client.siren}.", code="linked")
            if not client.siren:
                _link(session, actor, client_id, siren, self._clock())
                work.commit()
        return UnlinkedView(client_id, client.code, client.name, client.town)

    def reject(self, actor: Actor, client_id: int) -> None:
        """Keep that none of the companies suggested is the client."""
        allow(actor, Action.LINK)
        now = self._clock()
        with self._database.write(interactive=True) as work:
            siren_links.decide(
                work.session,
                workspace_id=actor.workspace_id,
                client_id=client_id,
                siren=None,
                by_id=actor.person_id,
                at=now,
            )
            work.commit()


def _link(session: Session, actor: Actor, client_id: int, siren: str, now: datetime) -> None:
    """Write a confirmed link: the client's SIREN, what finance said, its cover, the event."""
    tenant = actor.workspace_id
    company = kept_dossier(session, tenant, siren, now).company
    siren_links.add_link(
        session,
        workspace_id=tenant,
        client_id=client_id,
        siren=siren,
        name=company.name if company else "",
        town=company.town if company else "",
    )
    seen = siren_links.find_evidence(session, workspace_id=tenant, client_id=client_id, siren=siren)
    siren_links.decide(
        session,
        workspace_id=tenant,
        client_id=client_id,
        siren=siren,
        by_id=actor.person_id,
        at=now,
    )
    siren_links.set_siren(session, workspace_id=tenant, client_id=client_id, siren=siren)
    client_cover.refresh_covers(session, workspace_id=tenant, today=now.date())
    events.append(
        session,
        workspace_id=tenant,
        key=f"siren_linked:{client_id}:{siren}",
        kind="siren_linked",
        at=now,
        client_id=client_id,
        person_id=actor.person_id,
        source="slack",
        body={"siren": siren, "evidence": dict(seen)},
    )
    workspaces.raise_versions(session, workspace_id=tenant)


def _unlinked(links: tuple[LinkRow, ...]) -> UnlinkedView:
    client = links[0].client
    shown = tuple(
        CandidateView(link.siren, link.name, link.town.title(), _evidence(link)) for link in links
    )
    return UnlinkedView(client.client_id, client.code, client.name, client.town, shown)


def _evidence(link: LinkRow) -> Evidence:
    kept = link.evidence
    return Evidence(
        NameMatch(kept["name"]),
        TownMatch(kept["town"]),
        bool(kept["is_active"]),
        int(kept["homonyms"]),
        str(kept.get("invoice", "")),
    )
