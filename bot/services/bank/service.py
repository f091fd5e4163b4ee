"""Bank movements looked at, each once: matched, proposed to finance, or said to be rejected."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Actor
from bot.domain.bank.matching import Receipt, match_receipt
from bot.domain.bank.statement import LineSort
from bot.domain.bank.states import LineState
from bot.rendering.bank_forms import PaymentItemsView
from bot.services.bank.applying import Applied, apply_receipt
from bot.services.bank.asking import ask_finance, settle
from bot.services.bank.candidates import Candidates
from bot.services.bank.choosing import payment_items
from bot.services.bank.lagging import tell_unbooked
from bot.services.bank.rejecting import look_at_reject
from bot.services.workspaces.working_days import day_of
from storage import bank_lines
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What became of the movements looked at."""

    matched: int = 0
    suggested: int = 0
    unknown: int = 0


class BankService:
    """Matches bank movements; every call may be repeated without harm."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def match(self, workspace_id: int, today: date) -> MatchReport:
        """Look at every new movement, each in its own unit of work, oldest import first.

        Then finance is told what the books have lacked for too long.
        """
        with self._database.read() as uow:
            ids = bank_lines.list_new_ids(uow.session, workspace_id=workspace_id)
        counts = dict.fromkeys(LineState, 0)
        known: dict[int, Candidates] = {}
        for id in ids:
            with self._database.write() as uow:
                state = self._look(uow.session, workspace_id, id, today, known)
                uow.commit()
            counts[state] += 1
        with self._database.write() as uow:
            tell_unbooked(uow.session, workspace_id, self._clock(), today)
            uow.commit()
        return MatchReport(
            counts[LineState.MATCHED],
            counts[LineState.SUGGESTED],
            counts[LineState.UNKNOWN],
        )

    def settle(
        self,
        actor: Actor,
        line_id: int,
        client_id: int | None,
        item_ids: Collection[int] | None = None,
    ) -> None:
        """Give a receipt to the client finance says (None: to none); the same again is the same.

        It pays what was proposed, or the items chosen. Raises NotAllowed, NotFound, InvalidInput
        at the field, or AlreadyHandled when it was answered otherwise.
        """
        with self._database.write(interactive=True) as uow:
            settle(uow.session, actor, line_id, client_id, self._clock(), item_ids)
            uow.commit()

    def payment_items(self, actor: Actor, line_id: int, client_id: int) -> PaymentItemsView:
        """Return what a receipt may pay of a client, for finance to choose; raises as `settle`."""
        with self._database.read() as uow:
            return payment_items(uow.session, actor, line_id, client_id)

    def _look(
        self,
        session: Session,
        workspace_id: int,
        id: int,
        today: date,
        known: dict[int, Candidates],
    ) -> LineState:
        line = bank_lines.get_line(session, workspace_id=workspace_id, id=id, lock=True)
        if line is None or line.state is not LineState.NEW:
            return LineState.NEW
        now = self._clock()
        day = day_of(session, workspace_id=workspace_id, now=now, today=today)
        if line.sort is LineSort.REJECTED:
            return look_at_reject(session, workspace_id, line, day, now)
        if line.entity_id not in known:
            known[line.entity_id] = Candidates(session, workspace_id, line.entity_id)
        accounts = known[line.entity_id].accounts(session, line)
        found = match_receipt(Receipt(line.minor, line.payer, line.text), accounts)
        if found.firm is not None:
            applied = Applied(found.firm.client_id)
            apply_receipt(session, workspace_id, line, found.firm.parts, applied, day, now)
            return LineState.MATCHED
        return ask_finance(session, workspace_id, line, found, day, now)
