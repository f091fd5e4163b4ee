"""Every open item is on a step, held or over; what is not is named with its reason."""

from dataclasses import replace

from bot.domain.dunning.coverage import Coverage, Covered, ItemCover, cover_of
from bot.domain.dunning.facts import ClientLedger, Pause, PauseKind
from bot.domain.dunning.planning import Because
from bot.domain.dunning.scenarios import Mode, Scenario
from bot.domain.profiles import Profile
from tests.domain.dunning.cases import CALL, FRIENDLY, USUAL, a_client, made, owed, the_day

OFF = Scenario(Profile.NEW, (replace(FRIENDLY, mode=Mode.OFF),))


def covers(client: ClientLedger, scenario: Scenario = USUAL) -> dict[int, ItemCover]:
    found, _ = cover_of(client, scenario, the_day())
    return {cover.item_id: cover for cover in found}


def test_each_item_is_covered_by_what_concerns_it() -> None:
    dispute = Pause(PauseKind.DISPUTE, None, frozenset({2}))
    client = a_client(
        owed(50, id=3), owed(30), owed(20, id=2), pauses=(dispute,), credits={"EUR": 1000_00}
    )
    found = {id: (one.covered, one.because) for id, one in covers(client).items()}
    assert found == {
        1: (Covered.ON_STEP, Because.ON_TIME),
        2: (Covered.HELD, PauseKind.DISPUTE),
        3: (Covered.FINISHED, Because.NETTED),
    }


def test_an_item_not_due_yet_is_on_its_clients_first_step() -> None:
    assert covers(a_client(owed(-20)))[1].covered is Covered.ON_STEP


def test_few_euros_alone_are_over() -> None:
    assert covers(a_client(owed(20, 5)))[1] == ItemCover(1, Covered.FINISHED, Because.SMALL)


def test_an_item_contested_in_part_is_held() -> None:
    dispute = Pause(PauseKind.DISPUTE, None, frozenset({1}), 10_00)
    assert covers(a_client(owed(20), pauses=(dispute,)))[1].covered is Covered.HELD


def test_a_scenario_without_steps_uncovers_its_clients_items() -> None:
    coverage = Coverage()
    found, unreachable = cover_of(a_client(owed(20)), OFF, the_day())
    coverage.add(1, found, unreachable=unreachable)
    assert coverage.uncovered == [(1, ItemCover(1, Covered.UNCOVERED, Because.NO_STEP))]
    assert coverage.counts[Covered.UNCOVERED] == 1


def test_a_client_no_e_mail_reaches_is_listed_though_finance_has_its_step() -> None:
    coverage = Coverage()
    found, unreachable = cover_of(a_client(owed(20), has_address=False), USUAL, the_day())
    coverage.add(1, found, unreachable=unreachable)
    assert (coverage.unreachable, coverage.counts[Covered.ON_STEP]) == ([1], 1)


def test_it_stays_listed_while_it_waits_for_another_step() -> None:
    client = a_client(owed(12), made=(made(FRIENDLY, 1),), has_address=False)
    _, unreachable = cover_of(client, USUAL, the_day())
    assert unreachable


def test_who_is_only_called_needs_no_address() -> None:
    calls = Scenario(Profile.NEW, (CALL,))
    _, unreachable = cover_of(a_client(owed(20), has_address=False), calls, the_day())
    assert not unreachable
