"""A movement and the account it pays: parts kept, history written, promises judged at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.bank.seen import Part
from bot.domain.bank.states import LineState
from bot.rendering.views import EventKind
from bot.services.follow_ups.news import tell_alert_changed, tell_story_grew, write_event
from bot.services.follow_ups.promise_judging import judge_promise
from bot.services.workspaces.working_days import Day
from storage import bank_lines, bank_seen, client_files, promises
from storage.bank_lines import BankMovement
from storage.client_files import AlertTurn
from storage.sessions import Session

Amounts = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Applied:
    """Whose movement it is, and by whom that was decided (None: by the rules)."""

    client_id: int
    by_id: int | None = None


def apply_receipt(
    session: Session,
    workspace_id: int,
    line: BankMovement,
    parts: Amounts,
    applied: Applied,
    day: Day,
    now: datetime,
) -> None:
    """Keep what a receipt pays, say it in the client's history and judge its promises.

    The caller holds the movement's row; the alert is locked before anything of it is written.
    """
    alert = lock_alert(session, workspace_id, applied.client_id)
    bank_lines.set_line(
        session,
        workspace_id=workspace_id,
        id=line.id,
        state=LineState.MATCHED,
        client_id=applied.client_id,
        by_id=applied.by_id,
        at=now,
    )
    add_parts(session, workspace_id, line, parts, applied.client_id)
    write_event(
        session,
        workspace_id=workspace_id,
        key=f"bank:{line.id}:seen",
        kind=EventKind.PAYMENT_SEEN,
        now=now,
        client_id=applied.client_id,
        alert=None,
        by_id=applied.by_id,
        body=line_body(line),
    )
    redraw(session, workspace_id, alert, day, now)
    judge_client(session, workspace_id, applied.client_id, day, now)


def add_parts(
    session: Session, workspace_id: int, line: BankMovement, parts: Amounts, client_id: int
) -> None:
    """Keep parts with what the books will leave open of each item once they have them."""
    where = client_id, line.currency
    live = bank_seen.read_accounts(session, workspace_id=workspace_id, client_ids=[client_id])
    open_now = bank_seen.list_open(
        session,
        workspace_id=workspace_id,
        client_id=client_id,
        currency=line.currency,
        keys=[key for key, _ in parts],
    )
    loose = bank_seen.list_loose(session, workspace_id=workspace_id, client_ids=[client_id])
    seen = live[where].seen() if where in live else bank_seen.NOTHING
    for key, minor in parts:
        left = open_now.get(key, 0) - seen.items.get(key, 0)
        bank_seen.add_part(
            session,
            workspace_id=workspace_id,
            line_id=line.id,
            client_id=client_id,
            currency=line.currency,
            part=Part(0, key, minor, left - minor, loose.get(where, 0), line.booked_on),
        )


def judge_client(
    session: Session, workspace_id: int, client_id: int, day: Day, now: datetime
) -> None:
    """Judge a client's live promises with what the bank shows."""
    for promise in promises.list_promises(session, workspace_id=workspace_id, client_id=client_id):
        judge_promise(session, workspace_id, promise.id, day, now)


def lock_alert(session: Session, workspace_id: int, client_id: int) -> AlertTurn | None:
    """Return a client's open alert, kept from other writers until the unit of work ends."""
    alert_id = client_files.find_open_alert_id(
        session, workspace_id=workspace_id, client_id=client_id
    )
    if alert_id is None:
        return None
    return client_files.lock_alert(session, workspace_id=workspace_id, id=alert_id)


def redraw(
    session: Session, workspace_id: int, alert: AlertTurn | None, day: Day, now: datetime
) -> None:
    """Have the alert's message, and the file finance has, drawn again."""
    if alert is None:
        return
    moved = client_files.move_alert(
        session,
        workspace_id=workspace_id,
        alert=alert,
        state=alert.state,
        ends_on=alert.state_ends_on,
        window=alert.window,
        by_id=None,
        at=now,
    )
    tell_alert_changed(session, workspace_id=workspace_id, alert=moved, now=now)
    tell_story_grew(session, workspace_id=workspace_id, alert=moved, day=day, now=now)


def line_body(line: BankMovement, booked_on: date | None = None) -> dict[str, Any]:
    """Return what the history keeps of a movement."""
    return {
        "line_id": line.id,
        "minor": abs(line.minor),
        "currency": line.currency,
        "day": (booked_on or line.booked_on).isoformat(),
    }
