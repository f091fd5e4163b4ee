"""The rules in force: the newest version of a workspace's policy, older ones kept."""

from datetime import datetime

from sqlalchemy import BigInteger, bindparam, func, select, update
from sqlmodel import Session, col

from bot.domain import policy as rules
from bot.domain.policy_document import policy_from_document
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables.workspaces import Policy, Workspace


def get_policy(session: Session, *, workspace_id: int) -> rules.Policy:
    """Return the policy in force; the house's defaults when none was ever set."""
    found = _NEWEST.rows(session, the_workspace_id=workspace_id)
    return policy_from_document(found[0][0]) if found else rules.DEFAULT


def set_policy(
    session: Session,
    *,
    workspace_id: int,
    policy: rules.Policy,
    by: str,
    now: datetime,
) -> int:
    """Add a version of the policy and return its number; the next scan judges every client."""
    latest = select(func.max(col(Policy.version))).where(col(Policy.workspace_id) == workspace_id)
    version = (session.scalar(latest) or 0) + 1
    session.add(
        Policy(
            workspace_id=workspace_id,
            id=new_id(),
            version=version,
            body=policy.to_document(),
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


_NEWEST = Prepared(
    select(col(Policy.body))
    .where(col(Policy.workspace_id) == bindparam("the_workspace_id", type_=BigInteger))
    .order_by(col(Policy.version).desc())
    .limit(1)
)
