"""A replay says what would have been done on each day of the books as they moved."""

from datetime import date

from bot.domain.calendar import Calendar
from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.facts import Pause, PauseKind, PlanningDay
from bot.domain.dunning.replay import PastClient, PastItem, PastPause, replay
from bot.domain.profiles import Profile
from tests.domain.dunning.cases import FRIENDLY, TUESDAY, USUAL, a_client, days, made

LAST_DAY = TUESDAY + days(120)


def an_item(
    due_in: int, euros: int = 1000, *, id: int = 1, settled: tuple[tuple[int, int], ...] = ()
) -> PastItem:
    """An item due so many days after the Tuesday, and what closed it: (day, euros)."""
    closed = tuple((TUESDAY + days(on), cents * 100) for on, cents in settled)
    left = abs(euros) - sum(cents for _, cents in settled)
    due_on = TUESDAY + days(due_in)
    open_minor = left * 100 if euros > 0 else -left * 100
    return PastItem(id, due_on - days(30), due_on, euros * 100, open_minor, "EUR", closed)


def steps(
    client: PastClient, first: date = TUESDAY, last: date = LAST_DAY
) -> list[tuple[str, int]]:
    """Return each step made and the days after the Tuesday."""
    scenario = DEFAULTS[Profile.PUNCTUAL]

    def day_of(day: date) -> PlanningDay:
        return PlanningDay(day, Calendar(), {"EUR": 10_00})

    found = replay(client, scenario, first, last, day_of)
    return [(one.step.key, (one.on - TUESDAY).days) for one in found]


def test_an_unpaid_invoice_goes_through_its_scenario_in_order_and_ends() -> None:
    found = steps(PastClient(a_client(), (an_item(0),)))
    assert [key for key, _ in found] == [step.key for step in USUAL.reminders]


def test_each_step_comes_on_its_first_working_day() -> None:
    found = steps(PastClient(a_client(), (an_item(0),)))
    assert found[:3] == [("reminder_1", 6), ("call", 13), ("reminder_2", 27)]


def test_what_was_paid_stops_on_its_day() -> None:
    paid = an_item(0, settled=((7, 1000),))
    assert steps(PastClient(a_client(), (paid,))) == [("reminder_1", 6)]


def test_a_credit_note_stops_reminders_from_the_day_it_was_issued() -> None:
    credit = an_item(37, -1000, id=2)
    assert steps(PastClient(a_client(), (an_item(0), credit))) == [("reminder_1", 6)]


def test_a_credit_note_used_since_counted_while_it_was_open() -> None:
    credit = an_item(30, -1000, id=2, settled=((60, 1000),))
    found = steps(PastClient(a_client(), (an_item(0), credit)))
    assert found[0] == ("reminder_1", 62)


def test_a_pause_moves_the_steps_to_its_end() -> None:
    pause = Pause(PauseKind.MANUAL, TUESDAY + days(20))
    held = PastPause(pause, TUESDAY - days(5), TUESDAY + days(20))
    found = steps(PastClient(a_client(), (an_item(0),), (held,)))
    assert found[0] == ("reminder_1", 21)


def test_a_pause_without_an_end_stops_everything() -> None:
    held = PastPause(Pause(PauseKind.PROCEEDING), TUESDAY + days(8), None)
    assert steps(PastClient(a_client(), (an_item(0),), (held,))) == [("reminder_1", 6)]


def test_steps_made_before_are_known_and_later_ones_forgotten() -> None:
    now = a_client(made=(made(FRIENDLY, 20), made(USUAL.reminders[1], -5)))
    found = steps(PastClient(now, (an_item(-24),)))
    assert found[0] == ("call", 0)


def test_credits_never_matched_count_on_every_day() -> None:
    client = PastClient(a_client(), (an_item(0),), (), {"EUR": 1000_00})
    assert steps(client) == []


def test_the_last_day_is_included_and_none_after_it() -> None:
    client = PastClient(a_client(), (an_item(0),))
    assert steps(client, last=TUESDAY + days(6)) == [("reminder_1", 6)]
    assert steps(client, last=TUESDAY + days(5)) == []
