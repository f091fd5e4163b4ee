"""Text from files and people is shown, never obeyed."""

import re
import sys
import unicodedata
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from bot.domain.reasons import Reason
from bot.rendering.escaping import MAY_BE_RIGHT_TO_LEFT, Mrkdwn, as_mrkdwn, clean, escape
from bot.rendering.filters import mention, phone
from bot.rendering.messages import alert
from bot.rendering.views import PersonView
from tests.rendering.samples import SAMPLES
from tests.rendering.slack_rules import blocks_of, check, texts_of
from tests.rendering.test_worst_lengths import KEPT
from tests.rendering.views import FRENCH, an_alert

HOSTILE = "<!channel> *gras* _it_ ~non~ `code` :tada: \u202egauche\u2066 <@U1> &lt; \n> cité\x00"
OURS = re.compile(
    r"<(?:@U0\w+|#C0\w+|tel:\+?\d+\|[^<>|]*|https://slack\.com/archives/[^<>|]*\|[^<>|]*)>"
)


def made_hostile(node: Any) -> Any:
    """Return a view in which every free text tries to be markup."""
    if isinstance(node, str) and not isinstance(node, Enum):
        return HOSTILE
    if is_dataclass(node) and not isinstance(node, type):
        return replace(
            node,
            **{
                field.name: made_hostile(getattr(node, field.name))
                for field in fields(node)
                if field.name not in KEPT
            },
        )
    if isinstance(node, tuple) and not isinstance(node, Reason):
        return tuple(made_hostile(part) for part in node)
    return node


@pytest.mark.parametrize("name", SAMPLES)
def test_no_text_from_outside_becomes_markup(name: str) -> None:
    sample = SAMPLES[name]
    drawn = sample.draw(made_hostile(sample.view), FRENCH)
    check(drawn)
    for kind, text in texts_of(blocks_of(drawn)):
        assert "\x00" not in text
        assert not set("\u202e\u2066") & set(text)
        if kind == "mrkdwn":
            left = OURS.sub("", text)
            assert "<" not in left
            assert "<!channel>" not in text
            assert "`code`" not in text
            assert "*gras*" not in text
            assert ":tada:" not in text


def test_a_notification_pings_nobody_by_a_client_name() -> None:
    drawn = alert(an_alert(client="<!channel> <@U0ANNE>"), FRENCH)
    assert drawn.text.startswith("🟠 &lt;!channel&gt; &lt;@U0ANNE&gt; a 12")


def test_slack_makes_no_links_of_its_own_in_our_texts() -> None:
    drawn = alert(an_alert(client="https://example.com"), FRENCH)
    objects = [block["text"] for block in drawn.blocks if "text" in block]
    assert all(text["verbatim"] for text in objects)


def test_line_breaks_in_a_name_stay_on_one_line() -> None:
    assert clean("Roy\n\n  et\tfils \u2028 SARL") == "Roy et fils SARL"


def test_bidi_overrides_and_controls_are_removed() -> None:
    assert clean("ab\u202ecd\u200f\u2067\x07\ufeff") == "abcd"


def test_right_to_left_names_are_isolated_from_the_amounts_around() -> None:
    assert clean("שלום") == "\u2068שלום\u2069"


def test_emoji_families_stay_together() -> None:
    assert clean("👩\u200d👧 Roy") == "👩\u200d👧 Roy"


def test_an_underscore_inside_a_number_is_left_alone() -> None:
    assert escape("FA_2026_01") == "FA_2026_01"


def test_an_hour_is_not_taken_for_an_emoji() -> None:
    assert escape("10:42:30") == "10:42:30"


def test_text_already_made_markup_is_not_escaped_twice() -> None:
    once = as_mrkdwn("Bois & Fils")
    assert as_mrkdwn(once) == "Bois &amp; Fils"
    assert isinstance(once, Mrkdwn)


@pytest.mark.parametrize("written", ["pas de numéro", "12", "+33+44", "1" * 40])
def test_what_is_no_number_is_no_link(written: str) -> None:
    assert phone(written) == written


def test_a_phone_number_can_be_tapped() -> None:
    assert phone("01 23 45 67 89") == "<tel:0123456789|01 23 45 67 89>"


@pytest.mark.parametrize("slack_user_id", ["", "U1> <!here", "É1"])
def test_only_a_slack_id_is_mentioned(slack_user_id: str) -> None:
    assert mention(PersonView(1, "Anne", slack_user_id)) == "Anne"


def test_every_right_to_left_letter_is_looked_for() -> None:
    letters = "".join(
        letter
        for letter in map(chr, range(sys.maxunicode + 1))
        if unicodedata.bidirectional(letter) in ("R", "AL")
    )
    assert MAY_BE_RIGHT_TO_LEFT.sub("", letters) == ""
