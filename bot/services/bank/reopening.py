"""Books in which a payment came back: promises undone, owner and finance told once."""

from datetime import datetime
from typing import Any

from bot.domain.bank.reopened import Reopened
from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.bank.applying import lock_alert, redraw
from bot.services.bank.rejecting import undo_kept
from bot.services.follow_ups.news import working_minute
from bot.services.workspaces.working_days import Day, day_of
from storage import bank_rejects, bank_seen, client_files, events, messages
from storage.sessions import Session


def note_reopened(
    session: Session, workspace_id: int, run_id: int, found: list[Reopened], now: datetime
) -> None:
    """Say which items an import opened again, in its own unit of work.

    What the bank's own statement said before is not said again.
    """
    if not found:
        return
    day = day_of(session, workspace_id=workspace_id, now=now)
    ids = [one.client_id for one in found]
    live = bank_seen.read_accounts(session, workspace_id=workspace_id, client_ids=ids)
    for one in found:
        account = live.get((one.client_id, one.currency))
        told = {part.item_key for part in account.parts if part.minor < 0} if account else set()
        if not told.issuperset(key for key, _ in one.parts):
            _note(session, workspace_id, run_id, one, day, now)


def _note(
    session: Session, workspace_id: int, run_id: int, one: Reopened, day: Day, now: datetime
) -> None:
    key = f"reopened:{run_id}:{one.client_id}:{one.currency}"
    body: dict[str, Any] = {
        "client_id": one.client_id,
        "parts": [list(part) for part in one.parts],
        "minor": one.minor,
        "currency": one.currency,
        "day": day.today.isoformat(),
    }
    alert = lock_alert(session, workspace_id, one.client_id)
    events.append(
        session,
        workspace_id=workspace_id,
        key=key,
        kind=EventKind.PAYMENT_REJECTED.value,
        at=now,
        client_id=one.client_id,
        alert_id=alert.id if alert else None,
        source="clock",
        body=body,
    )
    redraw(session, workspace_id, alert, day, now)
    bank_rejects.forget_last_receipt(
        session,
        workspace_id=workspace_id,
        client_id=one.client_id,
        currency=one.currency,
        minor=one.minor,
    )
    undo_kept(session, workspace_id, one.client_id, one.currency, day, now)
    _tell(session, workspace_id, key, body, day, now)


def _tell(
    session: Session, workspace_id: int, key: str, body: dict[str, Any], day: Day, now: datetime
) -> None:
    client = client_files.find_client(session, workspace_id=workspace_id, id=body["client_id"])
    owner_id = client.owner_id if client else None
    minute = working_minute(
        session, workspace_id=workspace_id, person_id=owner_id, day=day, now=now
    )
    for person_id, channel in ((owner_id, ""), (None, day.house.finance_channel)):
        if person_id is None and not channel:
            continue
        messages.tell(
            session,
            workspace_id=workspace_id,
            kind=Told.PAYMENT_REJECTED,
            subject=key,
            key=f"{key}:{'finance' if channel else 'owner'}",
            now=now,
            channel=channel,
            person_id=person_id,
            body=body,
            proactive=bool(person_id),
            pierces=True,
            not_before=minute,
        )
