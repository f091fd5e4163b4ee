"""Who settles a dispute reads it in the morning: when it is given to them, and once it is due."""

from datetime import date, timedelta

from bot.rendering.team_views import Section
from bot.services.mornings.digests import DigestService
from storage.unit_of_work import Database
from tests.follow_up_rows import Company
from tests.services.mornings.reading import WEDNESDAY, a_dispute, change_due, clients_in, made, of

CONTESTED = [("Menuiserie Roy", 0)]


def read(service: DigestService, company: Company, person: str, day: date) -> list[tuple[str, int]]:
    return clients_in(of(made(service, company, day), person), Section.DISPUTES)


def test_a_dispute_given_to_a_colleague_is_in_their_next_digest_once(
    database: Database, service: DigestService, company: Company
) -> None:
    a_dispute(database, company, "k1", company.karim.person_id)
    assert read(service, company, "Karim", WEDNESDAY) == CONTESTED
    assert read(service, company, "Karim", WEDNESDAY + timedelta(2)) == []


def test_it_comes_back_every_morning_from_its_day_on(
    database: Database, service: DigestService, company: Company
) -> None:
    a_dispute(database, company, "k1", company.karim.person_id)
    change_due(database, WEDNESDAY + timedelta(5))
    days = (WEDNESDAY + timedelta(5), WEDNESDAY + timedelta(6))
    assert [read(service, company, "Karim", day) for day in days] == [CONTESTED, CONTESTED]


def test_a_client_whose_alert_asks_already_is_said_once(
    database: Database, service: DigestService, company: Company
) -> None:
    due_on = a_dispute(database, company, "k1")
    view = of(made(service, company, due_on + timedelta(1)), "Anne")
    said = [*clients_in(view, Section.DECIDE), *clients_in(view, Section.DISPUTES)]
    assert [client for client, _ in said] == ["Menuiserie Roy"]


def test_ones_own_dispute_waits_for_its_day(
    database: Database, service: DigestService, company: Company
) -> None:
    a_dispute(database, company, "k1")
    assert read(service, company, "Anne", WEDNESDAY) == []
