"""What a digest is made of stays inside its own workspace."""

from datetime import date, timedelta

from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import Outcome
from bot.services.follow_ups.service import FollowUpService
from storage import client_files, digests, finance_lists
from storage.ids import new_id
from storage.tables.workspaces import Workspace
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company, a_receipt, an_import

LATER = TUESDAY + timedelta(days=30)


def everything(database: Database, workspace_id: int, owner_id: int | None) -> list[bool]:
    """Say, for each query, whether it finds something in that workspace."""
    owners = None if owner_id is None else [owner_id]
    with database.read() as work:
        s = work.session
        return [
            bool(found)
            for found in (
                digests.list_open_alerts(s, workspace_id=workspace_id, owners=owners),
                digests.list_due_soon(
                    s,
                    workspace_id=workspace_id,
                    owners=owners,
                    after=date(2026, 1, 1),
                    until=LATER,
                    least_minor=1,
                    currency="EUR",
                    late_days=0,
                ),
                digests.list_promised(s, workspace_id=workspace_id, owners=owners, until=LATER),
                finance_lists.list_small_items(
                    s,
                    workspace_id=workspace_id,
                    today=TUESDAY,
                    below_minor=99_999_99,
                    currency="EUR",
                ),
                finance_lists.list_other_currencies(
                    s, workspace_id=workspace_id, today=TUESDAY, known=("CHF",)
                ),
            )
        ]


def filled(database: Database) -> Company:
    company = a_company(database)
    an_import(database, company, as_of=TUESDAY)
    a_receipt(database, company, minor=100, on=TUESDAY)
    FollowUpService(database, Clock()).record(
        company.anne,
        FollowUpForm(
            key="k1",
            client_id=company.client_id,
            outcome=Outcome.PROMISES,
            amount_minor=500,
            promised_on=TUESDAY,
        ),
    )
    return company


def an_empty_workspace(database: Database) -> int:
    id = new_id()
    with database.write() as work:
        work.session.add(Workspace(id=id, created_at=AT_TEN))
        work.commit()
    return id


def test_a_workspace_finds_its_own(database: Database) -> None:
    company = filled(database)
    assert all(everything(database, company.workspace_id, company.anne.person_id))
    assert all(everything(database, company.workspace_id, None))


def test_another_workspace_finds_nothing(database: Database) -> None:
    company = filled(database)
    other = an_empty_workspace(database)
    assert not any(everything(database, other, None))
    assert not any(everything(database, other, company.anne.person_id))


def test_the_rest_of_a_morning_is_its_workspaces_too(database: Database) -> None:
    company = filled(database)
    service = FollowUpService(database, Clock())
    dispute = FollowUpForm(
        key="k2", client_id=company.client_id, outcome=Outcome.DISPUTES, reason="rayures"
    )
    service.record(company.anne, dispute)
    service.judge_promises(company.workspace_id, LATER, AT_TEN)
    for workspace_id, expected in (
        (company.workspace_id, True),
        (an_empty_workspace(database), False),
    ):
        with database.read() as work:
            broken = finance_lists.list_broken(
                work.session, workspace_id=workspace_id, since=AT_TEN - timedelta(days=1)
            )
            contested = finance_lists.list_disputed(work.session, workspace_id=workspace_id)
            team = client_files.list_finance(work.session, workspace_id=workspace_id)
        assert [bool(broken), bool(contested), bool(team)] == [expected] * 3
