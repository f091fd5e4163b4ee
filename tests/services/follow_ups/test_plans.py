"""A promise paid in several times, from its form to its last payment."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.follow_ups import FollowUpForm, InvalidForm
from bot.domain.instalments import Instalment, TypedInstalment
from bot.domain.lifecycle import AlertState, Outcome, PromiseState
from bot.domain.reliability import Reliability
from bot.services.alerts.views import alert_view
from bot.services.follow_ups.forms import FormService
from bot.services.follow_ups.service import FollowUpService
from bot.services.follow_ups.views import alert_event_view
from storage import events, promises
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company, a_receipt
from tests.services.outbox import alert_of

FIRST, SECOND = date(2026, 11, 30), date(2026, 12, 30)
AFTER_FIRST = date(2026, 12, 3)


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def service(database: Database) -> FollowUpService:
    return FollowUpService(database, Clock())


def a_plan(company: Company, second: str = "3000") -> FollowUpForm:
    return FollowUpForm(
        key="k1",
        client_id=company.client_id,
        outcome=Outcome.PROMISES,
        amount_text="5 000",
        instalments=(
            TypedInstalment("a1", "d1", "2000", FIRST),
            TypedInstalment("a2", "d2", second, SECOND),
        ),
        text="en deux fois",
    )


def the_promise(database: Database, company: Company) -> promises.PromiseLine:
    with database.read() as work:
        (found,) = promises.list_promises(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    return found


def kinds_of(database: Database, company: Company) -> list[str]:
    with database.read() as work:
        found = events.list_events(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    return [one.kind for one in reversed(found)]


def judge(service: FollowUpService, company: Company, day: date) -> None:
    service.judge_promises(company.workspace_id, day, AT_TEN)


def test_a_plan_is_kept_whole_and_waits_for_its_first_payment(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_plan(company))
    made = the_promise(database, company)
    assert (made.minor, made.due_on) == (5_000_00, FIRST)
    assert made.plan == (Instalment(2_000_00, FIRST), Instalment(3_000_00, SECOND))


def test_payments_that_do_not_add_up_are_refused_at_the_last_one(
    company: Company, service: FollowUpService
) -> None:
    with pytest.raises(InvalidForm) as refused:
        service.record(company.anne, a_plan(company, second="2500"))
    assert list(refused.value.errors) == ["a2"]


def test_an_unreadable_total_is_said_once_at_its_own_field(
    company: Company, service: FollowUpService
) -> None:
    with pytest.raises(InvalidForm) as refused:
        service.record(company.anne, replace(a_plan(company), amount_text="beaucoup"))
    assert list(refused.value.errors) == ["amount"]


def test_a_payment_received_moves_the_alert_to_the_next_one(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_plan(company))
    a_receipt(database, company, on=FIRST, minor=2_000_00)
    judge(service, company, AFTER_FIRST)
    alert = alert_of(database, company)
    assert (alert.state, alert.state_ends_on) == (AlertState.PROMISED, SECOND)
    assert alert.window_suspended_until == SECOND
    assert the_promise(database, company).due_on == SECOND


def test_a_payment_received_is_said_once(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_plan(company))
    a_receipt(database, company, on=FIRST, minor=2_000_00)
    for _ in range(2):
        judge(service, company, AFTER_FIRST)
    told = [kind for kind in kinds_of(database, company) if kind != "window_stopped"]
    assert told == ["promised", "instalment_paid"]


def test_the_first_payment_missed_breaks_the_plan_and_names_it(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_plan(company))
    judge(service, company, AFTER_FIRST)
    with database.read() as work:
        broken = events.list_events(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id, limit=1
        )[0]
        said = alert_event_view(work.session, workspace_id=company.workspace_id, event_id=broken.id)
    assert the_promise(database, company).state is PromiseState.BROKEN
    assert said is not None
    assert (said.part, said.parts, said.minor) == (1, 2, 2_000_00)


def test_an_alert_after_a_broken_promise_says_it_instead_of_the_old_note(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_plan(company))
    judge(service, company, AFTER_FIRST)
    with database.read() as work:
        view = alert_view(
            work.session,
            workspace_id=company.workspace_id,
            alert_id=company.alert_id,
            today=AFTER_FIRST,
        )
    assert view is not None
    assert view.unkept is not None
    assert view.unkept.state is PromiseState.BROKEN


def test_what_came_too_late_counts_where_the_next_promise_is_typed(
    database: Database, company: Company, service: FollowUpService
) -> None:
    form = replace(
        a_plan(company), instalments=(), promised_on=FIRST, contact_name="Mme Roy", amount_text="50"
    )
    service.record(company.anne, form)
    judge(service, company, AFTER_FIRST)
    a_receipt(database, company, on=date(2026, 12, 5), minor=50_00)
    judge(service, company, date(2026, 12, 7))
    about = FormService(database).client_form(company.anne, company.client_id, today=TUESDAY)
    late = Reliability(kept=0, judged=1, late_days=5)
    assert (about.of_client, about.of_author) == (late, late)
    assert about.of_contacts == (("Mme Roy", late),)
