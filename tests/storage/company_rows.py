"""A company asked about, granted, flagged and rated, as rows."""

from datetime import date, timedelta

from sqlmodel import Session

from bot.domain.lifecycle import SolvencyRequestState
from storage import (
    risk_flags,
    solvency_requests,
)
from storage.company_ratings import Rated
from storage.solvency_requests import Answer
from tests.follow_up_rows import AT_TEN, TUESDAY, Company

SIREN, SISTER, PARENT = "552032534", "428268023", "732829320"
GRANT = Answer(SolvencyRequestState.GRANTED, "acompte de 30 %", 9_000_00, "30", TUESDAY)
FLAGGED_UNTIL = TUESDAY + timedelta(days=90)
AFTER = FLAGGED_UNTIL + timedelta(days=1)


def ask(session: Session, company: Company, key: str = "ask") -> int | None:
    return solvency_requests.add_request(
        session,
        workspace_id=company.workspace_id,
        key=key,
        siren=SIREN,
        name="Menuiserie Roy",
        client_id=company.client_id,
        by_id=company.anne.person_id,
        order_minor=12_000_00,
        currency="EUR",
        question="Puis-je vendre ?",
        shown={"rating": "C"},
        at=AT_TEN,
    )


def grant(session: Session, company: Company) -> int:
    id = ask(session, company)
    assert id is not None
    solvency_requests.answer_request(
        session,
        workspace_id=company.workspace_id,
        id=id,
        answer=GRANT,
        by_id=company.fiona.person_id,
        at=AT_TEN,
    )
    return id


def flag(session: Session, company: Company, *, siren: str = SIREN, person: bool = False) -> int:
    return risk_flags.add_flag(
        session,
        workspace_id=company.workspace_id,
        siren=siren,
        name="Menuiserie Roy",
        search_name="menuiserie roy",
        group_siren=PARENT,
        is_person=person,
        reason="chèque rejeté",
        by_id=company.fiona.person_id,
        flagged_on=TUESDAY,
        expires_on=FLAGGED_UNTIL,
    )


def rated(siren: str = SIREN, rating: str = "B", review: date | None = None) -> Rated:
    return Rated(
        siren=siren,
        name="Roy",
        town="Lyon",
        rating=rating,
        confidence=80,
        verdict="sell",
        terms_days=30,
        limit_minor=10_000_00,
        currency="EUR",
        flags="",
        review_on=review,
        as_of=AT_TEN,
    )
