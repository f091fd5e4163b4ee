"""The window that tries a scenario on a client: what would be done, when, in which words."""

from dataclasses import dataclass
from datetime import date

from bot.domain.dunning.facts import PauseKind
from bot.domain.dunning.scenarios import Step, StepActor
from bot.rendering import ids, limits, scenario_ids
from bot.rendering.client_writing import WrittenText
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn, paragraphs
from bot.rendering.fields import modal, searched
from bot.rendering.parts import Block, lines, section
from bot.rendering.scenario_windows import ScenarioView
from bot.rendering.scenario_words import ACTORS, CHANNELS, PAUSES, PAYERS
from bot.rendering.speech import speech
from bot.rendering.views import SumView, Voice


@dataclass(frozen=True, slots=True)
class StepAhead:
    """A step that would be made: on which day, by whom, about how much."""

    on: date
    step: Step
    actor: StepActor
    item_count: int
    sums: tuple[SumView, ...]
    without_address: bool = False


@dataclass(frozen=True, slots=True)
class TriedView:
    """What a scenario would do about a client if nobody paid, and its first e-mail.

    `pause` says what stops everything now, `until` which day where that is known.
    """

    client: str
    steps: tuple[StepAhead, ...]
    pause: PauseKind | None = None
    until: date | None = None
    written: WrittenText | None = None


@dataclass(frozen=True, slots=True)
class TryView:
    """A scenario to try; `tried` is what came out for the client chosen last."""

    scenario: ScenarioView
    today: date
    tried: TriedView | None = None


def try_window(view: TryView, voice: Voice) -> Block:
    """Draw the choice of a client, and below it what the scenario would do."""
    said, profile = speech(voice), view.scenario.scenario.profile
    tell = sentences("scenario", voice)
    head = lines(tell.payer(said.say(PAYERS[profile])), tell.trying(view.scenario.is_draft))
    blocks = [section(head), searched(ids.CLIENT, said.words("Client"))]
    if view.tried:
        blocks += _found(view.tried, view.today, voice)
    title, show, close = said.words("Try on a client"), said.words("Show"), said.words("Back")
    carried = ids.value(profile=profile.value)
    return modal(title, show, close, scenario_ids.TRY_SCENARIO_FORM, carried, blocks)


def _found(tried: TriedView, today: date, voice: Voice) -> list[Block]:
    said, tell = speech(voice), sentences("scenario", voice)
    why = said.say(PAUSES[tried.pause]) if tried.pause else Mrkdwn()
    held = tell.paused(why, tried.until, today) if tried.pause else Mrkdwn()
    steps = [
        tell.ahead(one, said.say(ACTORS[one.actor]), said.say(CHANNELS[one.step.channel]), today)
        for one in tried.steps[: limits.LINES_SHOWN]
    ]
    nothing = Mrkdwn() if steps else tell.nothing_ahead()
    blocks = [section(lines(tell.payer(tried.client), held, *steps, nothing))]
    if tried.written:
        said_first = tell.first_email(tried.written.subject)
        blocks.append(section(lines(said_first, paragraphs(tried.written.body))))
    return blocks
