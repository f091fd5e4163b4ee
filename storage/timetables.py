"""When each workspace and each of its people wants things: the clock's only view of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from storage.tables.workspaces import Person, Workspace


@dataclass(frozen=True, slots=True)
class Timetable:
    """A workspace's time zone and digest hour (`HH:MM`); `people` maps persons to their zones."""

    workspace_id: int
    time_zone: str
    digest_at: str
    people: dict[int, str] = field(default_factory=dict)


def list_timetables(session: Session) -> Sequence[Timetable]:
    """Return every workspace's timetable (the one query that crosses tenants: it is the clock's).

    A person without a time zone lives in their workspace's.
    """
    workspaces = session.execute(select(Workspace).order_by(col(Workspace.id))).scalars()
    tables = {w.id: Timetable(w.id, w.time_zone, w.digest_at) for w in workspaces}
    people = select(Person).order_by(col(Person.id))
    for person in session.execute(people).scalars():
        table = tables[person.workspace_id]
        table.people[person.id] = person.time_zone or table.time_zone
    return list(tables.values())
