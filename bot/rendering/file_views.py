"""A client's file as finance alone opens it: what is set apart, what is held, what to do next."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.item_states import StateKind
from bot.rendering import ids
from bot.rendering.answers import answer_buttons
from bot.rendering.environment import sentences
from bot.rendering.fields import chosen, dated, modal, typed
from bot.rendering.form_views import ClientFormView
from bot.rendering.modals import about, carried_ids, item_options
from bot.rendering.paper_views import PaperView, paper_section
from bot.rendering.parts import Block, Element, actions, button, option, section
from bot.rendering.speech import speech
from bot.rendering.views import HeldView, Voice
from bot.rendering.vocabulary import N_

_PARTS_SHOWN, _PAPERS_SHOWN = 30, 20
_A_YEAR = timedelta(days=365)
_TWO_WEEKS = timedelta(days=14)
_KINDS = {
    StateKind.RETENTION: N_("Retention money"),
    StateKind.BILL: N_("Bill receivable"),
    StateKind.FACTORED: N_("Sold to the factor"),
}


@dataclass(frozen=True, slots=True)
class ApartView:
    """A part of an invoice set apart until a day."""

    state_id: int
    number: str
    kind: StateKind
    minor: int
    currency: str
    due_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class PausedView:
    """Reminders that somebody paused, until a day included, by whom (empty: goodcop)."""

    hold_id: int
    reason: str
    until_on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class FinanceFileView:
    """Everything finance may do about a client beside the conversation."""

    about: ClientFormView
    apart: tuple[ApartView, ...] = ()
    held: HeldView | None = None
    may_declare: bool = False
    papers: tuple[PaperView, ...] = ()
    paused: tuple[PausedView, ...] = ()


def finance_file_window(view: FinanceFileView, voice: Voice) -> Block:
    """Draw the file: each part set apart with its way back, the hold, then what can be done."""
    said, tell, who = speech(voice), sentences("file", voice), view.about
    blocks: list[Block | None] = [about(who, voice)]
    for one in view.apart[:_PARTS_SHOWN]:
        carried = ids.value(state_id=one.state_id, client_id=who.client_id)
        back = button(said.words("Put it back"), ids.PUT_BACK, carried)
        kind = said.say(_KINDS[one.kind])
        blocks.append(section(tell.apart(one, kind, who.today), back))
    if view.held:
        blocks.append(section(tell.held(view.held, who.today)))
    blocks += [_paused(one, view, voice) for one in view.paused[:_PARTS_SHOWN]]
    blocks += [paper_section(one, voice) for one in view.papers[:_PAPERS_SHOWN]]
    blocks += [actions(row) for row in _buttons(view, voice)]
    title, close = said.words("Finance’s file"), said.words("Close")
    drawn = [block for block in blocks if block is not None]
    return modal(title, None, close, ids.FINANCE_FILE_VIEW, carried_ids(who), drawn)


def _buttons(view: FinanceFileView, voice: Voice) -> list[list[Element]]:
    who = view.about
    letters = (ids.LATE_PAYMENT, ids.NOTICE, ids.STATEMENT, ids.CASE_FILE)
    shown = [ids.SET_APART] if who.items else []
    shown.append(ids.FREE_DELIVERIES if view.held else ids.HOLD_DELIVERIES)
    shown.append(ids.PAUSE_REMINDERS)
    agreed = [ids.GIVE_TIME, *([ids.COVER_DECLARED] if view.may_declare else [])]
    rows = (letters, shown, agreed)
    return [answer_buttons(row, who.alert_id, who.client_id, voice) for row in rows]


def _paused(one: PausedView, view: FinanceFileView, voice: Voice) -> Block:
    carried = ids.value(hold_id=one.hold_id, client_id=view.about.client_id)
    resume = button(speech(voice).words("Resume reminders"), ids.RESUME_REMINDERS, carried)
    return section(sentences("file", voice).paused(one, view.about.today), resume)


def pause_reminders_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw until when a client's reminders are paused, and why."""
    said = speech(voice)
    blocks = [
        about(view, voice),
        dated(ids.UNTIL_ON, said.words("Until"), initial=view.today + _TWO_WEEKS),
        typed(ids.REASON, said.words("Why?")),
    ]
    title, save, cancel = said.words("Pause reminders"), said.words("Save"), said.words("Cancel")
    return modal(title, save, cancel, ids.PAUSE_REMINDERS_FORM, carried_ids(view), blocks)


def set_apart_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw what is set apart of which invoice, why, and when it is due."""
    said = speech(voice)
    kinds = [option(said.words(words), kind.value) for kind, words in _KINDS.items()]
    amount = said.words("Amount ({currency})", currency=view.currency)
    hint = said.words("empty: all that is open")
    blocks = [
        about(view, voice),
        section(sentences("file", voice).setting_apart()),
        chosen(ids.ITEM, said.words("Invoice"), item_options(view, said)),
        chosen(ids.STATE_KIND, said.words("What it is"), kinds, initial=StateKind.RETENTION.value),
        typed(ids.AMOUNT, amount, optional=True, hint=hint),
        dated(ids.DUE_ON, said.words("Due on"), initial=view.today + _A_YEAR),
        typed(ids.NOTE_TEXT, said.words("Note"), optional=True),
    ]
    title, save, cancel = said.words("Set a part apart"), said.words("Save"), said.words("Cancel")
    return modal(title, save, cancel, ids.SET_APART_FORM, carried_ids(view), blocks)


def hold_deliveries_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw why deliveries are to be held; the owner is told."""
    said = speech(voice)
    blocks = [
        about(view, voice),
        section(sentences("file", voice).holding()),
        typed(ids.REASON, said.words("Why?")),
    ]
    title, save, cancel = said.words("Hold deliveries"), said.words("Save"), said.words("Cancel")
    return modal(title, save, cancel, ids.HOLD_DELIVERIES_FORM, carried_ids(view), blocks)
