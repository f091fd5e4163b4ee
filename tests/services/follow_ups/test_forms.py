from datetime import date

import pytest

from bot.domain.actors import Action, Actor, system
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.lifecycle import Outcome
from bot.rendering.form_views import StakesView
from bot.services.follow_ups.forms import FormService
from bot.services.follow_ups.service import FollowUpService
from storage.tables.ledger import Client
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Clock, Company, a_company
from tests.services.follow_ups.noting import a_note


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def forms(database: Database) -> FormService:
    return FormService(database)


def test_client_form_knows_what_is_overdue(forms: FormService, company: Company) -> None:
    view = forms.client_form(company.anne, company.client_id, today=TUESDAY)

    assert (view.overdue_minor, view.currency) == (12_480_00, "EUR")


def test_client_form_offers_the_open_invoices(forms: FormService, company: Company) -> None:
    view = forms.client_form(company.anne, company.client_id, today=TUESDAY)

    assert [item.id for item in view.items] == [company.item_id]


def test_client_form_finds_the_open_alert(forms: FormService, company: Company) -> None:
    view = forms.client_form(company.anne, company.client_id, today=date(2026, 11, 25))

    assert view.alert_id == company.alert_id


def test_client_form_is_refused_to_a_colleague(forms: FormService, company: Company) -> None:
    with pytest.raises(NotAllowed):
        forms.client_form(company.karim, company.client_id, today=TUESDAY)


def test_longer_window_is_for_the_manager(forms: FormService, company: Company) -> None:
    with pytest.raises(NotAllowed):
        forms.client_form(
            company.anne, company.client_id, today=TUESDAY, action=Action.EXTEND_WINDOW
        )


def test_client_of_another_company_is_not_found(
    forms: FormService, company: Company, database: Database
) -> None:
    other = a_company(database)

    with pytest.raises(NotFound):
        forms.client_form(system(other.workspace_id), company.client_id, today=TUESDAY)


def test_assign_form_ticks_the_client_it_is_about(forms: FormService, company: Company) -> None:
    view = forms.assign_form(company.anne, company.client_id, today=TUESDAY)

    assert view.chosen == (company.client_id,)
    assert {person.name for person in view.people} == {"Anne", "Fiona", "Karim", "Nadia"}


def test_unowned_clients_are_for_finance(forms: FormService, company: Company) -> None:
    with pytest.raises(NotAllowed):
        forms.assign_form(company.anne, today=TUESDAY)


def test_nothing_to_assign_is_said(forms: FormService, company: Company) -> None:
    with pytest.raises(NotFound):
        forms.assign_form(company.fiona, today=TUESDAY)


def test_settings_are_not_for_sales(forms: FormService, company: Company) -> None:
    with pytest.raises(NotAllowed):
        forms.settings_form(company.anne)


def test_the_text_of_a_message_is_kept_while_its_client_is_found(
    forms: FormService, company: Company
) -> None:
    assert forms.pick_client_form(company.anne, "Rappeler").text == "Rappeler"


def test_a_stranger_has_no_client_to_find(forms: FormService, company: Company) -> None:
    with pytest.raises(NotAllowed):
        forms.pick_client_form(Actor(company.workspace_id, None), "Rappeler")


def test_client_form_says_what_weighs_in_a_dispute(
    forms: FormService, company: Company, database: Database
) -> None:
    said = a_note(company, Outcome.OTHER, text="vu au salon", orders="12 portes")
    FollowUpService(database, Clock()).record(company.anne, said)
    with database.write() as work:
        client = work.session.get_one(Client, (company.workspace_id, company.client_id))
        client.margin_percent = 22
        work.commit()
    view = forms.client_form(company.anne, company.client_id, today=TUESDAY)

    assert view.stakes == StakesView("12 portes", 1, date(2026, 10, 24), 22)
