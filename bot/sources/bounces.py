"""Reports of mail servers that could not bring an e-mail (RFC 3464), read with the library's own.

A vacation notice, a read receipt or "still trying" is no bounce: nothing comes of those.
"""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from pathlib import Path

from bot.domain.bounces import Bounce, status_in
from bot.domain.errors import InvalidInput

MOST_BYTES = 10_000_000
_MOST_IDS, _MOST_WORDS = 20, 300
_COPIES = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")
_FAILED = "failed"


def read_bounces(path: Path) -> tuple[Bounce, ...]:
    """Return the addresses a report gives up, in its order; empty when it gives up none.

    Raise `InvalidInput` when the file is no report of a mail server.
    """
    if path.stat().st_size > MOST_BYTES:
        raise InvalidInput("This e-mail is too large to be a delivery report.")
    return bounces_in(path.read_bytes())


def bounces_in(content: bytes) -> tuple[Bounce, ...]:
    """Return the same from the bytes of an e-mail."""
    report = message_from_bytes(content, policy=policy.default)
    try:
        parts = list(report.walk())
        statuses = [one for one in parts if one.get_content_type() == "message/delivery-status"]
        if not statuses:
            raise InvalidInput("This e-mail is no delivery report of a mail server.")
        ids = tuple(dict.fromkeys(_ids(report, parts)))[:_MOST_IDS]
        return tuple(bounce for part in statuses for bounce in _given_up(part, ids))
    except (MessageError, LookupError, ValueError, AttributeError) as broken:
        raise InvalidInput("This e-mail is no delivery report of a mail server.") from broken


def _ids(report: EmailMessage, parts: list[EmailMessage]) -> Iterator[str]:
    """Yield the Message-IDs of what came back: from its copy first, then what the report answers.

    The copy's headers alone (`text/rfc822-headers`) are a text to be read once more.
    """
    for part in parts:
        if part.get_content_type() not in _COPIES:
            continue
        inner = part.get_payload()
        if isinstance(inner, list):
            copies: list[Message] = [one for one in inner if isinstance(one, Message)]
        else:
            raw = part.get_payload(decode=True)
            copies = [message_from_bytes(raw if isinstance(raw, bytes) else b"")]
        for copy in copies:
            yield from _words(copy, "Message-ID")
    yield from _words(report, "In-Reply-To")
    yield from _words(report, "References")


def _given_up(part: EmailMessage, ids: tuple[str, ...]) -> Iterator[Bounce]:
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        if not isinstance(block, Message):
            continue
        if str(block.get("Action", "")).strip().lower() != _FAILED:
            continue
        recipient = str(block.get("Final-Recipient") or block.get("Original-Recipient") or "")
        diagnostic = str(block.get("Diagnostic-Code", "")).partition(";")[2]
        yield Bounce(
            message_ids=ids,
            recipient=recipient.rpartition(";")[2].strip().strip("<>").lower(),
            status=status_in(str(block.get("Status", ""))),
            words=" ".join(diagnostic.split())[:_MOST_WORDS],
        )


def _words(message: Message, header: str) -> list[str]:
    return [word for word in str(message.get(header, "")).split() if word.startswith("<")]
