"""What the bank shows of a client and the books do not have yet, beside the books' own figures."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.bank.seen import Seen
from bot.rendering.card_views import BalanceView, CurrencyBalanceView
from storage import bank_seen
from storage.sessions import Session


def with_seen(session: Session, workspace_id: int, view: BalanceView) -> BalanceView:
    """Return a balance that says what the bank shows; its other figures stay the books'."""
    return replace(
        view, balances=seen_balances(session, workspace_id, view.client_id, view.balances)
    )


def seen_balances(
    session: Session,
    workspace_id: int,
    client_id: int,
    balances: Iterable[CurrencyBalanceView],
) -> tuple[CurrencyBalanceView, ...]:
    """Return a client's balances with what the bank shows of each."""
    accounts = bank_seen.read_accounts(session, workspace_id=workspace_id, client_ids=[client_id])
    shown = []
    for balance in balances:
        live = accounts.get((client_id, balance.currency))
        seen = live.seen() if live else bank_seen.NOTHING
        shown.append(replace(balance, seen_minor=seen.minor, seen_on=seen.last_on))
    return tuple(shown)


def find_seen(session: Session, workspace_id: int, client_id: int, currency: str) -> Seen:
    """Return what the bank shows of a client in one currency."""
    accounts = bank_seen.read_accounts(session, workspace_id=workspace_id, client_ids=[client_id])
    live = accounts.get((client_id, currency))
    return live.seen() if live else bank_seen.NOTHING


def seen_minors(session: Session, workspace_id: int, client_id: int) -> dict[str, int]:
    """Return what the bank shows of a client, by currency, where it is not nothing."""
    accounts = bank_seen.read_accounts(session, workspace_id=workspace_id, client_ids=[client_id])
    found = {currency: live.seen().minor for (_, currency), live in accounts.items()}
    return {currency: minor for currency, minor in found.items() if minor}
