"""Clicks on alerts: taken up, paused, extended, given away; each safe twice."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.actors import Actor
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.lifecycle import Role
from bot.services.alerts.actions import AlertActions
from bot.services.alerts.service import AlertService
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """A company with one alert of Anne's, shown in her channel; Nadia manages her."""

    books: Books
    actions: AlertActions
    anne: Actor
    karim: Actor
    nadia: Actor
    fiona: Actor
    client_id: int
    alert_id: int

    def alert(self, *columns: str) -> tuple[Any, ...]:
        """Return columns of the alert."""
        c = metadata.tables["alert"].c
        with self.books.database.read() as uow:
            query = select(*(c[name] for name in columns)).where(c.id == self.alert_id)
            return tuple(uow.session.execute(query).one())

    def messages(self) -> list[tuple[str, str]]:
        """Return the kind and method of every message, in order."""
        c = metadata.tables["message"].c
        with self.books.database.read() as uow:
            query = select(c.kind, c.method).order_by(c.id)
            found = uow.session.execute(query.where(c.workspace_id == self.books.workspace_id))
            return [(kind, method) for kind, method in found]


@pytest.fixture
def desk(database: Database) -> Desk:
    """Anne's alert, posted at noon."""
    books = open_books(database, finance_channel="CFINANCE", activated_at=NOW)
    nadia_id = books.person("Nadia", roles="manager", channel="CN")
    anne_id = books.person("Anne", channel="CA", manager_id=nadia_id)
    karim_id = books.person("Karim", channel="CK")
    fiona_id = books.person("Fiona", roles="finance")
    client_id = books.client("C1", "Roy", owner_id=anne_id)
    books.item(client_id, "F1", 90_000, due_on=TODAY - timedelta(days=10))
    report = AlertService(database).scan(books.workspace_id, today=TODAY, now=NOW)
    alert_id = report.alerts[0].alert_id or 0
    table = metadata.tables["alert"]
    with database.write() as uow:
        said = {"announced_level": 1, "announced_minor": 90_000, "announced_bucket": "1-30"}
        shown = {"channel": "CA", "ts": "1.0", "window_ends_on": date(2026, 12, 8), **said}
        uow.session.execute(update(table).where(table.c.id == alert_id).values(**shown))
        uow.commit()

    def actor(person_id: int, role: Role, team: frozenset[int] = frozenset()) -> Actor:
        return Actor(books.workspace_id, person_id, roles=frozenset({role}), team=team)

    return Desk(
        books,
        AlertActions(database, lambda: NOW),
        actor(anne_id, Role.SALES),
        actor(karim_id, Role.SALES),
        actor(nadia_id, Role.MANAGER, frozenset({anne_id})),
        actor(fiona_id, Role.FINANCE),
        client_id,
        alert_id,
    )


def test_an_acknowledgement_holds_three_business_days(desk: Desk) -> None:
    handled = desk.actions.acknowledge(desk.anne, desk.alert_id, key="k")
    assert (handled.state, handled.until) == ("acknowledged", date(2026, 11, 27))


def test_a_second_click_changes_nothing(desk: Desk) -> None:
    desk.actions.acknowledge(desk.anne, desk.alert_id, key="k")
    before = (desk.alert("version"), desk.messages())
    again = desk.actions.acknowledge(desk.anne, desk.alert_id, key="k")
    assert (desk.alert("version"), desk.messages(), again.state) == (*before, "acknowledged")


def test_a_stale_click_is_told_who_was_first(desk: Desk) -> None:
    desk.actions.acknowledge(desk.anne, desk.alert_id, key="k")
    with pytest.raises(AlreadyHandled) as refusal:
        desk.actions.acknowledge(desk.fiona, desk.alert_id, key="l")
    assert (refusal.value.name, refusal.value.at) == ("Anne", NOW.isoformat())


def test_nobody_acknowledges_for_somebody_else(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.actions.acknowledge(desk.karim, desk.alert_id, key="k")


def test_an_unacknowledged_alert_of_another_workspace_is_not_known(desk: Desk) -> None:
    stranger = Actor(open_books(desk.books.database).workspace_id, None, roles=frozenset())
    with pytest.raises(NotFound):
        desk.actions.acknowledge(stranger, desk.alert_id, key="k")


def test_two_expired_acknowledgements_propose_the_handover(desk: Desk) -> None:
    service = AlertService(desk.books.database)
    for day in (date(2026, 11, 24), date(2026, 11, 30)):
        desk.actions.acknowledge(desk.anne, desk.alert_id, key=f"k{day}", today=day)
        after = day + timedelta(days=6)
        report = service.scan(desk.books.workspace_id, today=after, now=NOW + (after - TODAY))
    assert ("alert_event", "chat.postMessage") in desk.messages()
    assert report.alerts[0].state == "open"


def test_a_pause_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as refusal:
        desk.actions.snooze(
            desk.anne, desk.alert_id, until=TODAY + timedelta(days=3), reason=" ", key="k"
        )
    assert refusal.value.field == "reason"


def test_a_pause_lasts_fourteen_days_at_most(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as refusal:
        desk.actions.snooze(
            desk.anne, desk.alert_id, until=TODAY + timedelta(days=15), reason="congés", key="k"
        )
    assert refusal.value.field == "until"


def test_finance_may_pause_longer(desk: Desk) -> None:
    until = TODAY + timedelta(days=30)
    handled = desk.actions.snooze(desk.fiona, desk.alert_id, until=until, reason="procès", key="k")
    assert (handled.state, handled.until) == ("snoozed", until)


def test_a_pause_ends_by_itself(desk: Desk) -> None:
    until = TODAY + timedelta(days=3)
    desk.actions.snooze(desk.anne, desk.alert_id, until=until, reason="congés", key="k")
    day = until + timedelta(days=3)
    report = AlertService(desk.books.database).scan(
        desk.books.workspace_id, today=day, now=NOW + (day - TODAY)
    )
    assert (report.alerts[0].change, report.alerts[0].state) == ("expired", "open")


def test_the_manager_extends_the_window_once(desk: Desk) -> None:
    desk.actions.extend_window(desk.nadia, desk.alert_id, reason="salon", key="k")
    assert desk.alert("window_ends_on") == (date(2026, 12, 15),)
    with pytest.raises(Conflict):
        desk.actions.extend_window(desk.nadia, desk.alert_id, reason="salon", key="l")


def test_the_owner_does_not_extend_their_own_window(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.actions.extend_window(desk.anne, desk.alert_id, reason="salon", key="k")


def test_a_client_given_away_is_posted_to_its_new_owner(desk: Desk) -> None:
    desk.actions.reassign(desk.anne, desk.client_id, desk.karim.person_id, key="k")
    assert desk.alert("owner_id", "ts", "window_ends_on") == (desk.karim.person_id, "", None)
    assert desk.messages()[-1] == ("alert", "chat.postMessage")


def test_the_old_channel_is_told_who_has_the_client_now(desk: Desk) -> None:
    desk.actions.reassign(desk.anne, desk.client_id, desk.karim.person_id, key="k")
    assert ("alert_given", "chat.update") in desk.messages()


def test_giving_a_client_twice_changes_nothing_more(desk: Desk) -> None:
    desk.actions.reassign(desk.anne, desk.client_id, desk.karim.person_id, key="k")
    before = desk.messages()
    desk.actions.reassign(desk.fiona, desk.client_id, desk.karim.person_id, key="k")
    assert desk.messages() == before


def test_a_client_is_not_given_to_a_stranger(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.actions.reassign(desk.anne, desk.client_id, 1, key="k")
