"""The words of each language: gettext catalogues, read and compiled once from their .po files."""

import io
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from bot.rendering.formats import NARROW, NO_BREAK, locale_of

_LOCALE = Path(__file__).parent / "locale"
_TIGHT = re.compile(r" (?=[;!?])")
_LOOSE = re.compile(r" (?=[:€»])|(?<=«) ")


@lru_cache(maxsize=4)
def catalogue(language: str) -> Translations:
    """Return the compiled catalogue of a reader's language."""
    code = locale_of(language).language
    path = _LOCALE / code / "LC_MESSAGES" / "goodcop.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale=code)
    typeset(catalog, french if code == "fr" else english)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def typeset(catalog: Catalog, typed: Callable[[str], str]) -> None:
    """Give every translation of `catalog` the spaces and apostrophes of its language."""
    for message in catalog:
        if isinstance(message.string, str):
            message.string = typed(message.string)
        else:
            message.string = tuple(typed(form) for form in message.string or ())


def french(text: str) -> str:
    """Return our own French text with its spaces: narrow before ; ! ?, no-break at : € « »."""
    return _LOOSE.sub(NO_BREAK, _TIGHT.sub(NARROW, text)).replace("'", "’")


def english(text: str) -> str:
    """Return our own English text with its apostrophes."""
    return text.replace("'", "’")
