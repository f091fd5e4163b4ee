"""A question to finance about a sale: its forms, its message, and finance's answer."""

from bot.domain.lifecycle import SolvencyRequestState
from bot.rendering import formats, ids
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.fields import dated, modal, typed
from bot.rendering.parts import Block, Message, actions, button, lines, message, section
from bot.rendering.solvency_messages import solvency_story
from bot.rendering.solvency_views import CompanyFormView, SolvencyRequestView
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice


def solvency_request(view: SolvencyRequestView, voice: Voice) -> Message:
    """Draw a request in the finance channel: who asks, everything shown, the buttons to answer."""
    tell = sentences("solvency", voice)
    asked = tell.asked(view)
    if view.state is not SolvencyRequestState.OPEN:
        decided = _decided(view, voice)
        return message(decided, [section(lines(asked, decided))])
    question = tell.question(view) if view.question else Mrkdwn("")
    story = solvency_story(view.card, voice) if view.card else []
    return message(asked, [section(lines(asked, question)), *story, actions(_answers(view, voice))])


def solvency_answer(view: SolvencyRequestView, voice: Voice) -> Message:
    """Draw finance's decision for who asked."""
    decided = _decided(view, voice)
    return message(decided, [section(decided)])


def ask_finance_form(view: CompanyFormView, voice: Voice) -> Block:
    """Draw a salesperson's question to finance."""
    said = speech(voice)
    amount = view.order_minor
    typed_amount = formats.plain_amount(amount, view.currency, said.language) if amount else ""
    label = said.words("Order ({currency})", currency=view.currency)
    blocks = [
        section(sentences("solvency", voice).about(view)),
        typed(ids.ORDER, label, optional=True, initial=typed_amount),
        typed(ids.QUESTION, said.addressed("What should finance know?"), long=True, optional=True),
    ]
    carried = ids.value(siren=view.siren)
    return _form(said.addressed("Ask finance"), ids.ASK_FINANCE_FORM, carried, blocks, said)


def flag_form(view: CompanyFormView, voice: Voice) -> Block:
    """Draw an entry in the register of doubtful payers: why, and until when."""
    said = speech(voice)
    blocks = [
        section(sentences("solvency", voice).about(view)),
        typed(ids.REASON, said.words("Why?"), long=True),
        dated(ids.EXPIRES_ON, said.words("Until"), initial=view.until),
    ]
    carried = ids.value(siren=view.siren)
    return _form(said.words("Flag"), ids.FLAG_FORM, carried, blocks, said)


def grant_form(view: SolvencyRequestView, voice: Voice) -> Block:
    """Draw finance's yes: how much may be owed in all, on what terms, until when."""
    said = speech(voice)
    card = view.card.assessment if view.card else None
    amount = view.order_minor + (card.exposure_minor if card else 0)
    typed_amount = formats.plain_amount(amount, view.currency, said.language) if amount else ""
    blocks = [
        section(sentences("solvency", voice).asked(view)),
        typed(
            ids.GRANTED,
            said.words("May owe up to ({currency})", currency=view.currency),
            initial=typed_amount,
        ),
        typed(
            ids.TERMS_DAYS,
            said.words("Payment terms, in days"),
            initial=str(card.terms_days if card else 0),
        ),
        dated(ids.UNTIL, said.words("Until")),
        typed(ids.CONDITION, said.words("On what condition?"), optional=True),
    ]
    carried = ids.value(request_id=view.request_id)
    return _form(said.words("Grant"), ids.GRANT_FORM, carried, blocks, said)


def refuse_form(view: SolvencyRequestView, voice: Voice) -> Block:
    """Draw finance's no, with its reason."""
    said = speech(voice)
    blocks = [
        section(sentences("solvency", voice).asked(view)),
        typed(ids.REASON, said.words("Why?"), long=True),
    ]
    carried = ids.value(request_id=view.request_id)
    return _form(said.words("Refuse"), ids.REFUSE_FORM, carried, blocks, said)


def _decided(view: SolvencyRequestView, voice: Voice) -> Mrkdwn:
    tell = sentences("solvency", voice)
    match view.state:
        case SolvencyRequestState.GRANTED:
            return tell.given(view)
        case SolvencyRequestState.REFUSED:
            return tell.denied(view)
        case SolvencyRequestState.EXPIRED:
            return tell.expired(view)
        case _:
            return tell.withdrawn(view)


def _answers(view: SolvencyRequestView, voice: Voice) -> list[Block]:
    said, carried = speech(voice), ids.value(request_id=view.request_id)
    return [
        button(said.words("Grant"), ids.GRANT, carried, primary=True),
        button(said.words("Refuse"), ids.REFUSE, carried),
    ]


def _form(title: str, callback_id: str, carried: str, blocks: list[Block], said: Speech) -> Block:
    return modal(title, said.words("Save"), said.words("Cancel"), callback_id, carried, blocks)
