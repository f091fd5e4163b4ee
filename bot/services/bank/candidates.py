"""Whose account a receipt may pay: by number, promise, payer's name, amount."""

from collections import defaultdict
from collections.abc import Iterable

from bot.domain.bank.matching import Account, Receipt
from bot.domain.search import normalise
from storage import bank_candidates
from storage.bank_lines import BankMovement
from storage.sessions import Session

_MOST = 12
# A word that many names share (sarl, france, groupe) tells nothing of any of them.
_COMMON = 50


class Candidates:
    """Names and amounts of one entity's debtors, read once for all movements of a run."""

    def __init__(self, session: Session, workspace_id: int, entity_id: int) -> None:
        self._workspace_id, self._entity_id = workspace_id, entity_id
        self._amounts = bank_candidates.list_by_amount(
            session, workspace_id=workspace_id, entity_id=entity_id
        )
        self._by_word: dict[str, list[int]] = defaultdict(list)
        names = bank_candidates.list_names(session, workspace_id=workspace_id, entity_id=entity_id)
        for id, name in names:
            for word in set(normalise(name).split()):
                self._by_word[word].append(id)

    def accounts(self, session: Session, line: BankMovement) -> list[Account]:
        """Return the accounts worth looking at for a movement, a dozen at most."""
        receipt = Receipt(abs(line.minor), line.payer, line.text)
        where = {
            "workspace_id": self._workspace_id,
            "entity_id": self._entity_id,
        }
        ids = [
            *bank_candidates.list_by_numbers(
                session, currency=line.currency, numbers=receipt.numbers, **where
            ),
            *bank_candidates.list_by_promise(
                session, currency=line.currency, minor=receipt.minor, **where
            ),
            *self._named(receipt.payer),
            *self._amounts.get((receipt.minor, line.currency), ()),
        ]
        chosen = list(dict.fromkeys(ids))[:_MOST]
        if not chosen:
            return []
        return bank_candidates.read_payable(
            session,
            workspace_id=self._workspace_id,
            client_ids=chosen,
            currency=line.currency,
        )

    def _named(self, payer: str) -> Iterable[int]:
        """Return the clients that share a telling word with the payer, most words first."""
        shared: dict[int, int] = defaultdict(int)
        for word in set(normalise(payer).split()):
            ids = self._by_word.get(word, [])
            if len(ids) <= _COMMON:
                for id in ids:
                    shared[id] += 1
        return sorted(shared, key=lambda id: (-shared[id], id))
