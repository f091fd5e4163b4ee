"""The morning's message: what to decide today, for a salesperson or for finance."""

from bot.rendering import ids, limits
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.parts import Block, Element, Message, button, context, lines, message, section
from bot.rendering.speech import speech
from bot.rendering.team_views import DigestView, LineView, Section, SectionView
from bot.rendering.views import Voice
from bot.rendering.vocabulary import WHY_HELD

# What the first line counts: what waits for somebody.
_COUNTED = frozenset(
    {
        Section.DECIDE,
        Section.HANDOVERS,
        Section.BROKEN,
        Section.PROMISES,
        Section.NEW,
        Section.TASKS,
        Section.STEPS,
        Section.EVENTS,
        Section.CLAIMS,
        Section.COVER,
        Section.UNOWNED,
        Section.DISPUTES,
    }
)

# What is answered line by line.
_ASKED = frozenset({Section.DECIDE, Section.NEW, Section.STEPS})


def digest(view: DigestView, voice: Voice) -> Message:
    """Draw a person's digest; every line links to its alert."""
    tell = sentences("lists", voice)
    filled = [part for part in view.sections if part.lines or part.tasks]
    waiting = [part for part in filled if part.section in _COUNTED]
    counts = [tell.count(part) for part in waiting or filled]
    headline = tell.date_headline(view, _listed([*counts, tell.received(view.received)]))
    held = Mrkdwn()
    if view.held_why:
        why = speech(voice).say(WHY_HELD[view.held_why])
        held = tell.held(why)
    books = sentences("alert", voice).books(view.freshness)
    blocks = [section(lines(headline, held))]
    for part in filled:
        blocks += _section(part, view, voice)
    return message(headline, [*blocks, context(books)])


def _listed(parts: list[Mrkdwn]) -> Mrkdwn:
    return Mrkdwn(", ".join(part for part in parts if part))


def _section(part: SectionView, view: DigestView, voice: Voice) -> list[Block]:
    """Return a part's lines; decisions, new alerts and steps each have their button."""
    tell = sentences("lists", voice)
    title = tell.title(part.section)
    most = limits.ITEMS_SHOWN if part.section is Section.SOON else limits.LINES_SHOWN
    shown = part.lines[:most]
    said = [tell.line(part.section, line, view.today) for line in shown]
    said += [tell.task_line(task, view.today) for task in part.tasks[: limits.LINES_SHOWN]]
    others = max(part.count, len(part.lines) + len(part.tasks)) - len(said)
    more = tell.others(others) if others > 0 else Mrkdwn()
    if part.section not in _ASKED:
        return [section(lines(title, *(Mrkdwn(f"• {line}") for line in said), more))]
    first, rest = said[: limits.ITEMS_SHOWN], said[limits.ITEMS_SHOWN :]
    blocks = [
        section(
            lines(title if not index else Mrkdwn(), Mrkdwn(f"{index + 1}. {line}")),
            _answer(shown[index], voice),
        )
        for index, line in enumerate(first)
    ]
    numbered = (Mrkdwn(f"{index}. {line}") for index, line in enumerate(rest, len(first) + 1))
    ending = lines(*numbered, more)
    return [*blocks, section(ending)] if ending else blocks


def _answer(line: LineView, voice: Voice) -> Element:
    said = speech(voice)
    if line.step_id is not None:
        carried = ids.value(step_id=line.step_id, client_id=line.client_id)
        return button(said.words("Prepare"), ids.STEP, carried)
    carried = ids.value(alert_id=line.alert_id, client_id=line.client_id)
    return button(said.words("Note the exchange"), ids.NOTE, carried)
