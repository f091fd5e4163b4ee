"""The rules in force: the newest version of a workspace's policy, older ones kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, select, update
from sqlmodel import Session, col

from bot.domain import policy as rules
from bot.domain.policy_document import policy_from_document
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables.workspaces import Policy, Workspace

_SOLVENCY = "solvency"


def get_policy(session: Session, *, workspace_id: int) -> rules.Policy:
    """Return the policy in force; the house's defaults when none was ever set."""
    body = _newest_body(session, workspace_id)
    body.pop(_SOLVENCY, None)
    return policy_from_document(body) if body else rules.DEFAULT


def get_solvency_document(session: Session, *, workspace_id: int) -> dict[str, Any]:
    """Return the rules of `/solvency` as they were set; empty when they never were."""
    document: dict[str, Any] = _newest_body(session, workspace_id).get(_SOLVENCY, {})
    return document


def set_policy(
    session: Session,
    *,
    workspace_id: int,
    policy: rules.Policy,
    by: str,
    now: datetime,
    solvency: dict[str, Any] | None = None,
) -> int:
    """Add a version of the policy and return its number; the next scan judges every client.

    Without `solvency` (a checked document) the rules of `/solvency` stay as they are.
    """
    selling = solvency or get_solvency_document(session, workspace_id=workspace_id)
    latest = select(func.max(col(Policy.version))).where(col(Policy.workspace_id) == workspace_id)
    version = (session.scalar(latest) or 0) + 1
    session.add(
        Policy(
            workspace_id=workspace_id,
            id=new_id(),
            version=version,
            body=policy.to_document() | {_SOLVENCY: selling},
            set_at=now,
            set_by=by,
        )
    )
    session.execute(
        update(Workspace)
        .where(col(Workspace.id) == workspace_id)
        .values(policy_version=col(Workspace.policy_version) + 1, scanned_on=None)
    )
    session.flush()
    return version


def _newest_body(session: Session, workspace_id: int) -> dict[str, Any]:
    found = _NEWEST.rows(session, the_workspace_id=workspace_id)
    return dict(found[0][0]) if found else {}


_NEWEST = Prepared(
    select(col(Policy.body))
    .where(col(Policy.workspace_id) == bindparam("the_workspace_id", type_=BigInteger))
    .order_by(col(Policy.version).desc())
    .limit(1)
)
