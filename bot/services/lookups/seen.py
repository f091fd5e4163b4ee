"""What the bank shows of a client and the books do not have yet, beside the books' own figures."""

from dataclasses import replace

from bot.rendering.card_views import BalanceView
from storage import bank_seen
from storage.sessions import Session


def with_seen(session: Session, workspace_id: int, view: BalanceView) -> BalanceView:
    """Return a balance that says what the bank shows; its other figures stay the books'."""
    client_id = view.client_id
    accounts = bank_seen.read_accounts(session, workspace_id=workspace_id, client_ids=[client_id])
    shown = []
    for balance in view.balances:
        live = accounts.get((client_id, balance.currency))
        seen = live.seen() if live else bank_seen.NOTHING
        shown.append(replace(balance, seen_minor=seen.minor, seen_on=seen.last_on))
    return replace(view, balances=tuple(shown))
