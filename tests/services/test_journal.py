"""The journal has a line for what people do beside an alert: who and what, never their words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.demo.ledger import siren_for
from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.profiles import Profile
from bot.domain.solvency.flags import FlagForm
from bot.domain.solvency.requests import AskForm, GrantForm
from bot.rendering.client_writing import default_text
from bot.services.alerts.activation import ActivationService
from bot.services.dunning.scenario_editing import ScenarioEditing
from bot.services.dunning.scenarios import ScenarioService
from bot.services.lookups.sharing import SharingService
from bot.services.mail.texts import TextService
from bot.services.solvency.flags import FlagService
from bot.services.solvency.requests import RequestService
from bot.services.workspaces.policies import PolicyService
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Clock, Company, a_company

SIREN = siren_for("C0412")
UNTIL = TUESDAY + timedelta(days=90)


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


def lines(database: Database) -> list[tuple[Any, ...]]:
    """Return kind, person and client of every line, oldest first."""
    with database.read() as uow:
        query = text("SELECT kind, person_id, client_id FROM event ORDER BY id")
        return [tuple(row) for row in uow.session.execute(query)]


def flag(database: Database, company: Company) -> None:
    form = FlagForm("chèque volé", UNTIL)
    FlagService(database, Clock()).flag(company.anne, SIREN, form, today=TUESDAY)


def lift(database: Database, company: Company) -> None:
    flag(database, company)
    FlagService(database, Clock()).lift(company.fiona, SIREN)


def follow(database: Database, company: Company) -> None:
    service = FlagService(database, Clock())
    for _ in range(2):
        service.watch(company.anne, SIREN)
    for _ in range(2):
        service.unwatch(company.anne, SIREN)


def change_text(database: Database, company: Company) -> None:
    house = default_text("reminder_1", "fr")
    TextService(database, Clock()).set(
        company.fiona, "reminder_1", "fr", type(house)(house.subject + " bis", house.body)
    )


def draft_and_activate(database: Database, company: Company) -> None:
    document = DEFAULTS[Profile.NEW].to_document()
    service = ScenarioService(database, Clock())
    service.set(company.fiona, document)
    service.activate(company.fiona)


def edit_and_activate(database: Database, company: Company) -> None:
    service = ScenarioEditing(database, Clock())
    shown = service.take_out(company.fiona, Profile.NEW.value, 0, 0)
    service.activate(company.fiona, Profile.NEW.value, shown.version)


def ask_for_alerts(database: Database, company: Company) -> None:
    for _ in range(2):
        ActivationService(database, Clock()).ask(company.fiona, today=TUESDAY)


def share(database: Database, company: Company) -> None:
    service = SharingService(database, Clock())
    for _ in range(2):
        service.share(company.anne, company.client_id, channel="CANNE", key="k")


def ask_and_grant(database: Database, company: Company) -> None:
    service = RequestService(database, Clock())
    made = service.ask(
        company.anne, SIREN, AskForm(12_000_00, "Un gros chantier"), key="k", today=TUESDAY
    )
    form = GrantForm(8_000_00, 30, UNTIL, "acompte")
    service.grant(company.fiona, made, form, today=TUESDAY)


DONE: dict[str, tuple[Callable[[Database, Company], None], list[tuple[str, str]]]] = {
    "a flag": (flag, [("company_flagged", "anne")]),
    "a flag lifted": (lift, [("company_flagged", "anne"), ("flag_lifted", "fiona")]),
    "following": (follow, [("company_followed", "anne"), ("company_unfollowed", "anne")]),
    "a text": (change_text, [("text_changed", "fiona")]),
    "a scenario from a file": (
        draft_and_activate,
        [("scenario_drafted", "fiona"), ("scenario_activated", "fiona")],
    ),
    "a scenario in Slack": (
        edit_and_activate,
        [("scenario_drafted", "fiona"), ("scenario_activated", "fiona")],
    ),
    "alerts turned on": (ask_for_alerts, [("activation_asked", "fiona")]),
    "a balance shared": (share, [("balance_shared", "anne")]),
    "a question to finance": (
        ask_and_grant,
        [("solvency_asked", "anne"), ("solvency_granted", "fiona")],
    ),
}


@pytest.mark.parametrize("what", DONE)
def test_what_is_done_has_its_line(database: Database, company: Company, what: str) -> None:
    act, expected = DONE[what]
    act(database, company)
    people = {"anne": company.anne.person_id, "fiona": company.fiona.person_id}
    assert [line[:2] for line in lines(database)] == [(kind, people[who]) for kind, who in expected]


def test_a_shared_balance_names_its_client(database: Database, company: Company) -> None:
    share(database, company)
    assert lines(database)[0][2] == company.client_id


def test_typed_words_stay_out_of_it(database: Database, company: Company) -> None:
    flag(database, company)
    ask_and_grant(database, company)
    with database.read() as uow:
        kept = str(uow.session.execute(text("SELECT body FROM event")).all())
    assert "chèque" not in kept
    assert "chantier" not in kept


def test_a_policy_says_who_set_it(database: Database, company: Company) -> None:
    service = PolicyService(database, Clock())
    service.set(company.workspace_id, service.show(company.workspace_id), by="fiona@x.example")
    with database.read() as uow:
        found = uow.session.execute(text("SELECT kind, source FROM event")).all()
    assert [tuple(row) for row in found] == [("policy_set", "fiona@x.example")]
