"""A solvency policy is read strictly and written back whole."""

from typing import Any

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.solvency.dossier import Grade
from bot.domain.solvency.weights import DEFAULT
from bot.domain.solvency.weights_document import solvency_policy_from_document


def test_the_default_policy_reads_back_as_itself() -> None:
    assert solvency_policy_from_document(DEFAULT.to_document()) == DEFAULT


def test_what_a_file_leaves_out_keeps_its_default() -> None:
    policy = solvency_policy_from_document({"classes": {"A": {"terms_days": 50}}})
    assert (policy.classes[Grade.A].review_days, policy.classes[Grade.A].terms_days) == (365, 50)


def test_weights_follow_the_steps_of_the_file() -> None:
    policy = solvency_policy_from_document({"steps": {"age": [[20, 10], [2, 5]]}})
    assert policy.total == DEFAULT.total + 2


def test_the_default_weights_add_up_to_a_hundred() -> None:
    assert DEFAULT.total == 100


@pytest.mark.parametrize(
    ("document", "key"),
    [
        ({"weights": 1}, "weights"),
        ({"currency": "euro"}, "currency"),
        ({"currency": 3}, "currency"),
        ({"least_paid_count": 0}, "least_paid_count"),
        ({"flag_days": "long"}, "flag_days"),
        ({"unpaid_ask_days": 10}, "unpaid_ask_days"),
        ({"steps": []}, "steps"),
        ({"steps": {"weather": [[1, 1]]}}, "steps.weather"),
        ({"steps": {"age": []}}, "steps.age"),
        ({"steps": {"age": [[1]]}}, "steps.age"),
        ({"steps": {"age": [[1, -1]]}}, "steps.age"),
        ({"steps": {"age": [[1, 5], [2, 3]]}}, "steps.age"),
        ({"steps": {"age": [[2, 5], [2, 3]]}}, "steps.age"),
        ({"steps": {"age": [[2, 3], [1, 5]]}}, "steps.age"),
        ({"steps": {"payment_habit": [[30, 5], [0, 5]]}}, "steps.payment_habit"),
        ({"steps": {name: [[0, 0]] for name in DEFAULT.steps}}, "steps"),
        ({"grades": {"A": 40}}, "grades"),
        ({"grades": {"D": 4}}, "grades.D"),
        ({"grades": {"C": 0}}, "grades.C"),
        ({"classes": {"F": {}}}, "classes.F"),
        ({"classes": {"A": {"colour": 1}}}, "classes.A.colour"),
        ({"classes": {"A": {"terms_days": 61}}}, "classes.A.terms_days"),
        ({"classes": {"B": {"starter_minor": 20_000_00}}}, "classes.B.starter_minor"),
        ({"classes": {"C": {"deposit_percent": 0}, "B": {"deposit_percent": 10}}}, None),
        ({"classes": {"D": {"terms_days": 10}}}, "classes.D.terms_days"),
        ({"risky_activities": ["43", ""]}, "risky_activities"),
        ({"risky_activities": "43"}, "risky_activities"),
        ({"usage_percents": [70, 50]}, "usage_percents"),
        ({"usage_percents": [0]}, "usage_percents"),
    ],
)
def test_what_is_wrong_is_named(document: dict[str, Any], key: str | None) -> None:
    with pytest.raises(InvalidInput) as refusal:
        solvency_policy_from_document(document)
    assert refusal.value.field == (key or "classes.C.deposit_percent")
