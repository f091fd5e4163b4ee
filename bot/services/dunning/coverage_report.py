"""The proof that no open item is forgotten, as the command line prints it."""

from dataclasses import dataclass
from typing import Any

from bot.domain.dunning.coverage import Coverage, Covered
from bot.domain.dunning.planning import Because
from storage import alerts, open_items
from storage.unit_of_work import UnitOfWork

_REASONS: dict[str, str] = {
    Because.NO_STEP: "every step after the due date of this client's scenario is off",
}


@dataclass(frozen=True, slots=True)
class Uncovered:
    """An open item that nothing is planned for, and why."""

    client: str
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """Open items by how they are covered; `without_address` names clients no e-mail reaches."""

    items: int
    on_step: int
    held: int
    finished: int
    uncovered: tuple[Uncovered, ...]
    without_address: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether every item is covered."""
        return not self.uncovered

    def as_json(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {
            "items": self.items,
            "on_step": self.on_step,
            "held": self.held,
            "finished": self.finished,
            "uncovered": [
                {"client": one.client, "item": one.item, "reason": one.reason}
                for one in self.uncovered
            ],
            "without_address": list(self.without_address),
        }


def report_of(uow: UnitOfWork, workspace_id: int, coverage: Coverage) -> CoverageReport:
    """Return the report with the names of clients and the numbers of items."""
    named = {id for id, _ in coverage.uncovered} | set(coverage.unreachable)
    clients = alerts.list_clients(uow.session, workspace_id=workspace_id, ids=sorted(named))
    numbers = open_items.list_items(
        uow.session, workspace_id=workspace_id, ids=[one.item_id for _, one in coverage.uncovered]
    )
    labels = {id: f"{client.code} {client.name}".strip() for id, client in clients.items()}
    return CoverageReport(
        items=sum(coverage.counts.values()),
        on_step=coverage.counts[Covered.ON_STEP],
        held=coverage.counts[Covered.HELD],
        finished=coverage.counts[Covered.FINISHED],
        uncovered=tuple(
            Uncovered(labels[id], numbers[one.item_id].number, _REASONS[one.because])
            for id, one in coverage.uncovered
            if one.item_id in numbers
        ),
        without_address=tuple(sorted(labels[id] for id in coverage.unreachable)),
    )
