"""The invoices a factor may buy, as a file; why the others are not in it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.domain.factoring import Receivable, why_not
from bot.outlets.files import write_whole
from bot.rendering.exports import factor_csv
from storage import receivables
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class FactorExportService:
    """Writes every open invoice that may be offered to a factor."""

    database: Database

    def text(self, workspace_id: int, *, today: date, separator: str = ",") -> str:
        """Return the file's text."""
        return factor_csv(self._eligible(workspace_id, today)[0], separator)

    def write(self, workspace_id: int, path: Path, *, today: date, separator: str = ",") -> int:
        """Write the file whole or not at all; return how many invoices it has."""
        lines, _ = self._eligible(workspace_id, today)
        write_whole(path, factor_csv(lines, separator))
        return len(lines)

    def left_out(self, workspace_id: int, *, today: date) -> dict[str, int]:
        """Return how many open invoices are not in the file, by reason."""
        return dict(self._eligible(workspace_id, today)[1])

    def _eligible(self, workspace_id: int, today: date) -> tuple[list[Receivable], Counter[str]]:
        with self.database.read() as uow:
            found = receivables.list_receivables(uow.session, workspace_id=workspace_id)
        judged = [(one, why_not(one, today)) for one in found]
        left_out = Counter(reason.value for _, reason in judged if reason is not None)
        return [one for one, reason in judged if reason is None], left_out
