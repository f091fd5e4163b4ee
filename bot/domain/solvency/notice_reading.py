"""What a published notice announces: its words to one kind of event; unknown words stay unread.

The order of the questions is the rule: texts of conversions, closings and ended plans name the
procedures they come from, so those are asked first, and liquidation before redressement.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.solvency.dossier import Event, EventKind

_TEXT_MOST = 300


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


_Kind = tuple[EventKind, EventKind | None]
_READ = "(?:liquidation judiciaire|redressement judiciaire|sauvegarde)"
_OPENS = (
    r"\b(?:ouvr\w*|ouvert\w*|prononc\w*|plac\w*|etend\w*|extension|repris\w*|admis\w*|"
    r"mis\w* en|mettant en|jugement de)\b[^.;]{0,120}?"
)
_AT_START = re.compile(
    r"^(?:(?!liquidation|redressement|sauvegarde)[^.]){0,80}?(?:(?:etat|liste) des creances|"
    r"avis de depot|projet de (?:repartition|plan)|collocation|interdiction|faillite personnelle|"
    r"date de (?:la )?cessation des paiements|relev\w* de forclusion)"
)
_REFUSED = re.compile(r"\b(?:rejet\w*|refus\w*|n'y (?:avoir|a) (?:pas )?lieu)\b[^.]{0,80}conver")
_CONVERTS = re.compile(r"\bconver(?:sion|ti\w*)\b")
_INTO = re.compile(
    r"\ben (?:une )?(?:procedure de )?(liquidation|redressement|sauvegarde)(?! amiable)"
)
_CLOSED = re.compile(r"clot\w*[^.]{0,160}(insuffisance d'actif|extinction du passif)")
_CLOSED_SOMEHOW = re.compile(r"\b(?:prononc\w*|jugement de|ordonne|ordonnance de)[^.]{0,10} ?clotu")
_UNDONE = re.compile(r"\b(?:infirm\w*|retract\w*|annul\w*|reform\w*)\b(?! et remplace)")
_CONFIRMED = re.compile(r"\bconfirm\w*\b")
_PLAN_FAILED = re.compile(r"\b(?:resolution|resol\w*|caducite)\b[^.]{0,20}\bplan\b")
_LIQUIDATION = re.compile(_OPENS + "liquidation judiciaire|^liquidation judiciaire")
_ASSIGNED = re.compile(r"\bplan de cession\b")
_PLAN_DONE = re.compile(
    r"(?:execution|achevement|fin|execute)\b[^.]{0,30}\bplan\b|plan[^.]{0,40}\bexecute\b"
)
_PLAN = re.compile(
    r"\barret\w* (?:du |le |un |d'un )?plan\b|\bhomolog\w*[^.]{0,20}plan\b|"
    r"\bmodifi\w*[^.]{0,30}plan\b"
)
_ENDED = re.compile(rf"\b(?:met\w*|mis\w*) fin (?:a|aux?) [^.]{{0,40}}{_READ}")
_GOES_ON = re.compile(
    r"\b(?:poursuite|maint\w*|renouvel\w*|prolong\w*|prorog\w*)\b[^.]{0,40}"
    r"(?:periode d'observation|activite)"
)
_REDRESSEMENT = re.compile(
    _OPENS + r"(?:redressement judiciaire|sortie de crise)|^redressement judiciaire"
)
_SAUVEGARDE = re.compile(_OPENS + r"sauvegarde|^sauvegarde")
_PROCEDURAL = re.compile(
    r"\b(?:design\w*|nomm\w*|nomin\w*|remplac\w*)\b[^.]{0,60}"
    r"(?:mandataire|administrateur|liquidateur|juge)|periode d'observation|"
    r"cessation des paiements|interdiction de gerer|faillite personnelle|reprise des actions|"
    r"erreur materielle|vente d'immeuble|cession d'actif"
)
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


def plain(text: str) -> str:
    """Return a text in lower case, without accents or line breaks, to be compared."""
    if "Ã" in text:  # UTF-8 read as Latin-1 somewhere before us
        text = text.encode("latin-1", "ignore").decode("utf-8", "ignore")
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def _kind(words: NoticeWords) -> _Kind:
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


def _of_proceeding(words: NoticeWords) -> _Kind:
    """Read the nature first; the free text says it when the nature is a generic one."""
    complement = re.split(r"voies? de recours", plain(words.complement))[0]
    for text in (plain(words.judgment), complement):
        if text and (found := _classify(text)):
            return found
    if words.family == "conciliation":
        return EventKind.CONCILIATION, None
    if words.family == "retablissement_professionnel":
        return EventKind.PERSONAL_RECOVERY, None
    return EventKind.UNREAD, None


def _classify(text: str) -> _Kind | None:
    return _of_end(text) or _of_liquidation(text) or _of_plan(text) or _of_opening(text)


def _of_end(text: str) -> _Kind | None:
    """Read what ends, undoes, confirms or only accompanies a proceeding; None when it does not."""
    if _AT_START.search(text) or _REFUSED.search(text) or _CONFIRMED.search(text):
        return EventKind.PROCEDURAL, None
    if _UNDONE.search(text):
        return EventKind.UNREAD, None
    if closed := _CLOSED.search(text):
        unpaid = closed.group(1).startswith("insuffisance")
        return (EventKind.CLOSED_UNPAID if unpaid else EventKind.CLOSED_PAID), None
    return None


def _of_liquidation(text: str) -> _Kind | None:
    if converts := _CONVERTS.search(text):
        return _conversion(text[converts.start() :])
    if _CLOSED_SOMEHOW.search(text):
        return None
    return (EventKind.LIQUIDATION, None) if _LIQUIDATION.search(text) else None


def _conversion(text: str) -> _Kind | None:
    """Both procedures are named: what follows "en" is the new one; else the gravest."""
    named = _INTO.search(text)
    if not named:
        for word, kind in (
            ("liquidation", EventKind.LIQUIDATION),
            ("redressement", EventKind.REDRESSEMENT),
        ):
            if word in text:
                return EventKind.CONVERSION, kind
        return None
    return EventKind.CONVERSION, EventKind(named.group(1))


def _of_plan(text: str) -> _Kind | None:
    if _PLAN_FAILED.search(text):
        reopened = re.search(r"\bouv\w*[^.]{0,60}redressement judiciaire", text)
        return (EventKind.REDRESSEMENT if reopened else EventKind.UNREAD), None
    if _ASSIGNED.search(text):
        return EventKind.BUSINESS_SOLD, None
    if _PLAN_DONE.search(text):
        return EventKind.PLAN_ENDED, None
    return (EventKind.PLAN, None) if _PLAN.search(text) else None


def _of_opening(text: str) -> _Kind | None:
    if _CLOSED_SOMEHOW.search(text):
        return None
    for pattern, kind in (
        (_ENDED, EventKind.CLOSED_PAID),
        (_GOES_ON, EventKind.PROCEDURAL),
        (_REDRESSEMENT, EventKind.REDRESSEMENT),
        (_SAUVEGARDE, EventKind.SAUVEGARDE),
        (_PROCEDURAL, EventKind.PROCEDURAL),
    ):
        if pattern.search(text):
            return kind, None
    return None


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
