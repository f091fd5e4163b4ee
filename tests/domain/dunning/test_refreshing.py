"""A step is about what is owed when it is done, and is not done once nothing is."""

import pytest

from bot.domain.dunning.facts import ClientLedger, Pause, PauseKind
from bot.domain.dunning.planning import Because
from bot.domain.dunning.refreshing import Refreshed, refreshed
from bot.domain.dunning.scenarios import StepActor
from tests.domain.dunning.cases import TUESDAY, a_client, days, owed, the_day


def again(client: ClientLedger, *named: int, **how: bool) -> Refreshed:
    return refreshed(client, set(named), StepActor.GOODCOP, the_day(), **how)


def test_what_became_late_meanwhile_goes_along() -> None:
    found = again(a_client(owed(30), owed(1, id=2), owed(-3, id=3)), 1)
    assert [item.id for item in found.items] == [1, 2]


def test_a_courtesy_keeps_to_what_it_named() -> None:
    found = again(a_client(owed(-3), owed(-4, id=2)), 1, is_courtesy=True)
    assert [item.id for item in found.items] == [1]


def test_it_stops_when_what_it_named_is_paid_though_other_items_are_late() -> None:
    assert again(a_client(owed(30, id=2)), 1) == Refreshed(because=Because.NOTHING_OWED)


def test_it_stops_when_credits_cover_what_it_named() -> None:
    client = a_client(owed(30), credits={"EUR": 1000_00})
    assert again(client, 1).because is Because.NETTED


@pytest.mark.parametrize("kind", [PauseKind.MANUAL, PauseKind.PROCEEDING, PauseKind.WINDOW])
def test_it_stops_at_a_pause_that_covers_it(kind: PauseKind) -> None:
    client = a_client(owed(30), pauses=(Pause(kind, TUESDAY + days(9)),))
    assert again(client, 1) == Refreshed(because=kind)


def test_the_window_does_not_stop_the_salespersons_own_step() -> None:
    client = a_client(owed(30), pauses=(Pause(PauseKind.WINDOW, TUESDAY + days(9)),))
    found = refreshed(client, {1}, StepActor.SALES, the_day())
    assert found.because is None
