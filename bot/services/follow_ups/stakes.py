"""What weighs when a client contests: orders in progress, earlier unpaid invoices, the margin."""

from collections.abc import Sequence
from datetime import date

from bot.rendering.form_views import StakesView
from storage import exchanges, lookups
from storage.lookups import AccountRow, ItemRow
from storage.sessions import Session

MOST_ITEMS = 100


def stakes_of(
    session: Session, workspace_id: int, account: AccountRow, items: Sequence[ItemRow], today: date
) -> StakesView:
    """Return what is known of an account whose open `items` were read, oldest due first."""
    notes = exchanges.list_latest_notes(
        session, workspace_id=workspace_id, client_id=account.client_id
    )
    late = [item.due_on for item in items if item.open_minor > 0 and item.due_on < today]
    return StakesView(
        orders=next((note.orders for note in notes if note.orders), ""),
        unpaid_count=len(late),
        oldest_due_on=min(late, default=None),
        margin_percent=account.margin_percent,
    )


def find_stakes(session: Session, workspace_id: int, client_id: int, today: date) -> StakesView:
    """Return what is known of a client; nothing of one that is not known."""
    of_client = {"workspace_id": workspace_id, "client_id": client_id}
    account = lookups.find_account(session, **of_client)
    if account is None:
        return StakesView()
    items = lookups.list_open_items(session, **of_client, most=MOST_ITEMS)
    return stakes_of(session, workspace_id, account, items, today)
