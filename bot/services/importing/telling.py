"""What finance reads about an import in its channel: only what somebody must look at."""

from datetime import datetime

from bot.domain.told import Told
from storage import messages, workspaces
from storage.imports import RunRow
from storage.sessions import Session
from storage.tables.ledger import ImportRun


def tell_report(session: Session, run: ImportRun, now: datetime) -> None:
    """Queue the report of an import that refused rows or noticed something."""
    if run.rejected_count or run.warnings:
        _tell(session, run.workspace_id, run.id, now, key=f"import:{run.id}")


def tell_undone(session: Session, workspace_id: int, run: RunRow, now: datetime) -> None:
    """Queue the edit of such a report once its import was taken back."""
    if run.needs_a_look:
        _tell(session, workspace_id, run.id, now, key=f"import_undone:{run.id}", edits=True)


def _tell(
    session: Session,
    workspace_id: int,
    run_id: int,
    now: datetime,
    *,
    key: str,
    edits: bool = False,
) -> None:
    workspace = workspaces.get_workspace(session, workspace_id=workspace_id)
    if not workspace.finance_channel:
        return
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.IMPORT_REPORT,
        subject=f"import:{run_id}",
        key=key,
        now=now,
        version=2 if edits else 1,
        channel=workspace.finance_channel,
        body={"run_id": run_id},
        method=messages.EDIT if edits else messages.POST,
    )
