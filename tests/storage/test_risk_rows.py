"""The register of doubtful payers, who follows a company, what insurers and agencies say."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.domain.solvency.dossier import Grade
from bot.domain.solvency.files import CoverRow, GradeRow, LinkRow
from storage import (
    agency_files,
    insurer_covers,
    risk_flags,
    watches,
)
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Company
from tests.storage.company_rows import AFTER, FLAGGED_UNTIL, PARENT, SIREN, SISTER, flag


@pytest.mark.parametrize(
    ("siren", "group", "name"),
    [
        (SIREN, None, ""),
        (SISTER, PARENT, ""),
        (PARENT, None, ""),
        (SISTER, None, "menuiserie roy"),
    ],
)
def test_a_flag_is_found_by_company_group_and_name(
    database: Database, company: Company, siren: str, group: str | None, name: str
) -> None:
    with database.write() as work:
        flag(work.session, company)
        found = risk_flags.list_flags(
            work.session,
            workspace_id=company.workspace_id,
            siren=siren,
            group_siren=group,
            search_name=name,
            today=TUESDAY,
        )
        assert [(line.reason, line.author) for line in found] == [("chèque rejeté", "Fiona")]


def test_an_expired_or_lifted_flag_says_nothing(database: Database, company: Company) -> None:
    def count(session: Session, day: date) -> int:
        return len(
            risk_flags.list_flags(
                session,
                workspace_id=company.workspace_id,
                siren=SIREN,
                group_siren=None,
                search_name="",
                today=day,
            )
        )

    with database.write() as work:
        flag(work.session, company)
        before, later = count(work.session, TUESDAY), count(work.session, date(2027, 6, 1))
        risk_flags.lift_flags(
            work.session, workspace_id=company.workspace_id, siren=SIREN, at=AT_TEN
        )
        assert (before, later, count(work.session, TUESDAY)) == (1, 0, 0)


def test_a_paid_sole_trader_leaves_no_trace_in_the_register(
    database: Database, company: Company
) -> None:
    with database.write() as work:
        flag(work.session, company, person=True)
        flag(work.session, company, siren=SISTER)
        tenant = company.workspace_id
        named = risk_flags.list_persons_flagged(work.session, workspace_id=tenant)
        erased = risk_flags.erase_flags_of_persons(
            work.session, workspace_id=tenant, today=TUESDAY, settled_sirens=named
        )
        kept = work.session.scalar(text("SELECT count(*) FROM risk_flag"))
        assert (named, erased, kept) == ((SIREN,), 1, 1)


@pytest.mark.parametrize(
    ("today", "is_lifted", "erased"),
    [(FLAGGED_UNTIL, False, 0), (FLAGGED_UNTIL, True, 1), (AFTER, False, 1)],
)
def test_a_sole_trader_s_flag_is_erased_once_lifted_or_over(
    database: Database, company: Company, today: date, is_lifted: bool, erased: int
) -> None:
    with database.write() as work:
        tenant = company.workspace_id
        flag(work.session, company, person=True)
        if is_lifted:
            risk_flags.lift_flags(work.session, workspace_id=tenant, siren=SIREN, at=AT_TEN)
        gone = risk_flags.erase_flags_of_persons(work.session, workspace_id=tenant, today=today)
        assert gone == erased


def test_watching_twice_follows_once_and_can_stop(database: Database, company: Company) -> None:
    who = company.anne.person_id
    assert who is not None
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        again = [
            watches.watch(
                session, workspace_id=tenant, siren=SIREN, name="Roy", person_id=who, at=AT_TEN
            )
            for _ in range(2)
        ]
        assert again == [True, False]
        assert watches.list_followed_sirens(session, workspace_id=tenant) == {SIREN}
        assert watches.unwatch(session, workspace_id=tenant, siren=SIREN, person_id=who)
        assert not watches.is_watched(session, workspace_id=tenant, siren=SIREN, person_id=who)


def test_followers_are_the_accounts_then_the_people(database: Database, company: Company) -> None:
    who = company.karim.person_id
    assert who is not None
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        session.execute(text("UPDATE client SET siren = :siren"), {"siren": SIREN})
        watches.watch(
            session, workspace_id=tenant, siren=SIREN, name="Roy", person_id=who, at=AT_TEN
        )
        followers = watches.list_followers(session, workspace_id=tenant, siren=SIREN)
        assert [(one.client_id, one.person_id) for one in followers] == [
            (company.client_id, company.anne.person_id),
            (None, who),
        ]


def test_a_new_insurer_file_replaces_its_policy_only(database: Database, company: Company) -> None:
    def row(policy: str, minor: int, until: date | None = None) -> CoverRow:
        return CoverRow(SIREN, "Assur", policy, minor, 90, "B", "EUR", until)

    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        for rows in ([row("P1", 50_000_00)], [row("P2", 10_000_00)], [row("P1", 5_000_00)]):
            insurer_covers.replace_covers(session, workspace_id=tenant, rows=rows, as_of=TUESDAY)
        cover = insurer_covers.find_cover(session, workspace_id=tenant, siren=SIREN, today=TUESDAY)
        assert cover is not None
        assert (cover.policy, cover.granted_minor, cover.insured_percent) == ("P2", 10_000_00, 90)


def test_a_cover_past_its_date_is_no_cover(database: Database, company: Company) -> None:
    ended = CoverRow(SIREN, "Assur", "P1", 1, 90, "", "EUR", TUESDAY - timedelta(days=1))
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        insurer_covers.replace_covers(session, workspace_id=tenant, rows=[ended], as_of=TUESDAY)
        assert (
            insurer_covers.find_cover(session, workspace_id=tenant, siren=SIREN, today=TUESDAY)
            is None
        )


def test_agencies_and_insurers_grade_a_company(database: Database, company: Company) -> None:
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        for text_, grade in (("9", None), ("4/10", Grade.C)):
            agency_files.replace_grades(
                session,
                workspace_id=tenant,
                rows=[GradeRow(SIREN, "Agence", text_, grade)],
                as_of=TUESDAY,
            )
        covers = [
            CoverRow(SIREN, "Assur", "P1", 1, 90, "b", "EUR", None),
            CoverRow(SIREN, "Assur", "P2", 1, 90, "R3", "EUR", None),
        ]
        insurer_covers.replace_covers(session, workspace_id=tenant, rows=covers, as_of=TUESDAY)
        grades = agency_files.list_grades(session, workspace_id=tenant, siren=SIREN)
        assert sorted((one.text, one.grade) for one in grades if one.grade) == [
            ("4/10", Grade.C),
            ("b", Grade.B),
        ]
        assert [one.text for one in grades if one.grade is None] == ["R3"]


def test_the_largest_holder_is_the_parent(database: Database, company: Company) -> None:
    rows = [LinkRow(SIREN, SISTER, 20, "Agence"), LinkRow(SIREN, PARENT, 80, "Agence")]
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        agency_files.replace_links(session, workspace_id=tenant, rows=rows, as_of=TUESDAY)
        assert agency_files.find_parent(session, workspace_id=tenant, siren=SIREN) == PARENT
        assert agency_files.find_parent(session, workspace_id=tenant, siren=SISTER) is None
