"""What sort of payer a client is, judged at each lookup from what is known then."""

from collections.abc import Sequence
from datetime import date
from threading import Lock

from bot.domain.actors import Actor
from bot.domain.ageing import days_overdue
from bot.domain.ledger import ClientKind
from bot.domain.policy import Amounts, Policy
from bot.domain.profiles import PayerFacts, PayerProfile, payer_profile
from bot.services.lookups.account_views import in_order, overdue_minor
from storage import policies
from storage.lookups import AccountRow, BalanceRow, ItemRow
from storage.names import SearchSettings
from storage.payer_troubles import NO_TROUBLE, Troubles, find_troubles
from storage.sessions import Session


class Payers:
    """Judges payers by each workspace's policy, kept until the workspace's version of it moves."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[int, Policy]] = {}
        self._reading = Lock()

    def profile_of(
        self,
        session: Session,
        actor: Actor,
        settings: SearchSettings,
        account: AccountRow,
        balances: Sequence[BalanceRow],
        items: Sequence[ItemRow],
        today: date,
    ) -> PayerProfile:
        """Return the profile of a client in its own currency; `items` hold its oldest ones."""
        workspace_id = actor.workspace_id
        policy = self._policy(session, workspace_id, settings.policy_version)
        troubles = NO_TROUBLE
        if account.has_promises or account.has_disputes or account.has_holds:
            troubles = find_troubles(
                session, workspace_id=workspace_id, client_id=account.client_id, today=today
            )
        main = in_order(account, balances)[0]
        amounts = policy.amounts.get(main.currency, Amounts())
        unpaid = 0 if troubles.is_disputing else _oldest_unpaid(main, items, amounts, today)
        return payer_profile(_facts(account, main, troubles, unpaid), policy.payers)

    def _policy(self, session: Session, workspace_id: int, version: int) -> Policy:
        kept = self._kept.get(workspace_id)
        if kept is None or kept[0] != version:
            with self._reading:
                kept = version, policies.get_policy(session, workspace_id=workspace_id)
                self._kept[workspace_id] = kept
        return kept[1]


def _facts(
    account: AccountRow, main: BalanceRow, troubles: Troubles, oldest_unpaid_days: int
) -> PayerFacts:
    return PayerFacts(
        habit=main.habit,
        paid_count=main.paid_count,
        usual_delay_days=main.usual_delay_days,
        oldest_unpaid_days=oldest_unpaid_days,
        dispute_count=troubles.dispute_count,
        broken_promises=troubles.broken_promises,
        in_proceeding=troubles.in_proceeding,
        is_doubtful=account.kind == ClientKind.DOUBTFUL,
    )


def _oldest_unpaid(
    main: BalanceRow, items: Sequence[ItemRow], amounts: Amounts, today: date
) -> int:
    """Return the age of the oldest item that counts; 0 when credits cover what is overdue."""
    least = max(1, amounts.de_minimis_minor)
    if overdue_minor(main) < least:
        return 0
    ages = (
        days_overdue(item.due_on, today)
        for item in items
        if item.currency == main.currency and item.open_minor >= least
    )
    return max(ages, default=0)
