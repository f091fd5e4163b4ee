"""What each pause covers, and no more; credits close the oldest; small items go along."""

from datetime import date

import pytest

from bot.domain.dunning.facts import ClientLedger, Pause, PauseKind
from bot.domain.dunning.parting import Parted, parted
from tests.domain.dunning.cases import TUESDAY, a_client, days, owed, planned, the_day

SOON = TUESDAY + days(3)


def parts(client: ClientLedger) -> Parted:
    return parted(client, the_day())


def free(client: ClientLedger) -> list[tuple[int, int]]:
    return [(item.id, item.minor) for item in parts(client).free]


def paused(client: ClientLedger) -> list[tuple[int, int]]:
    return [(item.id, item.minor) for item, _ in parts(client).paused]


def test_a_dispute_takes_its_own_items_only() -> None:
    dispute = Pause(PauseKind.DISPUTE, None, frozenset({1}))
    client = a_client(owed(30), owed(10, id=2), pauses=(dispute,))
    assert (free(client), paused(client)) == ([(2, 1000_00)], [(1, 1000_00)])


def test_a_dispute_about_a_part_leaves_the_rest_to_be_asked_for() -> None:
    dispute = Pause(PauseKind.DISPUTE, None, frozenset({1}), 300_00, "EUR")
    client = a_client(owed(30), pauses=(dispute,))
    assert (free(client), paused(client)) == ([(1, 700_00)], [(1, 300_00)])


def test_a_promise_covers_the_oldest_items_up_to_its_amount() -> None:
    promise = Pause(PauseKind.PROMISE, SOON, None, 1500_00, "EUR")
    client = a_client(owed(10, id=2), owed(30), owed(5, id=3), pauses=(promise,))
    assert paused(client) == [(1, 1000_00), (2, 500_00)]
    assert free(client) == [(2, 500_00), (3, 1000_00)]


def test_a_promise_in_another_currency_covers_nothing() -> None:
    promise = Pause(PauseKind.PROMISE, SOON, None, 1500_00, "USD")
    assert free(a_client(owed(10), pauses=(promise,))) == [(1, 1000_00)]


def test_a_promise_never_covers_what_is_contested_already() -> None:
    promise = Pause(PauseKind.PROMISE, SOON, None, 1000_00, "EUR")
    dispute = Pause(PauseKind.DISPUTE, None, frozenset({1}))
    client = a_client(owed(30), owed(10, id=2), pauses=(promise, dispute))
    assert (free(client), paused(client)) == ([], [(1, 1000_00), (2, 1000_00)])


def test_what_was_sold_to_a_factor_is_not_asked_for() -> None:
    factored = Pause(PauseKind.FACTORED, None, frozenset({1}))
    assert free(a_client(owed(30), owed(10, id=2), pauses=(factored,))) == [(2, 1000_00)]


@pytest.mark.parametrize(
    "kind",
    [PauseKind.PROCEEDING, PauseKind.MANUAL, PauseKind.MUTED, PauseKind.ACCOUNT_KIND],
)
def test_a_pause_of_the_client_stops_everything(kind: PauseKind) -> None:
    assert free(a_client(owed(30), owed(10, id=2), pauses=(Pause(kind),))) == []


@pytest.mark.parametrize(
    ("until", "longest"),
    [((SOON, TUESDAY), SOON), ((SOON, None), None), ((None, SOON), None)],
)
def test_of_several_pauses_the_longest_is_said(
    until: tuple[date | None, date | None], longest: date | None
) -> None:
    pauses = tuple(Pause(PauseKind.MANUAL, day) for day in until)
    assert parts(a_client(owed(30), pauses=pauses)).paused[0][1].until == longest


def test_the_window_covers_no_item() -> None:
    window = Pause(PauseKind.WINDOW, SOON)
    assert free(a_client(owed(30), pauses=(window,))) == [(1, 1000_00)]


def test_credits_close_the_oldest_item_first_and_what_is_left_is_asked_for() -> None:
    client = a_client(owed(5, id=2), owed(30), credits={"EUR": 1200_00})
    assert free(client) == [(2, 800_00)]
    assert [item.id for item in parts(client).netted] == [1]


def test_a_paused_client_is_looked_at_again_when_the_first_pause_of_a_part_ends() -> None:
    promise = Pause(PauseKind.PROMISE, SOON, None, 1000_00, "EUR")
    dispute = Pause(PauseKind.DISPUTE, None, frozenset({2}))
    plan = planned(a_client(owed(30), owed(10, id=2), pauses=(promise, dispute)))
    assert plan.on == date(2026, 11, 30)
