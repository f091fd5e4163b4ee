"""Bytes to text: a fixed ladder of encodings, because detectors are wrong on French books."""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.domain.errors import PermanentSourceError

_CHUNK = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
_FRENCH = frozenset("éèêëàâäçîïôöùûüœæÉÈÊËÀÂÇÎÏÔÙÛŒ°«»€’–\xa0")
# Single-byte code pages of older accounting tools, tried on evidence after the Windows one.
_OTHERS = ("cp850", "mac_roman")
# EBCDIC: where its letters, digits and usual marks stand, and the two places of its bar.
_MAINFRAME = re.compile(
    rb"[\x05\x0d\x15\x25\x40\x4b\x4f\x60\x6b\xbb\xf0-\xf9]|[\x81-\x89\xc1-\xc9]"
    rb"|[\x91-\x99\xd1-\xd9\xa2-\xa9\xe2-\xe9]"
)
_BARS = {"cp1140": b"\x4f", "cp500": b"\xbb"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file; `doubtful` when it rests on letter counts and should be shown."""

    name: str
    doubtful: bool = False


def detect(path: Path) -> Encoding:
    """Return the encoding by the ladder: BOM, strict UTF-8, EBCDIC, single-byte code pages.

    Raises PermanentSourceError `empty_file` or `binary` for a file that is not text.
    """
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip():
        raise PermanentSourceError("The file is empty.", code="empty_file")
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name)
    if b"\0" in head:
        return _wide(head)
    if head.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _binary()
    if _is_utf8(path):
        return Encoding("utf-8")
    if len(_MAINFRAME.findall(head)) > 0.9 * len(head):
        return Encoding(max(_BARS, key=lambda name: head.count(_BARS[name])), doubtful=True)
    return _single_byte(path)


def open_text(path: Path, encoding: str | None = None) -> TextIO:
    """Open a text file with any mix of line endings; without `encoding` the ladder decides."""
    name = encoding or detect(path).name
    try:
        codecs.lookup(name)
    except LookupError as problem:
        raise PermanentSourceError(
            f"There is no encoding called {name}.", code="bad_encoding"
        ) from problem
    if name in _BARS:
        # Their lines end in NEL, which no text file knows.
        return io.StringIO(path.read_bytes().decode(name).replace("\x85", "\n"), newline=None)
    return path.open(encoding=name, newline=None)


def not_in(encoding: str) -> PermanentSourceError:
    """Return the refusal for a file that an encoding stated by the user cannot read."""
    return PermanentSourceError(
        f"The file is not written in {encoding}: choose another encoding.", code="bad_encoding"
    )


def _binary() -> PermanentSourceError:
    return PermanentSourceError("This is not a text file.", code="binary")


def _wide(head: bytes) -> Encoding:
    even = len(head) // 2
    if head[1::2].count(0) > even * 0.7:
        return Encoding("utf-16-le", doubtful=True)
    if head[::2].count(0) > even * 0.7:
        return Encoding("utf-16-be", doubtful=True)
    raise _binary()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(path: Path) -> Encoding:
    high: Counter[bytes] = Counter()
    for chunk in _chunks(path):
        high.update(_HIGH.findall(chunk))
    control = any(b"\x80" <= byte <= b"\x9f" for byte in high)
    usual = "cp1252" if control else "iso8859-15"
    if not control:
        return Encoding(usual)
    scores = {name: _french_letters(high, name) for name in (usual, *_OTHERS)}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > scores[usual]:
        return Encoding(best, doubtful=True)
    return Encoding(usual if _readable(high, usual) else "iso8859-15")


def _readable(high: Counter[bytes], name: str) -> bool:
    return all(byte.decode(name, "ignore") for byte in high)


def _french_letters(high: Counter[bytes], name: str) -> int:
    return sum(count for byte, count in high.items() if byte.decode(name, "ignore") in _FRENCH)
