"""Each message as it was approved; GOODCOP_UPDATE_GOLDEN=1 writes them anew for review."""

import json
import os
from pathlib import Path

import pytest

from bot.rendering.messages import Message
from bot.rendering.views import Voice
from tests.rendering.sample import Drawn
from tests.rendering.samples import SAMPLES
from tests.rendering.views import ENGLISH, FAMILIAR, FRENCH

GOLDEN = Path(__file__).parent / "golden"
VOICES = {"fr": FRENCH, "en": ENGLISH}


def as_json(drawn: Drawn) -> str:
    whole = {"text": drawn.text, "blocks": drawn.blocks} if isinstance(drawn, Message) else drawn
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_reads_as_it_was_approved(name: str, language: str) -> None:
    sample = SAMPLES[name]
    seen = as_json(sample.draw(sample.view, VOICES[language]))
    path = GOLDEN / f"{name}.{language}.json"
    if os.environ.get("GOODCOP_UPDATE_GOLDEN"):
        path.write_text(seen, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == seen


def test_no_approved_message_is_left_over() -> None:
    expected = {f"{name}.{language}.json" for name in SAMPLES for language in VOICES}
    assert {path.name for path in GOLDEN.glob("*.json")} == expected


@pytest.mark.parametrize("name", SAMPLES)
def test_a_workspace_that_says_tu_never_reads_vous(name: str) -> None:
    sample = SAMPLES[name]
    words = as_json(sample.draw(sample.view, FAMILIAR)).replace("’", " ").split()
    formal = {"vous", "votre", "vos", "Votre", "Voulez-vous", "prévoyez-vous"}
    assert formal.isdisjoint(words) or name == "settings_form" or name == "help"


@pytest.mark.parametrize("voice", [Voice("fr-FR"), Voice("FR")])
def test_any_french_locale_reads_french(voice: Voice) -> None:
    sample = SAMPLES["saved"]
    drawn = sample.draw(sample.view, voice)
    assert isinstance(drawn, Message)
    assert drawn.text == "Enregistré."
