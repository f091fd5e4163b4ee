"""What is said under an alert, or to the person who must act on it."""

from bot.rendering import ids
from bot.rendering.answers import answer_buttons
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.follow_up_views import LeavingView, PromiseBrokenView, TaskView
from bot.rendering.parts import (
    Block,
    Message,
    actions,
    button,
    context,
    lines,
    message,
    section,
)
from bot.rendering.speech import speech
from bot.rendering.team_views import LimitView
from bot.rendering.views import (
    AlertEventView,
    AlertNewsView,
    EventKind,
    PersonView,
    Voice,
)

# The lines that wait for an answer, with their buttons.
_ASKS = {
    EventKind.DISPUTED: (ids.ASK_GESTURE,),
    EventKind.RETURNED: (ids.NOTE, ids.HAND_OVER),
    EventKind.HANDOVER_PROPOSED: (ids.HAND_OVER, ids.NOTE),
    EventKind.EXPIRED: (ids.NOTE, ids.HAND_OVER),
    EventKind.PROMISE_BROKEN: (ids.NOTE, ids.HAND_OVER),
}


def alert_news(view: AlertNewsView, voice: Voice) -> Message:
    """Draw the thread line that says an alert became worse."""
    said = sentences("thread", voice).news(view)
    return _line(said, view.client, view.mention, voice)


def alert_event(view: AlertEventView, voice: Voice) -> Message:
    """Draw one line of an alert's thread."""
    said = event_sentence(view, voice)
    asked = actions(answer_buttons(_ASKS.get(view.kind, ()), view.alert_id, view.client_id, voice))
    return _line(said, view.client, view.mention, voice, asked)


def event_sentence(view: AlertEventView, voice: Voice) -> Mrkdwn:
    """Return what happened, in one sentence."""
    tell = sentences("event", voice)
    return tell.note(view) if view.note else tell.event(view)


def promise_broken(view: PromiseBrokenView, voice: Voice) -> Message:
    """Draw a promise not kept, for the owner's thread or for finance."""
    tell = sentences("thread", voice)
    said = tell.broken(view)
    first = said
    if view.owner and not view.to_finance:
        first = sentences("event", voice).to(view.owner, said)
    shown = (ids.BALANCE,) if view.to_finance else (ids.NOTE, ids.HAND_OVER)
    blocks = [
        section(lines(first, tell.broken_more(view))),
        actions(answer_buttons(shown, view.alert_id, view.client_id, voice)),
    ]
    return message(said, blocks)


def window_ending(view: LeavingView, voice: Voice) -> Message:
    """Draw the owner's warning, two business days before finance takes over."""
    tell = sentences("thread", voice)
    said = tell.leaving(view)
    first = sentences("event", voice).to(view.owner, said) if view.owner else said
    shown = (ids.NOTE, ids.PROMISE, ids.HAND_OVER)
    blocks = [
        section(lines(first, tell.leaving_amount(view))),
        actions(answer_buttons(shown, view.alert_id, view.client_id, voice)),
    ]
    return message(said, blocks)


def team_leaving(view: LeavingView, voice: Voice) -> Message:
    """Draw for a manager a client about to leave their team, which they may hold back once."""
    said = sentences("thread", voice).leaving_manager(view)
    shown = (ids.EXTEND, ids.BALANCE) if view.may_extend else (ids.BALANCE,)
    blocks = [section(said), actions(answer_buttons(shown, view.alert_id, view.client_id, voice))]
    return message(said, blocks)


def manager_level3(view: LeavingView, voice: Voice) -> Message:
    """Draw for a manager a client of their team that became urgent."""
    tell = sentences("thread", voice)
    said = tell.level3(view)
    blocks = [
        section(lines(said, speech(voice).capital(tell.looked_after(view)))),
        actions(answer_buttons((ids.BALANCE,), view.alert_id, view.client_id, voice)),
    ]
    return message(said, blocks)


def limit(view: LimitView, voice: Voice) -> Message:
    """Draw a credit limit that is near or passed: no window, no handover."""
    tell = sentences("thread", voice)
    said = tell.limit(view)
    more = (
        speech(voice).capital(tell.looked_after(view)) if view.to_finance else tell.limit_more(view)
    )
    blocks = [
        section(lines(said, more)),
        actions(answer_buttons((ids.BALANCE,), None, view.client_id, voice)),
    ]
    return message(said, blocks)


def task(view: TaskView, voice: Voice) -> Message:
    """Draw a task: what, for whom, by when; once done it is a single line."""
    tell = sentences("thread", voice)
    if view.done_at is not None:
        over = tell.task_over(view)
        return message(over, [section(over)])
    said = tell.task_line(view)
    first = sentences("event", voice).to(view.owner, said) if view.owner else said
    done = button(
        speech(voice).words("Done"),
        ids.TASK_DONE,
        ids.value(task_id=view.task_id, client_id=view.client_id),
    )
    buttons = [done, *answer_buttons((ids.BALANCE,), view.alert_id, view.client_id, voice)]
    return message(said, [section(first), context(tell.task_asked(view)), actions(buttons)])


def task_done(view: TaskView, voice: Voice) -> Message:
    """Draw for the person who asked that a task is done."""
    said = sentences("thread", voice).task_done(view)
    return _line(said, view.client, view.asked_by, voice)


def _line(
    said: Mrkdwn, client: str, who: PersonView | None, voice: Voice, asked: Block | None = None
) -> Message:
    """Return a thread line; its notification names the client, the thread needs not."""
    tell = sentences("event", voice)
    shown = tell.to(who, said) if who else said
    return message(tell.named(client, said), [section(shown), asked])
