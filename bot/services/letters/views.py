"""The letters of a client, laid out from the books as they are."""

from datetime import date

from bot.domain.errors import Conflict, NotFound
from bot.domain.late_payment.figures import CurrencyFigures
from bot.domain.ledger import ItemKind
from bot.rendering.formal_notices import FormalNoticeView, PartyView, StatementView
from bot.rendering.items import item_name
from bot.rendering.speech import speech
from bot.rendering.views import Voice
from bot.services.late_payment.service import LatePayment, late_payment
from storage import open_items, parties
from storage.parties import Parties
from storage.sessions import Session


def both_sides(
    session: Session, *, workspace_id: int, client_id: int, by_id: int | None
) -> Parties:
    """Return who writes to whom; raise `NotFound` for a client nobody knows."""
    found = parties.find_parties(
        session, workspace_id=workspace_id, client_id=client_id, by_id=by_id
    )
    if found is None:
        raise NotFound("This client is not known here.")
    return found


def noticeable(
    session: Session, *, workspace_id: int, client_id: int, today: date
) -> tuple[LatePayment, CurrencyFigures]:
    """Return what a formal notice may ask for, in the currency that is owed most.

    Raise `Conflict` when nothing may be asked: a proceeding is in force, or nothing is overdue.
    """
    found = late_payment(session, workspace_id=workspace_id, client_id=client_id, until=today)
    if found is None:
        raise NotFound("This client is not known here.")
    if found.client.in_proceeding:
        raise Conflict(
            "A proceeding protects this company: what it owes is to be declared, not asked for.",
            code="in_proceeding",
        )
    figures = next((one for one in found.currencies if one.principal_minor > 0), None)
    if figures is None:
        raise Conflict("Nothing of this client is overdue.", code="nothing_overdue")
    return found, figures


def notice_view(
    sides: Parties,
    found: LatePayment,
    figures: CurrencyFigures,
    *,
    reference: str,
    today: date,
    deadline: date,
    with_interest: bool,
) -> FormalNoticeView:
    """Return a formal notice ready to be laid out."""
    return FormalNoticeView(
        reference=reference,
        seller=seller_of(sides),
        client=client_of(sides),
        contact=sides.contact,
        today=today,
        deadline=deadline,
        figures=figures,
        signed_by=sides.signed_by,
        with_interest=with_interest,
        agreed_rate=found.agreed,
    )


def statement_view(
    session: Session, sides: Parties, *, workspace_id: int, client_id: int, today: date
) -> StatementView:
    """Return an account ready to be laid out, in the client's own currency."""
    items = open_items.list_open(session, workspace_id=workspace_id, client_id=client_id)
    said = speech(Voice(sides.language))
    return StatementView(
        seller=seller_of(sides),
        client=client_of(sides),
        contact=sides.contact,
        today=today,
        currency=sides.currency,
        items=[
            (
                item_name(ItemKind(item.kind), item.number, said),
                item.issued_on,
                item.due_on,
                item.open_minor,
            )
            for item in items
            if item.currency == sides.currency
        ],
        signed_by=sides.signed_by,
    )


def seller_of(sides: Parties) -> PartyView:
    """Return our company as a letter shows it."""
    address = [line.strip() for line in sides.seller_address.split(",") if line.strip()]
    return PartyView(sides.seller, address, sides.seller_siren, sides.iban)


def client_of(sides: Parties) -> PartyView:
    """Return the client as a letter addresses it."""
    return PartyView(sides.client, [sides.client_town] if sides.client_town else [])
