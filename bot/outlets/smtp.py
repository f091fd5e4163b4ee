"""The one way out by e-mail: what a mail server answered, as what can be done about it."""

import re
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from enum import StrEnum

import aiosmtplib

from bot.domain.errors import (
    AddressRefused,
    AmbiguousDelivery,
    PermanentDeliveryError,
    TemporaryDeliveryError,
)

_SECONDS, _FAREWELL_SECONDS = 30.0, 5.0
_TEMPORARY = range(400, 500)
# Mailbox unavailable, moved or misspelt (RFC 5321, 4.2.3); a status, where one is given, that is
# about the address (RFC 3463, 3.2): a policy's 5.7.1 says nothing of it.
_NO_SUCH = frozenset({550, 551, 553})
_ABOUT_ADDRESS = re.compile(r"5\.1\.|(?!\d\.\d+\.\d+)")


class Security(StrEnum):
    """How the connection to the server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"  # for a server on this very machine


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes our e-mails, and the address they come from."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = Security.STARTTLS
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an e-mail; `subtype` is that of `application/…`."""

    name: str
    content: bytes
    subtype: str = "pdf"


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail to one address; replies go to `reply_to`, the person whose voice it is."""

    to: str
    subject: str
    text: str
    message_id: str
    sender_name: str = ""
    reply_to: str = ""
    attachments: Sequence[Attachment] = ()


async def send(server: MailServer, letter: Letter) -> None:
    """Hand an e-mail to the server.

    Raise `TemporaryDeliveryError` when it was surely not taken and may be later,
    `AmbiguousDelivery` when the answer to its content was lost, `PermanentDeliveryError` when it
    will never be taken.
    """
    client = _client(server)
    try:
        await _hand_over(client, server, letter)
    finally:
        client.close()


async def knock(server: MailServer) -> None:
    """Connect and log in, nothing more; raise `TemporaryDeliveryError` that says what failed."""
    client = _client(server)
    try:
        await _come_in(client, server)
        await _leave(client)
    finally:
        client.close()


def _client(server: MailServer) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        timeout=_SECONDS,
        use_tls=server.security is Security.TLS,
        start_tls=server.security is Security.STARTTLS,
        tls_context=server.tls,
    )


async def _hand_over(client: aiosmtplib.SMTP, server: MailServer, letter: Letter) -> None:
    content = _written(server, letter)
    await _come_in(client, server)
    try:
        await client.mail(server.sender)
        await _name(client, letter.to)
    except aiosmtplib.SMTPResponseException as refusal:
        raise _refused(refusal) from refusal
    except (aiosmtplib.SMTPException, OSError) as trouble:
        raise TemporaryDeliveryError(f"mail server: {type(trouble).__name__}") from trouble
    try:
        await client.data(content)
    except aiosmtplib.SMTPResponseException as refusal:
        raise _refused(refusal) from refusal
    except (aiosmtplib.SMTPException, OSError) as lost:
        raise AmbiguousDelivery("the mail server's answer was lost") from lost
    await _leave(client)


async def _name(client: aiosmtplib.SMTP, address: str) -> None:
    """Name the recipient; raise `AddressRefused` where the server says there is none such."""
    try:
        await client.rcpt(address)
    except aiosmtplib.SMTPResponseException as refusal:
        if refusal.code in _NO_SUCH and _ABOUT_ADDRESS.match(refusal.message):
            raise AddressRefused(_words(refusal), slack_code=str(refusal.code)) from refusal
        raise


async def _come_in(client: aiosmtplib.SMTP, server: MailServer) -> None:
    """Connect and log in; what goes wrong here says nothing of the letter, which waits."""
    try:
        await client.connect()
        if server.user:
            await client.login(server.user, server.password)
    except aiosmtplib.SMTPResponseException as refusal:
        raise TemporaryDeliveryError(_words(refusal)) from refusal
    except (aiosmtplib.SMTPException, OSError) as trouble:
        raise TemporaryDeliveryError(f"mail server: {type(trouble).__name__}") from trouble


async def _leave(client: aiosmtplib.SMTP) -> None:
    with suppress(aiosmtplib.SMTPException, OSError):
        await client.quit(timeout=_FAREWELL_SECONDS)


def _refused(refusal: aiosmtplib.SMTPResponseException) -> Exception:
    """Return what a code means: 4xx is for now (RFC 5321), anything else for good."""
    if refusal.code in _TEMPORARY:
        return TemporaryDeliveryError(_words(refusal))
    return PermanentDeliveryError(_words(refusal), slack_code=str(refusal.code))


def _words(refusal: aiosmtplib.SMTPResponseException) -> str:
    return f"{refusal.code} {refusal.message}"[:300]


def _written(server: MailServer, letter: Letter) -> bytes:
    """Return the message's bytes; a line break in a header, say, never leaves."""
    try:
        return _message(server, letter).as_bytes()
    except (ValueError, LookupError) as wrong:
        raise PermanentDeliveryError(f"it cannot be written: {wrong}"[:300]) from wrong


def _message(server: MailServer, letter: Letter) -> EmailMessage:
    """Return the message; a header with a line break is refused by the library itself."""
    message = EmailMessage()
    message["From"] = formataddr((letter.sender_name, server.sender))
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = letter.message_id
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")  # not every server takes 8 bits
    for one in letter.attachments:
        message.add_attachment(
            one.content, maintype="application", subtype=one.subtype, filename=one.name
        )
    return message
