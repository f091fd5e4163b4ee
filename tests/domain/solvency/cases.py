"""Builders of invented companies, and strategies that draw any of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.domain.solvency.dossier import (
    Accounts,
    Company,
    CompanyState,
    Confidentiality,
    Course,
    Cover,
    Decision,
    Dossier,
    Event,
    EventKind,
    Flag,
    Grade,
    OutsideGrade,
    OwnRecord,
    Quartiles,
    Sector,
    SourceAnswer,
    SourceName,
    SourceState,
)
from bot.domain.solvency.weights import LOW_IS_GOOD, FactorName, SolvencyPolicy
from bot.domain.solvency.weights_document import solvency_policy_from_document

TODAY = date(2026, 11, 24)
SIREN = "552100554"
REMOTE = (SourceName.COMPANIES, SourceName.NOTICES, SourceName.RATIOS)
ANSWERED = tuple(SourceAnswer(name, SourceState.ANSWERED, TODAY) for name in REMOTE)


def a_company(**changes: Any) -> Company:
    """Return an old, private, middle-sized company in a quiet sector."""
    company = Company(
        siren=SIREN,
        name="Lamierre SAS",
        state=CompanyState.ACTIVE,
        created_on=date(1998, 3, 2),
        legal_form="5710",
        activity="26.51B",
        headcount="21",
        as_of=TODAY,
    )
    return replace(company, **changes)


def accounts(year: int = 2025, **changes: Any) -> Accounts:
    """Return a good year's accounts, closed on 31 December."""
    row = Accounts(
        closed_on=date(year, 12, 31),
        turnover_minor=8_000_000_00,
        result_minor=400_000_00,
        equity_percent=42.0,
        liquidity_percent=180.0,
        supplier_days=38.0,
    )
    return replace(row, **changes)


def a_record(**changes: Any) -> OwnRecord:
    """Return a client who has always paid on the day."""
    record = OwnRecord(20, 0, 4_000_00, 0, 0, 1, 0, 6_000_00, "EUR", TODAY)
    return replace(record, **changes)


def an_event(kind: EventKind, day: date = date(2026, 9, 29), **changes: Any) -> Event:
    """Return a notice of that kind published on that day."""
    return replace(Event(f"A{day:%Y%m%d}{kind}", SIREN, kind, day), **changes)


def decided(course: Course, until: date = TODAY) -> Decision:
    """Return what people decided a month ago after a published event."""
    return Decision(course, TODAY - timedelta(days=30), until)


def a_flag(**changes: Any) -> Flag:
    """Return a flag in force."""
    flag = Flag(SIREN, "three broken promises", "Fiona", date(2026, 10, 1), date(2027, 10, 1))
    return replace(flag, **changes)


SECTOR = Sector("26.51", 2025, supplier_days=Quartiles(40.0, 55.0, 70.0))


def a_dossier(**changes: Any) -> Dossier:
    """Return a sound prospect with public accounts."""
    dossier = Dossier(
        SIREN,
        company=a_company(),
        accounts=(accounts(2025), accounts(2024)),
        sector=SECTOR,
        sources=ANSWERED,
    )
    return replace(dossier, **changes)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


_days = st.integers(0, 1500).map(lambda count: TODAY - timedelta(days=count))
_ratios = _maybe(st.integers(-200, 400).map(float))
_amounts = st.integers(0, 20_000_000_00)
_results = st.integers(-10_000_000, 10_000_000)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Draw a legal unit of any kind."""
    return Company(
        SIREN,
        "Lamierre SAS",
        draw(st.sampled_from(CompanyState)),
        created_on=draw(_maybe(_days)),
        legal_form=draw(st.sampled_from(["", "5710", "1000", "7210"])),
        activity=draw(st.sampled_from(["", "26.51B", "43.21A"])),
        headcount=draw(st.sampled_from(["", "NN", "00", "12", "53"])),
        category=draw(st.sampled_from(["", "PME", "ETI", "GE"])),
        is_sole_trader=draw(st.booleans()),
        is_masked=draw(st.booleans()),
        as_of=draw(_maybe(st.just(TODAY))),
    )


@st.composite
def some_accounts(draw: st.DrawFn) -> tuple[Accounts, ...]:
    """Draw up to three years of ratios, and what the register of companies adds."""
    rows = [
        Accounts(
            date(year, 12, 31),
            turnover_minor=draw(_maybe(_amounts)),
            result_minor=draw(_maybe(_results)),
            equity_percent=draw(_ratios),
            liquidity_percent=draw(_ratios),
            supplier_days=draw(_ratios),
            confidentiality=draw(st.sampled_from(Confidentiality)),
        )
        for year in draw(st.sets(st.integers(2022, 2025), max_size=3))
    ]
    known = {row.closed_on for row in rows}
    registered = date(draw(st.integers(2022, 2025)), 12, 31)
    if draw(st.booleans()) and registered not in known:
        rows.append(
            Accounts(registered, draw(_amounts), draw(_results), source=SourceName.COMPANIES)
        )
    return tuple(rows)


@st.composite
def records(draw: st.DrawFn) -> OwnRecord:
    """Draw any payer's record."""
    return OwnRecord(
        draw(st.integers(0, 30)),
        draw(_maybe(st.integers(-20, 90))),
        draw(st.integers(-1_000_00, 50_000_00)),
        draw(st.integers(0, 50_000_00)),
        draw(st.integers(0, 120)),
        draw(st.integers(0, 3)),
        draw(st.integers(0, 3)),
        draw(_amounts),
        draw(st.sampled_from(["EUR", "EUR", "EUR", "USD"])),
        TODAY,
    )


@st.composite
def some_events(draw: st.DrawFn, kinds: Any = EventKind) -> tuple[Event, ...]:
    """Draw up to four notices; most are of the kinds that matter least."""
    return tuple(
        Event(
            f"A{number}",
            SIREN,
            draw(st.sampled_from(kinds)),
            draw(_days),
            into=draw(st.sampled_from([None, EventKind.LIQUIDATION, EventKind.REDRESSEMENT])),
        )
        for number in range(draw(st.integers(0, 4)))
    )


@st.composite
def dossiers(draw: st.DrawFn, kinds: Any = EventKind) -> Dossier:
    """Draw all that may be known of a company."""
    return Dossier(
        SIREN,
        company=draw(_maybe(companies())),
        accounts=draw(some_accounts()),
        sector=draw(_maybe(st.just(SECTOR))),
        events=draw(some_events(kinds)),
        outside_grades=tuple(
            OutsideGrade(source, "Coface", "x", draw(_maybe(st.sampled_from(Grade))), draw(_days))
            for source in draw(
                st.lists(st.sampled_from([SourceName.INSURER, SourceName.AGENCY]), max_size=3)
            )
        ),
        cover=draw(
            _maybe(
                st.builds(
                    Cover,
                    st.just("Coface"),
                    st.just("P1"),
                    _amounts,
                    st.integers(0, 100),
                    st.just("EUR"),
                    _maybe(_days),
                    st.just(TODAY),
                )
            )
        ),
        own_record=draw(_maybe(records())),
        flags=draw(st.sampled_from([(), (), (a_flag(),)])),
        sources=tuple(
            SourceAnswer(name, draw(st.sampled_from([SourceState.ANSWERED, *SourceState])))
            for name in REMOTE
        ),
    )


@st.composite
def policies(draw: st.DrawFn) -> SolvencyPolicy:
    """Draw any policy that its document reader accepts."""
    steps: dict[str, Any] = {}
    for name in FactorName:
        bounds = sorted(draw(st.sets(st.integers(-50, 200), min_size=1, max_size=4)))
        points = sorted(
            (draw(st.integers(0, 30)) for _ in bounds),
            reverse=True,
        )
        rising = bounds if name in LOW_IS_GOOD else bounds[::-1]
        steps[name.value] = [list(step) for step in zip(rising, points, strict=True)]
    steps[FactorName.AGE.value] = [[5, 10]]
    best, good, fair = sorted((draw(st.integers(1, 100)) for _ in range(3)), reverse=True)
    amounts = ("starter_minor", "own_risk_minor", "capacity_per_mille", "terms_days")
    falling = {
        name: sorted((draw(st.integers(0, 60)) for _ in range(3)), reverse=True) for name in amounts
    }
    deposits = sorted(draw(st.integers(0, 100)) for _ in range(3))
    classes = {
        grade: {
            **{name: values[rank] * _SCALE.get(name, 1) for name, values in falling.items()},
            "deposit_percent": deposits[rank],
        }
        for rank, grade in enumerate("ABC")
    }
    return solvency_policy_from_document(
        {
            "steps": steps,
            "grades": {"A": best, "B": good, "C": fair},
            "classes": {
                **classes,
                "D": {"deposit_percent": 100},
                "E": {"deposit_percent": 100},
            },
            "deposit_most_percent": draw(st.integers(0, 100)),
        }
    )


_SCALE = {"starter_minor": 100_00, "own_risk_minor": 1_000_00}
