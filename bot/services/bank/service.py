"""Bank movements looked at, each once: matched, proposed to finance, or said to be rejected."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.bank.matching import Finding, Receipt, match_receipt
from bot.domain.bank.states import LineState
from bot.services.bank.applying import Applied, apply_receipt
from bot.services.bank.candidates import Candidates
from bot.services.workspaces.working_days import day_of
from storage import bank_lines
from storage.bank_lines import BankMovement
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What became of the movements looked at."""

    matched: int = 0
    suggested: int = 0
    unknown: int = 0
    rejected: int = 0


class BankService:
    """Matches bank movements; every call may be repeated without harm."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def match(self, workspace_id: int, today: date) -> MatchReport:
        """Look at every new movement, each in its own unit of work, oldest import first."""
        with self._database.read() as uow:
            ids = bank_lines.list_new_ids(uow.session, workspace_id=workspace_id)
        counts = dict.fromkeys(LineState, 0)
        known: dict[int, Candidates] = {}
        for id in ids:
            with self._database.write() as uow:
                state = self._look(uow.session, workspace_id, id, today, known)
                uow.commit()
            counts[state] += 1
        return MatchReport(
            counts[LineState.MATCHED],
            counts[LineState.SUGGESTED],
            counts[LineState.UNKNOWN],
            counts[LineState.TAKEN_BACK],
        )

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
        if line.entity_id not in known:
            known[line.entity_id] = Candidates(session, workspace_id, line.entity_id)
        accounts = known[line.entity_id].accounts(session, line)
        found = match_receipt(Receipt(line.minor, line.payer, line.text), accounts)
        if found.firm is not None:
            applied = Applied(found.firm.client_id)
            apply_receipt(session, workspace_id, line, found.firm.parts, applied, day, now)
            return LineState.MATCHED
        return _propose(session, workspace_id, line, found)


def _propose(session: Session, workspace_id: int, line: BankMovement, found: Finding) -> LineState:
    """Keep what finance is asked about; a receipt nothing speaks for is left to the books."""
    state = LineState.SUGGESTED if found.proposals else LineState.UNKNOWN
    proposals = [
        {
            "client_id": one.client_id,
            "parts": [list(part) for part in one.parts],
            "ties": sorted(tie.value for tie in one.ties),
        }
        for one in found.proposals
    ]
    bank_lines.set_line(
        session, workspace_id=workspace_id, id=line.id, state=state, proposals=proposals
    )
    return state
