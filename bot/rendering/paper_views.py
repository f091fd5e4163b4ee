"""Documents about a client in Slack: the forms that make them, where they are in the post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.late_payment.figures import CurrencyFigures, ItemFigures
from bot.domain.papers import DEADLINE_DAYS, PaperKind, PaperState
from bot.rendering import formats, ids, limits
from bot.rendering.environment import sentences
from bot.rendering.fields import chosen, dated, modal, typed
from bot.rendering.form_views import ClientFormView
from bot.rendering.modals import about, carried_ids
from bot.rendering.parts import BLANK, Block, Message, button, message, option, section, table
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class PaperView:
    """A document and where it stands."""

    paper_id: int
    kind: PaperKind
    reference: str
    state: PaperState
    client: str
    minor: int
    currency: str
    deadline: date | None
    posted_on: date | None = None
    tracking: str = ""
    received_on: date | None = None
    stage: int = 0
    stages: int = 0


@dataclass(frozen=True, slots=True)
class LatePaymentView:
    """What late payment costs a client, for finance; `agreed` is empty for the law's rate."""

    about: ClientFormView
    figures: Sequence[CurrencyFigures]
    agreed: str = ""
    in_proceeding: bool = False


def notice_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw what a formal notice asks for, and by when."""
    said = speech(voice)
    last = view.today + timedelta(days=DEADLINE_DAYS)
    answers = [option(said.words("Yes"), YES), option(said.words("No"), NO)]
    blocks = [
        about(view, voice),
        section(sentences("file", voice).noticing()),
        dated(ids.DEADLINE, said.words("To be paid by"), initial=last),
        chosen(ids.WITH_INTEREST, said.words("With interest and fees?"), answers, initial=YES),
    ]
    title, make = said.words("Formal notice"), said.words("Make it")
    return modal(title, make, said.words("Cancel"), ids.NOTICE_FORM, carried_ids(view), blocks)


def post_form(view: PaperView, voice: Voice) -> Block:
    """Draw when a formal notice was posted, its number, and when it was received."""
    said = speech(voice)
    blocks = [
        section(sentences("file", voice).paper(view)),
        dated(ids.POSTED_ON, said.words("Posted on"), initial=view.posted_on),
        typed(ids.TRACKING, said.words("Tracking number"), optional=True, initial=view.tracking),
        dated(ids.RECEIVED_ON, said.words("Received on"), optional=True, initial=view.received_on),
    ]
    title, save, cancel = said.words("Registered post"), said.words("Save"), said.words("Cancel")
    return modal(title, save, cancel, ids.POST_FORM, ids.value(paper_id=view.paper_id), blocks)


def paper_section(view: PaperView, voice: Voice) -> Block:
    """Draw a document in finance's file; a formal notice has a button for the post."""
    said = sentences("file", voice).paper(view)
    if view.kind is not PaperKind.FORMAL_NOTICE:
        return section(said)
    posted = button(
        speech(voice).words("Registered post"), ids.POST, ids.value(paper_id=view.paper_id)
    )
    return section(said, posted)


def case_file(view: PaperView, voice: Voice) -> Message:
    """Draw how far the file for the lawyer is."""
    said = sentences("file", voice).case_file(view)
    return message(said, [section(said)])


def late_payment_window(view: LatePaymentView, voice: Voice) -> Block:
    """Draw principal, interest and fees, invoice by invoice."""
    said, tell = speech(voice), sentences("file", voice)
    blocks: list[Block | None] = [about(view.about, voice)]
    if view.in_proceeding:
        blocks.append(section(tell.no_interest()))
    for figures in view.figures:
        blocks.append(section(tell.late_payment(figures, view.agreed)))
        blocks.append(_items(figures, said))
    drawn = [block for block in blocks if block is not None]
    title, close = said.words("Late payment"), said.words("Close")
    carried = carried_ids(view.about)
    return modal(title, None, close, ids.LATE_PAYMENT_VIEW, carried, drawn)


def _items(figures: CurrencyFigures, said: Speech) -> Block | None:
    if not figures.items:
        return None
    head = (
        said.words("Invoice"),
        said.words("Late"),
        said.words("Outstanding"),
        said.words("Late interest"),
        said.words("Fee"),
        said.words("Limitation"),
    )
    shown = figures.items[: limits.BALANCE_ITEMS_SHOWN]
    return table([head, *(_row(one, figures, said) for one in shown)], numbers_from=2)


def _row(one: ItemFigures, figures: CurrencyFigures, said: Speech) -> tuple[str, ...]:
    def money(minor: int) -> str:
        return formats.exact(minor, figures.currency, said.language)

    late = (figures.until - one.item.due_on).days
    warning = one.limitation.warning
    return (
        one.item.number or BLANK,
        said.counted("{n} day", "{n} days", late) if late > 0 else BLANK,
        money(one.item.open_minor),
        BLANK if one.interest_minor is None else money(one.interest_minor),
        money(one.fee_minor) if one.fee_minor else BLANK,
        formats.short_day(warning, said.language) if warning else BLANK,
    )
