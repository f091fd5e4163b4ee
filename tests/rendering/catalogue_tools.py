"""Collect every text of the templates and the code, and bring the catalogues up to date.

`python -m tests.rendering.catalogue_tools` rewrites the .po files: new texts come empty, in
English they come as they are; texts no longer used go away.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

RENDERING = Path(__file__).parents[2] / "bot" / "rendering"
LOCALES = ("fr", "en")
# A text that addresses the reader has two translations.
ADDRESSED = ("you", "you_", "addressed")
_KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "N_", "words", "say", *ADDRESSED), None),
    **dict.fromkeys(("_n", "counted", "say_count"), (1, 2)),
}
_METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext.babel_extract")]
_OPTIONS = {
    "**.j2": {
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
        "extensions": "jinja2.ext.do",
    }
}

Text = tuple[str | tuple[str, ...], str | None]


def texts() -> Iterator[Text]:
    """Yield every (text, context) to be translated; a plural text is a tuple."""
    for name, texts_of in (("addressed", ADDRESSED), ("others", set(_KEYWORDS) - set(ADDRESSED))):
        keywords = {word: _KEYWORDS[word] for word in texts_of}
        found = extract_from_dir(RENDERING, _METHODS, _OPTIONS, keywords)
        for _file, _line, text, _comments, _context in found:
            if name == "addressed":
                yield text, "vous"
                yield text, "tu"
            else:
                yield text, None


def read_catalogue(locale: str) -> Catalog:
    """Return a catalogue as it is on disk."""
    path = path_of(locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def path_of(locale: str) -> Path:
    """Return where a catalogue is."""
    return RENDERING / "locale" / locale / "LC_MESSAGES" / "goodcop.po"


def updated(locale: str) -> Catalog:
    """Return the catalogue with every text in use, what is translated kept."""
    old = read_catalogue(locale) if path_of(locale).exists() else Catalog(locale=locale)
    new = Catalog(locale=locale, project="goodcop", version="1", fuzzy=False)
    for text, context in sorted(set(texts()), key=repr):
        known = old.get(text if isinstance(text, str) else text[0], context)
        string = known.string if known else ""
        if locale == "en":
            string = text
        new.add(text, string, context=context)
    return new


def main() -> None:
    """Rewrite the catalogues."""
    for locale in LOCALES:
        written = io.BytesIO()
        write_po(written, updated(locale), width=100, omit_header=True, no_location=True)
        path_of(locale).write_bytes(written.getvalue())


if __name__ == "__main__":
    main()
