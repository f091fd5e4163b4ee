"""Names and numbers as people type them: what two spellings of one client have in common."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain import references

LONGEST_QUERY = 120
_LONGEST_NAME = 200
_LONGEST_SHOWN = 60

_FORMS = (
    "sarl sas sasu eurl sa snc sci scop scm sca selarl scea earl gaec ei eirl ets etablissement"
    " etablissements ste soc societe et co cie"
)
LEGAL_FORMS = frozenset(_FORMS.split())
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_DOTTED = re.compile(r"\b[a-z](?:\.[a-z])+\b\.?")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_SLACK_LINK = re.compile(r"<(?:[a-z]+:)?[^<>|]*\|([^<>|]*)>")
_QUOTES = "\"'«»“”„‘’`*_~ "
_SIREN = re.compile(r"(?:FR[0-9A-Z]{2})?(\d{9})(?:\d{5})?")


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody searched, read in every way a client can be named.

    `shown` is short enough for an answer; the others are empty where the text cannot be one.
    """

    shown: str
    code: str = ""
    siren: str = ""
    plain: str = ""
    name: str = ""
    number: str = ""


def plain(name: str) -> str:
    """Return small letters and digits, single spaces, no accents, ligatures or punctuation."""
    text = unicodedata.normalize("NFKD", name[:_LONGEST_NAME]).casefold().translate(_LETTERS)
    if not text.isascii():
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = _DOTTED.sub(lambda found: found.group().replace(".", "") + " ", text)
    return _NOT_A_LETTER.sub(" ", text).strip()


def normalise(name: str) -> str:
    """Return `plain` without legal forms; a name made of nothing else keeps its words."""
    words = plain(name).split()
    return " ".join([word for word in words if word not in LEGAL_FORMS] or words)


def code_key(code: str) -> str:
    """Return a client code for comparison: small letters, no spaces around or inside."""
    return "".join(code.casefold().split())


def number_key(number: str) -> str:
    """Return a document number for comparison: capitals and digits, no zeros before a number."""
    return references.normal(re.sub(r"(?<!\d)0+(?=\d)", "", number))


def same_number(one: str, other: str) -> bool:
    """Say whether two document numbers differ by separators, capitals or leading zeros only."""
    return references.normal(one) == references.normal(other) or number_key(one) == number_key(
        other
    )


def shorten(text: str, most: int = _LONGEST_SHOWN) -> str:
    """Return the text on one line, cut with an ellipsis past `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def read_query(text: str) -> Query:
    """Read a typed query; `shown` is empty when nothing was asked.

    Slack escapes `& < >` and turns addresses into links. A text too long to name a client
    matches nothing and is only shown, shortened.
    """
    typed = _SLACK_LINK.sub(r"\1", text[: 20 * LONGEST_QUERY])
    for escaped, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        typed = typed.replace(escaped, letter)
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in typed)
    asked = " ".join(visible.split()).strip(_QUOTES)
    if not asked or len(asked) > LONGEST_QUERY:
        return Query(shorten(asked))
    siren = _SIREN.fullmatch(references.normal(asked))
    return Query(
        shown=shorten(asked),
        code=code_key(asked),
        siren=siren.group(1) if siren else "",
        plain=plain(asked),
        name=normalise(asked),
        number=asked if any(letter.isdigit() for letter in asked) else "",
    )
