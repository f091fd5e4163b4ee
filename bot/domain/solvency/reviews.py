"""When a company is looked at again, and which prospects are met first."""

from datetime import date, timedelta
from enum import IntEnum

from bot.domain.actors import Actor
from bot.domain.errors import InvalidInput, NotAllowed
from bot.domain.lifecycle import Role
from bot.domain.solvency.dossier import Grade
from bot.domain.solvency.weights import SolvencyPolicy


class Priority(IntEnum):
    """How soon a prospect should be met."""

    NONE = 0
    HIGH = 1
    MEDIUM = 2
    LOW = 3


def review_on(grade: Grade, assessed_on: date, policy: SolvencyPolicy) -> date:
    """Return the day a company of that grade is due for review."""
    return assessed_on + timedelta(days=policy.classes[grade].review_days)


def may_prioritise(actor: Actor) -> bool:
    """Say whether a person says which prospects are met first: managers and finance."""
    return actor.is_finance or Role.MANAGER in actor.roles


def check_priority(actor: Actor, priority: int) -> Priority:
    """Return the priority that a manager or finance sets on a prospect.

    Raise `NotAllowed` for anybody else, `InvalidInput` for a priority that does not exist.
    """
    if not may_prioritise(actor):
        raise NotAllowed("not_allowed")
    try:
        return Priority(priority)
    except ValueError as error:
        raise InvalidInput("Choose a priority from 0 to 3.", field="priority") from error
