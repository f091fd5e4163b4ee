"""The buttons about a client, the same words wherever they appear."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from bot.rendering import ids
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.parts import Element, button, option, overflow
from bot.rendering.speech import Speech, speech
from bot.rendering.views import CoverView, HeldView, Voice


def answer_buttons(
    shown: Sequence[str],
    alert_id: int | None,
    client_id: int | None,
    voice: Voice,
    *,
    menu: Sequence[str] = (),
    handover_id: int | None = None,
) -> list[Element]:
    """Return buttons, the likeliest first, then a menu of the others; all carry the same ids."""
    labels = answer_labels(speech(voice))
    carried = ids.value(alert_id=alert_id, client_id=client_id, handover_id=handover_id)
    buttons = [button(labels[action], action, carried) for action in shown]
    if menu:
        options = [
            option(labels[do], ids.value(do=do, alert_id=alert_id, client_id=client_id))
            for do in menu
        ]
        buttons.append(overflow(ids.MORE, options))
    return buttons


def warnings(
    is_frozen: bool, held: HeldView | None, cover: CoverView | None, today: date, voice: Voice
) -> list[Mrkdwn]:
    """Return what freezes a client, what is held, how long its insurer covers what it owes."""
    tell = sentences("card", voice)
    said = [tell.frozen()] if is_frozen else []
    said += [tell.held(held)] if held else []
    return [*said, tell.cover(cover, today)] if cover else said


@lru_cache(maxsize=256)
def answer_labels(said: Speech) -> dict[str, str]:
    """Return the words on the buttons about a client."""
    return {
        ids.NOTE: said.words("Note the exchange"),
        ids.PROMISE: said.words("Promise to pay"),
        ids.DISPUTE: said.words("Dispute"),
        ids.CLOSE_DISPUTE: said.words("Close the dispute"),
        ids.ACKNOWLEDGE: said.words("I am on it"),
        ids.SNOOZE: said.words("Pause"),
        ids.HAND_OVER: said.words("Hand over"),
        ids.NOT_MINE: said.words("Not my client"),
        ids.BALANCE: said.words("See the account"),
        ids.TAKE_BACK: said.words("Take it back"),
        ids.GIVE_TIME: said.words("Agree to more time"),
        ids.ASK_GESTURE: said.words("Ask for a gesture"),
        ids.EXTEND: said.words("Give more time"),
        ids.SHARE: said.words("Share here"),
        ids.HISTORY: said.words("History"),
        ids.MUTE: said.words("Keep out of alerts"),
        ids.UNMUTE: said.words("Back into alerts"),
        ids.COVER_DECLARED: said.words("Declared to the insurer"),
        ids.FINANCE_FILE: said.words("Finance’s file"),
        ids.LATE_PAYMENT: said.words("Late payment"),
        ids.WAIVE: said.words("Offer to give fees up"),
        ids.INTERRUPT: said.words("Limitation interrupted"),
        ids.NOTICE: said.words("Formal notice"),
        ids.STATEMENT: said.words("Account statement"),
        ids.CASE_FILE: said.words("File for the lawyer"),
        ids.SET_APART: said.words("Set a part apart"),
        ids.HOLD_DELIVERIES: said.words("Hold deliveries"),
        ids.FREE_DELIVERIES: said.words("Free deliveries"),
        ids.PAUSE_REMINDERS: said.words("Pause reminders"),
    }
