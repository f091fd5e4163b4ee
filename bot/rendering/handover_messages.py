"""A file handed to finance: the whole story, and its answer."""

from bot.domain.lifecycle import HandoverState
from bot.rendering import ids, limits
from bot.rendering.alert_messages import contact_line, settled
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn, dotted
from bot.rendering.follow_up_views import HandoverView
from bot.rendering.items import item_table
from bot.rendering.parts import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    lines,
    message,
    option,
    overflow,
    section,
)
from bot.rendering.speech import Speech, speech
from bot.rendering.team_views import HandoverReminderView, LineView
from bot.rendering.views import Voice


def handover(view: HandoverView, voice: Voice) -> Message:
    """Draw a handover as it is now; once over it is one line."""
    tell = sentences("handover", voice)
    match view.state:
        case HandoverState.CLOSED:
            closed = settled(view.client, view.currency, view.resolution, voice)
            return message(closed, [section(closed)])
        case HandoverState.TAKEN_BACK:
            back = tell.headline(view)
            return message(back, [section(back)])
        case _:
            headline = tell.headline(view)
            return message(headline, _story(view, headline, voice))


def _story(view: HandoverView, headline: Mrkdwn, voice: Voice) -> list[Block | None]:
    tell, said = sentences("handover", voice), speech(voice)
    facts = [tell.exchanges(view), tell.promises(view), tell.disputes(view), tell.orders(view)]
    notes = lines(*(tell.said(note, view.today) for note in view.notes[: limits.NOTES_SHOWN]))
    books = sentences("alert", voice).books(view.freshness)
    who = contact_line(view.contact, voice) if view.contact else Mrkdwn()
    opening = lines(
        headline, said.capital(tell.amounts(view)), tell.question(view), tell.opinion(view), who
    )
    return [
        section(opening),
        section(lines(tell.story(dotted(facts)), notes)),
        actions(_answers(view, voice)),
        context(books),
        item_table(view.items, view.item_count, said),
    ]


def _answers(view: HandoverView, voice: Voice) -> list[Element]:
    said = speech(voice)
    carried = ids.value(
        handover_id=view.handover_id, alert_id=view.alert_id, client_id=view.client_id
    )
    see = button(said.words("See the file"), ids.BALANCE, carried)
    note = button(said.words("Note the exchange"), ids.NOTE, carried)
    send_back = button(said.words("Return with a question"), ids.RETURN, carried)
    if view.state is HandoverState.OFFERED:
        return [button(said.words("Take it"), ids.TAKE, carried, primary=True), send_back, see]
    return [note, send_back, see, _less(view, said)] if view.state is HandoverState.TAKEN else [see]


def _less(view: HandoverView, said: Speech) -> Element:
    """Return the menu of the less likely answers to a file."""
    carried = ids.value(do=ids.MUTE, client_id=view.client_id, alert_id=view.alert_id)
    return overflow(ids.MORE, [option(said.words("Keep out of alerts"), carried)])


def handover_reminder(view: HandoverReminderView, voice: Voice) -> Message:
    """Draw the handovers nobody took, each with its button."""
    tell = sentences("handover", voice)
    headline = tell.waiting(view)
    shown = view.handovers[: limits.LINES_SHOWN]
    plain = sentences("handover", voice).waiting(_without_mention(view))
    blocks = [section(headline), *(_waiting(line, voice) for line in shown)]
    return message(plain, blocks)


def _without_mention(view: HandoverReminderView) -> HandoverReminderView:
    return HandoverReminderView(view.handovers)


def _waiting(line: LineView, voice: Voice) -> Block:
    carried = ids.value(
        handover_id=line.handover_id, alert_id=line.alert_id, client_id=line.client_id
    )
    take = button(speech(voice).words("Take it"), ids.TAKE, carried)
    return section(sentences("handover", voice).reminder(line), take)
