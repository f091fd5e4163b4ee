"""Bank statements: what concerns clients is kept, once, however often statements overlap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.bank.likeness import known_otherwise
from bot.domain.bank.statement import BankFile, LineSort, Statement, account_key, identities
from bot.domain.books import TableChanges
from bot.domain.errors import Conflict, TryAgain
from bot.services.importing.reports import ImportReport
from bot.services.importing.request import TRIES, ImportRequest, record
from bot.services.importing.tables import table_run
from bot.sources.bank_statements import read_bank_statement
from storage import bank_lines, bank_seen, entities, faults, imports, workspaces
from storage.bank_lines import AccountLine, AccountRow, LineRow
from storage.entities import EntityRow
from storage.ids import new_id
from storage.sessions import Session
from storage.unit_of_work import Database
from storage.vault import Vault

_SHOWN_DIGITS = 4


@dataclass(slots=True)
class _Plan:
    """What a file changes; `receipts` counts the movements that concern clients."""

    version: int
    accounts: TableChanges = field(
        default_factory=lambda: TableChanges(
            "bank_account", AccountRow._fields, AccountRow._fields[1:]
        )
    )
    lines: TableChanges = field(default_factory=lambda: TableChanges("bank_line", LineRow._fields))
    entities: TableChanges = field(
        default_factory=lambda: TableChanges(
            "entity", ("id", "receipts_stated_until"), ("receipts_stated_until",)
        )
    )
    entity_ids: set[int] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    @property
    def tables(self) -> tuple[TableChanges, ...]:
        """Return the changes, referred tables first."""
        return self.entities, self.accounts, self.lines

    @property
    def changed(self) -> int:
        """Return how many rows the file writes."""
        return sum(each.count for each in self.tables)


def import_bank(
    database: Database, clock: Callable[[], datetime], request: ImportRequest
) -> ImportReport:
    """Import a bank statement of a company whose books are here; twice changes nothing.

    Receipts, and receipts taken back, are kept; salaries and suppliers are never stored. The
    entity's receipts are known up to its last day. Raises Conflict `which_entity` or
    `other_entity` with a question, and PermanentSourceError for a file that cannot be read.
    """
    file = read_bank_statement(request.path)
    for _ in range(TRIES):
        with faults.spoken(), database.read() as uow:
            plan = _plan(uow.session, request, file)
        if not plan.changed:
            return _report(request, file, plan, None)
        now = clock()
        run = table_run(request, None, file.rows, file.rejected, plan.tables, now)
        run.entity_id = min(plan.entity_ids) if len(plan.entity_ids) == 1 else None
        run.warnings = list(plan.warnings)
        with faults.spoken(), database.write() as uow:
            if (
                workspaces.lock_books(uow.session, workspace_id=request.workspace_id)
                != plan.version
            ):
                continue
            fixed = {"bank_line": {"import_run_id": run.id, "added_at": now, "proposals": []}}
            record(uow.session, request, None, run, file.rejected, plan.tables, fixed)
            workspaces.raise_versions(uow.session, workspace_id=request.workspace_id)
            uow.commit()
        return _report(request, file, plan, run.id)
    raise TryAgain("Other imports kept coming between: nothing was changed. Try again.")


def end_read_parts(database: Database, workspace_id: int, entity_id: int) -> None:
    """End what the bank showed and the books, just imported, have by now."""
    with faults.spoken(), database.write() as uow:
        workspaces.lock_books(uow.session, workspace_id=workspace_id)
        run = imports.find_last_run(
            uow.session, workspace_id=workspace_id, entity_id=entity_id, kinds=imports.BOOKS
        )
        if run is not None:
            bank_seen.end_read_parts(
                uow.session,
                workspace_id=workspace_id,
                entity_id=entity_id,
                run_id=run.id,
                until=run.receipts_until,
            )
        uow.commit()


def _plan(session: Session, request: ImportRequest, file: BankFile) -> _Plan:
    tenant = request.workspace_id
    plan = _Plan(workspaces.get_workspace(session, workspace_id=tenant).names_version)
    companies = entities.list_entities(session, workspace_id=tenant)
    known = bank_lines.list_accounts(session, workspace_id=tenant)
    latest: dict[int, date] = {}
    for statement in _merged(file.statements):
        owner = _owner(request, statement, companies, known)
        plan.entity_ids.add(owner.id)
        _plan_statement(session, request, plan, owner, statement, known, file.format)
        last = statement.last_day
        if last is not None and last <= request.today:
            latest[owner.id] = max(last, latest.get(owner.id, last))
        if not statement.adds_up:
            plan.warnings.append(
                f"The balances and movements of the account {_shown(statement.number)} do not "
                "agree: part of its statement is missing."
            )
    _plan_freshness(plan, companies, latest)
    return plan


def _merged(statements: Sequence[Statement]) -> list[Statement]:
    """Return one statement for each account: a file of several days repeats it day by day."""
    found: dict[tuple[str, str], Statement] = {}
    for each in statements:
        key = account_key(each.number), each.currency
        before = found.get(key)
        found[key] = each if before is None else _joined(before, each)
    return list(found.values())


def _joined(one: Statement, other: Statement) -> Statement:
    days = filter(None, (one.until, other.until))
    broken = not (one.adds_up and other.adds_up)
    return replace(
        one,
        movements=[*one.movements, *other.movements],
        until=max(days, default=None),
        opening_minor=0 if broken else None,
        closing_minor=_NEVER if broken else None,
    )


# A closing balance that no movements lead to: says that one of several statements is not whole.
_NEVER = 2**62


def _owner(
    request: ImportRequest,
    statement: Statement,
    companies: Sequence[EntityRow],
    known: Sequence[AccountLine],
) -> EntityRow:
    """Return whose account it is: by the account, its IBAN, what was said, or the only company."""
    key, stated = account_key(statement.number), "".join((request.entity_siren or "").split())
    by_id = {one.id: one for one in companies}
    found = next((by_id[one.entity_id] for one in known if account_key(one.number) == key), None)
    found = found or next(
        (one for one in companies if one.iban and account_key(one.iban) == key), None
    )
    if found is not None and stated and found.siren != stated:
        raise Conflict(
            f"The account {_shown(statement.number)} is another company's here: {found.siren}.",
            code="other_entity",
        )
    said = next((one for one in companies if stated and one.siren == stated), None)
    first = companies[0] if len(companies) == 1 and not known and not companies[0].iban else None
    chosen = found or said or (None if stated else first)
    if chosen is None:
        raise Conflict(
            f"Whose account is {_shown(statement.number)}? Import that company's books first, or "
            "say whose it is with --entity SIREN.",
            code="which_entity",
        )
    return chosen


def _plan_statement(
    session: Session,
    request: ImportRequest,
    plan: _Plan,
    owner: EntityRow,
    statement: Statement,
    known: Sequence[AccountLine],
    format: str,
) -> None:
    key, vault = account_key(statement.number), session.info["vault"]
    same = (one for one in known if account_key(one.number) == key)
    account = next((one for one in same if one.currency == statement.currency), None)
    last = statement.last_day
    until = last.toordinal() if last else None
    if account is None:
        sealed = vault.seal(request.workspace_id, statement.number)
        row = AccountRow(new_id(), owner.id, sealed, statement.currency, until)
        plan.accounts.new.append(row)
    else:
        row = account.row
        if until is not None and until > (row.until_on or 0):
            plan.accounts.changed.append((row, row._replace(until_on=until)))
    plan.lines.new += _new_lines(
        session, request.workspace_id, row.id, key, statement, format, vault
    )


def _new_lines(
    session: Session,
    workspace_id: int,
    account_id: int,
    key: str,
    statement: Statement,
    format: str,
    vault: Vault,
) -> list[LineRow]:
    moves = statement.movements
    if not moves:
        return []
    known = bank_lines.list_known(
        session,
        workspace_id=workspace_id,
        account_id=account_id,
        first=min(move.booked_on for move in moves),
        last=max(move.booked_on for move in moves),
    )
    named = list(zip(moves, identities(key, moves), strict=True))
    held = {one.identity for one in known} | known_otherwise(named, known, format)
    return [
        LineRow(
            new_id(),
            account_id,
            identity,
            move.booked_on.toordinal(),
            move.minor,
            move.currency,
            move.sort.value,
            vault.seal(workspace_id, move.payer),
            vault.seal(workspace_id, move.text),
            move.reject_code,
            format,
        )
        for move, identity in named
        if move.sort is not LineSort.OTHER and identity not in held
    ]


def _plan_freshness(plan: _Plan, companies: Sequence[EntityRow], latest: dict[int, date]) -> None:
    """Know an entity's receipts up to the last day of its statement (DESIGN, section 3)."""
    for company in companies:
        last, before = latest.get(company.id), company.receipts_stated_until
        if last is not None and (before is None or before < last):
            was = before.toordinal() if before else None
            plan.entities.changed.append(((company.id, was), (company.id, last.toordinal())))


def _shown(number: str) -> str:
    """Return the last signs of an account number: enough to know it, too little to use it."""
    return f"…{number[-_SHOWN_DIGITS:]}"


def _report(
    request: ImportRequest, file: BankFile, plan: _Plan, run_id: int | None
) -> ImportReport:
    return ImportReport(
        kind=request.kind,
        rows=file.rows,
        accepted=file.rows - sum(row.column != "record" for row in file.rejected),
        rejected=tuple(file.rejected),
        clients=0,
        open_items=0,
        totals=(),
        as_of=request.as_of or request.today,
        warnings=tuple(plan.warnings),
        changed=plan.changed,
        run_id=run_id,
        entity_id=min(plan.entity_ids) if len(plan.entity_ids) == 1 else None,
    )
