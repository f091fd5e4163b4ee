"""The claim in a proceeding: what to declare for a company, from its open items as they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.actors import Action, Actor, may
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.late_payment.limitation import Interruption
from bot.domain.solvency.claims import ClaimItem, ClaimLine, ClaimSheet, claim_sheets
from bot.services.late_payment.acts import write_act
from bot.services.late_payment.service import rates_of
from bot.services.lookups.names import Names
from bot.services.solvency.freezing import claim_items, opening_of
from bot.services.solvency.targets import ByName, find_target, of_siren
from bot.services.workspaces.working_days import day_of, is_outside_metropole
from storage import company_accounts, event_decisions
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Claim:
    """A company's claim: one sheet per currency; none while nothing was owed."""

    siren: str
    name: str
    sheets: tuple[ClaimSheet, ...]


@dataclass(frozen=True, slots=True)
class ClaimService:
    """Makes claim sheets for finance and for the owner of the client."""

    database: Database
    clock: Callable[[], datetime]
    names: Names

    def claim(self, actor: Actor, query: str, *, today: date) -> Claim:
        """Return the claim against the one client or company that `query` means.

        Raises NotFound when it means none, or no proceeding protects it; NotAllowed for somebody
        else's client.
        """
        with self.database.read() as work:
            found = find_target(work.session, self.names, actor, query)
            if isinstance(found, ByName):
                raise NotFound("No single client looks like that.")
            return self._of(work.session, actor, found.siren, today)

    def claim_for(self, actor: Actor, decision_id: int, *, today: date) -> Claim:
        """Return the claim against the company an event is about; raises as `claim` does."""
        with self.database.read() as work:
            asked = event_decisions.find_decision(
                work.session, workspace_id=actor.workspace_id, id=decision_id
            )
            if asked is None:
                raise NotFound("no such question")
            return self._of(work.session, actor, asked.siren, today)

    def declared(self, actor: Actor, decision_id: int, *, today: date) -> None:
        """Take down that the claim was declared: the digest stops counting it down.

        The limitation of what the company owes stops while the proceeding lasts.

        Raises NotAllowed but for finance, NotFound when nobody asked about that event.
        """
        if not actor.is_finance:
            raise NotAllowed("not_allowed")
        with self.database.write(interactive=True) as work:
            asked = event_decisions.find_decision(
                work.session, workspace_id=actor.workspace_id, id=decision_id
            )
            if asked is None:
                raise NotFound("no such question")
            event_decisions.mark_claimed(
                work.session, workspace_id=actor.workspace_id, id=decision_id, on=today
            )
            accounts = company_accounts.list_accounts(
                work.session, workspace_id=actor.workspace_id, siren=asked.siren
            )
            for account in accounts:
                key = f"claim:{decision_id}:{account.client_id}"
                write_act(
                    work.session,
                    actor,
                    account.client_id,
                    Interruption.CLAIM_FILED,
                    today,
                    key,
                    self.clock(),
                )
            work.commit()

    def _of(self, session: Session, actor: Actor, siren: str, today: date) -> Claim:
        target = of_siren(session, actor.workspace_id, siren)
        if not may(actor, Action.SEE, owner_id=target.owner_id):
            raise NotAllowed("not_allowed")
        sheets = sheets_of(session, actor.workspace_id, siren, today, self.clock())
        if not sheets:
            raise NotFound("No proceeding protects this company, or it owes nothing.")
        return Claim(siren, target.name or siren, sheets)


def sheets_of(
    session: Session, workspace_id: int, siren: str, today: date, now: datetime
) -> tuple[ClaimSheet, ...]:
    """Return what to declare, one sheet per currency; none without a proceeding in force."""
    opening = opening_of(session, workspace_id, siren)
    if opening is None:
        return ()
    day = day_of(session, workspace_id=workspace_id, now=now, today=today)
    return claim_sheets(
        opening,
        claim_items(session, workspace_id, siren),
        rates_of(session, workspace_id),
        day.calendar,
        outside_metropole=is_outside_metropole(day.policy),
    )


def claim_json(claim: Claim) -> dict[str, Any]:
    """Return a claim as one JSON object: dates as ISO texts, amounts in minor units."""
    return {
        "siren": claim.siren,
        "name": claim.name,
        "sheets": [_sheet(sheet) for sheet in claim.sheets],
    }


CLAIM_COLUMNS = (
    "number", "issued_on", "due_on", "side", "is_due", "principal_minor", "interest_minor",
    "fee_minor", "currency",
)  # fmt: skip


def claim_rows(claim: Claim) -> list[dict[str, Any]]:
    """Return a claim item by item, under `CLAIM_COLUMNS`; after the opening, nothing is claimed."""
    rows = []
    for sheet in claim.sheets:
        rows += [_row(line.item, "before", sheet, line) for line in sheet.lines]
        rows += [_row(item, "after", sheet, None) for item in sheet.after]
    return rows


def _sheet(sheet: ClaimSheet) -> dict[str, Any]:
    return {
        "currency": sheet.currency,
        "opened_on": sheet.opened_on.isoformat(),
        "opened_on_stated": sheet.opened_on_stated,
        "published_on": sheet.published_on.isoformat(),
        "deadline": sheet.deadline.isoformat(),
        "retention_deadline": sheet.retention_deadline.isoformat(),
        "relief_deadline": sheet.relief_deadline.isoformat(),
        "principal_minor": sheet.principal_minor,
        "due_minor": sheet.due_minor,
        "not_due_minor": sheet.not_due_minor,
        "retained_minor": sheet.retained_minor,
        "interest_minor": sheet.interest_minor,
        "fee_minor": sheet.fee_minor,
        "after_minor": sum(item.open_minor for item in sheet.after),
        "missing_rates": [str(half_year) for half_year in sheet.missing],
        "before": [_row(line.item, "before", sheet, line) for line in sheet.lines],
        "after": [_row(item, "after", sheet, None) for item in sheet.after],
    }


def _row(item: ClaimItem, side: str, sheet: ClaimSheet, line: ClaimLine | None) -> dict[str, Any]:
    return {
        "number": item.number,
        "issued_on": item.issued_on.isoformat(),
        "due_on": item.due_on.isoformat(),
        "side": side,
        "is_due": line.is_due if line else None,
        "principal_minor": item.open_minor,
        "interest_minor": line.interest_minor if line else None,
        "fee_minor": line.fee_minor if line else None,
        "currency": sheet.currency,
    }
