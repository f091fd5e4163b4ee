"""What an e-mail to a client is about: the facts its text names, and no others are looked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.errors import Conflict
from bot.domain.lifecycle import PromiseState
from bot.domain.mailing import Reachable
from bot.rendering.client_writing import ClientText, names_in
from bot.rendering.step_mail import AskedItem, PromiseSaid, StepMailView
from bot.rendering.views import SumView
from bot.services.late_payment.service import late_payment
from storage import alerts, client_files, entities, people, promises
from storage.sessions import Session

_COSTS = frozenset({"interest", "fees"})
_PROMISED = frozenset({"promised", "promised_on", "received"})
_UNKEPT = (PromiseState.BROKEN, PromiseState.KEPT_IN_PART)


def mail_view(
    session: Session,
    *,
    workspace_id: int,
    client_id: int,
    person_id: int | None,
    contact: Reachable | None,
    items: Sequence[AskedItem],
    today: date,
    language: str,
) -> StepMailView:
    """Return the plain facts of an e-mail: whom, what, in whose voice (finance's for nobody)."""
    line = alerts.list_clients(session, workspace_id=workspace_id, ids=[client_id])[client_id]
    companies = entities.list_entities(session, workspace_id=workspace_id)
    company = next(one for one in companies if one.id == line.entity_id)
    voice = people.find_voice(session, workspace_id=workspace_id, person_id=person_id)
    house = client_files.get_house(session, workspace_id=workspace_id)
    return StepMailView(
        client=line.name,
        client_code=line.code,
        contact=contact.name if contact else "",
        items=tuple(items),
        today=today,
        language=language,
        voice=voice[0] if voice else house.finance_name,
        voice_email=voice[1] if voice else "",
        company=company.name,
        company_siren=company.siren or "",
        iban=company.iban,
    )


def with_named_facts(
    session: Session, view: StepMailView, text: ClientText, *, workspace_id: int, client_id: int
) -> StepMailView:
    """Return the view with what a text names beside the invoices: interest, fees, a promise.

    Raise `Conflict` when it names interest and the rate of a half-year is missing.
    """
    names = names_in(text)
    if names & _COSTS:
        view = _with_costs(session, view, workspace_id, client_id, interest="interest" in names)
    if names & _PROMISED:
        view = replace(view, promise=_promise(session, workspace_id, client_id))
    return view


def _with_costs(
    session: Session, view: StepMailView, workspace_id: int, client_id: int, *, interest: bool
) -> StepMailView:
    found = late_payment(session, workspace_id=workspace_id, client_id=client_id, until=view.today)
    currencies = found.currencies if found else ()
    missing = [half for one in currencies for half in one.missing]
    if interest and missing:
        raise Conflict(f"There is no late-payment rate for {missing[0]}: the text names interest.")
    return replace(
        view,
        interest=tuple(SumView(one.interest_minor, one.currency) for one in currencies),
        fees=tuple(SumView(one.fee_minor, one.currency) for one in currencies),
    )


def _promise(session: Session, workspace_id: int, client_id: int) -> PromiseSaid | None:
    """Return the live promise, else the latest that was not kept in full."""
    known = promises.list_promises(session, workspace_id=workspace_id, client_id=client_id)
    live = (one for one in known if one.state is PromiseState.LIVE)
    unkept = (one for one in known if one.state in _UNKEPT)
    one = next(live, None) or next(unkept, None)
    if one is None:
        return None
    return PromiseSaid(one.minor, one.received_minor, one.currency, one.due_on)
