"""The mailboxes of everybody outside: a mail server on loopback that takes all and shows it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that came with an e-mail."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail as its receiver has it; `at` is the instant it came, by the demo's clock."""

    at: datetime
    sender: str
    reply_to: str
    to: str
    subject: str
    text: str
    enclosed: Sequence[Enclosed] = ()


class Mailbox:
    """Takes every e-mail, keeps them oldest first and says `told` after each; sends none on."""

    def __init__(self, clock: Callable[[], datetime], told: Callable[[], None]) -> None:
        self._clock, self._told = clock, told
        self._served: asyncio.Server | None = None
        self.mails: list[Mail] = []
        self.port = 0  # known once it is open

    async def open(self) -> None:
        """Listen on a free port of loopback."""
        loop = asyncio.get_running_loop()
        self._served = await loop.create_server(
            lambda: SMTP(self, loop=loop, hostname="mailbox.invalid"), HOST, 0
        )
        self.port = self._served.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Listen no more."""
        if self._served:
            self._served.close()
            await self._served.wait_closed()

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep an e-mail."""
        message = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
        self.mails.append(_read(message, self._clock(), envelope.rcpt_tos))
        self._told()
        return "250 OK"


def _read(message: EmailMessage, at: datetime, receivers: Sequence[str]) -> Mail:
    body = message.get_body(("plain",))
    return Mail(
        at=at,
        sender=str(message.get("From", "")),
        reply_to=str(message.get("Reply-To", "")),
        to=", ".join(receivers),
        subject=str(message.get("Subject", "")),
        text="\n".join(str(body.get_content()).splitlines()).rstrip() if body else "",
        enclosed=tuple(
            Enclosed(
                part.get_filename("file"),
                part.get_content_type(),
                cast(bytes, part.get_payload(decode=True) or b""),
            )
            for part in message.iter_attachments()
        ),
    )
