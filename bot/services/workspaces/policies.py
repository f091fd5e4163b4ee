"""The rules as data: shown, and set whole once every part of them has been checked."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from bot.domain.documents import mapping, wrong
from bot.domain.late_payment.waivers import AUTHORITY
from bot.domain.lifecycle import Role
from bot.domain.policy_document import policy_from_document
from bot.domain.solvency.weights_document import solvency_policy_from_document
from bot.sources.holidays_fr import french_subdivisions
from storage import events, policies
from storage.unit_of_work import Database

_SOLVENCY = "solvency"


class PolicyService:
    """Reads and replaces a workspace's policy."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def show(self, workspace_id: int) -> dict[str, Any]:
        """Return the policy in force, as a document that `set` takes back."""
        with self._database.read() as uow:
            alerting = policies.get_policy(uow.session, workspace_id=workspace_id)
            selling = policies.get_solvency_document(uow.session, workspace_id=workspace_id)
        rules = solvency_policy_from_document(selling)
        return alerting.to_document() | {_SOLVENCY: rules.to_document()}

    def set(self, workspace_id: int, document: dict[str, Any], *, by: str) -> dict[str, Any]:
        """Put a whole policy into force; raise InvalidInput that names the wrong key."""
        given = dict(document)
        selling = given.pop(_SOLVENCY, None)
        policy = policy_from_document(given)
        _check_place(policy.holiday_subdivision)
        _check_authority(policy.waiver_authority)
        if selling is not None:
            selling = solvency_policy_from_document(mapping(selling, _SOLVENCY)).to_document()
        with self._database.write() as uow:
            version = policies.set_policy(
                uow.session,
                workspace_id=workspace_id,
                policy=policy,
                solvency=selling,
                now=self._clock(),
                by=by,
            )
            events.append(
                uow.session,
                workspace_id=workspace_id,
                key=f"policy_set:{version}",
                kind="policy_set",
                at=self._clock(),
                source=by,
                body={"version": version},
            )
            uow.commit()
        return self.show(workspace_id)


def _check_authority(authority: Collection[Role]) -> None:
    """Refuse an authority that could never be used; what is kept from before is read as it is."""
    for role in sorted(set(authority) - set(AUTHORITY)):
        raise wrong(f"waiver_authority.{role}", "is not a role that gives fees up")


def _check_place(subdivision: str) -> None:
    """Refuse a place the calendar does not know: no day could be judged any more."""
    known = french_subdivisions()
    if subdivision and subdivision not in known:
        raise wrong("holiday_subdivision", f"must be empty or one of {', '.join(known)}")
