"""A people file: who sells, who is finance, who manages whom, and in which channel."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.books import TableChanges
from bot.domain.errors import TryAgain
from bot.domain.ledger import PersonRow, RejectedRow, TableFile
from bot.domain.lifecycle import Role
from bot.services.importing.reports import ImportReport
from bot.services.importing.request import TRIES, ImportRequest, record
from bot.services.importing.tables import by_line, table_report, table_run
from bot.sources import tables
from storage import faults, people, workspaces
from storage.ids import new_id
from storage.people import PersonLine
from storage.unit_of_work import Database


def import_people(
    database: Database, clock: Callable[[], datetime], request: ImportRequest
) -> ImportReport:
    """Import a people file; a manager nobody knows is refused and named, the rest of its row kept.

    Empty cells change nothing, but for roles, which are those of the file.
    """
    workspace_id = request.workspace_id
    file = tables.read_people(request.path, request.mapping, encoding=request.encoding)
    for _ in range(TRIES):
        with faults.spoken(), database.read() as uow:
            version = workspaces.get_workspace(uow.session, workspace_id=workspace_id).names_version
            held = people.list_people(uow.session, workspace_id=workspace_id)
        changes, clashes = _plan(held, file)
        refused = by_line(file.rejected, clashes)
        if not changes.count:
            return table_report(request, file.row_count, refused, clients=0, run=None)
        run = table_run(request, None, file.row_count, refused, [changes], clock())
        with faults.spoken(), database.write() as uow:
            if workspaces.lock_books(uow.session, workspace_id=workspace_id) != version:
                continue
            record(uow.session, request, None, run, refused, [changes], {})
            workspaces.raise_versions(uow.session, workspace_id=workspace_id, people=True)
            uow.commit()
        return table_report(
            request, file.row_count, refused, clients=0, run=run, changed=changes.count
        )
    raise TryAgain("Other imports kept coming between: nothing was changed. Try again.")


def _plan(
    held: list[PersonLine], file: TableFile[PersonRow]
) -> tuple[TableChanges, list[RejectedRow]]:
    """Return the changes to people (managers after those they manage exist) and the refusals."""
    known: dict[str, PersonLine] = {}
    for person in held:
        _keep(known, person)
    refused: list[RejectedRow] = []
    taken: dict[int, PersonRow] = {}
    after: dict[int, PersonLine] = {}
    for row in file.rows:
        matches = {known[key].id: known[key] for key in _keys(row) if key in known}
        if len(matches) > 1:
            reason = "the e-mail address and the Slack id are two different people's"
            column = file.header_of("slack_user_id")
            refused.append(RejectedRow(row.line, column, reason, row.email[:80]))
            continue
        old = next(iter(matches.values()), None)
        person = _merged(old, row)
        taken[person.id], after[person.id] = row, person
        _keep(known, person)
    for id, row in taken.items():
        if row.manager:
            manager = known.get(row.manager.strip().casefold())
            if manager is None or manager.id == id:
                reason = "nobody else has this e-mail address or Slack id"
                column = file.header_of("manager")
                refused.append(RejectedRow(row.line, column, reason, row.manager[:80]))
            else:
                after[id] = after[id]._replace(manager_id=manager.id)
    return _changes(held, after), refused


def _changes(held: list[PersonLine], after: dict[int, PersonLine]) -> TableChanges:
    """Return the changes; a new person is written before being somebody's manager."""
    before = {person.id: person for person in held}
    changes = TableChanges("person", PersonLine._fields, PersonLine._fields[1:])
    for id, person in after.items():
        old = before.get(id)
        if old is None:
            alone = person._replace(manager_id=None)
            changes.new.append(alone)
            if person.manager_id is not None:
                changes.changed.append((alone, person))
        elif old != person:
            changes.changed.append((old, person))
    return changes


def _merged(old: PersonLine | None, row: PersonRow) -> PersonLine:
    order = [role.value for role in Role]
    roles = ",".join(sorted(set(row.roles), key=order.index))
    if old is None:
        email, slack_id = row.email.casefold() or None, row.slack_user_id or None
        return PersonLine(new_id(), email, slack_id, row.name, roles, None, row.channel)
    return old._replace(
        email=row.email.casefold() or old.email,
        slack_user_id=row.slack_user_id or old.slack_user_id,
        name=row.name or old.name,
        roles=roles,
        channel=row.channel or old.channel,
    )


def _keys(row: PersonRow) -> list[str]:
    return [text.casefold() for text in (row.email, row.slack_user_id) if text]


def _keep(known: dict[str, PersonLine], person: PersonLine) -> None:
    for key in (person.email, person.slack_user_id):
        if key:
            known[key.casefold()] = person
