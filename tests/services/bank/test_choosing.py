"""Finance chooses what a receipt pays."""

from pathlib import Path

import pytest

from bot.domain.actors import Actor
from bot.domain.errors import InvalidInput, NotAllowed, NotFound
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.lifecycle import Role
from storage.unit_of_work import Database
from tests.services.bank.counter import DUVAL, NUMBER, ROY, SECOND, Counter, open_counter, paid


@pytest.fixture
def counter(database: Database, tmp_path: Path) -> Counter:
    """A payment of 900 that names the invoice of 1,200: finance is asked."""
    counter = open_counter(database, tmp_path)
    counter.statement(paid(amount="900.00"))
    return counter


def actor(counter: Counter, role: Role = Role.FINANCE) -> Actor:
    return Actor(counter.desk.workspace_id, None, roles=frozenset({role}))


def item(counter: Counter, number: str) -> int:
    found = counter.desk.rows("SELECT id FROM open_item WHERE number = :number", number=number)
    return int(found[0][0])


def asked(counter: Counter) -> int:
    return int(counter.desk.rows("SELECT id FROM bank_line")[0][0])


def choose(counter: Counter, *numbers: str, code: str = DUVAL) -> None:
    ids = [item(counter, number) for number in numbers]
    counter.bank.settle(actor(counter), asked(counter), counter.client_id(code), ids)


def parts(counter: Counter) -> list[tuple[str, int]]:
    query = (
        "SELECT i.number, p.minor FROM bank_part p LEFT JOIN open_item i ON i.key = p.item_key "
        "AND i.client_id = p.client_id ORDER BY p.id"
    )
    return [(number, minor) for number, minor in counter.desk.rows(query)]


def test_what_is_open_is_shown_the_proposed_first(counter: Counter) -> None:
    view = counter.bank.payment_items(actor(counter), asked(counter), counter.client_id())
    assert [(one.number, one.id in view.proposed) for one in view.items] == [
        (NUMBER, True),
        (SECOND, False),
    ]


def test_the_chosen_invoice_is_paid_and_the_rest_is_on_account(counter: Counter) -> None:
    choose(counter, SECOND)
    assert parts(counter) == [(SECOND, 80_000), (None, 10_000)]


def test_more_than_the_payment_reaches_is_refused(counter: Counter) -> None:
    with pytest.raises(InvalidInput, match="does not reach"):
        counter.bank.settle(
            actor(counter),
            asked(counter),
            counter.client_id(),
            [item(counter, NUMBER), item(counter, SECOND)],
        )


def test_none_chosen_is_refused_at_the_field(counter: Counter) -> None:
    with pytest.raises(InvalidInput) as refused:
        choose(counter)
    assert refused.value.field == "items"


def test_the_same_choice_twice_changes_nothing(counter: Counter) -> None:
    choose(counter, SECOND)
    choose(counter, SECOND)
    assert len(parts(counter)) == 2


def test_another_choice_later_is_told_who_answered(counter: Counter) -> None:
    choose(counter, SECOND)
    with pytest.raises(AlreadyHandled):
        choose(counter, NUMBER)


def test_an_answered_receipt_opens_no_choice(counter: Counter) -> None:
    choose(counter, SECOND)
    with pytest.raises(AlreadyHandled):
        counter.bank.payment_items(actor(counter), asked(counter), counter.client_id())


def test_a_client_that_was_not_proposed_is_refused(counter: Counter) -> None:
    with pytest.raises(NotFound):
        choose(counter, SECOND, code=ROY)


def test_a_movement_that_is_gone_is_refused(counter: Counter) -> None:
    with pytest.raises(NotFound):
        counter.bank.payment_items(actor(counter), 1, counter.client_id())


def test_a_salesperson_chooses_nothing(counter: Counter) -> None:
    with pytest.raises(NotAllowed):
        counter.bank.payment_items(actor(counter, Role.SALES), asked(counter), counter.client_id())


def test_a_client_that_owes_nothing_any_more_has_nothing_to_choose(counter: Counter) -> None:
    counter.statement(paid(f"{NUMBER} {SECOND}", "2000.00", day="17"))
    with pytest.raises(NotFound):
        counter.bank.payment_items(actor(counter), asked(counter), counter.client_id())
