"""The window in which one step of a scenario is changed, added or taken out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.domain.dunning.scenarios import Step
from bot.domain.money import Money
from bot.rendering import ids, scenario_ids
from bot.rendering.fields import chosen, modal, typed
from bot.rendering.parts import Block, Element, option
from bot.rendering.scenario_windows import ScenarioView
from bot.rendering.scenario_words import ACTORS, CHANNELS, MODES, TEXT_NAMES, TONES
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import FUNCTIONS

_NO_TEXT = "none"
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class StepEditView:
    """One step to change: its rank from 0, in which version of the scenario; one more is added."""

    scenario: ScenarioView
    rank: int

    @property
    def is_new(self) -> bool:
        """Say whether the step is to be added."""
        return self.rank >= len(self.scenario.scenario.steps)

    @property
    def step(self) -> Step:
        """Return the step as it is, or as it is proposed."""
        scenario = self.scenario.scenario
        return scenario.next_step() if self.is_new else scenario.steps[self.rank]


def step_fields(view: StepEditView, voice: Voice) -> Block:
    """Draw what can be changed of a step; one that is there already can be taken out."""
    said, step = speech(voice), view.step
    texts = [option(said.words("no text"), _NO_TEXT), *_texts(said)]
    blocks = [
        typed(
            scenario_ids.OFFSET,
            said.words("Days after the due date"),
            initial=str(step.offset_days),
            hint=said.words("Below zero for a courtesy before it"),
        ),
        _chosen(scenario_ids.STEP_ACTOR, said.words("Who"), ACTORS, step.actor, said),
        _chosen(scenario_ids.STEP_CHANNEL, said.words("How"), CHANNELS, step.channel, said),
        _chosen(scenario_ids.STEP_TONE, said.words("Tone"), TONES, step.tone, said),
        chosen(
            scenario_ids.STEP_MODE,
            said.words("Sending"),
            _modes(view, said),
            initial=step.mode.value,
        ),
        chosen(
            ids.CONTACT,
            said.words("Function of the contact"),
            _functions(step, said),
            initial=_function(step),
        ),
        typed(
            scenario_ids.MINIMUM_DAYS,
            said.words("Days at least after the step before"),
            initial=str(step.minimum_days),
        ),
        typed(
            scenario_ids.MINIMUM_AMOUNT,
            said.words("From which amount (€)"),
            initial=str(Money(step.minimum_minor, "EUR").amount),
        ),
        chosen(ids.TEXT, said.words("Text"), texts, initial=step.text or _NO_TEXT),
    ]
    carried = ids.value(
        profile=view.scenario.scenario.profile.value, order=view.rank, version=view.scenario.version
    )
    title, save, close = said.words("Step"), said.words("Save"), said.words("Cancel")
    return modal(title, save, close, scenario_ids.SCENARIO_STEP_FORM, carried, blocks)


def _chosen(
    block_id: str, label: str, words: Mapping[_Word, str], now: _Word, said: Speech
) -> Block:
    options = [option(said.words(text), word.value) for word, text in words.items()]
    return chosen(block_id, label, options, initial=now.value)


def _texts(said: Speech) -> list[Element]:
    return [option(said.words(name), key) for key, name in TEXT_NAMES.items()]


def _modes(view: StepEditView, said: Speech) -> list[Element]:
    options = [option(said.words(text), mode.value) for mode, text in MODES.items()]
    if view.is_new or len(view.scenario.scenario.steps) < 2:
        return options
    return [*options, option(said.words("take this step out"), scenario_ids.TAKEN_OUT)]


def _functions(step: Step, said: Speech) -> list[Element]:
    """Return the functions a contact may have; another word that a file wrote stays."""
    anybody = option(said.words("anybody with an address"), scenario_ids.ANYBODY)
    known = [option(said.words(text), function) for function, text in FUNCTIONS.items()]
    is_other = _function(step) == scenario_ids.AS_IT_IS
    other = [option(step.contact, scenario_ids.AS_IT_IS)] if is_other else []
    return [anybody, *known, *other]


def _function(step: Step) -> str:
    if not step.contact:
        return scenario_ids.ANYBODY
    return step.contact if step.contact in FUNCTIONS else scenario_ids.AS_IT_IS
