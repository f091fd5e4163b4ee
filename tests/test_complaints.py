"""What users of other systems complain of, and must not find here: one test each.

Numbers are those of the list in the product's domain page. What a room's own tests protect is
named in `ELSEWHERE` and not written twice. Not ours: 8 (books hold only what was posted), 20.
"""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.actors import Actor
from bot.domain.lifecycle import Role
from bot.domain.profiles import Profile
from bot.outlets.smtp import Letter, MailServer
from bot.services.dunning.room import dunning_room
from bot.services.lookups.service import LookupService
from bot.services.mail.service import MailService
from bot.services.mail_kinds import MAIL_KINDS
from storage.unit_of_work import Database
from tests.services.dunning.company import TUESDAY, Company

ELSEWHERE = {
    "2 warned before the sales effort": (
        "domain/solvency/test_verdict.py::test_an_order_is_set_against_a_prospects_limit_of_5000"
    ),
    "3, 4 what stops is told to who decides": (
        "services/handovers/test_handovers.py"
        "::test_offering_a_file_tells_finance_edits_the_alert_and_writes_its_thread"
    ),
    "6, 35 a pause has an author, a reason and an end": (
        "services/dunning/test_holds.py::test_it_says_by_whom_why_and_until_when"
    ),
    "7 no level is skipped": (
        "domain/dunning/test_planning.py::test_a_client_long_late_still_gets_the_first_step_first"
    ),
    "9 the next allowed day is said": (
        "domain/dunning/test_planning.py::test_the_next_allowed_day_is_said_right_after_a_reminder"
    ),
    "12 replies reach who wrote": (
        "services/dunning/test_mailing.py::test_a_reminder_leaves_by_itself_in_its_owners_voice"
    ),
    "13 the first instalment missed": (
        "services/follow_ups/test_plans.py"
        "::test_the_first_payment_missed_breaks_the_plan_and_names_it"
    ),
    "14 kept in part": "test_year.py::test_each_promise_is_judged_as_the_money_came",
    "16 interest outlives the principal": (
        "domain/late_payment/test_figures.py::test_what_was_paid_late_bears_interest_to_its_day"
    ),
    "18 the order of allocation": (
        "domain/late_payment/test_allocation.py::test_a_house_may_put_the_principal_first"
    ),
    "19, 33 what is under way or prepaid goes on": (
        "domain/test_delivery_holds.py::test_in_a_proceeding_contracts_under_way_go_on"
    ),
    "20 the salesperson on the receivables report": (
        "services/dunning/test_receivables_export.py"
        "::test_each_overdue_invoice_has_an_owner_a_next_step_and_a_date"
    ),
    "21 a credit limit exceeded": (
        "services/alerts/test_alerts.py::test_a_credit_limit_is_said_once_and_rearmed"
    ),
    "22 what counts in exposure": (
        "domain/solvency/test_verdict.py::test_exposure_is_open_items_and_the_order"
    ),
    "23 ages count from the due date": (
        "domain/test_ageing.py::test_an_item_is_not_late_on_its_due_date"
    ),
    "27 nothing the morning after": (
        "domain/dunning/test_planning.py"
        "::test_a_past_due_mail_never_follows_the_courtesy_of_the_day_before"
    ),
    "28 no endless reminders": (
        "domain/dunning/test_planning.py::test_after_the_last_step_nothing_goes_on_for_ever"
    ),
    "31 from kind to dry": (
        "domain/dunning/test_replay.py"
        "::test_an_unpaid_invoice_goes_through_its_scenario_in_order_and_ends"
    ),
    "36 an end is an edit": (
        "services/delivery/test_drawings.py::test_a_resolved_alert_is_edited_into_one_line"
    ),
    "37 pinged once": (
        "services/handovers/test_handovers.py"
        "::test_finance_takes_a_file_and_its_owner_is_mentioned_once"
    ),
    "38 an acknowledgement is silence, then over": (
        "services/alerts/test_alert_actions.py::test_an_acknowledgement_holds_three_business_days"
    ),
    "39 edited in place": (
        "services/delivery/test_delivery.py::test_an_edit_changes_the_message_in_place"
    ),
    "40 the next to be told is found, not named": (
        "domain/test_escalation.py::test_finance_is_reminded_once_then_its_manager_once"
    ),
    "41 a good payer with an old debt": (
        "services/lookups/test_payers.py"
        "::test_a_good_payer_with_an_old_unpaid_invoice_is_not_called_good"
    ),
}
DAY = timedelta(days=1)
SERVER = MailServer("localhost", 25, "finance@seller.example")


class Office:
    """A company whose e-mails leave by themselves, and all that left."""

    def __init__(self, database: Database) -> None:
        self.company = Company(database)
        self.letters: list[Letter] = []
        self.room = dunning_room(database, self.company.clock)
        self.mail = MailService(
            database, self.company.clock, SERVER, MAIL_KINDS, send=self._take, gap=timedelta(0)
        )
        self.fiona = Actor(self.company.workspace_id, None, roles=frozenset({Role.FINANCE}))
        document = self.room.scenarios.show(self.company.workspace_id, Profile.NEW)
        for step in document["scenarios"][0]["steps"]:
            if step["channel"] == "email":
                step["mode"] = "automatic"
        self.room.scenarios.set(self.fiona, document)
        self.room.scenarios.activate(self.fiona)

    def debtor(self, *days_late: int, **values: Any) -> int:
        """Add a client with these invoices and its account."""
        client = self.company.debtor(*days_late, **values)
        self.company.books.balance(client, len(days_late) * 1000_00)
        return client

    def day(self, later: int = 0, *, runs: int = 1) -> None:
        """Live a day, `later` days from the Tuesday, with fresh books."""
        today = TUESDAY + later * DAY
        self.company.fresh(today)
        for _ in range(runs):
            self.company.plan(today, everything=True)
            asyncio.run(self.mail.deliver_due(self.company.workspace_id))

    def pays(self, item: int, minor: int = 1000_00) -> None:
        """Have a payment of an invoice in the books."""
        self.company.books.change("open_item", item, open_minor=1000_00 - minor)

    def covered(self) -> tuple[int, int, int]:
        """Return how many items are on a step, held and finished."""
        report = self.room.planning.check(self.company.workspace_id, today=TUESDAY)
        assert report.uncovered == ()
        return report.on_step, report.held, report.finished

    async def _take(self, _: MailServer, letter: Letter) -> None:
        self.letters.append(letter)


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return Office(sqlite_database)


@pytest.mark.parametrize("complaint", ELSEWHERE)
def test_what_another_test_protects_is_still_protected(complaint: str) -> None:
    path, name = ELSEWHERE[complaint].split("::")
    assert f"def {name}(" in (Path(__file__).parent / path).read_text(encoding="utf-8")


def test_1_one_reminder_a_client_and_not_one_an_invoice(office: Office) -> None:
    office.debtor(9, 8, 7)
    office.day()
    [letter] = office.letters
    assert "3 000,00" in letter.text.replace("\u202f", " ").replace("\xa0", " ")


def test_5_a_credit_note_nets_even_unmatched(office: Office) -> None:
    client = office.debtor(9)
    office.company.owe(client, 3, -1000)
    office.day()
    assert office.letters == []


def test_10_reminding_of_one_invoice_loses_no_other(office: Office) -> None:
    office.debtor(9, 1, -20)
    office.day()
    assert office.covered() == (3, 0, 0)


def test_11_who_looks_changes_no_figure(office: Office, sqlite_database: Database) -> None:
    office.debtor(9, -20)
    anne = Actor(office.company.workspace_id, office.company.anne, roles=frozenset({Role.SALES}))
    service = LookupService(sqlite_database)
    seen = [service.balance_json(one, "C0", today=TUESDAY) for one in (anne, office.fiona)]
    assert seen[0]["balances"] == seen[1]["balances"]


def test_15_paying_one_invoice_does_not_end_the_reminders_of_another(office: Office) -> None:
    client = office.debtor()
    office.company.owe(client, 20)
    last = office.company.owe(client, 5)
    office.day()
    office.pays(last)
    office.day(30)
    office.day(45)
    assert len(office.letters) > 1


def test_17_a_credit_note_ends_a_reminder_as_a_payment_does(office: Office) -> None:
    client = office.debtor(9)
    office.company.plan()
    office.company.owe(client, 1, -1000)
    asyncio.run(office.mail.deliver_due(office.company.workspace_id))
    assert (office.letters, office.company.steps(client)) == ([], [("reminder_1", "cancelled")])


def test_24_no_reminder_on_the_due_day(office: Office) -> None:
    office.debtor(0)
    office.day()
    assert office.letters == []


def test_25_a_job_run_every_hour_reminds_once_a_day(office: Office) -> None:
    office.debtor(60)
    office.day(runs=22)
    assert len(office.letters) == 1


def test_26_a_missed_run_is_caught_up_once(office: Office) -> None:
    office.debtor(0)
    office.day()
    office.day(13, runs=3)
    assert len(office.letters) == 1


def test_29_two_reminders_never_follow_each_other_at_once(office: Office) -> None:
    office.debtor(90)
    for later in range(7):
        office.day(later)
    assert len(office.letters) == 1


def test_30_one_who_pays_late_gets_more_than_one_reminder_ever(office: Office) -> None:
    office.debtor(4)
    for later in (0, 8, 20, 30):
        office.day(later)
    assert len({letter.subject for letter in office.letters}) == len(office.letters) > 1


def test_32_after_a_part_payment_no_step_is_skipped(office: Office) -> None:
    client = office.debtor()
    item = office.company.owe(client, 60)
    office.day()
    office.pays(item, 400_00)
    office.day(7)
    assert [key for key, _ in office.company.steps(client)] == ["reminder_1", "call"]


def test_34_a_client_taken_out_is_in_no_run(office: Office) -> None:
    client = office.debtor(9)
    office.company.books.change("client", client, muted_until=TUESDAY + 30 * DAY)
    office.day()
    assert (office.letters, office.covered()) == ([], (0, 1, 0))


def test_34_a_contact_who_asked_for_no_mail_gets_none(office: Office) -> None:
    client = office.debtor(9)
    [contact] = office.company.rows("contact")
    office.company.books.change("contact", contact, do_not_contact=True)
    office.day()
    assert (office.letters, office.company.steps(client)) == ([], [("reminder_1", "due")])


def test_35_a_pause_that_is_over_loses_no_reminder_and_doubles_none(office: Office) -> None:
    client = office.debtor(9)
    office.room.holds.put(office.fiona, client, TUESDAY + 2 * DAY, "congés", "k")
    for later in (0, 1, 2, 3, 6):
        office.day(later, runs=2)
    assert len(office.letters) == 1


def test_a_paid_client_is_not_reminded(office: Office) -> None:
    client = office.debtor()
    item = office.company.owe(client, 9)
    office.company.plan()
    office.pays(item)
    asyncio.run(office.mail.deliver_due(office.company.workspace_id))
    assert office.letters == []


def test_a_dispute_leaves_reminders_and_stays_in_every_figure(
    office: Office, sqlite_database: Database
) -> None:
    client = office.debtor()
    item = office.company.owe(client, 9)
    office.company.books.add(
        "dispute",
        **{"client_id": client, "key": "d", "open_item_ids": [item], "minor": 1000_00},
        **{"currency": "EUR", "due_on": TUESDAY, "opened_at": office.company.clock()},
    )
    office.day()
    asked = LookupService(sqlite_database).balance_json(office.fiona, "C0", today=TUESDAY)
    assert (office.letters, office.covered()) == ([], (0, 1, 0))
    assert asked["balances"][0]["overdue_minor"] == 1000_00
