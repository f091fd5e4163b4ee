"""The balance as scripts read it adds up to the cent."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.ageing import AgedItem, AgeingBucket, age
from bot.services.lookups.service import LookupService
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.services.asking import days_ago, json_of, sales


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


def test_the_json_names_the_client_and_every_bucket(books: Books) -> None:
    client_id = books.client("C1", "Roy", siren="552100554")
    books.balance(client_id, 90, unattributed_minor=-10)
    books.item(client_id, "F1", 100, due_on=days_ago(40))
    books.import_run(as_of=TODAY)
    assert json_of(books, "roy") == {
        "client": {"code": "C1", "name": "Roy", "siren": "552100554"},
        "as_of": "2026-11-24",
        "balances": [
            {
                "currency": "EUR",
                "net_minor": 90,
                "overdue_minor": 100,
                "ageing": [
                    {"bucket": "not_due", "minor": 0},
                    {"bucket": "1-30", "minor": 0},
                    {"bucket": "31-60", "minor": 100},
                    {"bucket": "61-90", "minor": 0},
                    {"bucket": "90+", "minor": 0},
                ],
                "items": [
                    {
                        "number": "F1",
                        "issued_on": "2026-09-15",
                        "due_on": "2026-10-15",
                        "due_from": "stated",
                        "open_minor": 100,
                    }
                ],
                "unattributed_minor": -10,
            }
        ],
        "profile": {
            "name": "new",
            "because": "few_invoices",
            "count": 0,
            "days": 0,
            "against_days": 0,
        },
    }


def test_the_json_offers_choices_with_their_score(books: Books) -> None:
    for code, name in (("C1", "Martin Bois"), ("C2", "Martin Or")):
        books.client(code, name, town="Lyon")
    assert json_of(books, "martin")["choices"][0] == {
        "code": "C1",
        "name": "Martin Bois",
        "town": "Lyon",
        "siren": None,
        "score": 95,
    }


def test_the_json_of_nothing_found_has_no_choice(books: Books) -> None:
    assert json_of(books, "xylophone") == {"choices": []}


def test_the_json_of_nothing_asked_is_a_refusal(books: Books) -> None:
    assert json_of(books, " ")["error"]["code"] == "invalid_input"


def test_the_json_refuses_a_colleagues_client(books: Books) -> None:
    anne = books.person("Anne")
    books.client("C1", "Roy", owner_id=books.person("Karim"))
    answer = LookupService(books.database).balance_json(sales(books, anne), "roy", today=TODAY)
    assert answer["error"]["code"] == "not_allowed"


_DAYS = st.integers(-120, 200).map(days_ago)
_LINES = st.lists(st.tuples(st.integers(-(10**15), 10**15).filter(bool), _DAYS, _DAYS), max_size=12)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=_LINES, unattributed=st.integers(-(10**15), 10**15))
def test_every_figure_adds_up_to_the_cent(
    database: Database, lines: list[tuple[int, date, date]], unattributed: int
) -> None:
    books = open_books(database)
    client_id = books.client("C1", "Roy")
    net = sum(minor for minor, _, _ in lines) + unattributed
    books.balance(client_id, net, unattributed_minor=unattributed)
    for number, (minor, issued_on, due_on) in enumerate(lines):
        books.item(client_id, f"F{number}", minor, issued_on=issued_on, due_on=due_on)
    [balance] = json_of(books, "c1")["balances"]
    ageing = {row["bucket"]: row["minor"] for row in balance["ageing"]}
    items = sum(item["open_minor"] for item in balance["items"])
    oracle = age((AgedItem(issued, due, minor) for minor, issued, due in lines), TODAY)
    assert balance["net_minor"] == items + unattributed
    assert ageing == {bucket.value: minor for bucket, minor in oracle.items()}
    assert balance["overdue_minor"] == items - ageing[AgeingBucket.NOT_DUE]
