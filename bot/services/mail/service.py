"""The outbox towards clients, emptied: each e-mail leaves once, or somebody reads why not."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.domain.errors import (
    AddressRefused,
    AmbiguousDelivery,
    DeliveryError,
    PermanentDeliveryError,
    TemporaryDeliveryError,
)
from bot.domain.mailing import TRIES, EmailState, domain_of, wait_after
from bot.outlets.smtp import Letter, MailServer
from bot.outlets.smtp import send as send_by_smtp
from bot.services.mail.drawing import Desk, DrawnMail, Kinds, NotSent
from bot.services.mail.telling import tell_trouble
from storage import client_files, emails, reachable
from storage.emails import EmailLine
from storage.unit_of_work import Database, UnitOfWork

log = structlog.get_logger()
Send = Callable[[MailServer, Letter], Awaitable[None]]
_BATCH, _ROUND_SECONDS = 50, 5.0  # a stop waits for the round under way


@dataclass(frozen=True, slots=True)
class MailReport:
    """What a round did, and when there is more to do."""

    total: int = 0
    next_at: datetime | None = None


class MailService:
    """Sends e-mails one by one; any number of them may run on one database.

    `server` None: nothing leaves, what is queued waits. `gap` is the least time between two
    e-mails to the same domain.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        server: MailServer | None,
        kinds: Kinds,
        *,
        send: Send = send_by_smtp,
        gap: timedelta = timedelta(seconds=2),
    ) -> None:
        self._database, self._clock, self._server = database, clock, server
        self._kinds, self._send, self._gap = kinds, send, gap

    async def deliver_due(self, workspace_id: int) -> MailReport:
        """Send what may leave now; call again until `next_at` is in the future."""
        if self._server is None:
            return MailReport()
        total, started = 0, time.monotonic()
        while total < _BATCH and time.monotonic() - started < _ROUND_SECONDS:
            email = await asyncio.to_thread(self._take, workspace_id)
            if email is None:
                break
            total += 1
            await self._one(self._server, email)
        return MailReport(total, await asyncio.to_thread(self._next_at, workspace_id))

    async def settle_unknown(self, workspace_id: int) -> MailReport:
        """Say of e-mails whose process died while it sent them that they may have left."""
        count = await asyncio.to_thread(self._settle_lost, workspace_id)
        return MailReport(count)

    def _take(self, workspace_id: int) -> EmailLine | None:
        now = self._clock()
        with self._database.read() as uow:
            due = emails.soonest_due(uow.session, workspace_id=workspace_id)
        if due is None or due > now:
            return None
        with self._database.write() as uow:
            busy = emails.list_busy(uow.session, workspace_id=workspace_id, since=now - self._gap)
            taken = emails.take_next(
                uow.session,
                workspace_id=workspace_id,
                now=now,
                taken_by=uuid.uuid4().hex,
                busy=busy,
            )
            uow.commit()
        return taken

    async def _one(self, server: MailServer, email: EmailLine) -> None:
        try:
            drawn = await asyncio.to_thread(self._draw, email)
        except Exception:  # the border of one e-mail: the others must go
            reference = uuid.uuid4().hex[:8]
            log.exception("email_not_drawn", reference=reference, id=email.id, kind=email.kind)
            trouble = TemporaryDeliveryError(f"could not be drawn, reference {reference}")
            await asyncio.to_thread(self._trouble, email, trouble)
            return
        if isinstance(drawn, NotSent):
            state = EmailState.DEAD if drawn.mends else EmailState.CANCELLED
            await asyncio.to_thread(self._settle, email, state, drawn.why)
            return
        letter = Letter(
            to=email.to,
            subject=drawn.subject,
            text=drawn.text,
            message_id=f"<{email.message_id}@{domain_of(server.sender)}>",
            sender_name=drawn.sender_name,
            reply_to=drawn.reply_to,
            attachments=drawn.attachments,
        )
        try:
            await self._send(server, letter)
        except DeliveryError as refusal:
            log.warning("email_not_sent", id=email.id, kind=email.kind, why=refusal.message)
            await asyncio.to_thread(self._trouble, email, refusal)
        else:
            said = f"{drawn.subject}\n\n{drawn.text}"
            await asyncio.to_thread(self._settle, email, EmailState.SENT, "", said)

    def _draw(self, email: EmailLine) -> DrawnMail | NotSent:
        now = self._clock()
        with self._database.read() as uow:
            house = client_files.get_house(uow.session, workspace_id=email.workspace_id)
            today = now.astimezone(ZoneInfo(house.time_zone)).date()
            return self._kinds[email.kind].draw(Desk(uow.session, email, now, today))

    def _trouble(self, email: EmailLine, trouble: DeliveryError) -> None:
        """Try again what was surely not taken; say the rest to whose voice it is."""
        is_temporary = isinstance(trouble, TemporaryDeliveryError)
        if is_temporary and email.attempts < TRIES:
            now = self._clock()
            with self._database.write() as uow:
                emails.settle(
                    uow.session,
                    email,
                    state=EmailState.PENDING,
                    now=now,
                    error=trouble.message,
                    again_at=now + wait_after(email.attempts),
                )
                uow.commit()
            return
        state = EmailState.DEAD
        if isinstance(trouble, AmbiguousDelivery):
            state = EmailState.UNKNOWN
        elif isinstance(trouble, PermanentDeliveryError):
            state = EmailState.REFUSED
        self._settle(email, state, trouble.message, is_dead=isinstance(trouble, AddressRefused))

    def _settle(
        self,
        email: EmailLine,
        state: EmailState,
        why: str,
        said: str = "",
        *,
        is_dead: bool = False,
    ) -> None:
        with self._database.write() as uow:
            if self._write(uow, email, state, why, said):
                if is_dead:
                    reachable.give_up(
                        uow.session,
                        workspace_id=email.workspace_id,
                        contact_id=email.contact_id,
                        now=self._clock(),
                    )
                uow.commit()

    def _write(
        self, uow: UnitOfWork, email: EmailLine, state: EmailState, why: str, said: str = ""
    ) -> bool:
        now = self._clock()
        if not emails.settle(uow.session, email, state=state, now=now, error=why, sent=said):
            return False
        settled = emails.find_email(uow.session, workspace_id=email.workspace_id, id=email.id)
        kind = self._kinds.get(email.kind)
        if settled is not None and kind is not None and kind.settled is not None:
            kind.settled(uow.session, settled, now)
        if settled is not None and state.needs_somebody:
            tell_trouble(uow.session, settled, now)
        return True

    def _settle_lost(self, workspace_id: int) -> int:
        now = self._clock()
        with self._database.read() as uow:
            due = emails.soonest_due(uow.session, workspace_id=workspace_id)
        if due is None or due > now:
            return 0
        with self._database.write() as uow:
            lost = emails.list_lost(uow.session, workspace_id=workspace_id, now=now)
            for email in lost:
                self._write(uow, email, EmailState.UNKNOWN, "goodcop stopped while sending it")
            uow.commit()
        return len(lost)

    def _next_at(self, workspace_id: int) -> datetime | None:
        with self._database.read() as uow:
            return emails.soonest_due(uow.session, workspace_id=workspace_id)
