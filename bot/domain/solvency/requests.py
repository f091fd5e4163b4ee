"""A question to finance about a sale, and the decision after a bad event: who may, and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.actors import Action, Actor, may
from bot.domain.errors import Conflict, InvalidInput, NotAllowed
from bot.domain.follow_ups import TEXT_MAX, InvalidForm
from bot.domain.lifecycle import SolvencyRequestState
from bot.domain.solvency.dossier import Course as Course
from bot.domain.solvency.grants import Grant
from bot.domain.solvency.weights import SolvencyPolicy
from bot.domain.typed_amounts import LARGEST_MINOR, check_amount


class AlreadyDecided(Conflict):
    """The request is no longer open: `state` is where it stands."""

    def __init__(self, state: SolvencyRequestState) -> None:
        super().__init__(f"already {state.value}", code="already_decided")
        self.state = state


@dataclass(frozen=True, slots=True)
class AskForm:
    """What a salesperson asks; the order is optional."""

    order_minor: int | None
    question: str = ""


@dataclass(frozen=True, slots=True)
class GrantForm:
    """Finance's yes as typed: how much may be owed in all, on what terms, until when."""

    granted_minor: int
    terms_days: int
    until: date | None
    condition: str = ""


def check_ask(form: AskForm) -> AskForm:
    """Return a question, its words trimmed; raise `InvalidForm` naming every field to mend."""
    _raise(_ask_problems(form))
    return AskForm(form.order_minor, form.question.strip())


def grant(
    state: SolvencyRequestState,
    actor: Actor,
    form: GrantForm,
    policy: SolvencyPolicy,
    today: date,
    *,
    most_terms_days: int = 60,
) -> Grant:
    """Return the grant that finance gives on an open request, dated today.

    `most_terms_days` is the law's ceiling for this company. Raise `NotAllowed`, `AlreadyDecided`
    or `InvalidForm`.
    """
    _check_decides(state, actor)
    _raise(_grant_problems(form, policy, today, most_terms_days))
    return Grant(
        form.granted_minor,
        policy.currency,
        form.terms_days,
        today,
        form.until or today,
        form.condition.strip(),
    )


def refuse(state: SolvencyRequestState, actor: Actor, reason: str) -> str:
    """Return the reason of finance's no on an open request; raise as `grant` does."""
    _check_decides(state, actor)
    _raise(_words_problems(reason, "reason", required=True))
    return reason.strip()


def withdraw(
    state: SolvencyRequestState, actor: Actor, asked_by_id: int | None
) -> SolvencyRequestState:
    """Return the state of a request taken back, by who asked it or by finance, while open."""
    if not actor.is_finance and (asked_by_id is None or asked_by_id != actor.person_id):
        raise NotAllowed("not_allowed")
    _check_open(state)
    return SolvencyRequestState.WITHDRAWN


def state_on(state: SolvencyRequestState, until: date | None, today: date) -> SolvencyRequestState:
    """Return where a request stands that day: a grant past its last day has expired."""
    over = until is not None and until < today
    if state is SolvencyRequestState.GRANTED and over:
        return SolvencyRequestState.EXPIRED
    return state


def check_resume(actor: Actor) -> None:
    """Raise `NotAllowed` unless the person may lift a decision to stop: finance."""
    if not actor.is_finance:
        raise NotAllowed("not_allowed")


def decide_course(actor: Actor, course: Course, words: str, *, owner_id: int | None) -> str:
    """Return the words of a decision after a bad event, checked.

    Finance decides; the owner and their manager may stop on their own, never go on. Conditions
    are written down. Raise `NotAllowed` or `InvalidForm`.
    """
    stops = course is Course.STOP and may(actor, Action.NOTE, owner_id=owner_id)
    if not actor.is_finance and not stops:
        raise NotAllowed("not_allowed")
    _raise(_words_problems(words, "conditions", required=course is Course.CONDITIONS))
    return words.strip()


def _check_decides(state: SolvencyRequestState, actor: Actor) -> None:
    if not actor.is_finance:
        raise NotAllowed("not_allowed")
    _check_open(state)


def _check_open(state: SolvencyRequestState) -> None:
    if state is not SolvencyRequestState.OPEN:
        raise AlreadyDecided(state)


def _ask_problems(form: AskForm) -> Iterator[InvalidInput]:
    if form.order_minor is not None and not 0 < form.order_minor <= LARGEST_MINOR:
        yield InvalidInput("Enter an amount above 0.", field="order")
    yield from _words_problems(form.question, "question", required=False)


def _grant_problems(
    form: GrantForm, policy: SolvencyPolicy, today: date, most_terms_days: int
) -> Iterator[InvalidInput]:
    try:
        check_amount(form.granted_minor, field="granted")
    except InvalidInput as problem:
        yield problem
    if not 0 <= form.terms_days <= most_terms_days:
        yield InvalidInput("The law does not allow terms that long.", field="terms")
    if form.until is None or form.until < today:
        yield InvalidInput("Enter a date from today on.", field="until")
    elif form.until > today + timedelta(days=policy.grant_days):
        yield InvalidInput(f"Enter a date within {policy.grant_days} days.", field="until")
    yield from _words_problems(form.condition, "condition", required=False)


def _words_problems(words: str, field: str, *, required: bool) -> Iterator[InvalidInput]:
    if required and not words.strip():
        yield InvalidInput("Give a reason.", field=field)
    if len(words) > TEXT_MAX:
        yield InvalidInput("Enter at most 3,000 characters.", field=field)


def _raise(problems: Iterator[InvalidInput]) -> None:
    found = tuple(problems)
    if found:
        raise InvalidForm(found)
