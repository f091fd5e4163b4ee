"""Less information never allows more, and the order of the facts never matters."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.solvency.dossier import (
    Accounts,
    CompanyState,
    Dossier,
    EventKind,
    SourceAnswer,
    SourceName,
    SourceState,
)
from bot.domain.solvency.hard_rules import Rule, alarms_of
from bot.domain.solvency.verdict import Assessment, decide
from bot.domain.solvency.weights import DEFAULT, SolvencyPolicy
from tests.domain.solvency.cases import TODAY, dossiers, policies

# Each example judges some forty dossiers: on a busy machine that takes what it takes.
judged = settings(deadline=None, max_examples=60)
orders = st.none() | st.integers(1, 60_000_00)
_EMPTY: dict[str, Any] = {"legal_form": "", "activity": "", "headcount": "", "category": ""}
_NO_FACTS: dict[SourceName, dict[str, Any]] = {
    SourceName.COMPANIES: {"company": None},
    SourceName.NOTICES: {"events": ()},
    SourceName.RATIOS: {"accounts": (), "sector": None},
    SourceName.LEDGER: {"own_record": None},
    SourceName.REGISTER: {"flags": ()},
}


def _without(dossier: Dossier, name: SourceName) -> Dossier:
    """Lose one source's answer, whatever it said."""
    others = tuple(one for one in dossier.sources if one.name is not name)
    lost = replace(dossier, sources=(*others, SourceAnswer(name, SourceState.DOWN)))
    if name in (SourceName.INSURER, SourceName.AGENCY):
        graded = tuple(one for one in dossier.outside_grades if one.source is not name)
        cover = None if name is SourceName.INSURER else dossier.cover
        return replace(lost, outside_grades=graded, cover=cover)
    return replace(lost, **_NO_FACTS[name])


def _blanks(thing: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """Yield the thing with each of these figures blanked in turn."""
    for name in names:
        yield replace(thing, **{name: _EMPTY.get(name)})


def _poorer(dossier: Dossier) -> Iterator[Dossier]:
    """Yield every dossier that says a little less: a source, a figure or an older year lost."""
    for name in (*_NO_FACTS, SourceName.INSURER, SourceName.AGENCY):
        yield _without(dossier, name)
    yield replace(dossier, sector=None)
    yield replace(dossier, cover=None)
    if dossier.company is not None:
        unknown = replace(dossier.company, state=CompanyState.UNKNOWN)
        for company in (unknown, *_blanks(dossier.company, ("created_on", "as_of", *_EMPTY))):
            yield replace(dossier, company=company)
    if dossier.own_record is not None:
        for record in _blanks(dossier.own_record, ("usual_delay_days",)):
            yield replace(dossier, own_record=record)
    years = sorted(dossier.accounts, key=lambda row: row.closed_on)
    for index, row in enumerate(years):
        figures = tuple(
            field.name
            for field in fields(Accounts)
            if field.name not in ("closed_on", "confidentiality", "source")
        )
        for blanked in _blanks(row, figures):
            yield replace(dossier, accounts=(*years[:index], blanked, *years[index + 1 :]))
    if len(years) > 1:
        yield replace(dossier, accounts=tuple(years[1:]))


def _allows_no_more(rich: Assessment, poor: Assessment) -> bool:
    return (
        poor.limit.minor <= rich.limit.minor
        and poor.terms_days <= rich.terms_days
        and poor.max_order_minor <= rich.max_order_minor
    )


def _says_e(dossier: Dossier) -> bool:
    """Say whether something known for certain forbids the sale (nobody can un-know it)."""
    return any(alarm.rule.cap == "E" for alarm in alarms_of(dossier, DEFAULT, TODAY))


def _assert_for_all(
    dossier: Dossier,
    order: int | None,
    holds: Callable[[Assessment, Assessment], bool],
    policy: SolvencyPolicy = DEFAULT,
) -> None:
    rich = decide(dossier, order, policy, TODAY)
    for poor in _poorer(dossier):
        assert holds(rich, decide(poor, order, policy, TODAY)), poor


@judged
@given(dossiers(), orders)
def test_knowing_less_never_allows_more(dossier: Dossier, order: int | None) -> None:
    _assert_for_all(dossier, order, _allows_no_more)


@judged
@given(dossiers(), orders, policies())
def test_knowing_less_never_allows_more_under_any_accepted_policy(
    dossier: Dossier, order: int | None, policy: SolvencyPolicy
) -> None:
    _assert_for_all(dossier, order, _allows_no_more, policy)


@judged
@given(dossiers(), orders)
def test_knowing_less_never_raises_the_grade_nor_the_verdict(
    dossier: Dossier, order: int | None
) -> None:
    if _says_e(dossier):
        return
    _assert_for_all(
        dossier,
        order,
        lambda rich, poor: poor.rating >= rich.rating and poor.verdict.rank >= rich.verdict.rank,
    )


@judged
@given(dossiers())
def test_knowing_less_never_raises_the_confidence(dossier: Dossier) -> None:
    _assert_for_all(dossier, None, lambda rich, poor: poor.confidence <= rich.confidence)


@judged
@given(dossiers(), orders, st.randoms())
def test_the_order_of_the_facts_never_matters(
    dossier: Dossier, order: int | None, random: Any
) -> None:
    names = ("accounts", "events", "outside_grades", "flags", "sources")
    shuffled: dict[str, Any] = {
        name: tuple(random.sample(getattr(dossier, name), len(getattr(dossier, name))))
        for name in names
    }
    mixed = replace(dossier, **shuffled)
    assert decide(mixed, order, DEFAULT, TODAY) == decide(dossier, order, DEFAULT, TODAY)


@judged
@given(dossiers(), orders)
def test_nobody_who_may_be_a_person_is_refused_by_a_rule(
    dossier: Dossier, order: int | None
) -> None:
    company = dossier.company
    if company is not None and (company.is_sole_trader or company.is_masked):
        assert decide(dossier, order, DEFAULT, TODAY).verdict != "do_not_sell"


@judged
@given(dossiers(kinds=[EventKind.LIQUIDATION]))
def test_a_liquidation_is_an_e_whatever_the_register_says(dossier: Dossier) -> None:
    if dossier.events:
        assert decide(dossier, None, DEFAULT, TODAY).rating == "E"


@judged
@given(dossiers())
def test_only_a_hard_rule_makes_an_e(dossier: Dossier) -> None:
    assert (decide(dossier, None, DEFAULT, TODAY).rating == "E") == _says_e(dossier)


@judged
@given(dossiers(), st.integers(1, 60_000_00), st.integers(1, 60_000_00))
def test_a_larger_order_is_never_easier(dossier: Dossier, one: int, more: int) -> None:
    small = decide(dossier, one, DEFAULT, TODAY).verdict
    assert decide(dossier, one + more, DEFAULT, TODAY).verdict.rank >= small.rank


def test_every_rule_leaves_a_grade_of_c_or_less() -> None:
    assert {rule.cap.value for rule in Rule} == {"C", "D", "E"}
