"""Receipts that no rule decides: finance is asked once, and what it answers holds."""

from datetime import datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.bank.matching import Finding
from bot.domain.bank.states import LineState
from bot.domain.errors import NotFound
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.told import Told
from bot.services.bank.applying import Applied, apply_receipt
from bot.services.workspaces.working_days import Day, day_of
from storage import bank_lines, client_files, messages
from storage.bank_lines import BankMovement
from storage.sessions import Session


def ask_finance(
    session: Session,
    workspace_id: int,
    line: BankMovement,
    found: Finding,
    day: Day,
    now: datetime,
) -> LineState:
    """Keep what finance is asked, and ask; a receipt nothing speaks for is left to the books."""
    state = LineState.SUGGESTED if found.proposals else LineState.UNKNOWN
    proposals = [
        {
            "client_id": one.client_id,
            "parts": [list(part) for part in one.parts],
            "ties": sorted(tie.value for tie in one.ties),
        }
        for one in found.proposals
    ]
    bank_lines.set_line(
        session, workspace_id=workspace_id, id=line.id, state=state, proposals=proposals
    )
    if state is LineState.SUGGESTED:
        _tell(session, workspace_id, line.id, day, now)
    return state


def settle(
    session: Session, actor: Actor, line_id: int, client_id: int | None, now: datetime
) -> None:
    """Give a receipt to the client that finance says, None: to none of those proposed.

    The same answer again changes nothing; raises AlreadyHandled when another one was given, and
    NotFound for a receipt or a client that was not asked about.
    """
    allow(actor, Action.IMPORT)
    tenant = actor.workspace_id
    line = bank_lines.get_line(session, workspace_id=tenant, id=line_id, lock=True)
    if line is None:
        raise NotFound("no such bank movement")
    if line.state is not LineState.SUGGESTED:
        _check_same(session, tenant, line, client_id)
        return
    day = day_of(session, workspace_id=tenant, now=now)
    if client_id is None:
        bank_lines.set_line(
            session,
            workspace_id=tenant,
            id=line_id,
            state=LineState.SET_ASIDE,
            by_id=actor.person_id,
            at=now,
        )
    else:
        chosen = next((one for one in line.proposals if one["client_id"] == client_id), None)
        if chosen is None:
            raise NotFound("no such proposal")
        parts = [(str(key), int(minor)) for key, minor in chosen["parts"]]
        applied = Applied(client_id, actor.person_id)
        apply_receipt(session, tenant, line, parts, applied, day, now)
    _tell(session, tenant, line_id, day, now, edits=True)


def _check_same(
    session: Session, workspace_id: int, line: BankMovement, client_id: int | None
) -> None:
    if line.client_id == client_id:
        return
    name = client_files.find_person_name(session, workspace_id=workspace_id, id=line.decided_by_id)
    raise AlreadyHandled(name, line.decided_at.isoformat() if line.decided_at else "")


def _tell(
    session: Session,
    workspace_id: int,
    line_id: int,
    day: Day,
    now: datetime,
    *,
    edits: bool = False,
) -> None:
    if not day.house.finance_channel:
        return
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.PAYMENT_QUESTION,
        subject=f"bank:{line_id}",
        key=f"bank:{line_id}:{'settled' if edits else 'asked'}",
        now=now,
        version=2 if edits else 1,
        channel=day.house.finance_channel,
        body={"line_id": line_id},
        method=messages.EDIT if edits else messages.POST,
    )
