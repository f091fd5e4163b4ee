"""The limit is the least of need, capacity, and cover plus own risk."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.solvency.credit_limit import (
    credit_limit,
    group_exposure,
    uninsured_minor,
    usage_after,
    usage_level,
    usage_percent,
)
from bot.domain.solvency.dossier import Cover, Grade
from bot.domain.solvency.weights import DEFAULT
from tests.domain.solvency.cases import TODAY, a_dossier, a_record, accounts

COVER = Cover("Assureur du Nord", "P1", 40_000_00, 90, "EUR", date(2026, 11, 24), TODAY)


def test_the_need_is_monthly_sales_over_terms_and_usual_delay() -> None:
    record = a_record(monthly_sales_minor=20_000_00, usual_delay_days=15, paid_count=0)
    limit = credit_limit(a_dossier(own_record=record), Grade.A, DEFAULT, TODAY)
    assert limit.need_minor == 20_000_00 * 75 // 30


def test_the_capacity_is_a_share_of_turnover_by_grade() -> None:
    limit = credit_limit(a_dossier(), Grade.B, DEFAULT, TODAY)
    assert limit.capacity_minor == 240_000_00


def test_the_insurers_cover_counts_as_capacity() -> None:
    limit = credit_limit(a_dossier(accounts=(), cover=COVER), Grade.C, DEFAULT, TODAY)
    assert limit.capacity_minor == 40_000_00


def test_the_risk_is_the_cover_and_what_we_accept_beside_it() -> None:
    assert credit_limit(a_dossier(cover=COVER), Grade.B, DEFAULT, TODAY).risk_minor == 60_000_00


@pytest.mark.parametrize(
    "cover",
    [None, replace(COVER, valid_until=date(2026, 11, 23)), replace(COVER, currency="CHF")],
)
def test_a_cover_out_of_date_or_in_another_currency_is_none(cover: Cover | None) -> None:
    assert credit_limit(a_dossier(cover=cover), Grade.B, DEFAULT, TODAY).cover_minor == 0


def test_the_limit_is_the_least_of_the_three() -> None:
    record = a_record(monthly_sales_minor=90_000_00)
    limit = credit_limit(a_dossier(own_record=record), Grade.B, DEFAULT, TODAY)
    assert limit.minor == min(limit.need_minor, limit.capacity_minor, limit.risk_minor)


@pytest.mark.parametrize(("paid", "starter"), [(0, 5_000_00), (10, 10_000_00), (90, 25_000_00)])
def test_a_starter_limit_grows_with_what_was_paid(paid: int, starter: int) -> None:
    record = a_record(paid_count=paid, monthly_sales_minor=0)
    limit = credit_limit(a_dossier(own_record=record), Grade.B, DEFAULT, TODAY)
    assert limit.starter_minor == starter


def test_figures_in_another_currency_are_not_counted() -> None:
    swiss = replace(DEFAULT, currency="CHF")
    limit = credit_limit(a_dossier(own_record=a_record()), Grade.B, swiss, TODAY)
    assert (limit.need_minor, limit.capacity_minor) == (5_000_00, 5_000_00)


def test_a_turnover_that_is_hidden_leaves_the_starter() -> None:
    hidden = a_dossier(accounts=(accounts(turnover_minor=None),))
    assert credit_limit(hidden, Grade.B, DEFAULT, TODAY).capacity_minor == 5_000_00


@pytest.mark.parametrize("grade", [Grade.D, Grade.E])
def test_below_c_nothing_is_lent(grade: Grade) -> None:
    assert credit_limit(a_dossier(cover=COVER), grade, DEFAULT, TODAY).minor == 0


@pytest.mark.parametrize(
    ("exposure", "uninsured"),
    [(10_000_00, 1_000_00), (50_000_00, 14_000_00), (-5_00, 0), (1, 1)],
)
def test_what_exceeds_the_cover_and_our_share_is_uninsured(exposure: int, uninsured: int) -> None:
    assert uninsured_minor(exposure, COVER, "EUR", TODAY) == uninsured


def test_without_cover_all_is_uninsured() -> None:
    assert uninsured_minor(100, None, "EUR", TODAY) == 100


@pytest.mark.parametrize(
    ("exposure", "limit", "percent", "level"),
    [
        (-1, 100, 0, 0),
        (49, 100, 49, 0),
        (50, 100, 50, 50),
        (89, 100, 89, 70),
        (120, 100, 120, 90),
        (1, 0, 100, 90),
        (0, 0, 0, 0),
    ],
)
def test_usage_reaches_its_levels(exposure: int, limit: int, percent: int, level: int) -> None:
    assert usage_percent(exposure, limit) == percent
    assert usage_level(exposure, limit, DEFAULT) == level


def test_a_groups_members_are_summed_against_its_limit() -> None:
    group = group_exposure("111111118", {"333333336": 20, "222222227": 20, "444444445": 50}, 70)
    assert [siren for siren, _ in group.members] == ["444444445", "222222227", "333333336"]
    assert (group.exposure_minor, group.over_minor) == (90, 20)


def test_a_group_within_its_limit_is_not_over() -> None:
    assert group_exposure("111111118", {"222222227": 20}, 70).over_minor == 0


@pytest.mark.parametrize(
    ("said", "exposure", "remembered"),
    [(0, 49, 0), (0, 50, 50), (50, 72, 70), (70, 60, 70), (70, 56, 70), (70, 55, 50), (90, 10, 0)],
)
def test_a_usage_level_is_said_once_until_usage_falls_well_below(
    said: int, exposure: int, remembered: int
) -> None:
    assert usage_after(said, exposure, 100, DEFAULT) == remembered
