"""The pace kept towards Slack, per workspace, shared by every process through the database.

Sources: SLACK.md section 1 (tiers of each method), DESIGN.md section 6 (one post a second per
channel, 240 posts a minute per workspace).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Insert, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.ids import new_id
from storage.tables.queue import Pace

POSTS = "posts"
CALLS_A_MINUTE = {
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.replies": 50,
    "conversations.info": 50,
    "conversations.open": 50,
    "users.lookupByEmail": 50,
    "users.info": 100,
    "conversations.members": 100,
}
_MINUTE = timedelta(minutes=1)
_LONGEST_BLOCK = timedelta(hours=1)
_LONGEST_QUEUE = timedelta(minutes=2)  # further ahead, the clock went back: start again
_table = Pace.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class PaceRules:
    """How fast to go; `posts_a_minute` None lifts the workspace's ceiling, `enabled` all of it."""

    enabled: bool = True
    seconds_per_channel: float = 1.0
    posts_a_minute: int | None = 240

    def interval(self, name: str) -> timedelta:
        """Return the time one call of this allowance uses up."""
        if name == POSTS:
            return _MINUTE / self.posts_a_minute if self.posts_a_minute else timedelta(0)
        if name in CALLS_A_MINUTE:
            return _MINUTE / CALLS_A_MINUTE[name]
        return timedelta(seconds=self.seconds_per_channel)


UNPACED = PaceRules(enabled=False)


def post_to(channel: str) -> str:
    """Return the allowance of posts to one channel."""
    return f"post:{channel}"


class Allowances:
    """Some allowances of one workspace, locked until the unit of work ends.

    `take` grants or says when; `save` writes what was granted. A ceiling lets one second's worth
    go at once, a channel one post.
    """

    def __init__(
        self,
        session: Session,
        workspace_id: int,
        names: Iterable[str],
        now: datetime,
        rules: PaceRules,
    ) -> None:
        self._session, self._workspace_id = session, workspace_id
        self._now, self._rules = now, rules
        self._taken: set[str] = set()
        self._free_at: dict[str, datetime] = {}
        self._blocked: dict[str, datetime] = {}
        wanted = sorted({*names, POSTS})
        if not rules.enabled:
            return
        _add_missing(session, workspace_id, wanted, now)
        for name, free_at, blocked_until in _lock(session, workspace_id, wanted):
            self._free_at[name] = free_at if free_at <= now + _LONGEST_QUEUE else now
            if blocked_until and now < blocked_until <= now + _LONGEST_BLOCK:
                self._blocked[name] = blocked_until

    def take(self, *names: str) -> datetime | None:
        """Take one call of each; None when granted, else the instant from which to ask again."""
        if not self._rules.enabled:
            return None
        free_at = max(self._free(name) for name in names)
        if free_at > self._now:
            return free_at
        for name in names:
            self._free_at[name] = max(self._free_at[name], self._now) + self._rules.interval(name)
        self._taken.update(names)
        return None

    def save(self) -> None:
        """Write what was taken; the caller commits."""
        rows = [
            {
                "the_workspace_id": self._workspace_id,
                "the_name": name,
                "free_at": self._free_at[name],
            }
            for name in sorted(self._taken)
        ]
        if rows:
            self._session.connection().execute(_SAVE, rows)

    def _free(self, name: str) -> datetime:
        burst = timedelta(0) if name.startswith("post:") else timedelta(seconds=1)
        free = self._free_at[name] - burst
        return max(free, self._blocked.get(name, free), self._blocked.get(POSTS, free))


def block(
    session: Session, *, workspace_id: int, name: str, now: datetime, seconds: float
) -> datetime:
    """Refuse this allowance for `seconds` (Slack's Retry-After, an hour at most); say until when.

    Blocking `POSTS` stops every call of the workspace.
    """
    until = now + min(timedelta(seconds=seconds), _LONGEST_BLOCK)
    _add_missing(session, workspace_id, [name], now)
    values = {"the_workspace_id": workspace_id, "the_name": name, "blocked_until": until}
    session.connection().execute(_BLOCK, values)
    return until


def _add_missing(session: Session, workspace_id: int, names: list[str], now: datetime) -> None:
    known = select(_table.c.name).where(
        _table.c.workspace_id == workspace_id, _table.c.name.in_(names)
    )
    present = set(session.execute(known).scalars())
    rows = [
        {"workspace_id": workspace_id, "id": new_id(), "name": name, "free_at": now}
        for name in names
        if name not in present
    ]
    if rows:
        session.connection().execute(_ADD[session.get_bind().dialect.name], rows)


def _lock(
    session: Session, workspace_id: int, names: list[str]
) -> list[tuple[str, datetime, datetime | None]]:
    statement = (
        select(_table.c.name, _table.c.free_at, _table.c.blocked_until)
        .where(_table.c.workspace_id == workspace_id, _table.c.name.in_(names))
        .order_by(_table.c.name)
        .with_for_update()
    )
    return [tuple(row) for row in session.execute(statement).all()]


_ADD: dict[str, Insert] = {
    "sqlite": sqlite.insert(_table).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_table).on_conflict_do_nothing(),
}
_ROW = (
    _table.c.workspace_id == bindparam("the_workspace_id"),
    _table.c.name == bindparam("the_name"),
)
_SAVE = update(_table).where(*_ROW).values(free_at=bindparam("free_at"))
_BLOCK = update(_table).where(*_ROW).values(blocked_until=bindparam("blocked_until"))
