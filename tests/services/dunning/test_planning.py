"""Steps are planned once a day whatever runs, from the day's facts, on both engines."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage import steps
from storage.unit_of_work import Database
from tests.services.dunning.company import TUESDAY, Company

WEDNESDAY = TUESDAY + timedelta(days=1)
THURSDAY = TUESDAY + timedelta(days=2)
NEXT_MONDAY = TUESDAY + timedelta(days=6)


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


def test_a_client_whose_day_has_come_gets_its_step(company: Company) -> None:
    client = company.debtor(5)
    assert company.plan() == {"goodcop": 1}
    assert company.steps(client) == [("reminder_1", "drafted")]


def test_planning_twice_a_day_is_planning_once(company: Company) -> None:
    client = company.debtor(5)
    company.plan()
    assert company.plan() == {}
    assert company.plan(everything=True) == {}
    assert len(company.steps(client)) == 1


def test_twenty_two_runs_in_a_day_make_one_reminder(company: Company) -> None:
    client = company.debtor(60)
    for _ in range(22):
        company.plan(everything=True)
    assert company.steps(client) == [("reminder_1", "drafted")]


def test_a_day_later_only_those_whose_day_has_come_are_read(company: Company) -> None:
    company.debtor(5)
    thursdays, later = company.debtor(0), company.debtor(-30)
    company.plan()
    report = company.service.plan(
        company.workspace_id, today=WEDNESDAY, now=company.clock() + timedelta(days=1)
    )
    assert report.judged < 3
    assert company.steps(thursdays) == company.steps(later) == []
    assert company.plan(THURSDAY) == {"goodcop": 1}
    assert company.steps(thursdays) == [("reminder_1", "drafted")]


def test_runs_missed_for_days_are_made_up_for_once(company: Company) -> None:
    client = company.debtor(1)
    company.plan()
    company.fresh(NEXT_MONDAY)
    company.plan(NEXT_MONDAY)
    assert company.steps(client) == [("reminder_1", "drafted")]


def test_a_client_file_brings_every_debtor_back(company: Company) -> None:
    client = company.debtor(-40)
    company.plan()
    company.owe(client, 9)
    company.books.import_run(kind="clients", applied_at=company.clock() + timedelta(hours=1))
    assert company.plan(WEDNESDAY) == {"goodcop": 1}


def test_a_draft_is_cancelled_when_the_books_say_paid(company: Company) -> None:
    client = company.debtor()
    item = company.owe(client, 5)
    company.plan()
    company.books.change("open_item", item, open_minor=0)
    company.plan(WEDNESDAY, everything=True)
    assert company.steps(client) == [("reminder_1", "cancelled")]


def test_a_payment_that_bounces_brings_the_same_step_back(company: Company) -> None:
    client = company.debtor()
    item = company.owe(client, 5)
    company.plan()
    company.books.change("open_item", item, open_minor=0)
    company.plan(WEDNESDAY, everything=True)
    company.books.change("open_item", item, open_minor=100_000)
    assert company.plan(THURSDAY, everything=True) == {"goodcop": 1}
    assert company.steps(client) == [("reminder_1", "drafted")]


def test_a_call_nobody_made_is_overtaken_by_the_next_step(company: Company) -> None:
    client = company.debtor(60)
    step = company.books.add(
        "step",
        **{"client_id": client, "episode": 1, "step_key": "call", "profile": "new", "level": 2},
        **{"offset_days": 7, "actor": "sales", "channel": "call", "tone": "friendly"},
        **{"mode": "automatic", "state": "due", "item_ids": [], "totals": {}},
        **{"planned_on": TUESDAY - timedelta(days=9)},
        **{"made_at": company.clock(), "changed_at": company.clock()},
    )
    first = company.owe(client, 70)
    company.books.change("step", step, item_ids=[first])
    company.plan()
    assert company.steps(client) == [("call", "overtaken"), ("reminder_2", "drafted")]


def test_a_promise_pauses_its_client_until_it_is_broken(company: Company) -> None:
    client = company.debtor(5)
    promise = company.books.add(
        "promise",
        **{"client_id": client, "key": "p", "minor": 100_000, "currency": "EUR"},
        **{"due_on": WEDNESDAY, "made_on": TUESDAY},
    )
    assert company.plan() == {}
    broken_at = company.clock() + timedelta(hours=30)
    company.books.change("promise", promise, state="broken", judged_at=broken_at)
    assert company.plan(THURSDAY) == {"goodcop": 1}


def test_a_dispute_keeps_its_items_out_and_the_others_in(company: Company) -> None:
    client = company.debtor()
    contested, plain = company.owe(client, 30), company.owe(client, 6)
    company.books.add(
        "dispute",
        **{"client_id": client, "key": "d", "open_item_ids": [contested], "minor": 100_000},
        **{"currency": "EUR", "due_on": TUESDAY, "opened_at": company.clock()},
    )
    company.plan()
    with company.database.read() as uow:
        [line] = steps.list_waiting(uow.session, workspace_id=company.workspace_id)
    assert line.item_ids == (plain,)


def test_a_proceeding_stops_every_reminder(company: Company) -> None:
    client = company.debtor(60)
    company.books.add(
        "hold",
        **{"client_id": client, "key": "h", "kind": "proceeding"},
        **{"until_on": date.max, "made_at": company.clock()},
    )
    assert company.plan() == {}


def test_a_pause_that_a_slow_run_wrote_after_the_planning_began_is_seen_by_the_next(
    company: Company,
) -> None:
    client = company.debtor(5)
    company.plan()
    company.clock.hour = 12
    company.plan()
    company.books.add(
        "hold",
        **{"client_id": client, "key": "h", "kind": "proceeding", "until_on": date.max},
        made_at=company.clock() - timedelta(minutes=20),
    )
    company.plan(WEDNESDAY)
    assert company.steps(client) == [("reminder_1", "cancelled")]


def test_credits_nobody_matched_are_netted(company: Company) -> None:
    client = company.debtor(5)
    company.owe(client, 3, -400)
    company.books.balance(client, 0, unattributed_minor=-600_00)
    assert company.plan() == {}


def test_nothing_is_planned_while_books_are_behind(company: Company) -> None:
    company.debtor(5)
    company.plan(TUESDAY - timedelta(days=1))
    assert company.plan(TUESDAY + timedelta(days=10), everything=True) == {}


def test_nothing_is_planned_before_alerts_are_on(company: Company) -> None:
    company.debtor(5)
    company.books.change("workspace", company.workspace_id, activated_at=None)
    assert company.plan() == {}


def test_only_the_clients_of_people_whose_alerts_are_on_are_planned(company: Company) -> None:
    karim = company.books.person("Karim", activated_at=datetime(2026, 11, 2, tzinfo=UTC))
    company.books.change("workspace", company.workspace_id, activated_at=None)
    waits, mine = company.debtor(5), company.debtor(5, owner_id=karim)
    company.plan()
    assert company.steps(waits) == []
    assert len(company.steps(mine)) == 1


def test_no_client_of_another_workspace_is_planned(company: Company, database: Database) -> None:
    other = Company(database)
    client = other.debtor(5)
    company.plan()
    assert other.steps(client) == []
