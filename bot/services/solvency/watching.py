"""The nightly watch: what BODACC published about followed companies since the last run.

Days are asked for, not companies: one request a day, then one for each followed company met. A day
is done once everything it says was written, so a run that was killed goes on where it stopped.
"""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.actors import system
from bot.domain.solvency.dossier import Event, SourceState
from bot.domain.solvency.watching import days_to_ask, is_over, to_decide
from bot.services.solvency.assessing import kept_card
from bot.services.solvency.event_news import ask_about, tell_undecided
from bot.services.solvency.freezing import sync_freezes
from bot.services.solvency.open_data import OpenData
from bot.services.solvency.ratings import keep_rating
from bot.services.solvency.shelf import AnswerShelf, Slot, kept_now
from bot.services.workspaces.working_days import day_of
from storage import notices, source_answers, watched_days, watches
from storage.sessions import Session
from storage.unit_of_work import Database

# How many companies never read before are read one by one each night, the past included.
NEW_COMPANIES_A_NIGHT = 100
_ANSWERS_KEPT = timedelta(days=90)


@dataclass(slots=True)
class WatchReport:
    """What a run did: days asked, companies read, events found, questions asked.

    `failed` is how the source that stopped it answered, empty when the run came to its end.
    """

    followed: int = 0
    days: list[date] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    asked: int = 0
    failed: str = ""

    def to_document(self) -> dict[str, object]:
        """Return it as the command line prints it."""
        return {
            "followed": self.followed,
            "days": [day.isoformat() for day in self.days],
            "read": self.read,
            "events": [
                {
                    "siren": event.siren,
                    "kind": event.kind.value,
                    "published_on": event.published_on.isoformat(),
                }
                for event in self.events
            ],
            "asked": self.asked,
            "failed": self.failed,
        }


class WatchService:
    """Asks for the days since the last run; a run repeated says nothing twice.

    `sources` opens the open-data sources on the event loop of one run; without it nobody is asked.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        sources: Callable[[], OpenData] | None = None,
    ) -> None:
        self._database, self._clock, self._sources = database, clock, sources

    def run(self, workspace_id: int, today: date) -> WatchReport:
        """Read what was published, write events and ratings, ask and tell, freeze and free."""
        now = self._clock()
        with self._database.read() as work:
            followed = watches.list_followed_sirens(work.session, workspace_id=workspace_id)
        report = WatchReport(followed=len(followed))
        if self._sources is not None and followed:
            asyncio.run(self._ask(self._sources, workspace_id, followed, today, report))
        with self._database.write() as work:
            sync_freezes(work.session, workspace_id, now)
            day = day_of(work.session, workspace_id=workspace_id, now=now, today=today)
            tell_undecided(work.session, workspace_id, day, now)
            source_answers.forget_answers(
                work.session, workspace_id=workspace_id, before=now - _ANSWERS_KEPT
            )
            work.commit()
        return report

    async def _ask(
        self,
        open_sources: Callable[[], OpenData],
        tenant: int,
        followed: Collection[str],
        today: date,
        report: WatchReport,
    ) -> None:
        sources = open_sources()
        try:
            night = _Night(self._database, self._clock, sources, tenant, followed, today, report)
            await night.run()
        finally:
            await sources.close()


@dataclass(slots=True)
class _Night:
    """One run under way."""

    database: Database
    clock: Callable[[], datetime]
    sources: OpenData
    tenant: int
    followed: Collection[str]
    today: date
    report: WatchReport

    async def run(self) -> None:
        """Read companies new to the watch, then the days since the last run, the oldest first."""
        with self.database.read() as work:
            done_until = watched_days.find_done_until(work.session, workspace_id=self.tenant)
            unread = watched_days.list_unread(
                work.session, workspace_id=self.tenant, sirens=self.followed
            )
        is_first = done_until is None
        for siren in unread[:NEW_COMPANIES_A_NIGHT]:
            if not await self._read(siren, since=self.today):
                return
        if is_first and len(unread) <= NEW_COMPANIES_A_NIGHT:
            done_until = self.today - timedelta(days=1)  # every past was just read
        for day in days_to_ask(done_until, self.today):
            if not await self._ask_day(day, since=self.today if is_first else day):
                return

    async def _ask_day(self, day: date, *, since: date) -> bool:
        """Ask for one day and read each followed company it names; False when a source failed."""
        found = await self.sources.notices.published_on(day, self.followed)
        if not found.is_settled:
            self.report.failed = found.state.value
            return False
        self.report.days.append(day)
        readings = [reading.event for reading in found.value or ()]
        for siren in sorted({event.siren for event in readings} - set(self.report.read)):
            about = [event for event in readings if event.siren == siren]
            if self._is_news(siren, about) and not await self._read(siren, since=since):
                return False
        if is_over(day, self.today):
            with self.database.write() as work:
                watched_days.mark_day(
                    work.session, workspace_id=self.tenant, day=day, at=self.clock()
                )
                work.commit()
        return True

    def _is_news(self, siren: str, about: list[Event]) -> bool:
        with self.database.read() as work:
            kept = notices.list_events(work.session, workspace_id=self.tenant, sirens=(siren,))
        known = {event.notice_id for event in kept}
        return any(event.notice_id not in known for event in about)

    async def _read(self, siren: str, *, since: date) -> bool:
        """Read a company's notices, rate it, keep its events and ask; False when that failed."""
        found = await self.sources.notices.find(siren)
        if not found.is_settled:
            self.report.failed = found.state.value
            return False
        now = self.clock()
        shelf = AnswerShelf(self.database, self.tenant)
        shelf.save([kept_now(Slot.NOTICES, siren, found, now)])
        if found.state is SourceState.ANSWERED:
            self._rate(siren, now)
        with self.database.write() as work:
            self._keep(work.session, siren, found.value or (), since, now)
            work.commit()
        self.report.read.append(siren)
        return True

    def _rate(self, siren: str, now: datetime) -> None:
        """Rate a company anew by what is kept of it; nobody else is asked for it."""
        with self.database.read() as work:
            view = kept_card(work.session, system(self.tenant), siren, None, self.today, now)
        keep_rating(self.database, self.tenant, view, now)

    def _keep(
        self, session: Session, siren: str, after: tuple[Event, ...], since: date, now: datetime
    ) -> None:
        before = notices.list_events(session, workspace_id=self.tenant, sirens=(siren,))
        notices.replace_events(session, workspace_id=self.tenant, siren=siren, events=after, at=now)
        watched_days.mark_read(session, workspace_id=self.tenant, siren=siren, at=now)
        known = {event.notice_id for event in before}
        self.report.events += [event for event in after if event.notice_id not in known]
        asks = to_decide(before, after, since=since)
        if asks is None:
            return
        day = day_of(session, workspace_id=self.tenant, now=now, today=self.today)
        if ask_about(session, self.tenant, asks, day, now) is not None:
            self.report.asked += 1
