"""Which of a client's documents a receipt pays, when finance chooses them itself."""

from collections.abc import Collection, Sequence

from bot.domain.actors import Action, Actor, allow
from bot.domain.bank.choosing import pay_chosen
from bot.domain.bank.matching import Account
from bot.domain.bank.seen import ON_ACCOUNT
from bot.domain.bank.states import LineState
from bot.domain.errors import NotFound
from bot.domain.follow_ups import AlreadyHandled
from bot.rendering.bank_forms import PayableView, PaymentItemsView
from bot.services.bank.applying import Amounts
from storage import bank_candidates, bank_lines, bank_rejects, client_files
from storage.bank_lines import BankMovement
from storage.sessions import Session


def payment_items(session: Session, actor: Actor, line_id: int, client_id: int) -> PaymentItemsView:
    """Return what a client has open for a receipt to pay, with what was proposed.

    Raises NotAllowed, NotFound, or AlreadyHandled when the receipt was answered meanwhile.
    """
    allow(actor, Action.IMPORT)
    line = bank_lines.get_line(session, workspace_id=actor.workspace_id, id=line_id)
    if line is None:
        raise NotFound("no such bank movement")
    if line.state is not LineState.SUGGESTED:
        raise already_handled(session, actor.workspace_id, line)
    proposed = {key for key, _ in proposal_of(line, client_id)}
    account = _account(session, actor.workspace_id, line, client_id)
    items = sorted(account.items, key=lambda item: (item.key not in proposed, item.due_on))
    return PaymentItemsView(
        line_id=line.id,
        client_id=client_id,
        client=account.name,
        minor=line.minor,
        currency=line.currency,
        day=line.booked_on,
        payer=line.payer,
        items=tuple(PayableView(one.id, one.number, one.open_minor) for one in items),
        proposed=tuple(item.id for item in items if item.key in proposed),
    )


def chosen_parts(
    session: Session,
    workspace_id: int,
    line: BankMovement,
    client_id: int,
    item_ids: Collection[int],
) -> Amounts:
    """Return what a receipt gives to the chosen items; raise InvalidInput at their field."""
    proposal_of(line, client_id)
    account = _account(session, workspace_id, line, client_id)
    return pay_chosen(line.minor, account.items, item_ids)


def proposal_of(line: BankMovement, client_id: int) -> Amounts:
    """Return what was proposed that a receipt pays of a client; raise NotFound when nothing was."""
    chosen = next((one for one in line.proposals if one["client_id"] == client_id), None)
    if chosen is None:
        raise NotFound("no such proposal")
    return [(str(key), int(minor)) for key, minor in chosen["parts"]]


def is_same_answer(
    session: Session,
    workspace_id: int,
    line: BankMovement,
    client_id: int | None,
    item_ids: Collection[int] | None,
) -> bool:
    """Say whether an answered receipt was given this very answer."""
    if line.client_id != client_id or client_id is None or item_ids is None:
        return line.client_id == client_id
    paid = bank_rejects.list_paid(session, workspace_id=workspace_id, line_id=line.id)
    keys = bank_candidates.list_keys(
        session, workspace_id=workspace_id, client_id=client_id, ids=item_ids
    )
    return keys == {key for key, _ in paid} - {ON_ACCOUNT}


def already_handled(session: Session, workspace_id: int, line: BankMovement) -> AlreadyHandled:
    """Return that a receipt was answered: by whom, and when."""
    name = client_files.find_person_name(session, workspace_id=workspace_id, id=line.decided_by_id)
    return AlreadyHandled(name, line.decided_at.isoformat() if line.decided_at else "")


def _account(session: Session, workspace_id: int, line: BankMovement, client_id: int) -> Account:
    accounts: Sequence[Account] = bank_candidates.read_payable(
        session, workspace_id=workspace_id, client_ids=[client_id], currency=line.currency
    )
    found = next((one for one in accounts if one.items), None)
    if found is None:
        raise NotFound("This invoice is not open any more.")
    return found
