"""The company's people: who they are, what they may do, who reports to whom."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select, update
from sqlmodel import Session, col

from bot.domain.actors import Actor
from bot.domain.lifecycle import Role
from storage.tables.workspaces import Person, Workspace


class PersonLine(NamedTuple):
    """A person, as a people file knows one; `roles` is words joined by commas."""

    id: int
    email: str | None
    slack_user_id: str | None
    name: str
    roles: str
    manager_id: int | None
    channel: str


def list_people(session: Session, *, workspace_id: int) -> list[PersonLine]:
    """Return everybody of a workspace, by name."""
    query = (
        select(*(getattr(Person, name) for name in PersonLine._fields))
        .where(col(Person.workspace_id) == workspace_id)
        .order_by(col(Person.name), col(Person.id))
    )
    return [PersonLine(*row) for row in session.execute(query)]


def find_person(session: Session, *, workspace_id: int, reference: str) -> PersonLine | None:
    """Return the person of an e-mail address or Slack id, or None."""
    query = select(*(getattr(Person, name) for name in PersonLine._fields)).where(
        col(Person.workspace_id) == workspace_id,
        or_(
            col(Person.email) == reference.strip().casefold(),
            col(Person.slack_user_id) == reference.strip(),
        ),
    )
    row = session.execute(query).first()
    return None if row is None else PersonLine(*row)


def find_voice(
    session: Session, *, workspace_id: int, person_id: int | None
) -> tuple[str, str] | None:
    """Return the name and the e-mail address in which a person writes to clients, or None."""
    query = select(col(Person.name), col(Person.email)).where(
        col(Person.workspace_id) == workspace_id, col(Person.id) == person_id
    )
    row = session.execute(query).first()
    return None if row is None else (row[0], row[1] or "")


def find_actor(
    session: Session, *, workspace_id: int, slack_user_id: str, today: date
) -> Actor | None:
    """Return who acts with this Slack id, with those for whom they answer today, or None."""
    query = (
        select(Person, Workspace)
        .join(Workspace, col(Workspace.id) == col(Person.workspace_id))
        .where(
            col(Person.workspace_id) == workspace_id,
            col(Person.slack_user_id) == slack_user_id,
        )
    )
    found = session.execute(query).first()
    if found is None:
        return None
    person, workspace = found
    return Actor(
        workspace_id=workspace_id,
        person_id=person.id,
        slack_user_id=slack_user_id,
        name=person.name or person.email or "",
        roles=frozenset(Role(word) for word in person.roles.split(",") if word),
        locale=person.locale or workspace.locale,
        time_zone=person.time_zone or workspace.time_zone,
        team=frozenset(list_team(session, workspace_id=workspace_id, manager_id=person.id)),
        covers=frozenset(
            list_covered(session, workspace_id=workspace_id, stand_in_id=person.id, today=today)
        ),
    )


def list_team(session: Session, *, workspace_id: int, manager_id: int) -> Sequence[int]:
    """Return the ids of the people who report to a manager."""
    query = select(col(Person.id)).where(
        col(Person.workspace_id) == workspace_id, col(Person.manager_id) == manager_id
    )
    return session.scalars(query.order_by(col(Person.id))).all()


def list_covered(
    session: Session, *, workspace_id: int, stand_in_id: int, today: date
) -> Sequence[int]:
    """Return the ids of the absent for whom a person stands in."""
    query = select(col(Person.id)).where(
        col(Person.workspace_id) == workspace_id,
        col(Person.stand_in_id) == stand_in_id,
        col(Person.absent_until) >= today,
    )
    return session.scalars(query.order_by(col(Person.id))).all()


def get_absence(session: Session, *, workspace_id: int, id: int) -> tuple[date | None, int | None]:
    """Return a person's last day away and their stand-in, which may both be past."""
    query = select(col(Person.absent_until), col(Person.stand_in_id)).where(
        col(Person.workspace_id) == workspace_id, col(Person.id) == id
    )
    until, stand_in_id = session.execute(query).one()
    return until, stand_in_id


def set_absence(
    session: Session, *, workspace_id: int, id: int, until: date | None, stand_in_id: int | None
) -> None:
    """Keep a person's last day away and their stand-in; every cache of people reads again."""
    session.execute(
        update(Person)
        .where(col(Person.workspace_id) == workspace_id, col(Person.id) == id)
        .values(absent_until=until, stand_in_id=stand_in_id)
    )
    _raise_version(session, workspace_id)


def introduce(
    session: Session,
    *,
    workspace_id: int,
    id: int,
    slack_user_id: str,
    name: str,
    locale: str,
    time_zone: str,
) -> None:
    """Keep what Slack says of a person; every cache of people reads again when it is news."""
    values = {
        "slack_user_id": slack_user_id,
        "name": name,
        "locale": locale,
        "time_zone": time_zone,
    }
    changed = or_(
        *(col(getattr(Person, column)).is_distinct_from(v) for column, v in values.items())
    )
    result = session.connection().execute(
        update(Person)
        .where(col(Person.workspace_id) == workspace_id, col(Person.id) == id, changed)
        .values(**values)
    )
    if result.rowcount:
        _raise_version(session, workspace_id)


def _raise_version(session: Session, workspace_id: int) -> None:
    session.execute(
        update(Workspace)
        .where(col(Workspace.id) == workspace_id)
        .values(people_version=col(Workspace.people_version) + 1)
    )
