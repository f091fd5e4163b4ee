"""Receipts that no rule decides: finance is asked once, and what it answers holds."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.bank.matching import Finding
from bot.domain.bank.states import LineState
from bot.domain.errors import NotFound
from bot.domain.told import Told
from bot.services.bank.applying import Applied, apply_receipt
from bot.services.bank.choosing import (
    already_handled,
    chosen_parts,
    is_same_answer,
    proposal_of,
)
from bot.services.journal.writing import write_action
from bot.services.workspaces.working_days import Day, day_of
from storage import bank_lines, messages
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
    session: Session,
    actor: Actor,
    line_id: int,
    client_id: int | None,
    now: datetime,
    item_ids: Collection[int] | None = None,
) -> None:
    """Give a receipt to the client that finance says, None: to none of those proposed.

    It pays what was proposed, or the items that finance chose. The same answer again changes
    nothing; raises AlreadyHandled when another one was given, NotFound for a receipt or a client
    that was not asked about, InvalidInput at the field for items that cannot be.
    """
    allow(actor, Action.IMPORT)
    tenant = actor.workspace_id
    line = bank_lines.get_line(session, workspace_id=tenant, id=line_id, lock=True)
    if line is None:
        raise NotFound("no such bank movement")
    if line.state is not LineState.SUGGESTED:
        if not is_same_answer(session, tenant, line, client_id, item_ids):
            raise already_handled(session, tenant, line)
        return
    day = day_of(session, workspace_id=tenant, now=now)
    write_action(session, actor, "receipt_answered", now, {"line_id": line_id}, client_id=client_id)
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
        parts = proposal_of(line, client_id)
        if item_ids is not None:
            parts = chosen_parts(session, tenant, line, client_id, item_ids)
        applied = Applied(client_id, actor.person_id)
        apply_receipt(session, tenant, line, parts, applied, day, now)
    _tell(session, tenant, line_id, day, now, edits=True)


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
