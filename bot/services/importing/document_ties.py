"""Which account of the books an electronic invoice belongs to, and the SIREN it brings."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from bot.domain.e_invoices import Candidate, EInvoice, Tie, choose_item
from bot.domain.ledger import ClientKind
from bot.domain.solvency.linking import Evidence, NameMatch, name_match, town_match
from storage import client_cover, e_invoices, events, siren_links
from storage.e_invoices import NumberedItem
from storage.sessions import Session

_COMPANIES = (ClientKind.ORDINARY.value, ClientKind.DOUBTFUL.value)


@dataclass(frozen=True, slots=True)
class Match:
    """A document's item and why it is that one; `links` when its buyer's SIREN is the client's."""

    found: NumberedItem
    ties: frozenset[Tie]
    name: NameMatch
    links: bool
    suggests: bool

    @property
    def client_id(self) -> int:
        """Return the client."""
        return self.found.item.client_id

    def other_siren(self, invoice: EInvoice) -> bool:
        """Say whether the client is known under another SIREN than the buyer's."""
        mine, theirs = self.found.siren, invoice.buyer.siren
        return bool(mine and theirs) and mine != theirs


def find_match(
    session: Session, workspace_id: int, entity_id: int, invoice: EInvoice
) -> Match | None:
    """Return the one item that has the document's number, and its buyer or its amount."""
    numbered = e_invoices.list_numbered(
        session, workspace_id=workspace_id, entity_id=entity_id, number=invoice.number
    )
    names = {one.item.id: name_match(one.name, invoice.buyer.name) for one in numbered}
    chosen = choose_item(invoice, [_candidate(one, names[one.item.id]) for one in numbered])
    if chosen is None:
        return None
    candidate, ties = chosen
    found = next(one for one in numbered if one.item.id == candidate.item_id)
    name = names[candidate.item_id] or NameMatch.OTHER
    lacks = not found.siren and bool(invoice.buyer.siren) and found.kind in _COMPANIES
    firm = lacks and name is NameMatch.SAME and not _refused(session, workspace_id, found, invoice)
    return Match(found, ties, name, firm, lacks and not firm)


def bring_siren(
    session: Session, workspace_id: int, match: Match, invoice: EInvoice, now: datetime, by: str
) -> None:
    """Give the client its buyer's SIREN where number and name agree; else suggest it to finance."""
    siren, client_id = invoice.buyer.siren, match.client_id
    of_client = {"workspace_id": workspace_id, "client_id": client_id}
    town = town_match(match.found.town, invoice.buyer.town)
    evidence = asdict(Evidence(match.name, town, is_active=True, invoice=invoice.number))
    if not (match.links or match.suggests):
        return
    siren_links.add_link(
        session,
        **of_client,
        siren=siren,
        name=invoice.buyer.name,
        town=invoice.buyer.town,
        evidence=evidence,
    )
    if not match.links:
        return
    siren_links.decide(session, **of_client, siren=siren, by_id=None, at=now)
    siren_links.set_siren(session, **of_client, siren=siren)
    client_cover.refresh_covers(session, workspace_id=workspace_id, today=now.date())
    events.append(
        session,
        workspace_id=workspace_id,
        key=f"siren_linked:{client_id}:{siren}",
        kind="siren_linked",
        at=now,
        client_id=client_id,
        source=by,
        body={"siren": siren, "evidence": evidence},
    )


def _refused(session: Session, workspace_id: int, found: NumberedItem, invoice: EInvoice) -> bool:
    return siren_links.is_rejected(
        session,
        workspace_id=workspace_id,
        client_id=found.item.client_id,
        siren=invoice.buyer.siren,
    )


def _candidate(one: NumberedItem, name: NameMatch | None) -> Candidate:
    return Candidate(
        one.item.client_id,
        one.item.id,
        one.item.minor,
        one.item.currency,
        date.fromordinal(one.item.issued_on),
        one.siren,
        name is not None,
    )
