"""Whatever goodcop refuses on purpose is said in the reader's language."""

import pytest

from bot.rendering.error_words import error_words
from bot.rendering.refusals import field_errors
from bot.rendering.source_words import source_words
from bot.rendering.speech import speech
from tests.rendering.raised_texts import REFUSALS, VALUE, Raised, texts_of
from tests.rendering.views import ENGLISH, FRENCH

RAISED = (
    texts_of(REFUSALS, 0)
    + texts_of({"_refuse"}, 0, under="bot/rendering")
    + texts_of({"_required"}, 2, under="bot/domain/follow_ups")
)
# Words inside a sentence that names a setting or a key of the policy.
INSIDE = texts_of({"ValueError"}, 0, under="bot/services/workspaces/settings") + texts_of(
    {"wrong"}, 1, under="bot/domain"
)
OF_ROWS = (
    texts_of({"BadCell"}, 1) + texts_of({"UnreadableAmount"}, 0) + texts_of({"RejectedRow"}, 2)
)
NOTICED = texts_of({"append"}, 0, under="bot/sources/fec_lines") + texts_of(
    {"append"}, 0, under="bot/sources/fec.py"
)


def filled(raised: Raised) -> str:
    return raised.text.replace(VALUE, "20")


def place(raised: Raised) -> str:
    return raised.place


@pytest.mark.parametrize("raised", RAISED, ids=place)
def test_every_refusal_has_its_french(raised: Raised) -> None:
    said = field_errors({"": filled(raised)}, FRENCH)[""]
    assert said != filled(raised)


@pytest.mark.parametrize("raised", RAISED, ids=place)
def test_every_refusal_has_its_english(raised: Raised) -> None:
    assert field_errors({"": filled(raised)}, ENGLISH)[""].replace("’", "'") == filled(raised)


@pytest.mark.parametrize("raised", INSIDE, ids=place)
def test_every_word_inside_a_refusal_has_its_french(raised: Raised) -> None:
    assert error_words(filled(raised), speech(FRENCH)) not in (None, filled(raised))


@pytest.mark.parametrize("raised", OF_ROWS, ids=place)
def test_every_reason_to_refuse_a_row_has_its_french(raised: Raised) -> None:
    assert source_words(filled(raised), speech(FRENCH)) != filled(raised)


@pytest.mark.parametrize("raised", NOTICED, ids=place)
def test_every_warning_of_a_reader_has_its_french(raised: Raised) -> None:
    assert source_words(filled(raised), speech(FRENCH)) != filled(raised)


def test_the_source_is_read_at_all() -> None:
    assert min(len(RAISED), len(INSIDE), len(OF_ROWS), len(NOTICED)) > 2


def test_a_value_that_is_a_known_text_is_said_in_the_same_language() -> None:
    said = error_words("currency wants three letters, as EUR.", speech(FRENCH))
    assert said == "currency attend trois lettres, comme EUR."


@pytest.mark.parametrize(
    "question",
    [
        "This file has 12 lines, the previous one had 40.",
        "This file ends on 2026-10-31, the previous one on 2026-11-20.",
        "14 clients who owe money are missing from this file.",
    ],
)
def test_the_question_about_a_shrunk_file_is_asked_in_french(question: str) -> None:
    asked = f"{question} Is it the whole file? If so, import it again with --force."
    said = error_words(asked, speech(FRENCH))
    assert said is not None
    assert said.startswith(error_words(question, speech(FRENCH)) or "?")


def test_a_reason_of_a_row_inside_a_refusal_is_translated_too() -> None:
    said = error_words("The total row says 12x, which is not an amount.", speech(FRENCH))
    assert said == source_said("La ligne de total indique 12x : {}.", "not an amount")


def source_said(sentence: str, reason: str) -> str:
    return sentence.replace(" :", "\u00a0:").format(source_words(reason, speech(FRENCH)))


def test_words_nobody_raised_are_not_known() -> None:
    assert error_words("As it came.", speech(FRENCH)) is None
