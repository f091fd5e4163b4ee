"""What finance sees of a client's late payment."""

from dataclasses import dataclass
from datetime import date

from bot.domain.actors import Action, Actor
from bot.domain.due_dates import parse_terms
from bot.domain.errors import NotFound
from bot.domain.payment_ceilings import CEILINGS, ProductFamily
from bot.rendering.late_payment_views import LatePaymentView
from bot.services.follow_ups.forms import FormService
from bot.services.late_payment.offers import view_of
from bot.services.late_payment.service import late_payment
from storage import policies, waivers
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class LatePaymentWindow:
    """Reads the window, for finance alone."""

    database: Database

    def view(self, actor: Actor, client_id: int, *, today: date) -> LatePaymentView:
        """Return what late payment costs; raise `NotAllowed`, `NotFound` for nobody."""
        about = FormService(self.database).client_form(
            actor, client_id, today=today, action=Action.NOTICE
        )
        of_client = {"workspace_id": actor.workspace_id, "client_id": client_id}
        with self.database.read() as uow:
            found = late_payment(uow.session, **of_client, until=today)
            live = waivers.find_live(uow.session, **of_client)
            policy = policies.get_policy(uow.session, workspace_id=actor.workspace_id)
        if found is None:
            raise NotFound("This client is not known here.")
        return LatePaymentView(
            about=about,
            figures=found.currencies,
            agreed=found.agreed,
            in_proceeding=found.client.in_proceeding,
            waiver=view_of(live) if live else None,
            allocation=policy.allocation,
            is_beyond_ceiling=_is_beyond(found.client.terms, policy.product_family),
        )


def _is_beyond(terms: str, family: ProductFamily) -> bool:
    """Say whether agreed terms are longer than the law allows for what is sold."""
    return bool(terms) and not CEILINGS[family].allows(parse_terms(terms))
