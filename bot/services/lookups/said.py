"""What was said with a client, read for its account: only what the account says is there."""

from collections.abc import Sequence

from storage import client_warnings, exchanges
from storage.client_warnings import WarningRow
from storage.exchanges import ContactRow, DisputeRow, NoteRow, PromiseRow
from storage.lookups import AccountRow
from storage.sessions import Session

Said = tuple[
    Sequence[ContactRow],
    Sequence[NoteRow],
    Sequence[PromiseRow],
    Sequence[DisputeRow],
    Sequence[WarningRow],
]


def read_said(session: Session, workspace_id: int, account: AccountRow) -> Said:
    """Return whom we know at a client, its latest notes, its promises and open disputes."""
    of_client = {"workspace_id": workspace_id, "client_id": account.client_id}
    return (
        exchanges.list_contacts(session, **of_client),
        exchanges.list_latest_notes(session, **of_client) if account.has_notes else (),
        exchanges.list_promises(session, **of_client) if account.has_promises else (),
        exchanges.list_open_disputes(session, **of_client) if account.has_disputes else (),
        read_warnings(session, workspace_id, account),
    )


def read_warnings(session: Session, workspace_id: int, account: AccountRow) -> Sequence[WarningRow]:
    """Return what freezes a client, what is held, its insurer's clock, and what was granted."""
    of_client = {"workspace_id": workspace_id, "client_id": account.client_id}
    frozen = client_warnings.list_freezes(session, **of_client) if account.has_holds else []
    held = (
        client_warnings.list_deliveries(session, **of_client) if account.has_delivery_holds else []
    )
    clocks = client_warnings.list_clocks(session, **of_client) if account.has_cover else []
    extended = (
        client_warnings.list_extensions(session, **of_client) if account.has_concessions else []
    )
    offers = client_warnings.list_offers(session, **of_client) if account.has_waivers else []
    return [*frozen, *held, *clocks, *extended, *offers]
