"""Names of 10,000 letters, lists of hundreds, huge amounts: Slack still accepts, amounts show."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from bot.domain.reasons import Reason
from bot.rendering.escaping import Mrkdwn, clean, escape, shorten
from bot.rendering.limits import fit
from bot.rendering.messages import Message, alert, digest, unowned
from bot.rendering.parts import without_tables
from bot.rendering.team_views import DigestView, UnownedView
from bot.rendering.views import Voice
from tests.rendering.samples import SAMPLES
from tests.rendering.slack_rules import blocks_of, check
from tests.rendering.team_samples import DIGEST
from tests.rendering.views import ANNE, ENGLISH, FRENCH, ITEMS, a_line, an_alert

LONG = "Établissements <&> Très Longs " * 400
HUGE = 987_654_321_012_345
KEPT = {
    "siren",
    "currency",
    "slack_user_id",
    "channel",
    "ts",
    "time_zone",
    "locale",
    "language",
    "text_key",
    "digest_at",
    "finance_channel",
}


def worsened(node: Any, turn: int = 0, depth: int = 0) -> Any:
    """Return a view with every text long, every amount huge and every list of 150 entries."""
    if is_dataclass(node) and not isinstance(node, type):
        changes = {
            field.name: worsened_field(field.name, getattr(node, field.name), turn, depth)
            for field in fields(node)
        }
        return replace(node, **changes)
    if isinstance(node, str) and not isinstance(node, Enum):
        return LONG
    if isinstance(node, Reason):
        return node._replace(minor=HUGE, limit_minor=HUGE, promises=10**6)
    if isinstance(node, tuple) and node and is_list(node):
        count = 150 if depth < 2 else len(node)  # three levels of 150 are millions of views
        return tuple(worsened(node[index % len(node)], index, depth + 1) for index in range(count))
    if isinstance(node, tuple):
        return tuple(
            10**18 + turn if isinstance(part, int) else worsened(part, turn, depth) for part in node
        )
    return node


def is_list(node: tuple[Any, ...]) -> bool:
    return all(is_dataclass(part) or isinstance(part, tuple) for part in node)


def worsened_field(name: str, value: Any, turn: int, depth: int) -> Any:
    if name in KEPT or isinstance(value, bool):
        return value
    if name.endswith("_minor") or name == "minor":
        return HUGE if value else value
    if isinstance(value, int) and (name == "id" or name.endswith("_id")):
        return 10**18 + turn if depth else value
    return worsened(value, turn, depth)


@pytest.mark.parametrize("voice", [FRENCH, ENGLISH], ids=["fr", "en"])
@pytest.mark.parametrize("name", SAMPLES)
def test_the_longest_texts_and_lists_stay_inside_slack_limits(name: str, voice: Voice) -> None:
    sample = SAMPLES[name]
    check(sample.draw(worsened(sample.view), voice))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_without_its_table_is_accepted_too(name: str) -> None:
    sample = SAMPLES[name]
    drawn = sample.draw(worsened(sample.view), FRENCH)
    if isinstance(drawn, Message):
        check(without_tables(drawn))
        assert all(block["type"] != "table" for block in without_tables(drawn).blocks)


def test_rows_of_a_refused_table_are_said_as_text() -> None:
    drawn = without_tables(alert(an_alert(), FRENCH))
    first = drawn.blocks[-1]["text"]["text"].splitlines()[0]
    assert first == "FA-2026-0001 · 24\u00a0oct. 2026 · 31 jours · 4\u202f160,25\u00a0€"


def test_a_long_name_is_cut_in_its_middle_and_the_amount_is_whole() -> None:
    drawn = alert(an_alert(client="A" * 500 + "Z" * 500), FRENCH)
    assert drawn.text.startswith("🟠 AAAA")
    assert "…" in drawn.text
    assert "ZZZ a 12\u202f480\u00a0€ de factures échues" in drawn.text


def test_a_table_shows_five_items_and_counts_the_others() -> None:
    drawn = alert(an_alert(items=ITEMS * 4, item_count=40), FRENCH)
    rows = next(block for block in drawn.blocks if block["type"] == "table")["rows"]
    assert len(rows) == 1 + 5 + 1
    assert rows[-1][0]["text"] == "et 35 autres"


def test_people_too_many_for_a_menu_are_chosen_in_a_modal() -> None:
    view = UnownedView((a_line(),), (ANNE,) * 40)
    accessory = unowned(view, FRENCH).blocks[1]["accessory"]
    assert accessory["type"] == "button"


def test_decisions_past_the_fifth_have_no_button() -> None:
    many = replace(DIGEST.sections[0], lines=(a_line(),) * 8, count=30)
    drawn = digest(DigestView(DIGEST.today, (many,)), FRENCH)
    ending = drawn.blocks[-1]
    assert "accessory" not in ending
    assert ending["text"]["text"].endswith("et 22 autres")


def test_texts_beyond_what_a_message_may_hold_are_dropped_from_the_end() -> None:
    view = worsened(DIGEST)
    drawn = digest(view, FRENCH)
    shown = sum(len(block["text"]["text"]) for block in blocks_of(drawn) if "text" in block)
    assert shown <= 9000


@pytest.mark.parametrize("most", [40, 41, 60, 70])
def test_fitting_never_cuts_a_link_or_an_entity(most: int) -> None:
    text = Mrkdwn("une ligne assez longue &amp; <https://slack.com/archives/C1|Menuiserie Roy> fin")
    cut = fit(text, most)
    assert len(cut) <= most
    assert cut.count("<") == cut.count(">")
    assert "&" not in cut or "&amp;" in cut


def test_fitting_one_endless_word_cuts_it() -> None:
    assert fit(Mrkdwn("a" * 50), 10) == "a" * 9 + "…"


def test_shortening_keeps_short_text_as_it_is() -> None:
    assert shorten("Roy", 60) == "Roy"


def test_escaping_does_nothing_to_plain_text() -> None:
    assert escape("Menuiserie d'Ys, 3 rue_basse") == clean("Menuiserie d'Ys, 3 rue_basse")
