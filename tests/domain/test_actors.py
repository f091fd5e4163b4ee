"""Who may do what: the owner, their manager, finance, nobody else."""

import pytest

from bot.domain.actors import Action, Actor, allow, may, system
from bot.domain.errors import NotAllowed
from bot.domain.lifecycle import Role

OWNER, OTHER, MANAGER, FINANCE, ADMIN = (
    Actor(1, 10, roles=frozenset({Role.SALES})),
    Actor(1, 11, roles=frozenset({Role.SALES})),
    Actor(1, 12, roles=frozenset({Role.MANAGER}), team=frozenset({10})),
    Actor(1, 13, roles=frozenset({Role.FINANCE})),
    Actor(1, 14, roles=frozenset({Role.ADMIN})),
)


@pytest.mark.parametrize(
    ("actor", "action", "expected"),
    [
        (OWNER, Action.NOTE, True),
        (OWNER, Action.HAND_OVER, True),
        (OWNER, Action.TAKE, False),
        (OWNER, Action.EXTEND_WINDOW, False),
        (OTHER, Action.SEE, False),
        (OTHER, Action.NOTE, False),
        (MANAGER, Action.NOTE, True),
        (MANAGER, Action.EXTEND_WINDOW, True),
        (MANAGER, Action.TAKE, False),
        (FINANCE, Action.TAKE, True),
        (FINANCE, Action.SEE, True),
        (FINANCE, Action.EXTEND_WINDOW, False),
        (OWNER, Action.MUTE, False),
        (MANAGER, Action.MUTE, False),
        (FINANCE, Action.MUTE, True),
        (MANAGER, Action.CONFIRM_KIND, False),
        (FINANCE, Action.CONFIRM_KIND, True),
        (FINANCE, Action.CONSENT, False),
        (ADMIN, Action.CONSENT, True),
        (ADMIN, Action.EXTEND_WINDOW, True),
        (ADMIN, Action.SET, True),
    ],
)
def test_each_role_may_do_its_part(actor: Actor, action: Action, expected: bool) -> None:
    assert may(actor, action, owner_id=10) is expected


def test_a_client_nobody_owns_belongs_to_finance() -> None:
    assert may(FINANCE, Action.REASSIGN)
    assert not may(OWNER, Action.SEE)


def test_what_is_not_allowed_is_refused() -> None:
    with pytest.raises(NotAllowed):
        allow(OTHER, Action.SEE, owner_id=10)


def test_goodcop_itself_acts_as_an_administrator() -> None:
    allow(system(1), Action.IMPORT)
    assert system(1).is_finance
