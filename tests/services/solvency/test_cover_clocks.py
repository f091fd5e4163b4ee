"""Insurers' clocks reach the account and the alerts; a cover taken away alarms until it is back."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.solvency.cover import CoverStep, CoverTerms
from bot.domain.solvency.weights import SolvencyPolicy
from bot.domain.told import Told
from bot.rendering.card_views import BalanceView
from bot.services.handovers.views import client_account
from bot.services.solvency.company_files import CompanyFileService
from bot.services.solvency.cover_clocks import CoverService
from bot.services.workspaces.policies import PolicyService
from storage.standings import list_standings
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company
from tests.services.drawing import draw, words

SIREN = "552032534"
TERMS = CoverTerms("Assur", "P1", 60, 30, 45)  # F1 of 24 September: declare it by 23 December
LAST = date(2026, 12, 23)


@pytest.fixture
def company(database: Database, tmp_path: Path) -> Company:
    """A client insured under a policy whose deadlines are known."""
    made = a_company(database)
    with database.write() as work:
        work.session.execute(text("UPDATE client SET siren = :siren"), {"siren": SIREN})
        work.commit()
    policies = PolicyService(database, Clock())
    document = policies.show(made.workspace_id)
    document["solvency"] = SolvencyPolicy(cover_terms=(TERMS,)).to_document()
    policies.set(made.workspace_id, document, by="test")
    insure(database, made, tmp_path, 15_000)
    return made


def insure(database: Database, company: Company, folder: Path, amount: int) -> None:
    path = folder / "assureur.csv"
    path.write_text(
        f"siren,insurer,policy,granted_amount\n{SIREN},Assur,P1,{amount}\n", encoding="utf-8"
    )
    CompanyFileService(database, Clock()).import_file(company.workspace_id, path, today=TUESDAY)


def refresh(database: Database, company: Company, today: date) -> None:
    CoverService(database, Clock()).refresh(company.workspace_id, today)


def account(database: Database, company: Company) -> BalanceView:
    with database.read() as work:
        view = client_account(work.session, company.workspace_id, company.client_id, TUESDAY)
    assert view is not None
    return view


def is_alarmed(database: Database, company: Company) -> bool:
    with database.read() as work:
        found, _ = list_standings(work.session, workspace_id=company.workspace_id)
    return found[company.client_id].cover_lost


def test_the_account_says_until_when_it_is_covered(database: Database, company: Company) -> None:
    cover = account(database, company).cover
    assert cover is not None
    assert (cover.step, cover.covered_until) == (CoverStep.DECLARE, LAST)


@pytest.mark.parametrize(
    ("today", "alarmed"),
    [(LAST - timedelta(days=11), False), (LAST - timedelta(days=10), True), (LAST, True)],
)
def test_the_rule_fires_ten_days_before(
    database: Database, company: Company, today: date, alarmed: bool
) -> None:
    refresh(database, company, today)
    assert is_alarmed(database, company) is alarmed


def test_what_is_declared_runs_to_the_next_deadline(database: Database, company: Company) -> None:
    service = CoverService(database, Clock())
    service.declare(company.fiona, company.client_id, today=TUESDAY)
    cover = account(database, company).cover
    assert cover is not None
    assert (cover.step, cover.covered_until) == (
        CoverStep.INTERVENTION,
        LAST + timedelta(days=45),
    )


def test_only_finance_declares(database: Database, company: Company) -> None:
    with pytest.raises(NotAllowed):
        CoverService(database, Clock()).declare(company.anne, company.client_id, today=TUESDAY)


def test_nothing_is_declared_where_no_clock_runs(database: Database, company: Company) -> None:
    with pytest.raises(NotFound):
        CoverService(database, Clock()).declare(company.fiona, 1, today=TUESDAY)


def test_a_cover_taken_away_alarms_until_it_is_back(
    database: Database, company: Company, tmp_path: Path
) -> None:
    insure(database, company, tmp_path, 0)
    refresh(database, company, TUESDAY)
    cover: Any = account(database, company).cover
    assert (cover.step, is_alarmed(database, company)) == (CoverStep.CANCELLED, True)
    insure(database, company, tmp_path, 9_000)
    assert is_alarmed(database, company) is False


def activated(database: Database) -> None:
    """Turn alerts on, and give finance a channel."""
    with database.write() as work:
        work.session.execute(text("UPDATE workspace SET finance_channel = 'CFINANCE'"))
        work.commit()


def told(database: Database) -> list[tuple[Any, ...]]:
    query = "SELECT channel, pierces, next_attempt_at FROM message WHERE kind = 'cover_lost'"
    with database.read() as work:
        return [tuple(row) for row in work.session.execute(text(query))]


def test_finance_is_told_once_when_a_cover_is_lost(
    database: Database, company: Company, tmp_path: Path
) -> None:
    activated(database)
    insure(database, company, tmp_path, 0)
    refresh(database, company, TUESDAY)
    assert [(channel, bool(pierces)) for channel, pierces, _ in told(database)] == [
        ("CFINANCE", True)
    ]


def test_finance_is_told_when_a_cover_runs_out(database: Database, company: Company) -> None:
    activated(database)
    refresh(database, company, LAST - timedelta(days=10))
    assert len(told(database)) == 1


def test_a_cover_far_from_its_end_tells_nothing(database: Database, company: Company) -> None:
    activated(database)
    refresh(database, company, LAST - timedelta(days=11))
    assert told(database) == []


def test_a_client_that_owes_nothing_is_not_told(
    database: Database, company: Company, tmp_path: Path
) -> None:
    activated(database)
    with database.write() as work:
        work.session.execute(text("UPDATE open_item SET open_minor = 0"))
        work.commit()
    insure(database, company, tmp_path, 0)
    assert told(database) == []


def test_what_is_told_is_what_still_holds_when_it_leaves(
    database: Database, company: Company, tmp_path: Path
) -> None:
    insure(database, company, tmp_path, 0)
    books = Books(database, company.workspace_id, company.entity_id)
    body = {"client_ids": [company.client_id]}
    lost = words(draw(books, Told.COVER_LOST, body, now=AT_TEN))
    insure(database, company, tmp_path, 15_000)
    after = draw(books, Told.COVER_LOST, body, now=AT_TEN)
    assert ("Menuiserie Roy : garantie perdue" in lost, after) == (True, None)
