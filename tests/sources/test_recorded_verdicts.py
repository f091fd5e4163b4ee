"""The recorded companies, read and judged: each with the verdict it must have, and why."""

from datetime import date
from typing import Any

import pytest

from bot.domain.solvency.dossier import (
    Accounts,
    Company,
    CompanyState,
    Dossier,
    Event,
    SourceAnswer,
    SourceName,
    SourceState,
)
from bot.domain.solvency.notice_history import standing_events
from bot.domain.solvency.verdict import Assessment, decide
from bot.domain.solvency.weights import DEFAULT
from bot.sources.companies import read_unit
from bot.sources.found import rows
from bot.sources.notices import read_record
from bot.sources.ratios import read_accounts
from tests.sources.recorded import needs_recordings, recorded

pytestmark = needs_recordings
TODAY = date(2026, 11, 24)
ANSWERED = tuple(
    SourceAnswer(name, SourceState.ANSWERED, TODAY)
    for name in (SourceName.COMPANIES, SourceName.NOTICES, SourceName.RATIOS)
)


def registered(siren: str, file: str = "") -> tuple[Company, tuple[Accounts, ...]]:
    """Return a company and its figures as the register had them."""
    document = recorded(f"recherche-entreprises/search-{file or siren}.json")
    unit = next(unit for unit in document["results"] if unit["siren"] == siren)
    read = read_unit(unit)
    assert read is not None
    return read.company, read.accounts


def published(file: str, siren: str) -> tuple[Event, ...]:
    """Return the events of a recorded answer of BODACC."""
    records = rows(recorded(f"bodacc/{file}.json")) or []
    return standing_events(reading for row in records for reading in read_record(row, {siren}))


def judged(siren: str, file: str = "", **more: Any) -> Assessment:
    company, figures = registered(siren, file)
    facts = {"company": company, "accounts": figures, "sources": ANSWERED, **more}
    return decide(Dossier(siren, **facts), None, DEFAULT, TODAY)


def reason(found: Assessment) -> str:
    """Return the worst rule that holds, else all that is known: the points come from no more."""
    known = " ".join(factor.name.value for factor in found.factors)
    return found.alarms[0].rule.value if found.alarms else known


@pytest.mark.parametrize(
    ("siren", "file", "rating", "verdict", "why"),
    [
        ("842019051", "", "E", "do_not_sell", "ceased"),
        ("880878145", "", "E", "do_not_sell", "ceased"),
        ("883010316", "", "E", "ask_finance", "ceased"),  # a sole trader is never refused
        ("300025764", "", "D", "ask_finance", "age sector"),  # masked: nothing more is known
        ("510973431", "Ganymede", "D", "ask_finance", "age sector"),  # a homonym without accounts
        ("487444697", "", "D", "ask_finance", "age size sector"),  # its accounts are hidden
        ("533744991", "", "C", "conditions", "result age size filing sector"),  # a profit
        ("356000000", "", "C", "conditions", "result age size filing sector"),
    ],
)
def test_a_recorded_company_has_its_verdict(
    siren: str, file: str, rating: str, verdict: str, why: str
) -> None:
    found = judged(siren, file)
    assert (found.rating, found.verdict, reason(found)) == (rating, verdict, why)


def test_a_company_struck_off_is_not_sold_to() -> None:
    events = published("ods-v1_bodacc_880878145_radiation", "880878145")
    company = Company("880878145", "", CompanyState.ACTIVE, legal_form="5710")
    found = decide(
        Dossier("880878145", company=company, events=events, sources=ANSWERED),
        None,
        DEFAULT,
        TODAY,
    )
    assert (found.rating, found.alarms[0].rule) == ("E", "struck_off")


def test_a_liquidation_hidden_in_the_text_is_an_e_with_its_claim_deadline() -> None:
    events = published("v21_933407314_liquidation_generic_nature", "933407314")
    company = Company("933407314", "", CompanyState.ACTIVE, legal_form="5710")
    found = decide(
        Dossier("933407314", company=company, events=events, sources=ANSWERED),
        None,
        DEFAULT,
        TODAY,
    )
    assert (found.rating, found.verdict) == ("E", "do_not_sell")
    assert date(2026, 12, 7) in [line.deadline for line in found.events]


def test_accounts_filed_in_confidence_give_a_point_and_no_more() -> None:
    events = published("v21_752461681_dpc_confidential", "752461681")
    found = decide(Dossier("752461681", events=events, sources=ANSWERED), None, DEFAULT, TODAY)
    assert [(factor.name, factor.points) for factor in found.factors] == [("filing", 1)]


def test_old_public_accounts_are_read_with_less_confidence() -> None:
    records = rows(recorded("ratios/ods-v1_ratios_552032534.json")) or []
    found = judged("552032534", accounts=read_accounts(records, "552032534"))
    names = {factor.name for factor in found.factors}
    assert {"equity", "liquidity"} <= names
    assert (found.rating, found.verdict) == ("C", "conditions")
