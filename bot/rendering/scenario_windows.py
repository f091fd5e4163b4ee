"""The windows in which finance reads scenarios, changes a step, and puts a draft into force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from bot.domain.dunning.scenario_document import MOST_STEPS
from bot.domain.dunning.scenarios import Channel, Mode, Scenario, Step, StepActor, Tone
from bot.domain.money import Money
from bot.domain.profiles import Profile
from bot.rendering import ids, scenario_ids
from bot.rendering.client_writing import TEXT_KEYS
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.fields import chosen, modal, typed
from bot.rendering.parts import Block, actions, button, context, lines, option, section
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import N_

_PAYERS = {
    Profile.PUNCTUAL: N_("Punctual payers"),
    Profile.LATE_BY_HABIT: N_("Late by habit"),
    Profile.DRIFTING: N_("Later and later"),
    Profile.ERRATIC: N_("Erratic payers"),
    Profile.NEW: N_("New payers"),
    Profile.DISPUTING: N_("Payers who dispute"),
    Profile.IN_DIFFICULTY: N_("Payers in difficulty"),
}
_ACTORS = {
    StepActor.GOODCOP: N_("goodcop"),
    StepActor.SALES: N_("the salesperson"),
    StepActor.FINANCE: N_("finance"),
}
_CHANNELS = {
    Channel.EMAIL: N_("e-mail"),
    Channel.CALL: N_("call"),
    Channel.LETTER: N_("letter"),
    Channel.DECISION: N_("decision"),
}
_TONES = {
    Tone.COURTEOUS: N_("courteous"),
    Tone.FRIENDLY: N_("friendly"),
    Tone.FIRM: N_("firm"),
    Tone.FORMAL: N_("formal"),
}
_MODES = {
    Mode.DRAFT: N_("draft to approve"),
    Mode.AUTOMATIC: N_("automatic"),
    Mode.OFF: N_("off"),
}
_NO_TEXT = "none"
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """A scenario's newest version; 0 is the house's own. `by` made it, `at` that time."""

    scenario: Scenario
    version: int
    is_draft: bool = False
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScenariosView:
    """Every sort of payer's scenario."""

    scenarios: tuple[ScenarioView, ...]


@dataclass(frozen=True, slots=True)
class StepEditView:
    """One step to change: its rank from 0, in which version of the scenario."""

    scenario: ScenarioView
    rank: int


def scenario_list(view: ScenariosView, voice: Voice) -> Block:
    """Draw the sorts of payers, each with its steps counted and a button to them."""
    said = speech(voice)
    tell = sentences("scenario", voice)
    blocks = [section(tell.about())]
    for one in view.scenarios[: len(Profile)]:
        carried = ids.value(profile=one.scenario.profile.value)
        opens = button(said.words("Open"), scenario_ids.SCENARIO, carried)
        name = said.say(_PAYERS[one.scenario.profile])
        blocks.append(section(lines(tell.payer(name), tell.standing(one)), opens))
    title, close = said.words("Scenarios"), said.words("Close")
    return modal(title, None, close, scenario_ids.SCENARIOS_FORM, ids.value(), blocks)


def scenario_steps(view: ScenarioView, voice: Voice) -> Block:
    """Draw the steps of a scenario in order, each with its button; a draft can be activated."""
    said, profile = speech(voice), view.scenario.profile.value
    tell = sentences("scenario", voice)
    name = said.say(_PAYERS[view.scenario.profile])
    blocks: list[Block | None] = [section(lines(tell.payer(name), tell.standing(view)))]
    for rank, step in enumerate(view.scenario.steps[:MOST_STEPS]):
        carried = ids.value(profile=profile, order=rank)
        changes = button(said.words("Change"), scenario_ids.SCENARIO_STEP, carried)
        blocks.append(section(lines(*_told(step, voice)), changes))
    if view.is_draft:
        carried = ids.value(profile=profile, version=view.version)
        puts = button(said.words("Activate"), scenario_ids.ACTIVATE_SCENARIO, carried, primary=True)
        blocks += [context(tell.draft()), actions([puts])]
    title, close = said.words("Scenario"), said.words("Back")
    shown = [block for block in blocks if block is not None]
    return modal(title, None, close, scenario_ids.SCENARIO_FORM, ids.value(profile=profile), shown)


def step_fields(view: StepEditView, voice: Voice) -> Block:
    """Draw what can be changed of a step."""
    said, step = speech(voice), view.scenario.scenario.steps[view.rank]
    texts = [option(said.words("no text"), _NO_TEXT), *(option(key, key) for key in TEXT_KEYS)]
    blocks = [
        typed(
            scenario_ids.OFFSET,
            said.words("Days after the due date"),
            initial=str(step.offset_days),
            hint=said.words("Below zero for a courtesy before it"),
        ),
        _chosen(scenario_ids.STEP_ACTOR, said.words("Who"), _ACTORS, step.actor, said),
        _chosen(scenario_ids.STEP_CHANNEL, said.words("How"), _CHANNELS, step.channel, said),
        _chosen(scenario_ids.STEP_TONE, said.words("Tone"), _TONES, step.tone, said),
        _chosen(scenario_ids.STEP_MODE, said.words("Sending"), _MODES, step.mode, said),
        typed(
            ids.CONTACT,
            said.words("Function of the contact"),
            optional=True,
            initial=step.contact,
            hint=said.words("empty: anybody with an address"),
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


def _told(step: Step, voice: Voice) -> list[Mrkdwn]:
    said, tell = speech(voice), sentences("scenario", voice)
    words = (
        said.say(_ACTORS[step.actor]),
        said.say(_CHANNELS[step.channel]),
        said.say(_TONES[step.tone]),
    )
    mode = "" if step.is_on and step.channel is not Channel.EMAIL else said.say(_MODES[step.mode])
    return [tell.step(step, *words, mode), tell.limits(step)]


def _chosen(
    block_id: str, label: str, words: Mapping[_Word, str], now: _Word, said: Speech
) -> Block:
    options = [option(said.words(text), word.value) for word, text in words.items()]
    return chosen(block_id, label, options, initial=now.value)
