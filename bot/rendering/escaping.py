"""Text from files, forms and people, made harmless: it is shown, never obeyed."""

import re
import unicodedata
from collections.abc import Iterable

NAME_MAX = 60
TEXT_MAX = 240
_READ_MAX = 2000  # the rest of an endless text is not even read

_ZERO_WIDTH_JOINER = "\u200d"  # holds emoji families together
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # our amounts keep their no-break spaces
_MARKS = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_OUTER_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_SHORTCODE = re.compile(r":([\w+'-]*[^\W\d][\w+'-]*):")
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


class Mrkdwn(str):
    """Text that is already Slack markup: made here, with every foreign part escaped."""

    __slots__ = ()


def clean(text: str) -> str:
    """Return one line of visible text: no controls, no bidi overrides, single spaces.

    A text with right-to-left letters is isolated, so that it moves nothing around it.
    """
    if text.replace("\u00a0", "").replace("\u202f", "").isprintable():
        return _isolated((_SPACES_ASCII.sub(" ", text) if "  " in text else text).strip())
    kept = "".join(
        letter
        for letter in _SPACES.sub(" ", text)
        if letter == _ZERO_WIDTH_JOINER or unicodedata.category(letter) not in _INVISIBLE
    )
    return _isolated(_SPACES_ASCII.sub(" ", kept).strip())


def _isolated(line: str) -> str:
    if (
        not line.isascii()
        and MAY_BE_RIGHT_TO_LEFT.search(line)
        and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in line)
    ):
        return f"{_ISOLATE}{line}{_END_ISOLATE}"
    return line


_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES_ASCII = re.compile(r" {2,}")
# Every letter written from right to left, and some others: asking about each letter is slow.
MAY_BE_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufeff\U00010800-\U0001efff]")


def shorten(text: str, most: int) -> str:
    """Return cleaned text of at most `most` letters, cut in its middle."""
    if len(text) > _READ_MAX:
        half = _READ_MAX // 2
        text = f"{text[:half]} {text[-half:]}"
    line = clean(text)
    if len(line) <= most:
        return line
    head = (most - 1) * 2 // 3
    tail = most - 1 - head
    cut = line.strip(_ISOLATE + _END_ISOLATE)
    return clean(f"{cut[:head].rstrip()}…{cut[-tail:].lstrip()}")


def escape(text: str) -> Mrkdwn:
    """Return cleaned text in which Slack finds no markup, mention, link or emoji code."""
    line = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _OUTER_UNDERSCORE.sub("＿", line.translate(_MARKS))
    return Mrkdwn(_SHORTCODE.sub(r"∶\1∶", line))


def paragraphs(text: str) -> Mrkdwn:
    """Return a text of several lines, its empty lines kept."""
    return Mrkdwn("\n".join(escape(line) for line in text.strip().splitlines()))


def as_mrkdwn(value: object) -> Mrkdwn:
    """Return a value as markup: trusted when it already is, escaped and cut otherwise."""
    if isinstance(value, Mrkdwn):
        return value
    return escape(shorten(str(value), TEXT_MAX))


def dotted(parts: Iterable[Mrkdwn | str]) -> Mrkdwn:
    """Return the parts that say something on one line, with dots between."""
    return Mrkdwn(" · ".join(part for part in parts if part))
