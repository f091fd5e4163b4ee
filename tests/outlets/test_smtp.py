"""What a mail server does, and what can be done about it: by a real one on loopback."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.domain.errors import (
    AmbiguousDelivery,
    PermanentDeliveryError,
    TemporaryDeliveryError,
)
from bot.outlets.smtp import Attachment, Letter, MailServer, Security, knock, send
from tests.services.mail.post_office import Office, a_post_office

LETTER = Letter(
    to="compta@client.example",
    subject="Votre règlement de 1 200,00 €",
    text="Bonjour Mme Roy,\n\nUne ligne accentuée : échéance, 1 200,00 €.\n.\nFin\n",
    message_id="<1.2@vendeur.example>",
    sender_name="Anne Élie",
    reply_to="anne@vendeur.example",
)
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def a_server_that(talks: Talk) -> AsyncIterator[MailServer]:
    """Serve a conversation written by hand, for what a good server never does."""
    served = await asyncio.start_server(talks, "127.0.0.1", 0)
    port = served.sockets[0].getsockname()[1]
    try:
        yield MailServer("127.0.0.1", port, "compta@vendeur.example", security=Security.NONE)
    finally:
        served.close()
        await served.wait_closed()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine's own, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "localhost.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


async def test_a_letter_arrives_word_for_word() -> None:
    async with a_post_office() as office:
        await send(office.server, LETTER)
    [taken] = office.taken
    assert taken.get_content().replace("\r\n", "\n") == LETTER.text
    assert (taken["Subject"], taken["Reply-To"]) == (LETTER.subject, LETTER.reply_to)
    assert (taken["Message-ID"], taken["From"]) == (
        LETTER.message_id,
        "Anne Élie <compta@deuxrives.example>",
    )


async def test_a_letter_crosses_servers_that_take_seven_bits() -> None:
    async with a_post_office() as office:
        await send(office.server, LETTER)
    assert office.taken[0]["Content-Transfer-Encoding"] == "quoted-printable"


async def test_a_file_goes_with_a_letter() -> None:
    async with a_post_office() as office:
        await send(office.server, replace(LETTER, attachments=[Attachment("relevé.pdf", b"%PDF")]))
    [file] = office.taken[0].iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("relevé.pdf", b"%PDF")


@pytest.mark.parametrize("stage", ["rcpt", "data"])
@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("451 4.7.1 greylisted", TemporaryDeliveryError),
        ("421 4.3.2 closing", TemporaryDeliveryError),
        ("452 4.2.2 full", TemporaryDeliveryError),
        ("550 5.1.1 no such user", PermanentDeliveryError),
        ("554 5.7.1 spam", PermanentDeliveryError),
    ],
)
async def test_a_code_says_whether_to_try_again(
    stage: str, said: str, error: type[Exception]
) -> None:
    async with a_post_office() as office:
        office.answers[stage] = [said]
        with pytest.raises(error, match=said[:3]):
            await send(office.server, LETTER)
    assert not office.taken


async def test_an_answer_lost_after_the_content_is_neither_sent_nor_lost() -> None:
    async with a_post_office() as office:
        office.hang_up_after_data = True
        with pytest.raises(AmbiguousDelivery):
            await send(office.server, LETTER)


async def test_nobody_at_the_address_is_tried_again() -> None:
    async with a_post_office() as office:
        server = office.server
    with pytest.raises(TemporaryDeliveryError):
        await send(server, LETTER)


async def test_a_connection_dropped_before_the_content_is_tried_again() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mx.example\r\n")
        await reader.readline()
        writer.transport.abort()

    async with a_server_that(hang_up) as server:
        with pytest.raises(TemporaryDeliveryError):
            await send(server, LETTER)


async def test_a_server_closed_to_us_says_nothing_of_the_letter() -> None:
    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"554 5.7.1 no service for you\r\n")
        await writer.drain()
        writer.close()

    async with a_server_that(refuse) as server:
        with pytest.raises(TemporaryDeliveryError, match="554"):
            await send(server, LETTER)


async def test_a_line_break_in_a_header_never_leaves() -> None:
    hostile = replace(LETTER, subject="Bonjour\r\nBcc: other@example.org")
    async with a_post_office() as office:
        with pytest.raises(PermanentDeliveryError, match="cannot be written"):
            await send(office.server, hostile)
    assert not office.taken


async def test_a_server_without_starttls_gets_nothing() -> None:
    async with a_post_office() as office:
        with pytest.raises(TemporaryDeliveryError):
            await send(replace(office.server, security=Security.STARTTLS), LETTER)
    assert not office.taken


@asynccontextmanager
async def a_protected_office(certificate: Path) -> AsyncIterator[tuple[Office, MailServer]]:
    """Serve one that wants STARTTLS, and the server as somebody sees it who trusts it."""
    office, loop = Office(), asyncio.get_running_loop()
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate)
    served = await loop.create_server(
        lambda: SMTP(office, loop=loop, tls_context=ours, require_starttls=True), "127.0.0.1", 0
    )
    office.port = served.sockets[0].getsockname()[1]
    trusting = ssl.create_default_context(cafile=str(certificate))
    server = replace(office.server, host="localhost", security=Security.STARTTLS, tls=trusting)
    try:
        yield office, server
    finally:
        served.close()
        await served.wait_closed()


async def test_a_protected_server_takes_a_letter(certificate: Path) -> None:
    async with a_protected_office(certificate) as (office, server):
        await send(server, LETTER)
    assert len(office.taken) == 1


async def test_a_server_nobody_vouches_for_gets_nothing(certificate: Path) -> None:
    async with a_protected_office(certificate) as (office, server):
        with pytest.raises(TemporaryDeliveryError):
            await send(replace(server, tls=None), LETTER)
    assert not office.taken


async def test_knocking_sends_nothing() -> None:
    async with a_post_office() as office:
        await knock(office.server)
    assert not office.taken
