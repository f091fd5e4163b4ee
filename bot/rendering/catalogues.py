"""The words of each language: gettext catalogues, read and compiled once from their .po files."""

import io
import re
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
    if code == "fr":
        set_french(catalog)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def set_french(catalog: Catalog) -> None:
    """Put French spaces and apostrophes into every translation of `catalog`."""
    for message in catalog:
        if isinstance(message.string, str):
            message.string = french(message.string)
        else:
            message.string = tuple(french(form) for form in message.string or ())


def french(text: str) -> str:
    """Return our own French text with its spaces: narrow before ; ! ?, no-break at : € « »."""
    return _LOOSE.sub(NO_BREAK, _TIGHT.sub(NARROW, text)).replace("'", "’")
