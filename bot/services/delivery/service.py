"""From the outbox to Slack: taken in order, drawn when sent, settled once, never sent twice."""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.domain.errors import (
    DeliveryError,
    PermanentDeliveryError,
    TemporaryDeliveryError,
    TryAgain,
)
from bot.outlets.slack import SlackClient
from bot.services.delivery.results import Outcome, Registrar, Verdict
from storage.due_messages import Taken, Terms, soonest_due, soonest_unknown, take_due, take_unknown
from storage.messages import EDIT
from storage.outgoing import Drawing, OnSent, Outgoing, Render
from storage.pace import PaceRules
from storage.sessions import Session
from storage.unit_of_work import Database

log = structlog.get_logger()
_PATIENCE = 6  # times the database may stay locked before a result is left to be looked for
_MOMENT = 0.025  # seconds during which outcomes gather for one commit
_CLOCKS_APART = timedelta(minutes=5)  # Slack's clock and ours, at most


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a round did, by verdict, and the soonest instant at which the next has work."""

    counts: Mapping[Verdict, int] = field(default_factory=Counter)
    next_at: datetime | None = None

    @property
    def total(self) -> int:
        """Return how many messages the round dealt with."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """The pace towards Slack; how long a round owns its messages, how many it takes at most.

    `lease` must be longer than a call can last: what is still `sending` after it is looked for.
    """

    pace: PaceRules = field(default_factory=PaceRules)
    lease: timedelta = timedelta(minutes=1)
    settle_after: timedelta = timedelta(seconds=5)
    batch: int = 250


@dataclass(frozen=True, slots=True)
class _Ready:
    """A message taken and drawn; `trouble` when it could not be."""

    message: Outgoing
    drawing: Drawing | None = None
    trouble: DeliveryError | None = None


class DeliveryService:
    """Sends what the outbox holds; any number of them may run on one database."""

    def __init__(
        self,
        database: Database,
        client_for: Callable[[int], SlackClient],
        clock: Callable[[], datetime],
        render: Mapping[str, Render],
        on_sent: Mapping[str, OnSent],
        settings: DeliverySettings | None = None,
    ) -> None:
        self._database, self._client_for, self._clock = database, client_for, clock
        self._render, self._settings = render, settings or DeliverySettings()
        self._registrar = Registrar(on_sent, self._settings.settle_after)

    async def deliver_due(self, workspace_id: int, now: datetime | None = None) -> DeliveryReport:
        """Send what may leave now: channels side by side, in order within each.

        Call it again until `next_at` is in the future. Raises `TryAgain` when the database stays
        locked; nothing is lost then.
        """
        slack, started = self._client_for(workspace_id), time.monotonic()
        taken, ready = await asyncio.to_thread(self._prepare, workspace_id, now or self._clock())
        record = _Recorder(self._write)
        deadline = started + self._settings.lease.total_seconds() / 2
        lanes: dict[str, list[_Ready]] = {}
        for one in ready:
            lanes.setdefault(one.message.channel, []).append(one)
        await _all(self._send_lane(slack, lane, record, deadline) for lane in lanes.values())
        return DeliveryReport(await record.done(), taken.next_at)

    async def settle_unknown(
        self, workspace_id: int, now: datetime | None = None
    ) -> DeliveryReport:
        """Look in Slack for messages whose answer was lost: sent when found, else to send again."""
        slack = self._client_for(workspace_id)
        taken = await asyncio.to_thread(self._take_unknown, workspace_id, now or self._clock())
        record = _Recorder(self._write)
        await _all(self._look_for(slack, message, record) for message in taken.messages)
        return DeliveryReport(await record.done(), taken.next_at)

    def _terms(self) -> Terms:
        settings = self._settings
        return Terms(uuid.uuid4().hex, settings.lease, settings.batch, settings.pace)

    def _prepare(self, workspace_id: int, now: datetime) -> tuple[Taken, Sequence[_Ready]]:
        with self._database.read() as uow:
            soonest = soonest_due(uow.session, workspace_id=workspace_id)
        if soonest is None or soonest > now:
            return Taken(next_at=soonest), ()
        with self._database.write() as uow:
            taken = take_due(uow.session, workspace_id=workspace_id, now=now, terms=self._terms())
            uow.commit()
        return taken, self._draw_all(taken.messages) if taken.messages else ()

    def _draw_all(self, messages: Sequence[Outgoing]) -> Sequence[_Ready]:
        """Draw from one reading of the database; when one cannot be, each from its own."""
        try:
            with self._database.read() as uow:
                return [self._draw(uow.session, message) for message in messages]
        except Exception:  # the border of one message: the others must go
            if len(messages) > 1:
                return [ready for message in messages for ready in self._draw_all([message])]
            reference = uuid.uuid4().hex[:8]
            log.exception("message_not_drawn", reference=reference, kind=messages[0].kind)
            trouble = TemporaryDeliveryError(f"could not be drawn, reference {reference}")
            return [_Ready(messages[0], None, trouble)]

    def _draw(self, session: Session, message: Outgoing) -> _Ready:
        if not message.channel:
            return _Ready(message, None, PermanentDeliveryError("its reader has no channel"))
        return _Ready(message, self._render[message.kind](session, message))

    def _take_unknown(self, workspace_id: int, now: datetime) -> Taken:
        with self._database.read() as uow:
            soonest = soonest_unknown(uow.session, workspace_id=workspace_id)
        if soonest is None or soonest > now:
            return Taken(next_at=soonest)
        with self._database.write() as uow:
            taken = take_unknown(
                uow.session, workspace_id=workspace_id, now=now, terms=self._terms()
            )
            uow.commit()
        return taken

    async def _send_lane(
        self, slack: SlackClient, lane: Sequence[_Ready], record: "_Recorder", deadline: float
    ) -> None:
        for ready in lane:
            if time.monotonic() > deadline:
                # Too near the end of the lease to be sure that nobody looks for it meanwhile.
                trouble = TemporaryDeliveryError("the round took too long", retry_after=0.0)
                record.add(Outcome(ready.message, error=trouble))
            else:
                record.add(await self._send(slack, ready))

    async def _send(self, slack: SlackClient, ready: _Ready) -> Outcome:
        message, drawing = ready.message, ready.drawing
        if drawing is None:
            return Outcome(message, error=ready.trouble)
        try:
            if message.method == EDIT:
                posted = await slack.update(
                    message.channel, message.edits_ts, drawing.text, drawing.blocks
                )
            else:
                posted = await slack.post(
                    message.channel,
                    drawing.text,
                    drawing.blocks,
                    key=message.key,
                    thread=message.thread,
                )
        except DeliveryError as error:
            log.warning("message_not_sent", kind=message.kind, id=message.id, why=error.message)
            return Outcome(message, error=error)
        return Outcome(message, posted)

    async def _look_for(self, slack: SlackClient, message: Outgoing, record: "_Recorder") -> None:
        try:
            found = None
            if message.method != EDIT:
                found = await slack.find_by_key(
                    message.channel,
                    message.key,
                    oldest=message.attempted_at - _CLOCKS_APART,
                    thread=message.thread,
                )
        except DeliveryError as error:
            record.add(Outcome(message, error=error, looked_for=True))
        else:
            record.add(Outcome(message, found, looked_for=True))

    def _write(self, outcomes: Sequence[Outcome]) -> list[Verdict]:
        """Write outcomes in one commit; when it fails, each in its own, for the others' sake.

        A database that stays locked is asked again: what was sent must not be forgotten.
        """
        for _ in range(_PATIENCE):
            try:
                return self._write_once(outcomes)
            except TryAgain:
                log.warning("outcomes_wait_for_the_database", count=len(outcomes))
            except Exception:
                if len(outcomes) > 1:
                    log.warning("outcomes_written_one_by_one", exc_info=True)
                    return [verdict for one in outcomes for verdict in self._write([one])]
                log.exception("outcome_not_written", id=outcomes[0].message.id)
                break
        # Still `sending`: looked for in Slack once the lease has ended.
        return [Verdict.UNKNOWN] * len(outcomes)

    def _write_once(self, outcomes: Sequence[Outcome]) -> list[Verdict]:
        with self._database.write() as uow:
            verdicts = self._registrar.write_all(uow, outcomes, self._clock())
            uow.commit()
        return verdicts


class _Recorder:
    """Writes outcomes in threads, those of a moment in one commit.

    A commit for each would take as long as its post. What a crash leaves unwritten is `sending`,
    and looked for in Slack before anything else is done with it.
    """

    def __init__(self, write: Callable[[Sequence[Outcome]], list[Verdict]]) -> None:
        self._write = write
        self._waiting: list[Outcome] = []
        self._counts: Counter[Verdict] = Counter()
        self._writing: asyncio.Task[None] | None = None
        self._last = asyncio.Event()

    def add(self, outcome: Outcome) -> None:
        """Have an outcome written soon."""
        self._waiting.append(outcome)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._drain())

    async def done(self) -> Counter[Verdict]:
        """Write the rest at once and return how many became what; nothing is added after."""
        self._last.set()
        if self._writing is not None:
            await self._writing
        return self._counts

    async def _drain(self) -> None:
        while self._waiting:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._last.wait(), _MOMENT)
            batch, self._waiting = self._waiting, []
            self._counts.update(await asyncio.to_thread(self._write, batch))


async def _all(work: Iterable[Coroutine[object, object, None]]) -> None:
    await asyncio.gather(*work)
