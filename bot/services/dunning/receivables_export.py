"""Every receivable with its owner, what happens next and when: the aged balance as a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.domain.dunning.coverage import ItemCover, cover_of
from bot.domain.dunning.planning import Plan
from bot.outlets.files import write_whole
from bot.rendering.exports import ReceivableLine, receivables_csv
from bot.services.dunning.judging import judge, read_planning_rules
from storage import receivables, step_planning
from storage.receivables import OwnedReceivable
from storage.unit_of_work import Database

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class ReceivablesExportService:
    """Writes every open invoice, by client code then due date."""

    database: Database
    clock: Callable[[], datetime]

    def text(self, workspace_id: int, *, today: date, separator: str = ",") -> str:
        """Return the file's text."""
        return receivables_csv(self._lines(workspace_id, today), today, separator)

    def write(self, workspace_id: int, path: Path, *, today: date, separator: str = ",") -> int:
        """Write the file whole or not at all; return how many invoices it has.

        Raises PermanentSourceError where the file cannot be written.
        """
        lines = self._lines(workspace_id, today)
        write_whole(path, receivables_csv(lines, today, separator))
        return len(lines)

    def _lines(self, workspace_id: int, today: date) -> list[ReceivableLine]:
        with self.database.read() as uow:
            rules = read_planning_rules(
                uow, workspace_id=workspace_id, today=today, now=self.clock()
            )
            ids = step_planning.list_debtor_ids(uow.session, workspace_id=workspace_id)
            known: dict[int, tuple[ItemCover, Plan]] = {}
            for start in range(0, len(ids), _CHUNK):
                for one in judge(uow, rules, ids[start : start + _CHUNK]):
                    covers, _ = cover_of(one.ledger, rules.scenarios[one.profile], rules.day)
                    known.update((cover.item_id, (cover, one.plan)) for cover in covers)
            owned = receivables.list_owned(uow.session, workspace_id=workspace_id)
        return list(_lines_of(owned, known))


def _lines_of(
    owned: list[OwnedReceivable], known: dict[int, tuple[ItemCover, Plan]]
) -> Iterator[ReceivableLine]:
    for one in owned:
        cover, plan = known[one.item_id]
        follows = cover.because == plan.because
        yield ReceivableLine(
            client_code=one.client_code,
            client=one.client,
            siren=one.siren,
            owner=one.owner,
            number=one.number,
            issued_on=one.issued_on,
            due_on=one.due_on,
            minor=one.minor,
            currency=one.currency,
            follow_up=cover.covered.value,
            because=cover.because.value,
            next_on=cover.on,
            next_by=plan.actor.value if follows and plan.actor is not None else "",
            next_step=plan.step.key if follows and plan.step is not None else "",
        )
