"""The windows of the texts to clients: the list, one as it is, tried, too long."""

from dataclasses import replace

from bot.rendering.client_writing import TEXT_KEYS, WrittenText, default_text
from bot.rendering.text_windows import (
    TextsView,
    TextView,
    text_fields,
    text_list,
    text_restored,
    tried,
)
from tests.rendering.sample import Sample
from tests.rendering.views import NOW

HOUSE = TextView("reminder_1", "fr", default_text("reminder_1", "fr"))
OWN = replace(HOUSE, version=3, is_own=True, by="Fiona", at=NOW)
LONG = replace(OWN, text=replace(OWN.text, body="Bonjour " * 400))
WRITTEN = WrittenText("Rappel", "Bonjour Mme Roy,\n\n12 480,40 € sont échus.\n")
ALL = TextsView(
    tuple(
        OWN
        if (key, language) == ("reminder_1", "fr")
        else TextView(key, language, default_text(key, language))
        for key in TEXT_KEYS
        for language in ("fr", "en")
    )
)


def text_windows() -> dict[str, Sample]:
    """Return every sample of the room."""
    return {
        "client_texts": Sample(text_list, ALL),
        "client_text": Sample(text_fields, HOUSE),
        "client_text_own": Sample(text_fields, OWN),
        "client_text_too_long": Sample(text_fields, LONG),
        "client_text_restored": Sample(text_restored, HOUSE),
        "client_text_tried": Sample(text_fields, tried(OWN, WRITTEN)),
        "client_text_untried": Sample(text_fields, tried(HOUSE, None)),
    }
