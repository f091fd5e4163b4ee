"""A real mail server on loopback that can be told to misbehave."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.outlets.smtp import MailServer, Security


@dataclass
class Office:
    """What the server took, and how it answers: codes by stage, used up one by one."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    hang_up_after_data: bool = False

    @property
    def server(self) -> MailServer:
        """Return the server as goodcop is set to use it."""
        return MailServer(
            "127.0.0.1", self.port, "compta@deuxrives.example", security=Security.NONE
        )

    def answer(self, stage: str) -> str:
        """Return the next answer of a stage."""
        waiting = self.answers.get(stage, [])
        return waiting.pop(0) if waiting else "250 OK"

    async def handle_RCPT(  # noqa: N802 — the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Take or refuse an address."""
        said = self.answer("rcpt")
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(  # noqa: N802 — the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse a message; or take it and say nothing."""
        said = self.answer("data")
        if said.startswith("250"):
            content = cast(bytes, envelope.content)
            message = message_from_bytes(content, policy=policy.default)
            self.taken.append(message)
            self.receivers += envelope.rcpt_tos
        if self.hang_up_after_data and server.transport is not None:
            cast(asyncio.Transport, server.transport).abort()
        return said


@asynccontextmanager
async def a_post_office() -> AsyncIterator[Office]:
    """Serve one for the length of a block."""
    office = Office()
    loop = asyncio.get_running_loop()
    served = await loop.create_server(
        lambda: SMTP(office, loop=loop, hostname="mx.example"), "127.0.0.1", 0
    )
    office.port = served.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        served.close()
        await served.wait_closed()
