"""More time for a client: given, measured, asked of finance, answered once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.actors import Actor
from bot.domain.calendar import Calendar
from bot.domain.dunning.facts import Pause, PauseKind
from bot.domain.dunning.replay import PastPause
from bot.domain.errors import InvalidInput, NotAllowed, NotFound
from bot.domain.extensions import Beyond, ExtensionForm
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.ledger import DueFrom, ItemKind
from bot.domain.lifecycle import AlertState, ConcessionState
from bot.services.follow_ups.concessions import ConcessionService, Extended
from storage.dunning_ledgers import Reading, list_ledgers
from storage.ids import new_id
from storage.past_ledgers import list_past
from storage.tables.alerts import Alert
from storage.tables.ledger import OpenItem
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Company
from tests.services.follow_ups.conceding import asked_id, happened, told

UNTIL = date(2026, 12, 4)


@pytest.fixture
def small(database: Database, company: Company) -> int:
    """A recent invoice of 1 000,00 €, whose extension is a salesperson's to give."""
    id = new_id()
    with database.write() as work:
        work.session.add(
            OpenItem(
                workspace_id=company.workspace_id,
                id=id,
                client_id=company.client_id,
                key="F2",
                number="F2",
                kind=ItemKind.INVOICE,
                issued_on=date(2026, 11, 1),
                due_on=date(2026, 11, 20),
                due_from=DueFrom.STATED,
                minor=1_000_00,
                open_minor=1_000_00,
                currency="EUR",
            )
        )
        work.commit()
    return id


def a_form(company: Company, *ids: int, insists: bool = False) -> ExtensionForm:
    return ExtensionForm(
        "k1", company.client_id, UNTIL, reason="chantier en retard", item_ids=ids, insists=insists
    )


def pauses(database: Database, company: Company, today: date = TUESDAY) -> tuple[Pause, ...]:
    reading = Reading(company.workspace_id, today, Calendar(frozenset()), 2, {})
    with database.read() as work:
        known: Iterator[object] = (
            pause
            for one in list_ledgers(work.session, reading, [company.client_id])
            for pause in one.ledger.pauses
        )
        found = [one for one in known if isinstance(one, Pause)]
    return tuple(one for one in found if one.kind is PauseKind.EXTENSION)


def alert_of(database: Database, company: Company) -> Alert:
    with database.read() as work:
        alert = work.session.get(Alert, (company.workspace_id, company.alert_id))
        assert alert is not None
        return alert


def test_within_the_mandate_it_is_granted_at_once(
    concessions: ConcessionService, company: Company, small: int
) -> None:
    done = concessions.extend(company.anne, a_form(company, small))
    assert done == Extended("Menuiserie Roy", ConcessionState.GRANTED)


def test_reminders_of_the_items_wait_until_the_new_day(
    concessions: ConcessionService, database: Database, company: Company, small: int
) -> None:
    concessions.extend(company.anne, a_form(company, small))
    assert pauses(database, company) == (Pause(PauseKind.EXTENSION, UNTIL, frozenset({small})),)


def test_reminders_go_on_the_day_after(
    concessions: ConcessionService, database: Database, company: Company, small: int
) -> None:
    concessions.extend(company.anne, a_form(company, small))
    assert pauses(database, company, date(2026, 12, 5)) == ()


def test_the_legal_due_date_stays(
    concessions: ConcessionService, database: Database, company: Company, small: int
) -> None:
    concessions.extend(company.anne, a_form(company, small))
    with database.read() as work:
        item = work.session.get(OpenItem, (company.workspace_id, small))
    assert item is not None
    assert item.due_on == date(2026, 11, 20)


def test_the_alert_and_its_window_wait_too(
    concessions: ConcessionService, database: Database, company: Company, small: int
) -> None:
    concessions.extend(company.anne, a_form(company, small))
    alert = alert_of(database, company)
    assert (alert.state, alert.state_ends_on, alert.window_ends_on) == (
        AlertState.ACKNOWLEDGED,
        UNTIL,
        date(2026, 12, 18),
    )


def test_beyond_the_mandate_nothing_is_written(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    done = concessions.extend(company.anne, a_form(company))
    assert (done.state, happened(database)) == (None, [])


def test_what_is_beyond_is_said(concessions: ConcessionService, company: Company) -> None:
    done = concessions.extend(company.anne, a_form(company))
    assert done.beyond == (Beyond.AMOUNT, Beyond.LEGAL)


def test_insisting_asks_finance(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    done = concessions.extend(company.anne, a_form(company, insists=True))
    assert (done.state, happened(database)) == (ConcessionState.ASKED, ["extension_asked"])


def test_finance_is_asked_once_when_it_is_sent_twice(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    for _ in range(2):
        concessions.extend(company.anne, a_form(company, insists=True))
    assert len(told(database, "concession")) == 1


def test_what_is_only_asked_pauses_nothing(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.extend(company.anne, a_form(company, insists=True))
    assert pauses(database, company) == ()


def test_finance_grants_what_is_beyond_when_it_insists(
    concessions: ConcessionService, company: Company
) -> None:
    done = concessions.extend(company.fiona, a_form(company, insists=True))
    assert done.state is ConcessionState.GRANTED


def test_finances_yes_pauses_reminders(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.extend(company.anne, a_form(company, insists=True))
    concessions.grant(company.fiona, asked_id(database))
    assert pauses(database, company)[0].item_ids == frozenset({company.item_id})


def test_finances_yes_is_said_in_the_thread(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.extend(company.anne, a_form(company, insists=True))
    concessions.grant(company.fiona, asked_id(database))
    assert happened(database) == ["extension_asked", "window_stopped", "extension_granted"]


def test_without_a_thread_who_asked_is_told_directly(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    with database.write() as work:
        alert = work.session.get(Alert, (company.workspace_id, company.alert_id))
        assert alert is not None
        alert.ts = ""
        work.session.add(alert)
        work.commit()
    concessions.extend(company.anne, a_form(company, insists=True))
    concessions.refuse(company.fiona, asked_id(database), "trop long")
    assert len(told(database, "concession_answer")) == 1


def test_finances_no_pauses_nothing(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.extend(company.anne, a_form(company, insists=True))
    concessions.refuse(company.fiona, asked_id(database), "trop long")
    assert pauses(database, company) == ()


def test_a_no_needs_its_reason(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.extend(company.anne, a_form(company, insists=True))
    with pytest.raises(InvalidInput) as refused:
        concessions.refuse(company.fiona, asked_id(database), " ")
    assert refused.value.field == "reason"


def test_the_same_answer_twice_changes_nothing(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.extend(company.anne, a_form(company, insists=True))
    for _ in range(2):
        concessions.grant(company.fiona, asked_id(database))
    assert happened(database).count("extension_granted") == 1


def test_a_stale_button_says_who_answered(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.extend(company.anne, a_form(company, insists=True))
    concessions.grant(company.fiona, asked_id(database))
    with pytest.raises(AlreadyHandled) as refused:
        concessions.refuse(company.fiona, asked_id(database), "trop long")
    assert refused.value.name == "Fiona"


def test_a_salesperson_answers_no_request(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.extend(company.anne, a_form(company, insists=True))
    with pytest.raises(NotAllowed):
        concessions.grant(company.anne, asked_id(database))


def test_a_colleague_gives_no_time_to_somebody_elses_client(
    concessions: ConcessionService, company: Company, small: int
) -> None:
    with pytest.raises(NotAllowed):
        concessions.extend(company.karim, a_form(company, small))


@pytest.mark.parametrize("who", ["anne", "fiona"])
def test_another_workspace_sees_nothing(
    concessions: ConcessionService, company: Company, who: str
) -> None:
    stranger: Actor = replace(getattr(company, who), workspace_id=new_id())
    with pytest.raises(NotFound):
        concessions.extend(stranger, a_form(company))


def test_when_nothing_falls_due_by_then_there_is_nothing_to_give(
    concessions: ConcessionService, company: Company
) -> None:
    with pytest.raises(InvalidInput) as refused:
        concessions.extend(company.anne, a_form(company, new_id()))
    assert refused.value.field == "until"


def test_a_second_extension_of_an_item_is_finances_to_give(
    concessions: ConcessionService, company: Company, small: int
) -> None:
    concessions.extend(company.anne, a_form(company, small))
    again = replace(a_form(company, small), key="k2")
    assert concessions.extend(company.anne, again).beyond == (Beyond.AGAIN,)


def test_a_replay_knows_how_long_the_items_waited(
    concessions: ConcessionService, database: Database, company: Company, small: int
) -> None:
    concessions.extend(company.anne, a_form(company, small))
    reading = Reading(company.workspace_id, UNTIL, Calendar(frozenset()), 2, {})
    with database.read() as work:
        (past,) = list_past(work.session, reading, [company.client_id], first=TUESDAY)
    pause = Pause(PauseKind.EXTENSION, UNTIL, frozenset({small}))
    assert PastPause(pause, TUESDAY, UNTIL) in past.client.pauses
