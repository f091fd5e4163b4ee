"""What is kept about selling to a company: requests, flags, watches, cover, ratings, records."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.domain.lifecycle import SolvencyRequestState
from bot.domain.solvency.dossier import Grade
from bot.domain.solvency.files import CoverRow, GradeRow, LinkRow
from storage import (
    agency_files,
    company_lists,
    company_ratings,
    insurer_covers,
    own_records,
    risk_flags,
    solvency_requests,
    watches,
)
from storage.company_ratings import Rated
from storage.solvency_requests import Answer
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Company, a_company

SIREN, SISTER, PARENT = "552032534", "428268023", "732829320"
GRANT = Answer(SolvencyRequestState.GRANTED, "acompte de 30 %", 9_000_00, "30", TUESDAY)
FLAGGED_UNTIL = TUESDAY + timedelta(days=90)
AFTER = FLAGGED_UNTIL + timedelta(days=1)


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


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


def test_a_request_sent_twice_is_kept_once(database: Database, company: Company) -> None:
    with database.write() as work:
        assert ask(work.session, company) is not None
        assert ask(work.session, company) is None


def test_a_question_is_sealed_at_rest_and_read_open(database: Database, company: Company) -> None:
    with database.write() as work:
        id = ask(work.session, company)
        assert id is not None
        at_rest = work.session.scalar(text("SELECT question_sealed FROM solvency_request"))
        line = solvency_requests.get_request(work.session, workspace_id=company.workspace_id, id=id)
        assert line is not None
        assert "vendre" not in str(at_rest)
        assert line.question == "Puis-je vendre ?"


def test_a_decided_request_keeps_its_first_answer(database: Database, company: Company) -> None:
    with database.write() as work:
        id = grant(work.session, company)
        again = solvency_requests.answer_request(
            work.session,
            workspace_id=company.workspace_id,
            id=id,
            answer=Answer(SolvencyRequestState.REFUSED, "non"),
            by_id=company.fiona.person_id,
            at=AT_TEN,
        )
        line = solvency_requests.get_request(work.session, workspace_id=company.workspace_id, id=id)
        assert not again
        assert line is not None
        assert (line.state, line.words) == (SolvencyRequestState.GRANTED, "acompte de 30 %")


def test_a_grant_holds_on_its_last_day_and_not_after(database: Database, company: Company) -> None:
    with database.write() as work:
        id = grant(work.session, company)
        found = [
            solvency_requests.find_grant(
                work.session, workspace_id=company.workspace_id, siren=SIREN, today=day
            )
            for day in (TUESDAY, TUESDAY + timedelta(days=1))
        ]
        assert [line.id if line else None for line in found] == [id, None]


def test_a_grant_past_its_day_expires_once(database: Database, company: Company) -> None:
    tomorrow = TUESDAY + timedelta(days=1)
    with database.write() as work:
        id = grant(work.session, company)
        tenant = company.workspace_id
        assert solvency_requests.expire_grants(
            work.session, workspace_id=tenant, today=tomorrow
        ) == (id,)
        assert (
            solvency_requests.expire_grants(work.session, workspace_id=tenant, today=tomorrow) == ()
        )


def test_requests_are_listed_by_state(database: Database, company: Company) -> None:
    with database.write() as work:
        grant(work.session, company)
        ask(work.session, company, "another")
        open_ones = solvency_requests.list_requests(
            work.session, workspace_id=company.workspace_id, state=SolvencyRequestState.OPEN
        )
        by_key = solvency_requests.find_request(
            work.session, workspace_id=company.workspace_id, key="another"
        )
        assert [line.id for line in open_ones] == [by_key.id if by_key else None]


def test_a_posted_request_remembers_where(database: Database, company: Company) -> None:
    with database.write() as work:
        id = grant(work.session, company)
        solvency_requests.mark_posted(
            work.session, workspace_id=company.workspace_id, id=id, channel="CFINANCE", ts="1.2"
        )
        line = solvency_requests.get_request(work.session, workspace_id=company.workspace_id, id=id)
        assert line is not None
        assert (line.channel, line.ts) == ("CFINANCE", "1.2")


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


def test_a_new_rating_keeps_what_people_decided(database: Database, company: Company) -> None:
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        company_ratings.save_rating(session, workspace_id=tenant, rated=rated())
        company_ratings.mark_prospect(
            session, workspace_id=tenant, siren=SIREN, owner_id=company.anne.person_id
        )
        company_ratings.mark_prospect(session, workspace_id=tenant, siren=SIREN, owner_id=None)
        company_ratings.set_priority(
            session, workspace_id=tenant, siren=SIREN, priority=1, by_id=None
        )
        company_lists.say_usage(session, workspace_id=tenant, siren=SIREN, percent=70, on=TUESDAY)
        company_ratings.save_rating(session, workspace_id=tenant, rated=rated(rating="C"))
        session.expire_all()
        line = company_ratings.find_rating(session, workspace_id=tenant, siren=SIREN)
        assert line is not None
        assert (line.rating, line.priority, line.usage_said) == ("C", 1, 70)
        assert line.owner_id == company.anne.person_id


def test_prospects_come_by_priority_and_are_ones_own(database: Database, company: Company) -> None:
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        owners = {SIREN: None, SISTER: company.anne.person_id, PARENT: company.karim.person_id}
        for siren, owner in owners.items():
            company_ratings.save_rating(session, workspace_id=tenant, rated=rated(siren))
            company_ratings.mark_prospect(session, workspace_id=tenant, siren=siren, owner_id=owner)
        company_ratings.set_priority(
            session, workspace_id=tenant, siren=SISTER, priority=1, by_id=None
        )
        session.expire_all()
        assert company.anne.person_id is not None
        own = company_ratings.list_prospects(
            session, workspace_id=tenant, owners=[company.anne.person_id]
        )
        assert [line.siren for line in own] == [SISTER, SIREN]
        assert len(company_ratings.list_prospects(session, workspace_id=tenant)) == 3


def test_a_list_does_not_change_a_priority_set_by_hand(
    database: Database, company: Company
) -> None:
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        company_ratings.save_rating(session, workspace_id=tenant, rated=rated())

        def listed(priority: int) -> int:
            company_ratings.mark_prospect(
                session, workspace_id=tenant, siren=SIREN, owner_id=None, priority=priority
            )
            session.expire_all()
            line = company_ratings.find_rating(session, workspace_id=tenant, siren=SIREN)
            return line.priority if line else -1

        before = [listed(3), listed(2)]
        company_ratings.set_priority(
            session, workspace_id=tenant, siren=SIREN, priority=0, by_id=company.nadia.person_id
        )
        assert (before, listed(2)) == ([3, 2], 0)


def test_reviews_due_and_the_export_name_the_client(database: Database, company: Company) -> None:
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        session.execute(text("UPDATE client SET siren = :siren"), {"siren": SIREN})
        company_ratings.save_rating(session, workspace_id=tenant, rated=rated(review=TUESDAY))
        company_ratings.save_rating(session, workspace_id=tenant, rated=rated(SISTER))
        due = company_lists.list_reviews(
            session, workspace_id=tenant, after=date.min, until=TUESDAY
        )
        exported = company_ratings.list_export(session, workspace_id=tenant)
        assert [line.client for line in due] == ["Menuiserie Roy"]
        assert [(code, line.siren) for code, line in exported] == [
            (None, SISTER),
            ("C0412", SIREN),
        ]


def test_our_own_record_sums_the_accounts_of_a_siren(database: Database, company: Company) -> None:
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        session.execute(text("UPDATE client SET siren = :siren"), {"siren": SIREN})
        record = own_records.find_own_record(
            session, workspace_id=tenant, siren=SIREN, today=TUESDAY
        )
        assert record is not None
        assert (record.open_minor, record.overdue_minor) == (12_480_00, 12_480_00)
        assert (record.oldest_overdue_days, record.monthly_sales_minor) == (31, 1_040_00)


def test_a_company_we_never_sold_to_has_no_record(database: Database, company: Company) -> None:
    with database.read() as work:
        assert (
            own_records.find_own_record(
                work.session, workspace_id=company.workspace_id, siren=SISTER, today=TUESDAY
            )
            is None
        )


def test_a_promise_counts_in_the_record_of_its_client(database: Database, company: Company) -> None:
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        session.execute(text("UPDATE client SET siren = :siren"), {"siren": SIREN})
        record = own_records.find_own_record(
            session, workspace_id=tenant, siren=SIREN, today=TUESDAY
        )
        assert record is not None
        assert (record.promises_kept, record.promises_broken, record.paid_count) == (0, 0, 0)
