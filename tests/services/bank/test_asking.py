"""Finance says whose a receipt is: once, and what it says holds."""

from pathlib import Path

import pytest

from bot.domain.actors import Actor
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.lifecycle import PromiseState, Role
from storage.unit_of_work import Database
from tests.services.bank.counter import DUVAL, ROY, Counter, open_counter, paid


@pytest.fixture
def counter(database: Database, tmp_path: Path) -> Counter:
    counter = open_counter(database, tmp_path)
    with database.write() as uow:
        uow.session.connection().exec_driver_sql("UPDATE workspace SET finance_channel = 'CFIN'")
        uow.commit()
    counter.statement(paid(amount="700.00"))
    return counter


def actor(counter: Counter, role: Role = Role.FINANCE) -> Actor:
    return Actor(counter.desk.workspace_id, None, roles=frozenset({role}))


def asked(counter: Counter) -> int:
    return int(counter.desk.rows("SELECT id FROM bank_line")[0][0])


def told(counter: Counter) -> list[str]:
    query = "SELECT method FROM message WHERE kind = 'payment_question' ORDER BY id"
    return [method for (method,) in counter.desk.rows(query)]


def test_finance_is_asked_once(counter: Counter) -> None:
    counter.statement(paid(amount="700.00"))
    assert told(counter) == ["chat.postMessage"]


def test_a_confirmed_proposal_is_seen_at_the_bank(counter: Counter) -> None:
    counter.bank.settle(actor(counter), asked(counter), counter.client_id(DUVAL))
    assert (counter.seen(), told(counter)) == (70_000, ["chat.postMessage", "chat.update"])


def test_a_confirmed_proposal_keeps_the_promise(counter: Counter) -> None:
    promise = counter.promise(70_000)
    counter.bank.settle(actor(counter), asked(counter), counter.client_id(DUVAL))
    assert counter.state(promise) is PromiseState.KEPT


def test_the_same_answer_twice_changes_nothing(counter: Counter) -> None:
    for _ in range(2):
        counter.bank.settle(actor(counter), asked(counter), counter.client_id(DUVAL))
    assert (counter.seen(), len(told(counter))) == (70_000, 2)


def test_a_refused_proposal_leaves_the_receipt_to_the_books(counter: Counter) -> None:
    counter.bank.settle(actor(counter), asked(counter), None)
    assert counter.seen() == 0


def test_another_answer_later_is_told_who_answered(counter: Counter) -> None:
    counter.bank.settle(actor(counter), asked(counter), None)
    with pytest.raises(AlreadyHandled):
        counter.bank.settle(actor(counter), asked(counter), counter.client_id(DUVAL))


def test_a_client_that_was_not_proposed_is_refused(counter: Counter) -> None:
    with pytest.raises(NotFound):
        counter.bank.settle(actor(counter), asked(counter), counter.client_id(ROY))


def test_a_movement_that_is_gone_is_refused(counter: Counter) -> None:
    with pytest.raises(NotFound):
        counter.bank.settle(actor(counter), 1, None)


def test_a_salesperson_does_not_answer(counter: Counter) -> None:
    with pytest.raises(NotAllowed):
        counter.bank.settle(actor(counter, Role.SALES), asked(counter), None)
