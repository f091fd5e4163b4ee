"""The register of doubtful payers."""

from datetime import date, timedelta

import pytest

from bot.domain.actors import Actor
from bot.domain.follow_ups import InvalidForm
from bot.domain.lifecycle import Role
from bot.domain.solvency.flags import FlagForm, flag, live_flags, may_lift
from bot.domain.solvency.weights import DEFAULT
from tests.domain.solvency.cases import SIREN, TODAY, a_flag

KARIM = Actor(1, 7, name="Karim", roles=frozenset({Role.SALES}))
FIONA = Actor(1, 9, name="Fiona", roles=frozenset({Role.FINANCE}))


def test_a_flag_keeps_its_reason_author_and_last_day() -> None:
    put = flag(KARIM, SIREN, FlagForm(" bounced cheque ", date(2027, 6, 1)), DEFAULT, TODAY)
    assert (put.reason, put.author, put.flagged_on, put.expires_on) == (
        "bounced cheque",
        "Karim",
        TODAY,
        date(2027, 6, 1),
    )


def test_without_a_day_a_flag_lasts_as_long_as_the_policy_allows() -> None:
    put = flag(KARIM, SIREN, FlagForm("bounced cheque"), DEFAULT, TODAY)
    assert put.expires_on == TODAY + timedelta(days=730)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (FlagForm(" "), "reason"),
        (FlagForm("x" * 3001), "reason"),
        (FlagForm("late", TODAY - timedelta(days=1)), "expires_on"),
        (FlagForm("late", TODAY + timedelta(days=731)), "expires_on"),
    ],
)
def test_a_flag_names_the_field_to_mend(form: FlagForm, field: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        flag(KARIM, SIREN, form, DEFAULT, TODAY)
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize(
    ("actor", "author_id", "allowed"),
    [(KARIM, 7, True), (FIONA, None, True), (KARIM, None, False), (KARIM, 9, False)],
)
def test_the_author_and_finance_lift_a_flag(
    actor: Actor, author_id: int | None, allowed: bool
) -> None:
    assert may_lift(actor, author_id) is allowed


def test_live_flags_come_direct_ones_first_then_the_newest() -> None:
    over = a_flag(expires_on=TODAY - timedelta(days=1))
    group = a_flag(flagged_on=TODAY, by_group=True)
    older = a_flag(flagged_on=date(2026, 1, 1))
    newer = a_flag(expires_on=TODAY)
    assert live_flags([group, older, over, newer], TODAY) == (newer, older, group)
