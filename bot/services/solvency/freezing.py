"""What a proceeding does: reminders and fees frozen until it ends, items to be claimed."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.solvency.claims import ClaimItem
from bot.domain.solvency.dossier import Event
from bot.domain.solvency.standing import standing_of
from storage import company_accounts, notices, proceeding_holds
from storage.sessions import Session


def sync_freezes(session: Session, workspace_id: int, now: datetime) -> None:
    """Hold every client that a proceeding or a plan protects now, and free the others.

    Clients that got their SIREN since, and notices undone by a correction, are put right too.
    """
    held = proceeding_holds.list_frozen(session, workspace_id=workspace_id)
    protected = _protected(session, workspace_id)
    for client_id, (hold_id, notice_id) in held.items():
        if protected.get(client_id) != notice_id:
            proceeding_holds.thaw(session, workspace_id=workspace_id, hold_id=hold_id, at=now)
    for client_id, notice_id in protected.items():
        if held.get(client_id, (0, ""))[1] != notice_id:
            proceeding_holds.freeze(
                session,
                workspace_id=workspace_id,
                client_id=client_id,
                notice_id=notice_id,
                at=now,
            )


def opening_of(session: Session, workspace_id: int, siren: str) -> Event | None:
    """Return the notice that opened the proceeding or plan in force, or None."""
    events = notices.list_events(session, workspace_id=workspace_id, sirens=(siren,))
    standing = standing_of(events)
    return standing.opened if standing.is_protected else None


def _protected(session: Session, workspace_id: int) -> dict[int, str]:
    """Return the notice that opened each protected client's proceeding, by client id."""
    found: dict[int, str] = {}
    for siren in notices.list_proceedings(session, workspace_id=workspace_id):
        opened = opening_of(session, workspace_id, siren)
        if opened is None:
            continue
        accounts = company_accounts.list_accounts(session, workspace_id=workspace_id, siren=siren)
        found.update((account.client_id, opened.notice_id) for account in accounts)
    return found


def claim_items(session: Session, workspace_id: int, siren: str) -> list[ClaimItem]:
    """Return a company's open items as a claim takes them, over all its accounts with us."""
    found = company_accounts.list_items(session, workspace_id=workspace_id, siren=siren)
    return [
        ClaimItem(
            item.number,
            item.issued_on,
            item.due_on,
            item.open_minor,
            item.currency,
            is_retained=item.is_retained,
        )
        for item in found
    ]


def may_retain(items: Iterable[ClaimItem]) -> bool:
    """Say whether goods may be claimed back: not when a client file says no for all of them."""
    return any(item.is_retained is not False for item in items)
