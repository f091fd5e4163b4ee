"""Every text has its translation, whole and with the same values inside."""

import re

import pytest
from babel.messages.catalog import Message

from bot.rendering.catalogues import french
from bot.rendering.formats import NARROW, NO_BREAK
from tests.rendering.catalogue_tools import LOCALES, read_catalogue, texts

VALUE = re.compile(r"{\w+}")


def entries(locale: str) -> list[Message]:
    return [message for message in read_catalogue(locale) if message.id]


def forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())  # type: ignore[arg-type]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_in_use_is_in_the_catalogue(locale: str) -> None:
    catalog = read_catalogue(locale)
    missing = [
        (text, context)
        for text, context in texts()
        if catalog.get(text if isinstance(text, str) else text[0], context) is None
    ]
    assert missing == []


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_untranslated_or_doubtful(locale: str) -> None:
    weak = [entry.id for entry in entries(locale) if entry.fuzzy or not all(forms(entry.string))]
    assert weak == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_left_over_in_the_catalogue(locale: str) -> None:
    used = {(forms(text)[0], context) for text, context in texts()}
    left = [
        entry.id for entry in entries(locale) if (forms(entry.id)[0], entry.context) not in used
    ]
    assert left == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_shows_the_same_values(locale: str) -> None:
    wrong = [
        entry.id
        for entry in entries(locale)
        for form in forms(entry.string)
        if set(VALUE.findall(form)) != set(VALUE.findall(forms(entry.id)[-1]))
    ]
    assert wrong == []


def test_french_speaks_without_exclamation_marks() -> None:
    assert not [entry.id for entry in entries("fr") if "!" in "".join(forms(entry.string))]


def test_french_spaces_are_put_into_our_texts() -> None:
    said = french("Pourquoi ? « l'avoir » : 12 € ; fin !")
    shown = said.replace(NO_BREAK, "_").replace(NARROW, ".")
    assert shown == "Pourquoi.? «_l’avoir_»_: 12_€.; fin.!"
