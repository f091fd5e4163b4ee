"""Ratings kept from run to run, reviews due, and our own record of a company."""

from datetime import date

from sqlalchemy import text

from storage import (
    company_lists,
    company_ratings,
    own_records,
)
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Company
from tests.storage.company_rows import PARENT, SIREN, SISTER, rated


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
        assert [(line.code, line.rated.siren) for line in exported] == [
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
