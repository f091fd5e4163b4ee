"""What late payment costs a client, as of a day: principal, interest, fees, limitation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import NotFound
from bot.domain.late_payment.agreed_rates import read_rate
from bot.domain.late_payment.figures import CurrencyFigures, Owed, Terms, figures
from bot.domain.late_payment.interest import RateTable
from bot.services.solvency.assessing import solvency_policy
from bot.sources.late_payment_rates import french_rates
from storage import late_items, late_rates, waivers
from storage.late_items import LateClient
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class LatePayment:
    """A client and its figures, one entry per currency."""

    client: LateClient
    until: date
    agreed: str
    currencies: tuple[CurrencyFigures, ...]


@dataclass(frozen=True, slots=True)
class LatePaymentService:
    """Works the figures out, for finance."""

    database: Database
    clock: Callable[[], datetime]

    def figures(self, actor: Actor, client_id: int, *, until: date) -> LatePayment:
        """Return what a client owes on a day; raise `NotAllowed`, or `NotFound` for nobody."""
        allow(actor, Action.SEE_TOTALS)
        with self.database.read() as uow:
            found = late_payment(
                uow.session, workspace_id=actor.workspace_id, client_id=client_id, until=until
            )
        if found is None:
            raise NotFound("This client is not known here.")
        return found


def late_payment(
    session: Session, *, workspace_id: int, client_id: int, until: date
) -> LatePayment | None:
    """Return a client's figures on a day, inclusive; None when there is no such client."""
    client = late_items.find_client(session, workspace_id=workspace_id, client_id=client_id)
    if client is None:
        return None
    items = late_items.list_items(session, workspace_id=workspace_id, client_id=client_id)
    waived = waivers.waived_items(session, workspace_id=workspace_id, client_id=client_id)
    agreed = read_rate(client.late_rate)
    terms = Terms(client.kind, agreed, client.limitation, client.in_proceeding, client.acts)
    owed = [
        Owed(
            item.id,
            item.number,
            item.kind,
            item.issued_on,
            item.due_on,
            item.open_minor,
            item.currency,
            item.paid,
            item.is_disputed,
            item.id in waived,
        )
        for item in items
    ]
    found = figures(owed, terms, rates_of(session, workspace_id), until)
    return LatePayment(client, until, str(agreed) if agreed else "", found)


def rates_of(session: Session, workspace_id: int) -> RateTable:
    """Return the rates in force: those shipped, the policy's, those entered; the last one wins."""
    policy = solvency_policy(session, workspace_id).late_payment_rates
    entered = late_rates.list_rates(session, workspace_id=workspace_id)
    return french_rates().with_rows(policy).with_rows(entered)
