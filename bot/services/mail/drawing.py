"""What an e-mail is drawn with, and the drawing of each kind, made when it leaves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.outlets.smtp import Attachment
from storage.emails import EmailLine
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class DrawnMail:
    """An e-mail as it leaves: the words, whose voice it is, where replies go, what is attached."""

    subject: str
    text: str
    sender_name: str = ""
    reply_to: str = ""
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True)
class NotSent:
    """Why an e-mail does not leave: what it said is not true any more, or `mends`: somebody can."""

    why: str
    mends: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What a drawing is made with: the e-mail, the moment and the day in the workspace."""

    session: Session
    email: EmailLine
    now: datetime
    today: date


DrawMail = Callable[[Desk], DrawnMail | NotSent]
Settled = Callable[[Session, EmailLine, datetime], None]


@dataclass(frozen=True, slots=True)
class MailKind:
    """A kind of e-mail: how it is drawn, and what must be remembered of it once it is settled."""

    draw: DrawMail
    settled: Settled | None = None


Kinds = Mapping[str, MailKind]
