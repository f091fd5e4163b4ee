"""The two sides of a letter: our company, and the client it writes to."""

from dataclasses import dataclass

from sqlmodel import Session

from storage import reachable
from storage.follow_ups import vault_of
from storage.tables.ledger import Client
from storage.tables.workspaces import Entity, Person, Workspace


@dataclass(frozen=True, slots=True)
class Parties:
    """Who writes and to whom; `contact` and `language` are of who does the accounts there."""

    seller: str
    seller_address: str
    seller_siren: str
    iban: str
    client: str
    client_code: str
    client_siren: str
    client_town: str
    contact: str
    language: str
    signed_by: str
    currency: str


def find_parties(
    session: Session, *, workspace_id: int, client_id: int, by_id: int | None
) -> Parties | None:
    """Return both sides; None when there is no such client."""
    client = session.get(Client, (workspace_id, client_id))
    if client is None:
        return None
    house = session.get_one(Workspace, workspace_id)
    entity = session.get_one(Entity, (workspace_id, client.entity_id))
    person = session.get(Person, (workspace_id, by_id)) if by_id is not None else None
    known = reachable.list_reachable(session, workspace_id=workspace_id, client_id=client_id)
    contact = next(
        (one for name in ("accounts", "management") for one in known if one.function == name), None
    )
    return Parties(
        seller=entity.name or house.name,
        seller_address=entity.address,
        seller_siren=entity.siren or "",
        iban=vault_of(session).unseal(workspace_id, entity.iban_sealed),
        client=client.name,
        client_code=client.code,
        client_siren=client.siren or "",
        client_town=client.town,
        contact=contact.name if contact else "",
        language=contact.language if contact else house.locale[:2],
        signed_by=(person.name if person else "") or house.finance_name,
        currency=client.currency,
    )
