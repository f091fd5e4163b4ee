"""What a court's words decide: one kind of event, or nothing recognised.

The order of the questions is the rule. Texts of conversions, closings, refusals and ended plans
name the procedures they come from, so those are asked first, and liquidation before all others;
between plans and milder openings the decision named first is the one taken.
"""

import re
import unicodedata

from bot.domain.solvency.dossier import EventKind

Kind = tuple[EventKind, EventKind | None]

_VERBS = (
    r"\b(?:ouvr\w*|ouvert\w*|prononc\w*|plac\w*|etend\w*|extension|repris\w*|admis\w*|"
    r"mis\w* en|mettant en|jugement de)\b"
)
_OPENS = _VERBS + r"(?:(?!clotu)[^.;]){0,120}?"
_OPENS_NO_PLAN = _VERBS + r"(?:(?!clotu|\bplan\b)[^.;]){0,120}?"
_LIQUIDATED = r"liquidation (?:judiciaire|simplifiee)"
_LIQUIDATION = re.compile(f"{_OPENS}{_LIQUIDATED}|^{_LIQUIDATED}")
_BESIDE = re.compile(
    r"^(?:(?!liquidation|redressement|sauvegarde)[^.]){0,80}?(?:(?:etat|liste) des creances|"
    r"avis de depot|projet de (?:repartition|plan)|collocation|interdiction|faillite personnelle|"
    r"date de (?:la )?cessation des paiements|relev\w* de forclusion)"
)
_REFUSED = re.compile(
    r"\b(?:rejet\w*|refus\w*|debout\w*|n'y (?:avoir|a) (?:pas )?lieu)\b"
    r"(?:(?!prononc|ouvre\b|convertit)[^.]){0,80}?(conver|ouverture|liquidation|redressement)"
)
_CONFIRMED = re.compile(r"\bconfirm\w*\b[^.]{0,40}(?:jugement|ordonnance|decision)")
_UNDONE = re.compile(r"\b(?:infirm\w*|retract\w*|annul\w*|reform\w*)\b(?! et remplace)")
_CLOSED = re.compile(r"clot\w*[^.]{0,160}(insuffisance d'actif|extinction du passif)")
_CONVERTS = re.compile(r"\bconver(?:sion|ti\w*)\b")
_INTO = re.compile(
    r"\ben (?:une )?(?:procedure de )?(liquidation|redressement|sauvegarde)(?! amiable)"
)
_PLAN_FAILED = re.compile(r"\b(?:resolution|resol\w*|caducite)\b[^.]{0,20}\bplan\b")
_REOPENED = re.compile(r"\bouv\w*[^.]{0,60}redressement judiciaire")
_SUPERVISOR = re.compile(r"commissaires? a l'execution (?:du|de ce|d'un) plan")
_FIRST_NAMED = (
    (
        re.compile(
            r"\b(?:execution|achevement|fin|execute)\b[^.]{0,30}\bplan\b|plan[^.]{0,40}\bexecute\b"
        ),
        EventKind.PLAN_ENDED,
    ),
    (
        re.compile(r"\bplan de cession\b|\barret\w* la cession\b|cession de l'entreprise"),
        EventKind.BUSINESS_SOLD,
    ),
    (
        re.compile(
            r"\b(?:arret\w*|homolog\w*|modifi\w*|adopt\w*|jugement (?:de|du|portant))"
            r"[^.]{0,30}?\bplan\b(?! de cession)|\bplan\b(?! de cession)[^.]{0,60}\barrete"
        ),
        EventKind.PLAN,
    ),
    (
        re.compile(
            r"\b(?:met\w*|mis\w*) fin (?:a|aux?) [^.]{0,40}"
            r"(?:liquidation judiciaire|redressement judiciaire|sauvegarde)"
        ),
        EventKind.CLOSED_PAID,
    ),
    (
        re.compile(
            r"\b(?:poursuite|maint\w*|renouvel\w*|prolong\w*|prorog\w*)\b[^.]{0,40}"
            r"(?:periode d'observation|activite)"
        ),
        EventKind.PROCEDURAL,
    ),
    (
        re.compile(
            _OPENS_NO_PLAN + "(?:redressement judiciaire|sortie de crise)|^redressement judiciaire"
        ),
        EventKind.REDRESSEMENT,
    ),
    (re.compile(_OPENS_NO_PLAN + "sauvegarde|^sauvegarde"), EventKind.SAUVEGARDE),
)
_PROCEDURAL = re.compile(
    r"\b(?:design\w*|nomm\w*|nomin\w*|remplac\w*)\b[^.]{0,60}"
    r"(?:mandataire|administrateur|liquidateur|juge)|periode d'observation|"
    r"cessation des paiements|reprise des actions|erreur materielle|vente d'immeuble|"
    r"cession d'actif"
)


def read_judgment(text: str) -> Kind | None:
    """Return what a court's words, made `plain`, decide; None when nothing is recognised.

    The second value names the procedure that a conversion leads to. What undoes a judgment, or
    refuses something other than a conversion, is UNREAD: a person has to look.
    """
    return _beside(text) or _gravest(text) or _plan_failed(text) or _first_named(text)


def plain(text: str) -> str:
    """Return a text in lower case, without accents or line breaks, to be compared."""
    if "Ã" in text:  # UTF-8 read as Latin-1 somewhere before us
        text = text.encode("latin-1", "ignore").decode("utf-8", "ignore")
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def _beside(text: str) -> Kind | None:
    """Read what only accompanies a proceeding, or puts a judgment in question."""
    if _BESIDE.search(text) or _CONFIRMED.search(text):
        return EventKind.PROCEDURAL, None
    if refused := _REFUSED.search(text):
        kept = refused.group(1) == "conver"
        return (EventKind.PROCEDURAL if kept else EventKind.UNREAD), None
    return (EventKind.UNREAD, None) if _UNDONE.search(text) else None


def _gravest(text: str) -> Kind | None:
    """Read conversions, closings with their reason, and openings of a liquidation."""
    if converts := _CONVERTS.search(text):
        return _conversion(text[converts.start() :])
    opened, closed = _LIQUIDATION.search(text), _CLOSED.search(text)
    if closed and not (opened and opened.start() < closed.start()):
        unpaid = closed.group(1).startswith("insuffisance")
        return (EventKind.CLOSED_UNPAID if unpaid else EventKind.CLOSED_PAID), None
    return (EventKind.LIQUIDATION, None) if opened else None


def _conversion(text: str) -> Kind | None:
    """Both procedures are named: what follows "en" is the new one; else the gravest."""
    if named := _INTO.search(text):
        return EventKind.CONVERSION, EventKind(named.group(1))
    for kind in (EventKind.LIQUIDATION, EventKind.REDRESSEMENT):
        if kind.value in text:
            return EventKind.CONVERSION, kind
    return None


def _plan_failed(text: str) -> Kind | None:
    if not _PLAN_FAILED.search(text):
        return None
    return (EventKind.REDRESSEMENT if _REOPENED.search(text) else EventKind.UNREAD), None


def _first_named(text: str) -> Kind | None:
    text = _SUPERVISOR.sub("", text)
    found = [
        (match.start(), rank, kind)
        for rank, (pattern, kind) in enumerate(_FIRST_NAMED)
        if (match := pattern.search(text))
    ]
    if found:
        return min(found)[2], None
    return (EventKind.PROCEDURAL, None) if _PROCEDURAL.search(text) else None
