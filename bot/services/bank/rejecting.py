"""A payment the bank took back: its items are owed again, and owner and finance hear of it once."""

from datetime import datetime

from bot.domain.bank.matching import Receipt, says_number
from bot.domain.bank.states import LineState
from bot.domain.lifecycle import PromiseState
from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.bank.applying import (
    Amounts,
    add_parts,
    judge_client,
    line_body,
    lock_alert,
    redraw,
)
from bot.services.follow_ups.news import alert_subject, working_minute
from bot.services.workspaces.working_days import Day
from storage import bank_lines, bank_rejects, client_files, events, messages, promises
from storage.bank_lines import BankMovement
from storage.client_files import AlertTurn
from storage.sessions import Session


def look_at_reject(
    session: Session, workspace_id: int, line: BankMovement, day: Day, now: datetime
) -> LineState:
    """Find what a movement takes back, and undo it; finance is told when nothing says whose it is.

    Its own receipt, shown by the bank before, is the first answer; else the only settled item of
    that amount whose number the bank repeats.
    """
    original = bank_rejects.find_receipt(session, workspace_id=workspace_id, line=line)
    if original is not None:
        parts = bank_rejects.list_paid(session, workspace_id=workspace_id, line_id=original.id)
        client_id = original.client_id
        back: Amounts = [(key, -minor) for key, minor in parts]
        bank_rejects.mark_taken_back(session, workspace_id=workspace_id, id=original.id)
    else:
        client_id, back = _settled(session, workspace_id, line)
    state = LineState.UNKNOWN if client_id is None else LineState.MATCHED
    bank_lines.set_line(
        session,
        workspace_id=workspace_id,
        id=line.id,
        state=state,
        client_id=client_id,
        takes_back_id=original.id if original else None,
    )
    alert = lock_alert(session, workspace_id, client_id) if client_id is not None else None
    if client_id is not None:
        add_parts(session, workspace_id, line, back, client_id)
        _write(session, workspace_id, line, client_id, alert, day, now)
    _tell(session, workspace_id, line, client_id, alert, day, now)
    return state


def _settled(session: Session, workspace_id: int, line: BankMovement) -> tuple[int | None, Amounts]:
    """Return the one settled item of the amount that the bank names, or nothing."""
    numbers = Receipt(-line.minor, line.payer, line.text).numbers
    items = [
        item
        for item in bank_rejects.list_settled(
            session,
            workspace_id=workspace_id,
            entity_id=line.entity_id,
            currency=line.currency,
            minor=-line.minor,
            numbers=numbers,
        )
        if says_number(numbers, item.number)
    ]
    if len(items) != 1:
        return None, ()
    return items[0].client_id, [(items[0].key, line.minor)]


def _write(
    session: Session,
    workspace_id: int,
    line: BankMovement,
    client_id: int,
    alert: AlertTurn | None,
    day: Day,
    now: datetime,
) -> None:
    events.append(
        session,
        workspace_id=workspace_id,
        key=f"bank:{line.id}:rejected",
        kind=EventKind.PAYMENT_REJECTED.value,
        at=now,
        client_id=client_id,
        alert_id=alert.id if alert else None,
        source="clock",
        body=line_body(line),
    )
    redraw(session, workspace_id, alert, day, now)
    undo_kept(session, workspace_id, client_id, line.currency, day, now)


def undo_kept(
    session: Session, workspace_id: int, client_id: int, currency: str, day: Day, now: datetime
) -> None:
    """Undo the keeping of promises that less money than they were judged by is left for.

    Each is live again, then judged by its date as any other; one that a later promise stands for
    stays replaced.
    """
    known = promises.list_promises(session, workspace_id=workspace_id, client_id=client_id)
    mine = [one for one in known if one.currency == currency]
    has_live = any(one.state is PromiseState.LIVE for one in mine)
    for one in mine:
        if one.state is not PromiseState.KEPT or not one.received_minor:
            continue
        bank_rejects.set_promise(
            session, workspace_id=workspace_id, id=one.id, state=PromiseState.LIVE
        )
        found = promises.list_live_promises(session, workspace_id=workspace_id, ids=[one.id])
        lost = found[0].received_minor < one.received_minor
        after = (PromiseState.REPLACED if has_live else PromiseState.LIVE) if lost else one.state
        bank_rejects.set_promise(session, workspace_id=workspace_id, id=one.id, state=after)
        if lost:
            events.append(
                session,
                workspace_id=workspace_id,
                key=f"promise:{one.id}:undone:{one.received_minor}",
                kind=EventKind.PROMISE_UNDONE.value,
                at=now,
                client_id=client_id,
                source="clock",
                body={
                    "promise_id": one.id,
                    "minor": one.minor,
                    "currency": currency,
                    "day": one.due_on.isoformat(),
                },
            )
    judge_client(session, workspace_id, client_id, day, now)


def _tell(
    session: Session,
    workspace_id: int,
    line: BankMovement,
    client_id: int | None,
    alert: AlertTurn | None,
    day: Day,
    now: datetime,
) -> None:
    subject, body = f"bank:{line.id}", {"line_id": line.id}
    client = client_files.find_client(session, workspace_id=workspace_id, id=client_id or 0)
    owner_id = alert.owner_id if alert else client.owner_id if client else None
    if owner_id is not None:
        messages.tell(
            session,
            workspace_id=workspace_id,
            kind=Told.PAYMENT_REJECTED,
            subject=subject,
            key=f"{subject}:rejected",
            now=now,
            channel=alert.channel if alert else "",
            thread=alert_subject(alert.id) if alert and alert.ts else "",
            person_id=owner_id,
            body=body,
            proactive=True,
            pierces=True,
            not_before=working_minute(
                session, workspace_id=workspace_id, person_id=owner_id, day=day, now=now
            ),
        )
    if day.house.finance_channel:
        messages.tell(
            session,
            workspace_id=workspace_id,
            kind=Told.PAYMENT_REJECTED,
            subject=subject,
            key=f"{subject}:rejected:finance",
            now=now,
            channel=day.house.finance_channel,
            body=body,
        )
