"""App Home and the day's list speak of one's own clients, one's team's, or the company's."""

from datetime import timedelta

import pytest

from bot.domain.actors import Actor, system
from bot.domain.lifecycle import AlertState, Role
from bot.rendering.home_page import HomeView
from bot.rendering.team_views import DigestView, Section
from bot.services.mornings.home import LINES, HomeService
from storage.unit_of_work import Database
from tests.books import AT, TODAY, Books, open_books
from tests.services.asking import days_ago, finance, sales


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


def home_of(books: Books, actor: Actor) -> HomeView:
    return HomeService(books.database).home(actor, TODAY)


def today_of(books: Books, actor: Actor) -> DigestView:
    return HomeService(books.database).today(actor, TODAY)


def an_overdue_client(books: Books, code: str, owner_id: int | None, minor: int = 100) -> int:
    client_id = books.client(code, f"Client {code}", owner_id=owner_id)
    books.balance(client_id, minor)
    books.item(client_id, f"F{code}", minor, due_on=days_ago(10))
    return client_id


def an_alert(books: Books, client_id: int, state: AlertState = AlertState.OPEN) -> int:
    return books.alert(client_id, state=state.value, channel="C1", ts="1.2")


def a_handover(books: Books, client_id: int, alert_id: int) -> int:
    return books.add(
        "handover", client_id=client_id, alert_id=alert_id, key="h", offered_at=AT, take_by_on=TODAY
    )


def test_a_salesperson_sees_their_own_sums_and_worst_clients(books: Books) -> None:
    anne, karim = books.person("Anne"), books.person("Karim")
    an_overdue_client(books, "A", anne, 100)
    an_overdue_client(books, "B", anne, 300)
    an_overdue_client(books, "C", karim, 900)
    view = home_of(books, sales(books, anne))
    assert [(s.minor, s.currency) for s in view.overdue] == [(400, "EUR")]
    assert [(line.client, line.minor, line.days) for line in view.clients] == [
        ("Client B", 300, 10),
        ("Client A", 100, 10),
    ]


def test_a_client_of_an_alert_is_not_listed_twice(books: Books) -> None:
    anne = books.person("Anne")
    an_alert(books, an_overdue_client(books, "A", anne, 900))
    an_overdue_client(books, "B", anne, 300)
    view = home_of(books, sales(books, anne))
    assert [line.client for line in (*view.alerts, *view.clients)] == ["Client A", "Client B"]


def test_owners_are_named_where_a_page_has_several(books: Books) -> None:
    anne, nadia = books.person("Anne"), books.person("Nadia")
    an_alert(books, an_overdue_client(books, "A", anne))
    an_overdue_client(books, "B", anne)
    own, team = home_of(books, sales(books, anne)), home_of(books, sales(books, nadia, anne))
    assert [[line.person for line in page.alerts + page.clients] for page in (own, team)] == [
        ["", ""],
        ["Anne", "Anne"],
    ]


def test_a_manager_sees_their_team(books: Books) -> None:
    anne, nadia = books.person("Anne"), books.person("Nadia")
    an_overdue_client(books, "A", anne)
    assert home_of(books, sales(books, nadia, anne)).client_count == 1


def test_finance_sees_the_whole_company_its_books_and_what_waits(books: Books) -> None:
    anne = books.person("Anne")
    owned, unowned = an_overdue_client(books, "A", anne), an_overdue_client(books, "B", None)
    a_handover(books, owned, an_alert(books, owned, AlertState.HANDED_OVER))
    an_alert(books, unowned)
    books.import_run(receipts_until=days_ago(4))
    view = home_of(books, finance(books))
    assert (view.client_count, view.alert_count, view.unowned_count) == (2, 2, 1)
    assert [line.client for line in view.handovers] == ["Client A"]
    assert [entity.receipts_until for entity in view.entities] == [days_ago(4)]


def test_a_salesperson_sees_neither_handovers_nor_entities(books: Books) -> None:
    anne = books.person("Anne")
    client_id = an_overdue_client(books, "A", anne)
    a_handover(books, client_id, an_alert(books, client_id))
    view = home_of(books, sales(books, anne))
    assert (view.handovers, view.entities, view.is_finance, view.is_admin) == ((), (), False, False)


def test_an_administrator_has_the_settings(books: Books) -> None:
    admin = Actor(books.workspace_id, None, roles=frozenset({Role.ADMIN}))
    assert home_of(books, admin).is_admin


def test_long_lists_are_cut_and_counted(books: Books) -> None:
    anne = books.person("Anne")
    for number in range(LINES + 3):
        an_alert(books, an_overdue_client(books, f"{number:02d}", anne))
    view = home_of(books, sales(books, anne))
    assert (len(view.alerts), view.alert_count) == (LINES, LINES + 3)


def test_a_page_is_active_once_the_workspace_or_the_person_is(books: Books) -> None:
    anne = books.person("Anne")
    before = home_of(books, sales(books, anne)).is_active
    books.change("person", anne, activated_at=AT)
    assert (before, home_of(books, sales(books, anne)).is_active) == (False, True)


def test_somebody_without_a_role_has_an_empty_page(books: Books) -> None:
    an_overdue_client(books, "A", None)
    nobody = Actor(books.workspace_id, None)
    assert home_of(books, nobody) == HomeView(today=TODAY, name="")
    assert today_of(books, nobody).sections == ()


def test_another_workspace_sees_nothing(books: Books) -> None:
    client_id = an_overdue_client(books, "A", None)
    a_handover(books, client_id, an_alert(books, client_id))
    stranger = open_books(books.database)
    view = home_of(books, system(stranger.workspace_id))
    assert (view.client_count, view.alerts, view.handovers, view.net) == (0, (), (), ())


def test_the_day_lists_what_waits_for_a_salesperson(books: Books) -> None:
    anne = books.person("Anne")
    client_id = an_overdue_client(books, "A", anne)
    alert_id = an_alert(books, client_id)
    row = {"client_id": client_id, "alert_id": alert_id}
    for key, due_on in (("today", TODAY), ("later", TODAY + timedelta(days=1))):
        books.add(
            "promise",
            **row,
            key=key,
            by_id=anne,
            minor=50,
            currency="EUR",
            due_on=due_on,
            made_on=days_ago(3),
        )
        books.add(
            "task",
            **row,
            key=key,
            kind="call_again",
            side="sales",
            owner_id=anne,
            due_on=due_on,
            made_at=AT,
        )
    sections = today_of(books, sales(books, anne)).sections
    assert [(section.section, section.count) for section in sections] == [
        (Section.DECIDE, 1),
        (Section.PROMISES, 1),
        (Section.TASKS, 1),
    ]
    assert sections[2].tasks[0].client == "Client A"


def test_an_alert_that_waits_for_somebody_else_is_nothing_to_decide(books: Books) -> None:
    anne = books.person("Anne")
    an_alert(books, an_overdue_client(books, "A", anne), AlertState.TAKEN)
    assert today_of(books, sales(books, anne)).sections == ()


def test_the_day_of_finance_lists_handovers_tasks_and_clients_nobody_follows(books: Books) -> None:
    client_id = an_overdue_client(books, "A", None)
    alert_id = an_alert(books, client_id)
    a_handover(books, client_id, alert_id)
    books.add("task", client_id=client_id, key="t", kind="check_payment", due_on=TODAY, made_at=AT)
    sections = today_of(books, finance(books)).sections
    assert [section.section for section in sections] == [
        Section.HANDOVERS,
        Section.TASKS,
        Section.UNOWNED,
    ]
