"""The answer to "may I sell to them?": the card, the choice among companies, the waiting line."""

from collections.abc import Sequence

from bot.domain.solvency.dossier import Course, SourceState
from bot.domain.solvency.hard_rules import Alarm
from bot.domain.solvency.offers import Verdict
from bot.domain.solvency.scorecard import Factor
from bot.domain.solvency.weights import FactorName
from bot.rendering import formats, ids, limits
from bot.rendering.environment import Sentences, sentences
from bot.rendering.escaping import Mrkdwn, as_mrkdwn, dotted
from bot.rendering.link_views import link_button
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
    overflow,
    section,
    table,
)
from bot.rendering.solvency_views import (
    CompanyChoicesView,
    CompanyChoiceView,
    CompanyFormView,
    SolvencyView,
)
from bot.rendering.solvency_words import EVENTS, FACTORS, RULES, SILENCES, SOURCES, STATES
from bot.rendering.speech import speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import N_

_FLAGS_SHOWN = 3
_EVENTS_SHOWN = 3
_NAMES_SHOWN = 5
_COLUMNS = (N_("Criterion"), N_("Value"), N_("Points"), N_("Source"))


def solvency(view: SolvencyView, voice: Voice) -> Message:
    """Draw a company's card: verdict in words first, then why, then each factor with its source."""
    tell, found = sentences("solvency", voice), view.assessment
    verdict = tell.order(found) if found.order else tell.verdict(found)
    headline = tell.headline(view, Mrkdwn(verdict[:1].lower() + verdict[1:]))
    said = Mrkdwn(f"*{headline}*")
    about = (_identity(view, voice), _figures(view, voice))
    clock = sentences("alert", voice).clock(view.clock, view.today) if view.clock else Mrkdwn()
    blocks = [
        section(lines(*_warned(view, voice), said, *about, clock)),
        _reasons(view, voice),
        actions(_answers(view, voice)),
        context(_small_print(view, voice)),
        factor_table(view, voice),
    ]
    return message(headline, blocks)


def solvency_story(view: SolvencyView, voice: Voice) -> list[Block | None]:
    """Draw the same facts without buttons, for finance's request."""
    told = lines(*_warned(view, voice), _identity(view, voice), _figures(view, voice))
    return [section(told), _reasons(view, voice), context(_small_print(view, voice))]


def company_choices(view: CompanyChoicesView, voice: Voice) -> Message:
    """Draw the companies a name may mean: a choice with town and SIREN, never a guess."""
    tell, said = sentences("solvency", voice), speech(voice)
    silent = Mrkdwn("") if view.register_answered else tell.register_silent()
    if not view.query:
        return message(tell.ask(), [section(tell.ask())])
    if not view.choices:
        nobody = tell.nobody(view)
        return message(nobody, [section(lines(nobody, silent, tell.how()))])
    rows: list[Block | None] = []
    for one in view.choices[: limits.CHOICES_SHOWN]:
        state = Mrkdwn("") if one.is_active else said.say("closed")
        chosen = button(said.words("This one"), ids.SOLVENCY, _asked(one, view.order_minor))
        rows.append(section(tell.choice(one, state), chosen))
        if view.link_client_id is not None and one.siren:
            rows.append(actions([link_button(view.link_client_id, one.siren, voice)]))
    headline = tell.choose(view)
    return message(headline, [section(headline), *rows, context(lines(silent, tell.how()))])


def solvency_looking(query: str, voice: Voice) -> Message:
    """Draw what is shown at once, while the registers are asked."""
    looking = sentences("solvency", voice).looking(query)
    return message(looking, [section(looking)])


def solvency_refused(voice: Voice) -> Message:
    """Draw the answer to somebody without a role."""
    refused = sentences("solvency", voice).refused()
    return message(refused, [section(refused)])


def company_done(done: str, view: CompanyFormView, voice: Voice) -> Message:
    """Draw that something was done about a company: `done` is the sentence's name."""
    said: Mrkdwn = getattr(sentences("solvency", voice), done)(view)
    return message(said, [section(said)])


def factor_table(view: SolvencyView, voice: Voice) -> Block | None:
    """Return each factor with its value, points, source and date."""
    said = speech(voice)
    head = (
        said.words("Criterion"),
        said.words("Value"),
        said.words("Points"),
        said.words("Source"),
    )
    rows = [_factor_row(one, voice) for one in view.assessment.factors[: len(FACTORS)]]
    total = f"{view.assessment.points}/{view.assessment.total}"
    return table([head, *rows, (said.words("Total"), BLANK, total, BLANK)], numbers_from=4)


def _factor_row(factor: Factor, voice: Voice) -> tuple[str, str, str, str]:
    said, tell = speech(voice), sentences("solvency", voice)
    source = said.words(SOURCES[factor.source])
    if factor.as_of:
        source = f"{source}, {formats.short_day(factor.as_of, said.language)}"
    points = f"{factor.points}/{factor.most}"
    return said.words(FACTORS[factor.name]), _value(factor, tell), points, source


def _value(factor: Factor, tell: Sentences) -> str:
    if factor.name is FactorName.SECTOR and not factor.points:
        return tell.risky_sector(factor.value)
    written: Mrkdwn = getattr(tell, factor.name.value)(factor.value)
    return written


def _warned(view: SolvencyView, voice: Voice) -> list[Mrkdwn]:
    """Return what is said before the verdict: flags, deliveries on hold."""
    held = [sentences("card", voice).held(view.held)] if view.held else []
    return [*_flags(view, sentences("solvency", voice)), *held]


def _flags(view: SolvencyView, tell: Sentences) -> list[Mrkdwn]:
    said = [tell.flag(flag) for flag in view.flags[:_FLAGS_SHOWN]]
    if view.decided:
        said.insert(0, tell.course(view.decided, view.today))
    return [Mrkdwn(f":warning: *{one}*") for one in said]


def _identity(view: SolvencyView, voice: Voice) -> Mrkdwn:
    state = speech(voice).say(STATES[view.assessment.state])
    return sentences("solvency", voice).identity(view, state)


def _figures(view: SolvencyView, voice: Voice) -> Mrkdwn:
    tell, found = sentences("solvency", voice), view.assessment
    said = [tell.rating(found)]
    if found.order:
        said.append(tell.exposure(found, found.order))
    else:
        said.append(tell.owed(found, view))
    if found.grant:
        said.append(tell.granted(found.grant))
    if view.waiting:
        speaks = speech(voice)
        said.append(tell.waiting(", ".join(speaks.words(SOURCES[name]) for name in view.waiting)))
    return Mrkdwn(" ".join(part for part in said if part))


def _reasons(view: SolvencyView, voice: Voice) -> Block | None:
    """Return what decides first, three reasons at most a side, then the published events.

    Nothing speaks for a company one must not sell to.
    """
    tell, found = sentences("solvency", voice), view.assessment
    good = dotted(_reason(one, view, voice) for one in found.in_favour)
    bad = dotted(_reason(one, view, voice) for one in found.against)
    parts = [tell.against_it(bad)] if bad else []
    if good and found.verdict is not Verdict.DO_NOT_SELL:
        parts.insert(0 if found.verdict is Verdict.SELL else 1, tell.for_it(good))
    for dated in found.events[:_EVENTS_SHOWN]:
        said = speech(voice).say(EVENTS[dated.event.kind])
        parts.append(tell.event(said, dated.event, dated.deadline, view.today))
    text = lines(*(as_mrkdwn(part) for part in parts))
    return section(text) if text else None


def _reason(reason: Alarm | Factor, view: SolvencyView, voice: Voice) -> Mrkdwn:
    said, tell = speech(voice), sentences("solvency", voice)
    if isinstance(reason, Alarm):
        words, on = said.say(RULES[reason.rule]), reason.since
    else:
        words, on = Mrkdwn(_value(reason, tell)), reason.as_of
    return tell.sourced(words, said.say(SOURCES[reason.source]), on, view.today)


def _small_print(view: SolvencyView, voice: Voice) -> Mrkdwn:
    """Return who did not answer, what is not known, and how the limit is found."""
    said, tell = speech(voice), sentences("solvency", voice)
    parts = []
    for answer in view.assessment.silent:
        if answer.name not in view.waiting and answer.state is not SourceState.NOT_ASKED:
            source = said.words(SOURCES[answer.name])
            parts.append(said.say(SILENCES[answer.state], source=source))
    if view.assessment.missing:
        parts.append(tell.missing(_names(view.assessment.missing, voice)))
    limit = view.assessment.limit
    terms = tell.terms(limit) if limit.minor and not view.assessment.grant else Mrkdwn("")
    return lines(dotted(parts), terms)


def _names(missing: Sequence[FactorName], voice: Voice) -> str:
    said = speech(voice)
    names = [said.words(FACTORS[name]).lower() for name in missing[:_NAMES_SHOWN]]
    others = len(missing) - len(names)
    if others:
        names.append(said.counted("and {n} other", "and {n} others", others))
    return ", ".join(names)


def _answers(view: SolvencyView, voice: Voice) -> list[Element]:
    said, found = speech(voice), view.assessment
    order = found.order.order_minor if found.order else None
    carried = ids.value(siren=found.siren, client_id=view.client_id, order=order)
    follow = (
        (said.words("Stop following"), ids.UNWATCH)
        if view.is_watched
        else (said.words("Follow"), ids.WATCH)
    )
    choices = [(said.words("Flag"), ids.FLAG)]
    if view.flags and view.may_decide:
        choices.append((said.words("Lift the flag"), ids.UNFLAG))
    held = view.decided is not None and view.decided.course is not Course.CONTINUE
    if held and view.may_decide:
        choices.append((said.words("Sell again"), ids.RESUME_SALES))
    if view.client_id is not None:
        choices.append((said.words("See the account"), ids.BALANCE))
    menu = [
        option(label, ids.value(do=do, siren=found.siren, client_id=view.client_id))
        for label, do in choices
    ]
    return [
        button(said.words("Payment terms"), ids.PREPARE_TERMS, carried),
        _question(view, carried, voice),
        button(follow[0], follow[1], carried),
        overflow(ids.SOLVENCY_MORE, menu),
    ]


def _question(view: SolvencyView, carried: str, voice: Voice) -> Element:
    """Return the button that asks finance, or takes back what the reader asked already."""
    said = speech(voice)
    if view.request_id is None:
        return button(said.addressed("Ask finance"), ids.ASK_FINANCE, carried)
    back = ids.value(siren=view.assessment.siren, request_id=view.request_id)
    return button(said.words("Take the question back"), ids.WITHDRAW_REQUEST, back)


def _asked(one: CompanyChoiceView, order_minor: int | None) -> str:
    return ids.value(siren=one.siren, client_id=one.client_id, order=order_minor)
