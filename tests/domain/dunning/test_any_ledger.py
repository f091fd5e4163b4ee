"""Whatever is billed and paid: one step a day at most, in order, spaced, and about what is owed."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.facts import PlanningDay
from bot.domain.dunning.replay import PastClient, PastItem, Replayed, replay
from bot.domain.profiles import Profile
from tests.domain.dunning.cases import TUESDAY, a_client

CALENDAR = Calendar()
LAST = TUESDAY + timedelta(days=200)
payments = st.lists(st.tuples(st.integers(0, 150), st.integers(1, 900)), max_size=3)
bills = st.lists(
    st.tuples(st.integers(-60, 60), st.integers(-900, 2000).filter(bool), payments), max_size=5
)


def items(drawn: list[tuple[int, int, list[tuple[int, int]]]]) -> tuple[PastItem, ...]:
    made = []
    for id, (due_in, euros, paid) in enumerate(drawn, start=1):
        due_on, left, settled = TUESDAY + timedelta(days=due_in), abs(euros), []
        for on, amount in paid:
            closed = min(left, amount)
            left -= closed
            if closed:
                settled.append((TUESDAY + timedelta(days=on), closed * 100))
        minor = euros * 100
        open_minor = left * 100 if euros > 0 else -left * 100
        issued_on = due_on - timedelta(days=30)
        made.append(PastItem(id, issued_on, due_on, minor, open_minor, "EUR", tuple(settled)))
    return tuple(made)


def replayed(client: PastClient, profile: Profile) -> list[Replayed]:
    def day_of(day: date) -> PlanningDay:
        return PlanningDay(day, CALENDAR, {"EUR": 10_00})

    return list(replay(client, DEFAULTS[profile], TUESDAY, LAST, day_of))


@given(bills, st.sampled_from(Profile))
def test_steps_are_spaced_by_their_delays_and_come_on_working_days(
    drawn: list[tuple[int, int, list[tuple[int, int]]]], profile: Profile
) -> None:
    found = replayed(PastClient(a_client(), items(drawn)), profile)
    for before, after in pairwise(found):
        assert (after.on - before.on).days >= after.step.minimum_days
    assert all(CALENDAR.is_business_day(one.on) for one in found)


@given(bills, st.sampled_from(Profile))
def test_no_reminder_comes_earlier_than_its_offset_from_the_oldest_item_it_names(
    drawn: list[tuple[int, int, list[tuple[int, int]]]], profile: Profile
) -> None:
    for one in replayed(PastClient(a_client(), items(drawn)), profile):
        oldest = min(item.due_on for item in one.items)
        assert (one.on - oldest).days >= one.step.offset_days


@given(bills, st.sampled_from(Profile))
def test_a_step_names_what_is_open_and_no_more_than_is_owed(
    drawn: list[tuple[int, int, list[tuple[int, int]]]], profile: Profile
) -> None:
    client = PastClient(a_client(), items(drawn))
    for one in replayed(client, profile):
        ledger = client.on(one.on, ())
        net = sum(item.minor for item in ledger.items) - ledger.credits.get("EUR", 0)
        assert 0 < sum(item.minor for item in one.items) <= net


@given(bills, st.sampled_from(Profile))
def test_a_harder_step_follows_the_one_before_it_about_the_same_debt(
    drawn: list[tuple[int, int, list[tuple[int, int]]]], profile: Profile
) -> None:
    asked = [
        step
        for step in DEFAULTS[profile].reminders
        if not step.minimum_minor  # what is not for small debts may be passed over
    ]
    found = replayed(PastClient(a_client(), items(drawn)), profile)
    for before, after in pairwise(found):
        named = {item.id for item in before.items} & {item.id for item in after.items}
        if not named or before.step.is_courtesy or after.step not in asked:
            continue
        assert asked.index(after.step) <= sum(
            step.offset_days <= before.step.offset_days for step in asked
        )
