"""An alert in its channel: the parent message, always the present."""

from dataclasses import dataclass

from bot.domain.lifecycle import AlertState
from bot.rendering import ids, limits
from bot.rendering.answers import answer_buttons, warnings
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn, dotted
from bot.rendering.items import item_table
from bot.rendering.parts import (
    Message,
    actions,
    context,
    lines,
    message,
    section,
)
from bot.rendering.speech import speech
from bot.rendering.views import AlertView, ContactView, ResolutionView, Voice


def alert(view: AlertView, voice: Voice) -> Message:
    """Draw the parent message of an alert as it is now; a closed one is a single line."""
    said = speech(voice)
    tell = sentences("alert", said.voice)
    if view.state.is_closed:
        closed = settled(view.client, view.currency, view.resolution, voice)
        return message(closed, [section(closed)])
    headline = tell.headline(view)
    second = _second(view, voice)
    whom = contact_line(view.contact, voice)
    shown, menu = _ANSWERS[view.state]
    standing = tell.standing(view)
    clock = tell.clock(view.clock, view.today) if view.clock else Mrkdwn()
    if view.mute:
        standing, clock, menu = tell.muted(view.mute, view.today), Mrkdwn(), _MUTED
    seen = sentences("card", voice).seen(view, view.today)
    warned = warnings(view.is_frozen, view.held, view.cover, view.today, voice)
    table = item_table(view.items, view.item_count, said, shown=limits.ITEMS_SHOWN)
    blocks = [
        section(lines(headline, second, standing, clock, seen, *warned, whom)),
        actions(
            answer_buttons(
                shown,
                view.alert_id,
                view.client_id,
                voice,
                menu=menu,
                handover_id=view.handover_id,
            )
        ),
        context(dotted([tell.books(view.freshness), tell.kept(view.reliability)])),
        table,
    ]
    return message(headline, blocks)


@dataclass(frozen=True, slots=True)
class AlertGivenView:
    """A client somebody else looks after now (`to`, empty for nobody); `by` is who gave it."""

    client: str
    to: str = ""
    by: str = ""


def alert_given(view: AlertGivenView, voice: Voice) -> Message:
    """Draw what is left of an alert in the channel it left: one line, no figures, no buttons."""
    said = sentences("alert", voice).given(view)
    return message(said, [section(said)])


def _second(view: AlertView, voice: Voice) -> Mrkdwn:
    """Return the latest fact, else the reasons; a dispute says its own words where it stands."""
    tell = sentences("alert", voice)
    if view.unkept:
        return tell.unkept(view.unkept, view.today)
    note = view.latest
    if note is None or (view.state is AlertState.DISPUTED and note.text == view.state_reason):
        return _why(view, voice)
    return tell.latest(note, view.today)


def _why(view: AlertView, voice: Voice) -> Mrkdwn:
    """Return what the headline does not say; a file with finance needs no reasons any more."""
    if view.state.is_with_finance:
        return Mrkdwn()
    tell = sentences("alert", voice)
    facts = dotted(
        [
            *(tell.reason(reason, view.currency) for reason in view.reasons),
            tell.habit(view),
            tell.exposure(view),
            tell.disputed(view),
        ]
    )
    return tell.why(facts) if facts else Mrkdwn()


def contact_line(contact: ContactView | None, voice: Voice) -> Mrkdwn:
    """Return whom to call and how; nothing for somebody who must be left alone."""
    if contact is None or contact.do_not_contact:
        return Mrkdwn()
    return sentences("contact", voice).contact(contact)


def settled(client: str, currency: str, end: ResolutionView | None, voice: Voice) -> Mrkdwn:
    """Return how an episode ended, in one line; only receipts are good news."""
    return sentences("alert", voice).settled(client, currency, end)


_TALK = (ids.NOTE, ids.PROMISE, ids.DISPUTE)
_DISPUTED = (ids.NOTE, ids.PROMISE, ids.CLOSE_DISPUTE)
_LATER = (ids.GIVE_TIME, ids.SNOOZE, ids.HAND_OVER, ids.NOT_MINE, ids.BALANCE)
_ANSWERS: dict[AlertState, tuple[tuple[str, ...], tuple[str, ...]]] = {
    AlertState.OPEN: (
        _TALK,
        (ids.ACKNOWLEDGE, ids.SNOOZE, ids.HAND_OVER, ids.NOT_MINE, ids.BALANCE),
    ),
    AlertState.ACKNOWLEDGED: (_TALK, _LATER),
    AlertState.PROMISED: (_TALK, _LATER),
    AlertState.DISPUTED: (_DISPUTED, _LATER),
    AlertState.SNOOZED: (
        _TALK,
        (ids.GIVE_TIME, ids.ACKNOWLEDGE, ids.HAND_OVER, ids.NOT_MINE, ids.BALANCE),
    ),
    AlertState.HANDED_OVER: ((ids.NOTE, ids.TAKE_BACK, ids.BALANCE), ()),
    AlertState.TAKEN: ((ids.NOTE, ids.BALANCE), ()),
    AlertState.RETURNED: (
        _TALK,
        (ids.GIVE_TIME, ids.HAND_OVER, ids.SNOOZE, ids.NOT_MINE, ids.BALANCE),
    ),
}
# What finance may undo; while its menu is full, an alert leads to it through the account.
_MUTED = (ids.UNMUTE, ids.HAND_OVER, ids.NOT_MINE, ids.BALANCE)
