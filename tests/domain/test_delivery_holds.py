"""What may be held of a client's deliveries."""

from bot.domain.delivery_holds import Scope, scope_of


def test_in_a_proceeding_contracts_under_way_go_on() -> None:
    assert scope_of(in_proceeding=True) is Scope.NEW_ORDERS
    assert scope_of(in_proceeding=False) is Scope.DELIVERIES
