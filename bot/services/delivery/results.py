"""What became of a try to send: sent, to be looked for, tried again, given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import (
    AmbiguousDelivery,
    ChannelRefused,
    DeliveryError,
    PermanentDeliveryError,
    TemporaryDeliveryError,
)
from bot.outlets.slack import Posted
from storage import events, messages, pace
from storage.messages import EDIT
from storage.outgoing import OnSent, Outgoing
from storage.unit_of_work import UnitOfWork

TRIES = 10
_FIRST_DELAY = timedelta(seconds=20)
_LONGEST_DELAY = timedelta(hours=1)
_LONGEST_LOOK = timedelta(minutes=10)


class Verdict(StrEnum):
    """What a message became."""

    SENT = "sent"
    REPLACED = "replaced"
    UNKNOWN = "unknown"
    RETRY = "retry"
    DEAD = "dead"
    LEFT = "left"  # somebody else had it by then


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try ended: `posted`, or an `error`, or neither (nothing left to tell).

    `looked_for` says that the try was a search for an unknown message; then neither means that
    Slack does not have it.
    """

    message: Outgoing
    posted: Posted | None = None
    error: DeliveryError | None = None
    looked_for: bool = False


@dataclass(frozen=True, slots=True)
class Registrar:
    """Writes outcomes; `on_sent` hears, in the same commit, of each post by its kind.

    `settle_after` is how long Slack is given to show a message whose answer was lost.
    """

    on_sent: Mapping[str, OnSent] = field(default_factory=dict)
    settle_after: timedelta = timedelta(seconds=5)

    def write_all(
        self, uow: UnitOfWork, outcomes: Sequence[Outcome], now: datetime
    ) -> list[Verdict]:
        """Write outcomes; plain successes, the common case, go in one statement."""
        plain, others = [], []
        for outcome in outcomes:
            if outcome.posted and not self._hears(outcome.message):
                at = outcome.posted
                plain.append((outcome.message, at.channel, at.ts, at.text))
            else:
                others.append(outcome)
        kept = messages.mark_all_sent(uow.session, plain, now=now)
        verdicts = [Verdict.SENT] * kept + [Verdict.LEFT] * (len(plain) - kept)
        return verdicts + [self.write(uow, outcome, now) for outcome in others]

    def _hears(self, message: Outgoing) -> bool:
        is_parent = message.method != EDIT and not message.thread
        return is_parent and message.kind in self.on_sent

    def write(self, uow: UnitOfWork, outcome: Outcome, now: datetime) -> Verdict:
        """Write one outcome; the caller commits."""
        if outcome.posted:
            return self._sent(uow, outcome.message, outcome.posted, now)
        if outcome.error is not None and outcome.looked_for:
            return self._look_again(uow, outcome.message, outcome.error, now)
        match outcome.error:
            case None if outcome.looked_for:
                return self._missing(uow, outcome.message, now)
            case None:
                return _kept(messages.mark_replaced(uow.session, outcome.message), Verdict.REPLACED)
            case ChannelRefused() as error:
                return self._refused_here(uow, outcome.message, error, now)
            case TemporaryDeliveryError() as error:
                return self._later(uow, outcome.message, error, now)
            case AmbiguousDelivery() as error:
                return self._ambiguous(uow, outcome.message, error, now)
            case error:
                return self._refused(uow, outcome.message, error, now)

    def _sent(self, uow: UnitOfWork, message: Outgoing, posted: Posted, now: datetime) -> Verdict:
        kept = messages.mark_sent(
            uow.session,
            message,
            now=now,
            channel=posted.channel,
            ts=posted.ts,
            text=posted.text,
        )
        if kept and self._hears(message):
            self.on_sent[message.kind](uow.session, message, posted.channel, posted.ts)
        return _kept(kept, Verdict.SENT)

    def _later(
        self, uow: UnitOfWork, message: Outgoing, error: TemporaryDeliveryError, now: datetime
    ) -> Verdict:
        """Honour Retry-After for the whole workspace: it is not the message's fault."""
        if error.retry_after is None:
            return self._try_again(uow, message, error.message, now)
        name = EDIT if message.method == EDIT else pace.POSTS
        until = self._block(uow, message, name, error.retry_after, now)
        kept = messages.mark_retry(
            uow.session, message, at=until, error=error.message, counted=False
        )
        return _kept(kept, Verdict.RETRY)

    def _refused_here(
        self, uow: UnitOfWork, message: Outgoing, error: ChannelRefused, now: datetime
    ) -> Verdict:
        """Wait until the channel is mended or consented to; other channels are not concerned."""
        at = now + timedelta(seconds=error.retry_after or 0)
        kept = messages.mark_retry(uow.session, message, at=at, error=error.message, counted=False)
        return _kept(kept, Verdict.RETRY)

    def _block(
        self, uow: UnitOfWork, message: Outgoing, name: str, seconds: float, now: datetime
    ) -> datetime:
        of = message.workspace_id
        return pace.block(uow.session, workspace_id=of, name=name, now=now, seconds=seconds)

    def _ambiguous(
        self, uow: UnitOfWork, message: Outgoing, error: DeliveryError, now: datetime
    ) -> Verdict:
        """Look before sending again; an edit can be made twice without harm."""
        if message.method == EDIT:
            return self._try_again(uow, message, error.message, now)
        kept = messages.mark_unknown(
            uow.session, message, look_at=now + self.settle_after, error=error.message
        )
        return _kept(kept, Verdict.UNKNOWN)

    def _look_again(
        self, uow: UnitOfWork, message: Outgoing, error: DeliveryError, now: datetime
    ) -> Verdict:
        if isinstance(error, PermanentDeliveryError):
            return self._die(uow, message, error.message, now)
        wait = min(max((now - message.attempted_at) / 2, self.settle_after), _LONGEST_LOOK)
        if isinstance(error, TemporaryDeliveryError) and error.retry_after is not None:
            name = "conversations.replies" if message.thread else "conversations.history"
            wait = self._block(uow, message, name, error.retry_after, now) - now
        kept = messages.mark_unknown(uow.session, message, look_at=now + wait, error=error.message)
        return _kept(kept, Verdict.UNKNOWN)

    def _missing(self, uow: UnitOfWork, message: Outgoing, now: datetime) -> Verdict:
        """Slack does not have it: send it again, at once the first time."""
        if message.attempts >= TRIES:
            return self._die(uow, message, "never arrived in Slack", now)
        wait = _delay(message.attempts - 1) if message.attempts > 1 else timedelta(0)
        kept = messages.mark_retry(
            uow.session, message, at=now + wait, error="not in Slack", counted=True
        )
        return _kept(kept, Verdict.RETRY)

    def _refused(
        self, uow: UnitOfWork, message: Outgoing, error: DeliveryError, now: datetime
    ) -> Verdict:
        code = error.slack_code if isinstance(error, PermanentDeliveryError) else ""
        if message.method != EDIT or code != "message_not_found":
            return self._die(uow, message, error.message, now)
        of_it = {"kind": message.kind, "subject": message.subject}
        if messages.was_reposted(uow.session, workspace_id=message.workspace_id, **of_it):
            return self._die(uow, message, "deleted again after it was posted anew", now)
        return _kept(messages.mark_repost(uow.session, message, at=now), Verdict.RETRY)

    def _try_again(self, uow: UnitOfWork, message: Outgoing, words: str, now: datetime) -> Verdict:
        if message.attempts >= TRIES:
            return self._die(uow, message, words, now)
        kept = messages.mark_retry(
            uow.session, message, at=now + _delay(message.attempts), error=words, counted=True
        )
        return _kept(kept, Verdict.RETRY)

    def _die(self, uow: UnitOfWork, message: Outgoing, words: str, now: datetime) -> Verdict:
        if not messages.mark_dead(uow.session, message, error=words):
            return Verdict.LEFT
        events.append(
            uow.session,
            workspace_id=message.workspace_id,
            key=f"message_dead:{message.id}:{message.taken_by}",
            kind="message_dead",
            at=now,
            source="delivery",
            body={"told": message.kind, "subject": message.subject, "error": words},
        )
        return Verdict.DEAD


def _kept(kept: bool, verdict: Verdict) -> Verdict:
    return verdict if kept else Verdict.LEFT


def _delay(attempts: int) -> timedelta:
    """Return the wait before the next try: 20 s, doubling, an hour at most."""
    return min(_FIRST_DELAY * (1 << min(attempts - 1, 20)), _LONGEST_DELAY)
