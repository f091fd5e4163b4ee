"""The windows in which finance reads scenarios, changes a step, and puts a draft into force."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.dunning.scenario_document import MOST_STEPS
from bot.domain.dunning.scenarios import Channel, Scenario, Step
from bot.domain.profiles import Profile
from bot.rendering import ids, scenario_ids
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn, as_mrkdwn
from bot.rendering.fields import modal
from bot.rendering.parts import Block, Element, actions, button, context, lines, section
from bot.rendering.scenario_words import ACTORS, CHANNELS, MODES, PAYERS, TEXT_NAMES, TONES
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice


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


def scenario_list(view: ScenariosView, voice: Voice) -> Block:
    """Draw the sorts of payers, each with its steps counted and a button to them."""
    said = speech(voice)
    tell = sentences("scenario", voice)
    blocks = [section(tell.about())]
    for one in view.scenarios[: len(Profile)]:
        carried = ids.value(profile=one.scenario.profile.value)
        opens = button(said.words("Open"), scenario_ids.SCENARIO, carried)
        name = said.say(PAYERS[one.scenario.profile])
        blocks.append(section(lines(tell.payer(name), tell.standing(one)), opens))
    title, close = said.words("Scenarios"), said.words("Close")
    return modal(title, None, close, scenario_ids.SCENARIOS_FORM, ids.value(), blocks)


def scenario_steps(view: ScenarioView, voice: Voice) -> Block:
    """Draw the steps of a scenario in order, each with its button; a draft can be activated."""
    said, profile = speech(voice), view.scenario.profile.value
    tell = sentences("scenario", voice)
    name = said.say(PAYERS[view.scenario.profile])
    blocks: list[Block | None] = [section(lines(tell.payer(name), tell.standing(view)))]
    for rank, step in enumerate(view.scenario.steps[:MOST_STEPS]):
        carried = ids.value(profile=profile, order=rank)
        changes = button(said.words("Change"), scenario_ids.SCENARIO_STEP, carried)
        blocks.append(section(lines(*_told(step, voice)), changes))
    blocks += [context(tell.draft()) if view.is_draft else None, actions(_doors(view, said))]
    title, close = said.words("Scenario"), said.words("Back")
    shown = [block for block in blocks if block is not None]
    return modal(title, None, close, scenario_ids.SCENARIO_FORM, ids.value(profile=profile), shown)


def _doors(view: ScenarioView, said: Speech) -> list[Element]:
    """Return what can be done with a scenario: activated, tried on a client, made longer."""
    profile, steps = view.scenario.profile.value, len(view.scenario.steps)
    doors = []
    if view.is_draft:
        carried = ids.value(profile=profile, version=view.version)
        activate = scenario_ids.ACTIVATE_SCENARIO
        doors.append(button(said.words("Activate"), activate, carried, primary=True))
    tried = ids.value(profile=profile)
    doors.append(button(said.words("Try on a client"), scenario_ids.TRY_SCENARIO, tried))
    if steps < MOST_STEPS:
        added = ids.value(profile=profile, order=steps)
        doors.append(button(said.words("Add a step"), scenario_ids.SCENARIO_STEP, added))
    return doors


def _told(step: Step, voice: Voice) -> list[Mrkdwn]:
    said, tell = speech(voice), sentences("scenario", voice)
    words = (
        said.say(ACTORS[step.actor]),
        said.say(CHANNELS[step.channel]),
        said.say(TONES[step.tone]),
    )
    mode = "" if step.is_on and step.channel is not Channel.EMAIL else said.say(MODES[step.mode])
    text = said.say(TEXT_NAMES[step.text]) if step.text in TEXT_NAMES else as_mrkdwn(step.text)
    return [tell.step(step, *words, mode), tell.limits(step, text)]
