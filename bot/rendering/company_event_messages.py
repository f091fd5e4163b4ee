"""A published event and what it asks: the message, the window that answers it, the claim sheet."""

from collections.abc import Sequence
from datetime import date

from bot.domain.solvency.claims import ClaimSheet
from bot.domain.solvency.dossier import EventKind
from bot.domain.solvency.requests import Course
from bot.rendering import formats, ids, limits
from bot.rendering.company_event_views import CompanyEventView
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.fields import chosen, modal, typed
from bot.rendering.parts import (
    BLANK,
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    lines,
    message,
    option,
    section,
    table,
)
from bot.rendering.solvency_words import EVENTS
from bot.rendering.speech import speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import N_

_COURSES = {
    Course.CONTINUE: (N_("Go on selling"), ids.COURSE_CONTINUE),
    Course.CONDITIONS: (N_("On conditions"), ids.COURSE_CONDITIONS),
    Course.STOP: (N_("Stop selling"), ids.COURSE_STOP),
}


def company_event(view: CompanyEventView, voice: Voice) -> Message:
    """Draw an event: what happened, what is at stake, until when; then the question or its answer.

    An owner may only stop; a notice that could not be read shows its words.
    """
    tell, said = sentences("company_event", voice), speech(voice)
    headline = tell.headline(view, said.say(EVENTS[view.event.kind]))
    words = tell.text(view.event) if view.event.kind is EventKind.UNREAD else Mrkdwn()
    owner = tell.owner(view) if view.owner and view.to_finance else Mrkdwn()
    if view.course is not None:
        decided = tell.decided(view)
        return message(headline, [section(lines(headline, decided, tell.deadlines(view)))])
    told = lines(headline, words, tell.money(view), tell.deadlines(view), tell.question(view))
    return message(headline, [section(told), actions(_answers(view, voice)), context(owner)])


def company_course(view: CompanyEventView, voice: Voice) -> Message:
    """Draw what was decided, or that it is lifted, for the owner and who follows the company."""
    tell = sentences("company_event", voice)
    decided = tell.lifted(view) if view.lifted_by else tell.decided(view)
    return message(decided, [section(decided)])


def course_form(view: CompanyEventView, course: Course, voice: Voice) -> Block:
    """Draw the window of a decision, `course` chosen; conditions are written, a reason is free."""
    said = speech(voice)
    event = said.say(EVENTS[view.event.kind])
    options = [option(said.words(name), one.value) for one, (name, _) in _COURSES.items()]
    asks = course is Course.CONDITIONS
    label = said.words("On which conditions?") if asks else said.words("Why?")
    blocks = [
        section(sentences("company_event", voice).about(view, event)),
        chosen(ids.COURSE, said.words("Decision"), options, initial=course.value),
        typed(ids.CONDITIONS, label, long=True, optional=not asks),
    ]
    carried = ids.value(decision_id=view.decision_id)
    save, cancel = said.words("Save"), said.words("Cancel")
    return modal(said.words("Decision"), save, cancel, ids.COURSE_FORM, carried, blocks)


def claim_sheet(
    name: str, sheets: Sequence[ClaimSheet], decision_id: int, today: date, voice: Voice
) -> Message:
    """Draw what to declare: sums, interest to the opening, item by item, each side apart."""
    tell = sentences("company_event", voice)
    blocks: list[Block | None] = []
    for sheet in sheets[: limits.ITEMS_SHOWN]:
        told = lines(tell.sheet(name, sheet), tell.extras(sheet), tell.sheet_dates(sheet, today))
        blocks += [section(told)]
    main, carried = sheets[0], ids.value(decision_id=decision_id)
    done = button(speech(voice).words("Claim declared"), ids.CLAIM_DECLARED, carried)
    return message(tell.sheet(name, main), [*blocks, actions([done]), _items(main, voice)])


def _answers(view: CompanyEventView, voice: Voice) -> list[Element]:
    said, carried = speech(voice), ids.value(decision_id=view.decision_id)
    if not view.to_finance:
        stop, action_id = _COURSES[Course.STOP]
        return [button(said.words(stop), action_id, carried)] if view.is_client else []
    shown = [button(said.words(name), action, carried) for name, action in _COURSES.values()]
    if view.claim_by and view.before:
        shown.append(button(said.words("Claim sheet"), ids.CLAIM_SHEET, carried))
    return shown


def _items(sheet: ClaimSheet, voice: Voice) -> Block | None:
    said = speech(voice)
    head = (
        said.words("Invoice"),
        said.words("Due date"),
        said.words("Due?"),
        said.words("Principal"),
        said.words("Interest"),
    )
    yes, no, after = said.words("due"), said.words("not due"), said.words("after the opening")

    def amount(minor: int | None) -> str:
        return BLANK if minor is None else formats.exact(minor, sheet.currency, voice.locale)

    shown = limits.BALANCE_ITEMS_SHOWN
    rows = [
        (
            line.item.number or BLANK,
            formats.short_day(line.item.due_on, said.language),
            yes if line.is_due else no,
            amount(line.item.open_minor),
            amount(line.interest_minor),
        )
        for line in sheet.lines[:shown]
    ]
    rows += [
        (
            item.number or BLANK,
            formats.short_day(item.due_on, said.language),
            after,
            amount(item.open_minor),
            BLANK,
        )
        for item in sheet.after[: shown - len(rows)]
    ]
    return table([head, *rows], numbers_from=3)
