"""A list of prospects rated at once: by number only; a name alone is a choice for a person."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from bot.domain.actors import Actor, system
from bot.domain.errors import Conflict, NotAllowed, NotFound
from bot.domain.ledger import RejectedRow, TableFile
from bot.domain.search import normalise
from bot.domain.solvency.files import ProspectRow
from bot.domain.solvency.reviews import check_priority, may_prioritise
from bot.rendering.solvency_views import SolvencyView
from bot.services.journal.writing import write_action
from bot.services.lookups.names import Names
from bot.services.solvency.gathering import Gatherer
from bot.services.solvency.open_data import OpenData
from bot.services.solvency.prospect_report import NameToChoose, Prospect, ProspectReport
from bot.services.solvency.ratings import keep_rating
from bot.services.solvency.service import Asked, SolvencyService
from bot.services.solvency.shelf import AnswerShelf
from bot.services.solvency.targets import of_siren
from bot.sources import company_tables
from bot.sources.table_layout import looks_like_prospects
from storage import company_ratings, people
from storage.people import PersonLine
from storage.sessions import Session
from storage.unit_of_work import Database

AT_ONCE = 4  # companies under way together; each source keeps its own pace besides
_PATIENCE_SECONDS = 60.0
_UNKNOWN_OWNER = "nobody has this e-mail address or Slack id: import the people first"
Progress = Callable[[int, int], None]


def _silently(_done: int, _of: int) -> None:
    return None


class ProspectService:
    """Rates the companies of a list and keeps them as prospects; the same list twice is once.

    `sources` opens the open-data sources on one list's own event loop; without it, and where a
    source is down, companies are rated on what is known, with less confidence.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        sources: Callable[[], OpenData] | None = None,
    ) -> None:
        self._database, self._clock, self._sources = database, clock, sources

    def rate_file(
        self,
        workspace_id: int,
        path: Path,
        *,
        today: date,
        progress: Progress = _silently,
        by: Actor | None = None,
    ) -> ProspectReport:
        """Rate every line of a list that has a SIREN; `progress` hears how many of how many.

        An owner nobody knows is refused and named, the company rated all the same. A company
        named twice is rated once, as its last line says. Raises PermanentSourceError for a file
        whose columns are not those of a list of prospects. `by` a salesperson, it only takes what
        nobody has, and leaves the order of meetings as it is.
        """
        file = company_tables.read_prospects(path)
        with self._database.read() as work:
            everybody = people.list_people(work.session, workspace_id=workspace_id)
        owners = _owners(everybody)
        run = _List(self._database, self._clock, workspace_id, today, owners, progress, by)
        return asyncio.run(run.rate(file, self._sources() if self._sources else None))

    def take_file(self, workspace_id: int, path: Path, *, today: date) -> bool:
        """Rate a list nobody waits for the answer of; False when the file is no such list.

        Raises Conflict naming the lines to mend; what could be rated is kept.
        """
        if not looks_like_prospects(path):
            return False
        report = self.rate_file(workspace_id, path, today=today)
        if not report.is_whole:
            count, lines = len(report.prospects), "; ".join(report.to_mend())
            raise Conflict(
                f"Companies rated: {count}. Lines to mend: {lines}.", code="lines_to_mend"
            )
        return True

    def prioritise(self, actor: Actor, siren: str, priority: int) -> None:
        """Say how soon a prospect should be met; later lists no longer change it.

        Raises NotAllowed for who is neither manager nor finance, or manages other people.
        """
        checked = check_priority(actor, priority)
        with self._database.write(interactive=True) as work:
            session, tenant = work.session, actor.workspace_id
            found = company_ratings.find_rating(session, workspace_id=tenant, siren=siren)
            if found is None or not found.is_prospect:
                raise NotFound("no such prospect")
            if not _is_of(actor, found.owner_id):
                raise NotAllowed("not_allowed")
            company_ratings.set_priority(
                session,
                workspace_id=tenant,
                siren=siren,
                priority=checked,
                by_id=actor.person_id,
            )
            body = {"priority": checked}
            write_action(session, actor, "prospect_prioritised", self._clock(), body)
            work.commit()


def _is_of(actor: Actor, owner_id: int | None) -> bool:
    """Say whether a prospect is somebody's to order: their own, their team's, nobody's."""
    return actor.is_finance or owner_id in {None, *actor.owners}


@dataclass(slots=True)
class _List:
    """One list under way, on an event loop of its own."""

    database: Database
    clock: Callable[[], datetime]
    tenant: int
    today: date
    owners: dict[str, PersonLine]
    progress: Progress
    by: Actor | None = None
    done: int = 0
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def rate(self, file: TableFile[ProspectRow], sources: OpenData | None) -> ProspectReport:
        """Rate what has a number, look the other lines up, a few at a time."""
        gatherer = Gatherer(sources, self.clock) if sources else None
        asking = SolvencyService(self.database, self.clock, Names(), gatherer)
        rows = _once(file.rows)
        try:
            found = await asyncio.gather(
                *(self._one(row, asking, gatherer, len(rows)) for row in rows)
            )
        finally:
            await asking.settle()
            if sources:
                await sources.close()
        return ProspectReport(
            tuple(one for one in found if isinstance(one, Prospect)),
            tuple(one for one in found if isinstance(one, NameToChoose)),
            tuple(sorted([*file.rejected, *self._unknown_owners(file)], key=lambda r: r.line)),
        )

    async def _one(
        self,
        row: ProspectRow,
        asking: SolvencyService,
        gatherer: Gatherer | None,
        count: int,
    ) -> Prospect | NameToChoose:
        async with self.gate:
            found = (
                await self._rated(row, row.siren, asking)
                if row.siren
                else await self._candidates(row, gatherer)
            )
        self.done += 1
        self.progress(self.done, count)
        return found

    async def _rated(self, row: ProspectRow, siren: str, asking: SolvencyService) -> Prospect:
        """Rate a company, waiting for late sources, and keep it as a prospect."""
        with self.database.read() as work:
            target = of_siren(work.session, self.tenant, siren)
        asked = Asked(target, None, self.today)
        answered = await asking.ask(system(self.tenant), asked)
        card = await answered.completed if answered.completed else answered.view
        assert isinstance(card, SolvencyView)  # noqa: S101 — a number is no choice
        return await asyncio.to_thread(self._kept, row, card)

    def _kept(self, row: ProspectRow, card: SolvencyView) -> Prospect:
        """Keep the rating, that its company is a prospect, and whose."""
        siren = card.assessment.siren
        keep_rating(self.database, self.tenant, card, self.clock())
        with self.database.write() as work:
            owner_id, priority = self._as_may(work.session, row, siren)
            company_ratings.mark_prospect(
                work.session,
                workspace_id=self.tenant,
                siren=siren,
                owner_id=owner_id,
                priority=priority,
                name=row.name,
            )
            work.commit()
        with self.database.read() as work:
            rated = company_ratings.find_rating(work.session, workspace_id=self.tenant, siren=siren)
        assert rated is not None  # noqa: S101 — it was just kept
        people_by_id = {person.id: person for person in self.owners.values()}
        kept = people_by_id.get(rated.owner_id) if rated.owner_id else None
        return Prospect(rated, (kept.email or kept.slack_user_id or "") if kept else "")

    def _as_may(self, session: Session, row: ProspectRow, siren: str) -> tuple[int | None, int]:
        """Return whose a company becomes and its priority, as far as who sent the list may say."""
        owner = self.owners.get(_reference(row.owner))
        if self.by is None or may_prioritise(self.by):
            return owner.id if owner else None, row.priority
        held = company_ratings.find_rating(session, workspace_id=self.tenant, siren=siren)
        is_free = held is None or held.owner_id is None
        return self.by.person_id if is_free else None, 0

    async def _candidates(self, row: ProspectRow, gatherer: Gatherer | None) -> NameToChoose:
        """Return the companies of a name, those of its town first; it never chooses."""
        if gatherer is None:
            return NameToChoose(row, register_answered=False)
        found = await gatherer.search(
            row.name,
            AnswerShelf(self.database, self.tenant),
            deadline_seconds=_PATIENCE_SECONDS,
        )
        town = normalise(row.town)
        listed = found.value.companies if found.value else ()
        nearest = sorted(listed, key=lambda one: bool(town) and normalise(one.town) != town)
        return NameToChoose(row, tuple(nearest), found.is_settled)

    def _unknown_owners(self, file: TableFile[ProspectRow]) -> list[RejectedRow]:
        column = file.header_of("owner")
        return [
            RejectedRow(row.line, column, _UNKNOWN_OWNER, row.owner[:80])
            for row in file.rows
            if row.owner and _reference(row.owner) not in self.owners
        ]


def _owners(everybody: list[PersonLine]) -> dict[str, PersonLine]:
    return {
        _reference(reference): person
        for person in everybody
        for reference in (person.email, person.slack_user_id)
        if reference
    }


def _reference(text: str) -> str:
    return text.strip().casefold()


def _once(rows: tuple[ProspectRow, ...]) -> list[ProspectRow]:
    """Return the lines, the last one of each company."""
    return list({row.siren or row.line: row for row in rows}.values())
