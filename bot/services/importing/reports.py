"""What an import answers: the same figures for the command line, Slack and scripts."""

from dataclasses import dataclass
from datetime import date

from bot.domain.ledger import ParsedLedger, RejectedRow

MOST_REJECTED = 1_000


@dataclass(frozen=True, slots=True)
class ImportTotal:
    """A file's accounts in one currency, minor units: net = open + unattributed."""

    currency: str
    net_minor: int
    open_minor: int
    unattributed_minor: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file held and what became of it; `changed` rows were written or deleted.

    `run_id` is None when nothing was written: the file changed nothing.
    """

    kind: str
    rows: int
    accepted: int
    rejected: tuple[RejectedRow, ...]
    clients: int
    open_items: int
    totals: tuple[ImportTotal, ...]
    as_of: date
    warnings: tuple[str, ...] = ()
    changed: int = 0
    run_id: int | None = None
    entity_id: int | None = None

    def as_json(self) -> dict[str, object]:
        """Return the report as `--json` prints it; the first 1,000 refused rows are listed."""
        return {
            "kind": self.kind,
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected_count": len(self.rejected),
            "rejected": [
                {"line": row.line, "column": row.column, "reason": row.reason, "text": row.text}
                for row in self.rejected[:MOST_REJECTED]
            ],
            "clients": self.clients,
            "open_items": self.open_items,
            "totals": [
                {
                    "currency": total.currency,
                    "net_minor": total.net_minor,
                    "open_minor": total.open_minor,
                    "unattributed_minor": total.unattributed_minor,
                }
                for total in self.totals
            ],
            "as_of": self.as_of.isoformat(),
            "warnings": list(self.warnings),
        }


def totals_of(ledger: ParsedLedger) -> tuple[ImportTotal, ...]:
    """Return a ledger's totals by currency, in the order of the codes."""
    sums: dict[str, list[int]] = {}
    for client in ledger.clients:
        total = sums.setdefault(client.currency, [0, 0])
        total[0] += client.net_minor
        total[1] += client.unattributed_minor
    return tuple(
        ImportTotal(currency, net, net - loose, loose)
        for currency, (net, loose) in sorted(sums.items())
    )


def count_clients(ledger: ParsedLedger) -> int:
    """Return how many clients a ledger has; several currencies of one count once."""
    return len({client.code for client in ledger.clients})


def count_open(ledger: ParsedLedger) -> int:
    """Return how many of a ledger's items are open."""
    return sum(1 for client in ledger.clients for item in client.items if item.open_minor)
