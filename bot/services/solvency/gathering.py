"""All sources asked at once: what is known at the deadline, and the rest when it arrives.

Fresh kept answers come first and cost no request; a stale one serves when its source does not
answer. Answers that come late are kept as well, so that the next question has them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from bot.domain.errors import GoodcopError
from bot.domain.solvency.dossier import Dossier, SourceState
from bot.services.solvency.open_data import OpenData
from bot.services.solvency.parts import asked_slots, dossier_of, sector_key, sector_name
from bot.services.solvency.shelf import Kept, Shelf, Slot, kept_now
from bot.sources.companies import Candidates
from bot.sources.found import Found
from bot.sources.vies import vat_number_of

log = structlog.get_logger()
DEADLINE_SECONDS = 2.3  # a verdict from what is known is due within 2.5 s of the question


@dataclass(frozen=True, slots=True)
class Gathered:
    """The open-data part of a dossier; `late` gives the complete one when sources are missing."""

    dossier: Dossier
    late: asyncio.Task[Dossier] | None = None

    @property
    def is_complete(self) -> bool:
        """Say whether every source asked has spoken, or failed for now."""
        return self.late is None


class Gatherer:
    """Asks the sources about one company; belongs to one event loop."""

    def __init__(self, sources: OpenData, clock: Callable[[], datetime]) -> None:
        self._sources, self._clock = sources, clock
        self._asked = asked_slots(with_sirene=sources.sirene is not None)
        self._running: set[asyncio.Task[Any]] = set()

    def recall(self, siren: str, shelf: Shelf) -> Dossier | None:
        """Return the dossier when every answer is kept and fresh, asking nobody; else None.

        Plain and quick: made for the worker thread of a command.
        """
        kept = shelf.load([(slot, siren) for slot in self._asked])
        now = self._clock()
        if len(kept) < len(self._asked) or not all(k.is_fresh(now) for k in kept.values()):
            return None
        if wanted := sector_key(kept):
            kept |= shelf.load([(Slot.SECTORS, sector_name(*wanted))])
        return dossier_of(siren, kept, self._asked, now)

    async def gather(
        self, siren: str, shelf: Shelf, *, deadline_seconds: float = DEADLINE_SECONDS
    ) -> Gathered:
        """Return what is known of a company at the deadline, in seconds from now."""
        round = _Round(self._sources, self._clock, siren, shelf, self._asked)
        everything = self._start(round.run())
        done, _ = await asyncio.wait({everything}, timeout=deadline_seconds)
        if done:
            self._start(round.keep())
            return Gathered(everything.result())
        return Gathered(round.dossier(), self._start(_kept_late(everything, round)))

    async def search(
        self, name: str, shelf: Shelf, *, deadline_seconds: float = DEADLINE_SECONDS
    ) -> Found[Candidates]:
        """Return the companies of a name, from what is kept or from the register."""
        key = " ".join(name.casefold().split())
        kept = await asyncio.to_thread(shelf.load, [(Slot.NAMES, key)])
        known = kept.get(Slot.NAMES)
        if known and known.is_fresh(self._clock()):
            return known.found
        asking = self._start(self._ask_name(key, name, shelf))
        done, _ = await asyncio.wait({asking}, timeout=deadline_seconds)
        found: Found[Candidates] = asking.result() if done else Found(SourceState.SLOW)
        return known.found if known and not found.is_settled else found

    async def settle(self) -> None:
        """Wait until whatever was still under way is done and kept."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _ask_name(self, key: str, name: str, shelf: Shelf) -> Found[Candidates]:
        found = await self._sources.companies.search(name)
        if found.is_settled:
            await _keep(shelf, [kept_now(Slot.NAMES, key, found, self._clock())])
        return found


class _Round:
    """One question to every source: answers fill in as they come."""

    def __init__(
        self,
        sources: OpenData,
        clock: Callable[[], datetime],
        siren: str,
        shelf: Shelf,
        asked: tuple[Slot, ...],
    ) -> None:
        self._sources, self._clock, self._siren, self._shelf = sources, clock, siren, shelf
        self._asked = asked
        self._answers: dict[Slot, Kept] = {}
        self._new: list[Kept] = []

    async def run(self) -> Dossier:
        """Ask whatever is not kept and fresh, all at once, then the sector it leads to."""
        pairs = [(slot, self._siren) for slot in self._asked]
        loaded = await asyncio.to_thread(self._shelf.load, pairs)
        now = self._clock()
        kept = {s: k for s, k in loaded.items() if k.found.is_settled or k.is_fresh(now)}
        self._answers = kept
        missing = [s for s in self._asked if s not in kept or not kept[s].is_fresh(now)]
        identity = [self._ask(s) for s in missing if s in (Slot.COMPANIES, Slot.RATIOS)]
        others = [self._ask(s) for s in missing if s not in (Slot.COMPANIES, Slot.RATIOS)]
        await asyncio.gather(self._then_sector(identity), *others)
        return self.dossier()

    def dossier(self) -> Dossier:
        """Return what is known so far."""
        return dossier_of(self._siren, self._answers, self._asked, self._clock())

    async def keep(self) -> None:
        """Keep what was learnt since the last time."""
        new, self._new = self._new, []
        await _keep(self._shelf, new)

    async def _then_sector(self, identity: list[Coroutine[Any, Any, None]]) -> None:
        await asyncio.gather(*identity)
        wanted = sector_key(self._answers)
        if wanted is None:
            return
        key = sector_name(*wanted)
        kept = await asyncio.to_thread(self._shelf.load, [(Slot.SECTORS, key)])
        self._answers |= kept
        if Slot.SECTORS not in kept or not kept[Slot.SECTORS].is_fresh(self._clock()):
            self._learn(Slot.SECTORS, key, await self._sources.ratios.sector(*wanted))

    async def _ask(self, slot: Slot) -> None:
        self._learn(slot, self._siren, await self._question(slot))

    def _question(self, slot: Slot) -> Awaitable[Found[Any]]:
        sources = self._sources
        if slot is Slot.NOTICES:
            return sources.notices.find(self._siren)
        if slot is Slot.RATIOS:
            return sources.ratios.find(self._siren)
        if slot is Slot.VIES:
            return sources.vies.check(vat_number_of(self._siren))
        if slot is Slot.SIRENE and sources.sirene:
            return sources.sirene.find(self._siren)
        return sources.companies.find(self._siren)

    def _learn(self, slot: Slot, key: str, found: Found[Any]) -> None:
        """Take an answer; a failure never takes the place of an answer kept before."""
        if found.is_settled or slot not in self._answers:
            self._answers[slot] = kept_now(slot, key, found, self._clock())
            self._new.append(self._answers[slot])


async def _kept_late(everything: asyncio.Task[Dossier], round: _Round) -> Dossier:
    await round.keep()
    dossier = await everything
    await round.keep()
    return dossier


async def _keep(shelf: Shelf, answers: list[Kept]) -> None:
    """Keep answers off the event loop; a busy database costs only another request next time."""
    if not answers:
        return
    try:
        await asyncio.to_thread(shelf.save, answers)
    except GoodcopError as problem:
        log.warning("answers_not_kept", reason=problem.code)
