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


ACTORS = {
    "owner": OWNER,
    "colleague": OTHER,
    "manager": MANAGER,
    "finance": FINANCE,
    "admin": ADMIN,
    "stranger": Actor(1, 15),
}
# Every role (owner, colleague, manager of the owner, finance, administrator, somebody without a
# role), on a client that the owner looks after, then on one that nobody does: x may, . may not.
TABLE = """
see                x.xxx.  ...xx.
see_totals         ...xx.  ...xx.
note               x.xxx.  ...xx.
acknowledge        x.xxx.  ...xx.
snooze             x.xxx.  ...xx.
hand_over          x.xxx.  ...xx.
take               ...xx.  ...xx.
return             ...xx.  ...xx.
reassign           x.xxx.  ...xx.
extend_window      ..x.x.  ....x.
mute               ...xx.  ...xx.
confirm_kind       ...xx.  ...xx.
set_apart          ...xx.  ...xx.
hold_deliveries    ...xx.  ...xx.
notice             ...xx.  ...xx.
waive              ...xx.  ...xx.
link               ...xx.  ...xx.
activate           ...xx.  ...xx.
import             ...xx.  ...xx.
set                ...xx.  ...xx.
consent            ....x.  ....x.
"""
CELLS = [
    (who, action, owner_id, sign == "x")
    for action, *columns in (line.split() for line in TABLE.strip().splitlines())
    for owner_id, signs in zip((10, None), columns, strict=True)
    for who, sign in zip(ACTORS, signs, strict=True)
]


@pytest.mark.parametrize(("who", "action", "owner_id", "expected"), CELLS)
def test_each_role_may_do_its_part_and_no_other(
    who: str, action: str, owner_id: int | None, expected: bool
) -> None:
    assert may(ACTORS[who], Action(action), owner_id=owner_id) is expected


def test_the_table_has_every_action() -> None:
    assert {action for _, action, _, _ in CELLS} == {action.value for action in Action}


def test_a_client_nobody_owns_belongs_to_finance() -> None:
    assert may(FINANCE, Action.REASSIGN)
    assert not may(OWNER, Action.SEE)


def test_what_is_not_allowed_is_refused() -> None:
    with pytest.raises(NotAllowed):
        allow(OTHER, Action.SEE, owner_id=10)


def test_goodcop_itself_acts_as_an_administrator() -> None:
    allow(system(1), Action.IMPORT)
    assert system(1).is_finance
