"""The prospects of a person's own page, the first to meet first; managers say which those are."""

from dataclasses import dataclass
from datetime import date

from bot.domain.solvency.offers import Verdict
from bot.domain.solvency.reviews import Priority
from bot.rendering import ids, limits
from bot.rendering.environment import sentences
from bot.rendering.parts import Block, Element, button, context, lines, option, overflow, section
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import N_

PRIORITIES = {
    Priority.HIGH: N_("High priority"),
    Priority.MEDIUM: N_("Medium priority"),
    Priority.LOW: N_("Low priority"),
    Priority.NONE: N_("No priority"),
}


@dataclass(frozen=True, slots=True)
class ProspectView:
    """A rated company somebody may meet; `person` is whose prospect it is."""

    siren: str
    name: str
    town: str
    rating: str
    verdict: Verdict
    limit_minor: int
    currency: str
    priority: Priority
    as_of: date
    person: str = ""


@dataclass(frozen=True, slots=True)
class ProspectsView:
    """The first prospects of `count`; `may_prioritise` for who sets their order."""

    today: date
    prospects: tuple[ProspectView, ...] = ()
    count: int = 0
    may_prioritise: bool = False


def prospect_list(view: ProspectsView, voice: Voice) -> list[Block | None]:
    """Draw prospects with rating and verdict in words, each with its card or its menu."""
    if not view.prospects:
        return []
    tell, said = sentences("prospect", voice), speech(voice)
    rows = [
        section(
            lines(
                tell.line(one, said.say(PRIORITIES[one.priority])), tell.verdict(one, view.today)
            ),
            _menu(one, said) if view.may_prioritise else _card(one, said),
        )
        for one in view.prospects[: limits.LINES_SHOWN]
    ]
    left = max(view.count, len(view.prospects)) - len(rows)
    more = context(sentences("home", voice).others(left)) if left else None
    return [section(tell.title()), *rows, more]


def _card(one: ProspectView, said: Speech) -> Element:
    return button(said.words("See the card"), ids.SOLVENCY, ids.value(siren=one.siren))


def _menu(one: ProspectView, said: Speech) -> Element:
    """Return the card and the priorities, the present one left out."""
    card = option(said.words("See the card"), ids.value(do=ids.SOLVENCY, siren=one.siren))
    others = [
        option(said.words(words), ids.value(siren=one.siren, priority=priority.value))
        for priority, words in PRIORITIES.items()
        if priority is not one.priority
    ]
    return overflow(ids.PROSPECT, [card, *others])
