"""A solvency policy is read strictly and written back whole."""

from decimal import Decimal
from typing import Any

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.solvency.cover import CoverTerms
from bot.domain.solvency.dossier import Grade
from bot.domain.solvency.weights import DEFAULT
from bot.domain.solvency.weights_document import solvency_policy_from_document

COVER = {
    "insurer": "Assureur du Nord",
    "policy": "P1",
    "max_credit_days": 120,
    "declare_days": 30,
    "intervention_days": 60,
    "least_minor": 300_00,
}


def test_the_deadlines_of_a_policy_are_read_and_written_back() -> None:
    policy = solvency_policy_from_document({"cover_terms": [COVER]})
    terms = policy.terms_of_cover("Assureur du Nord", "P1")
    assert terms == CoverTerms("Assureur du Nord", "P1", 120, 30, 60, 300_00)
    assert solvency_policy_from_document(policy.to_document()) == policy


RATE = {"legal": "2.50", "refi": "2.15", "source": "order of June"}


def test_rates_entered_since_are_read_and_written_back() -> None:
    policy = solvency_policy_from_document({"late_payment_rates": {"2026-2": RATE}})
    (row,) = policy.late_payment_rates
    assert (str(row.half_year), row.legal_percent) == ("2026-2", Decimal("2.50"))
    assert solvency_policy_from_document(policy.to_document()) == policy


def test_a_policy_nobody_entered_has_no_deadlines() -> None:
    assert DEFAULT.terms_of_cover("Assureur du Nord", "P1") is None


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
        ({"late_payment_rates": []}, "late_payment_rates"),
        ({"late_payment_rates": {"2026": {}}}, "late_payment_rates.2026"),
        ({"late_payment_rates": {"2026-2": 12}}, "late_payment_rates.2026-2"),
        ({"late_payment_rates": {"2026-2": {**RATE, "x": 1}}}, "late_payment_rates.2026-2.x"),
        (
            {"late_payment_rates": {"2026-2": {**RATE, "refi": 2.15}}},
            "late_payment_rates.2026-2.refi",
        ),
        (
            {"late_payment_rates": {"2026-2": {**RATE, "legal": "1e9"}}},
            "late_payment_rates.2026-2.legal",
        ),
        (
            {"late_payment_rates": {"2026-2": {"legal": "2", "refi": "2"}}},
            "late_payment_rates.2026-2.source",
        ),
        ({"cover_terms": {}}, "cover_terms"),
        ({"cover_terms": [COVER, COVER]}, "cover_terms"),
        ({"cover_terms": [{**COVER, "days": 3}]}, "cover_terms.1.days"),
        ({"cover_terms": [{**COVER, "policy": 7}]}, "cover_terms.1.policy"),
        ({"cover_terms": [{**COVER, "currency": "€"}]}, "cover_terms.1.currency"),
        ({"cover_terms": [{"insurer": "N", "policy": "P"}]}, "cover_terms.1.max_credit_days"),
    ],
)
def test_what_is_wrong_is_named(document: dict[str, Any], key: str | None) -> None:
    with pytest.raises(InvalidInput) as refusal:
        solvency_policy_from_document(document)
    assert refusal.value.field == (key or "classes.C.deposit_percent")
