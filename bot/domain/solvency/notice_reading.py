"""What a published notice announces: its words to one kind of event; unknown words stay unread."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.solvency.dossier import Event, EventKind
from bot.domain.solvency.judgments import Kind, plain, read_judgment

_TEXT_MOST = 300
_READ_MOST = 8_000


class NoticeType(StrEnum):
    """Whether a notice stands for itself, corrects another, or undoes one."""

    INITIAL = "annonce"
    CORRECTION = "rectificatif"
    CANCELLATION = "annulation"


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """A notice about one SIREN, in its published words; families are BODACC's `familleavis`.

    `judgment` holds the judgment's family and nature, `complement` its free text, `words` the text
    of any other act. `replaces` is the id of the notice corrected or cancelled.
    """

    notice_id: str
    siren: str
    family: str
    published_on: date
    type: NoticeType = NoticeType.INITIAL
    on: date | None = None
    court: str = ""
    judgment: str = ""
    complement: str = ""
    words: str = ""
    is_seller: bool = False
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one notice says, before it is set against the notices that it corrects or cancels."""

    event: Event
    type: NoticeType = NoticeType.INITIAL


_NOT_DISSOLVED = re.compile(
    r"(?:pas|non)\b[^.]{0,30}dissol|dissol\w*[^.]{0,20}(?:ecart\w*|rejet\w*)|"
    r"(?:sans|malgre)[^.]{0,20}dissol"
)
_TITLE = re.compile(
    r"\b(?:MM?|Mme|Mlle|Me|Monsieur|Madame|Mademoiselle|Ma[iî]tre)\b\.?\s+"
    r"(?:[A-ZÀ-Ý][\w'’-]*\.?\s*){1,5}"
)
_AGAINST_A_PERSON = re.compile(r"interdiction (?:de|prevue)|faillite personnelle")
_CAPITALS, _FIRST = r"[A-ZÀ-Ý]{2,}(?:-[A-ZÀ-Ý]{2,})*", r"[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)*"
_NAME = re.compile(rf"\b(?:{_CAPITALS} {_FIRST}|{_FIRST} {_CAPITALS})\b")
_NAMING = frozenset({"modification", "creation", "immatriculation", "vente"})
_BORN = re.compile(r"\b[Nn]ée?(?:\(e\))? (?:le )?[^,;.]*")


def read_notice(words: NoticeWords) -> Reading:
    """Return the event a notice announces for its SIREN, with how it relates to another notice.

    BODACC's families and natures; a retraction after third-party opposition undoes the notice it
    names, and the report of an automatic strike-off undoes the strike-off.
    """
    kind, into = _kind(words)
    undoes = words.type is NoticeType.CANCELLATION or (bool(words.replaces) and _undoes(words))
    type = NoticeType.CANCELLATION if undoes else words.type
    told = kind is EventKind.UNREAD or type is not NoticeType.INITIAL
    event = Event(
        notice_id=words.notice_id,
        siren=words.siren,
        kind=kind,
        published_on=words.published_on,
        on=words.on,
        into=into,
        court=words.court,
        text=_shortened(words) if told else "",
        replaces=words.replaces,
    )
    return Reading(event, type)


def without_persons(text: str) -> str:
    """Return a text without the people it names: titles and names, a surname in capitals, births.

    A measure against a person (a ban on managing) is about nobody but that person: no text at all.
    """
    if _AGAINST_A_PERSON.search(plain(text)):
        return ""
    return _NAME.sub("…", _BORN.sub("…", _TITLE.sub("… ", text)))


def _kind(words: NoticeWords) -> Kind:
    match words.family:
        case "collective" | "retablissement_professionnel" | "conciliation":
            return _of_proceeding(words)
        case "vente":
            return (EventKind.BUSINESS_SOLD if words.is_seller else EventKind.OTHER), None
        case "radiation":
            return EventKind.STRUCK_OFF, None
        case "dpc":
            hidden = "232-25" in words.words
            return (EventKind.ACCOUNTS_CONFIDENTIAL if hidden else EventKind.ACCOUNTS_FILED), None
        case "modification":
            return _of_change(plain(words.words)), None
        case "creation" | "immatriculation":
            return EventKind.OTHER, None
        case _:
            return EventKind.UNREAD, None


def _of_change(text: str) -> EventKind:
    ends = "dissol" in text or "liquidation amiable" in text
    return (
        EventKind.AMICABLE_LIQUIDATION
        if ends and not _NOT_DISSOLVED.search(text)
        else (EventKind.OTHER)
    )


def _of_proceeding(words: NoticeWords) -> Kind:
    """Read the nature first; the free text says it when the nature is a generic one."""
    complement = plain(words.complement[:_READ_MOST]).split("voies de recours")[0]
    for text in (plain(words.judgment), complement):
        if text and (found := read_judgment(text)):
            return found
    if words.family == "conciliation":
        return EventKind.CONCILIATION, None
    if words.family == "retablissement_professionnel":
        return EventKind.PERSONAL_RECOVERY, None
    return EventKind.UNREAD, None


def _undoes(words: NoticeWords) -> bool:
    judgment, rest = plain(words.judgment), plain(words.words)
    retracted = "retractation" in judgment and "tierce opposition" in judgment
    return retracted or (words.family == "radiation" and bool(re.search("rapport\\w*", rest)))


def _shortened(words: NoticeWords) -> str:
    """Return a notice's words without people; acts that name managers or owners keep none."""
    acts = "" if words.family in _NAMING else words.words
    parts = (words.judgment, words.complement, acts)
    text = without_persons(" ".join(" — ".join(part for part in parts if part).split()))
    return text if len(text) <= _TEXT_MOST else text[: _TEXT_MOST - 1] + "…"
