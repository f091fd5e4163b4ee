"""Who acts, and what they may do; checked on the server at every click."""

from dataclasses import dataclass, field
from enum import StrEnum, auto

from bot.domain.errors import NotAllowed
from bot.domain.lifecycle import Role


class Action(StrEnum):
    """What a person can ask goodcop to do."""

    SEE = auto()
    SEE_TOTALS = auto()
    NOTE = auto()
    ACKNOWLEDGE = auto()
    SNOOZE = auto()
    HAND_OVER = auto()
    TAKE = auto()
    RETURN = auto()
    REASSIGN = auto()
    EXTEND_WINDOW = auto()
    MUTE = auto()
    CONFIRM_KIND = auto()
    SET_APART = auto()
    HOLD_DELIVERIES = auto()
    NOTICE = auto()
    WAIVE = auto()
    LINK = auto()
    ACTIVATE = auto()
    IMPORT = auto()
    SET = auto()
    CONSENT = auto()


_OF_THE_OWNER = {
    Action.SEE,
    Action.NOTE,
    Action.ACKNOWLEDGE,
    Action.SNOOZE,
    Action.HAND_OVER,
    Action.REASSIGN,
}
_OF_FINANCE = _OF_THE_OWNER | {
    Action.SEE_TOTALS,
    Action.TAKE,
    Action.RETURN,
    Action.MUTE,
    Action.CONFIRM_KIND,
    Action.SET_APART,
    Action.HOLD_DELIVERIES,
    Action.NOTICE,
    Action.WAIVE,
    Action.LINK,
    Action.ACTIVATE,
    Action.IMPORT,
    Action.SET,
}
_OF_THE_MANAGER = _OF_THE_OWNER | {Action.EXTEND_WINDOW}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of one workspace, as known when they act.

    `team` lists who reports to them, `covers` for whom they stand in while those are away.
    """

    workspace_id: int
    person_id: int | None
    slack_user_id: str = ""
    name: str = ""
    roles: frozenset[Role] = frozenset()
    locale: str = "fr"
    time_zone: str = "Europe/Paris"
    team: frozenset[int] = field(default_factory=frozenset)
    covers: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_finance(self) -> bool:
        """Say whether they see everything (finance and administrators do)."""
        return bool(self.roles & {Role.FINANCE, Role.ADMIN})

    @property
    def served(self) -> frozenset[int]:
        """Return whose work they do: their own, and that of those they stand in for."""
        return self.covers if self.person_id is None else self.covers | {self.person_id}

    @property
    def owners(self) -> frozenset[int]:
        """Return whose clients they may see: their own, their team's, those they stand in for."""
        return self.served | self.team


def system(workspace_id: int) -> Actor:
    """Return goodcop itself, for jobs and the command line: an administrator without a person."""
    return Actor(workspace_id, None, name="goodcop", roles=frozenset({Role.ADMIN, Role.FINANCE}))


def may(actor: Actor, action: Action, *, owner_id: int | None = None) -> bool:
    """Say whether `actor` may do `action` on a client owned by `owner_id`.

    Finance may do all but extend a window and consent to an unsafe channel; a manager acts for the
    people who report to them, a stand-in as the owner.
    """
    if actor.is_finance and action in _OF_FINANCE:
        return True
    if Role.ADMIN in actor.roles:
        return True
    if owner_id is None:
        return False
    if action in _OF_THE_OWNER and owner_id in actor.owners:
        return True
    return owner_id in actor.team and action in _OF_THE_MANAGER


def allow(actor: Actor, action: Action, *, owner_id: int | None = None) -> None:
    """Raise `NotAllowed` unless `may`; call it before anything is shown or changed."""
    if not may(actor, action, owner_id=owner_id):
        raise NotAllowed("not_allowed")
