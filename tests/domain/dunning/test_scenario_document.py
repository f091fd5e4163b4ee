"""A scenario file says in words what is wrong with it; what is right is read as it is."""

from typing import Any

import pytest

from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.scenario_document import scenario_from_document, scenarios_from_document
from bot.domain.dunning.scenarios import Mode
from bot.domain.errors import InvalidInput
from bot.domain.profiles import Profile

MAIL = {
    "key": "first", "offset_days": 3, "actor": "goodcop", "channel": "email",
    "tone": "friendly", "text": "reminder_1",
}  # fmt: skip


def a_document(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"profile": "new", "steps": list(steps or (MAIL,)), **more}


@pytest.mark.parametrize("profile", list(Profile))
def test_the_houses_scenarios_read_back_as_they_are(profile: Profile) -> None:
    assert scenario_from_document(DEFAULTS[profile].to_document()) == DEFAULTS[profile]


@pytest.mark.parametrize("profile", list(Profile))
def test_no_e_mail_of_the_houses_scenarios_leaves_unread(profile: Profile) -> None:
    mails = [step for step in DEFAULTS[profile].steps if step.text]
    assert {step.mode for step in mails} == {Mode.DRAFT}


def test_a_step_waits_for_approval_unless_the_file_says_otherwise() -> None:
    assert scenario_from_document(a_document()).steps[0].mode is Mode.DRAFT


def test_a_file_may_hold_several_scenarios() -> None:
    other = a_document() | {"profile": "drifting"}
    read = scenarios_from_document({"scenarios": [a_document(), other]})
    assert [one.profile for one in read] == [Profile.NEW, Profile.DRIFTING]
    assert scenarios_from_document(a_document())[0].profile is Profile.NEW


def test_levels_count_from_the_due_date() -> None:
    usual = DEFAULTS[Profile.PUNCTUAL]
    assert [usual.level_of(step) for step in usual.steps] == [0, 1, 2, 3, 4, 5, 6]


WRONG = [
    ({"profile": "rich"}, "scenario: profile: must be one of punctual"),
    ({"colour": 1}, "scenario: colour: is not a key of a scenario"),
    ({"steps": []}, "scenario: steps: must hold 1 to 12 steps"),
    ({"steps": [MAIL | {"wish": 1}]}, "scenario: steps.1.wish: is not a key of a step"),
    ({"steps": [{"key": "first"}]}, "scenario: steps.1.offset_days: is missing"),
    ({"steps": [MAIL | {"key": "A b"}]}, "scenario: steps.1.key: is small letters"),
    ({"steps": [MAIL | {"offset_days": 0}]}, "nobody is reminded on the due day"),
    ({"steps": [MAIL | {"channel": "call"}]}, "goodcop itself only writes e-mails"),
    ({"steps": [MAIL | {"text": ""}]}, "names the text that the e-mail sends"),
    (
        {"steps": [MAIL | {"actor": "sales", "channel": "decision"}]},
        "scenario: steps.1.actor: a decision is finance's",
    ),
    ({"steps": [MAIL, MAIL]}, "scenario: steps.2.key: first is used twice"),
    ({"steps": [MAIL, MAIL | {"key": "b"}]}, "scenario: steps.2.offset_days: must be later"),
    (
        {"steps": [MAIL | {"offset_days": -5}, MAIL | {"key": "b", "offset_days": -2}]},
        "one courtesy before the due date is enough",
    ),
    ({"steps": [MAIL | {"offset_days": -5}]}, "must hold a step after the due date"),
    ({"steps": [MAIL | {"tone": "rude"}]}, "steps.1.tone: must be one of courteous"),
]


@pytest.mark.parametrize(("change", "words"), WRONG)
def test_a_wrong_scenario_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        scenario_from_document(a_document() | change)
    assert words in refusal.value.message


@pytest.mark.parametrize("bodies", [[], [a_document(), a_document()]])
def test_a_file_of_scenarios_holds_one_for_each_profile(bodies: list[Any]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        scenarios_from_document({"scenarios": bodies})
    assert "each for another profile" in refusal.value.message
