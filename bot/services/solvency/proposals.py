"""Payment terms prepared for an offer: from the client's own record, inside policy and law."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.actors import Actor
from bot.domain.due_dates import Terms, parse_terms
from bot.domain.errors import InvalidInput, NotAllowed
from bot.domain.payment_ceilings import ProductFamily
from bot.domain.solvency.payment_terms import bounds_of, build_schedule, starting_form
from bot.domain.solvency.schedules import Schedule, TermsForm
from bot.rendering.proposal_views import ProposalView, TermsFormView
from bot.rendering.solvency_views import SolvencyView
from bot.services.solvency.assessing import kept_card
from storage import client_targets, own_records
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class ProposalService:
    """Starts a proposal and checks it; nothing is kept: the offer is the salesperson's."""

    database: Database
    clock: Callable[[], datetime]

    def start(
        self, actor: Actor, siren: str, order_minor: int | None, *, today: date
    ) -> TermsFormView:
        """Return the form to start from; raise Conflict when nothing may be sold."""
        if not actor.roles:
            raise NotAllowed("not_allowed")
        with self.database.read() as work:
            session, tenant = work.session, actor.workspace_id
            card = kept_card(session, actor, siren, None, today, self.clock())
            record = own_records.find_own_record(
                session, workspace_id=tenant, siren=siren, today=today
            )
            terms = client_targets.find_terms(session, workspace_id=tenant, siren=siren)
        total = order_minor or max(1, card.assessment.max_order_minor)
        form = starting_form(
            total,
            card.assessment.currency,
            bounds_of(card.assessment, total),
            own_terms=_read(terms),
            own_record=record,
            family=_family(card),
        )
        shown = form if order_minor else replace(form, total_minor=0)
        return TermsFormView(siren, card.name, shown)

    def build(self, actor: Actor, siren: str, form: TermsForm, *, today: date) -> ProposalView:
        """Return the schedule of a form; raise InvalidForm naming every field to mend."""
        if not actor.roles:
            raise NotAllowed("not_allowed")
        if form.total_minor <= 0:
            raise InvalidInput("Enter an amount above 0.", field="total")
        with self.database.read() as work:
            card = kept_card(work.session, actor, siren, None, today, self.clock())
        schedule: Schedule = build_schedule(form, bounds_of(card.assessment, form.total_minor))
        return ProposalView(siren, card.name, schedule)


def _read(terms: str) -> Terms | None:
    try:
        return parse_terms(terms) if terms else None
    except InvalidInput:
        return None


def _family(card: SolvencyView) -> ProductFamily:
    return ProductFamily.PUBLIC_BUYER if card.is_public_body else ProductFamily.STANDARD
