"""Reviews by risk class, and prospects by priority."""

from datetime import date

import pytest

from bot.domain.actors import Actor
from bot.domain.errors import InvalidInput, NotAllowed
from bot.domain.lifecycle import Role
from bot.domain.solvency.dossier import Grade
from bot.domain.solvency.reviews import (
    Priority,
    check_priority,
    review_on,
)
from bot.domain.solvency.weights import DEFAULT

NADIA = Actor(1, 8, roles=frozenset({Role.MANAGER}))
KARIM = Actor(1, 7, roles=frozenset({Role.SALES}))
FIONA = Actor(1, 9, roles=frozenset({Role.FINANCE}))


@pytest.mark.parametrize(
    ("grade", "day"),
    [(Grade.A, date(2027, 6, 1)), (Grade.C, date(2026, 8, 30)), (Grade.E, date(2026, 7, 1))],
)
def test_a_worse_class_is_reviewed_sooner(grade: Grade, day: date) -> None:
    assert review_on(grade, date(2026, 6, 1), DEFAULT) == day


@pytest.mark.parametrize("actor", [NADIA, FIONA])
def test_managers_and_finance_set_priorities(actor: Actor) -> None:
    assert check_priority(actor, 1) is Priority.HIGH


def test_a_salesperson_does_not_set_priorities() -> None:
    with pytest.raises(NotAllowed):
        check_priority(KARIM, 1)


def test_a_priority_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidInput):
        check_priority(NADIA, 4)
