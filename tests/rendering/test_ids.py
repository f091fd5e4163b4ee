"""Ids are exact, unique where Slack asks, and carried values are one small JSON of ids."""

import json

import pytest

from bot.domain.instalments import PRESETS
from bot.playground.blocks import elements_of
from bot.rendering import ids, limits, scenario_ids, text_ids
from tests.rendering.samples import SAMPLES
from tests.rendering.slack_rules import blocks_of, values_of
from tests.rendering.views import FRENCH

NAMES = {
    name: text
    for module in (ids, scenario_ids, text_ids)
    for name, text in vars(module).items()
    if name.isupper() and isinstance(text, str) and name not in ("NEW_CONTACT",)
}

PAYMENTS = {
    field
    for count in PRESETS
    for number in range(1, count + 1)
    for field in ids.payment_fields(count, number)
}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_id_drawn_is_in_ids(name: str) -> None:
    sample = SAMPLES[name]
    drawn = sample.draw(sample.view, FRENCH)
    known = set(NAMES.values()) | PAYMENTS
    for block in blocks_of(drawn):
        assert block.get("block_id", ids.NOTE) in known
        assert all(element["action_id"] in known for element in elements_of(block))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_value_fits_and_is_json_of_ids_or_a_plain_word(name: str) -> None:
    sample = SAMPLES[name]
    for held in values_of(sample.draw(sample.view, FRENCH)):
        assert len(held) <= limits.OPTION_VALUE_MAX
        if held.startswith("{"):
            assert isinstance(json.loads(held), dict)


@pytest.mark.parametrize("family", ["_FORM", "_FIELD"])
def test_ids_of_one_family_differ(family: str) -> None:
    held = [text for name, text in NAMES.items() if name.endswith(family)]
    assert len(held) == len(set(held))


def test_two_of_the_longest_ids_fit_an_option() -> None:
    longest = 2**63 - 1
    held = ids.value(do=ids.ACTIVATE_PERSON, client_id=longest, alert_id=longest)
    assert len(held) <= limits.OPTION_VALUE_MAX


def test_a_value_says_only_what_is_given() -> None:
    assert ids.value(client_id=7) == '{"client_id":7}'


def test_an_empty_value_is_an_empty_object() -> None:
    assert ids.value() == "{}"


def test_menu_options_say_which_action_they_stand_for() -> None:
    sample = SAMPLES["alert_open"]
    carried = [json.loads(held) for held in values_of(sample.draw(sample.view, FRENCH))]
    menu = [held["do"] for held in carried if "do" in held]
    assert menu == [ids.ACKNOWLEDGE, ids.SNOOZE, ids.HAND_OVER, ids.NOT_MINE, ids.BALANCE]
