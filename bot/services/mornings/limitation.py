"""Debts that soon cannot be claimed in court any more, client by client."""

from datetime import date, timedelta

from bot.domain.late_payment.limitation import (
    Limitation,
    LimitationKind,
    is_near,
    latest_start,
    limitation,
)
from bot.rendering.team_views import LineView
from storage import near_limitation
from storage.near_limitation import OldDebt
from storage.sessions import Session


def near_limitation_lines(
    session: Session, *, workspace_id: int, today: date, days: int
) -> list[LineView]:
    """Return each client and currency near its earlier date, the largest first, both dates."""
    last = today + timedelta(days=days)
    until = {kind: latest_start(kind, last) for kind in LimitationKind}
    near: dict[tuple[int, str], list[tuple[OldDebt, Limitation]]] = {}
    for debt in near_limitation.list_old_debts(session, workspace_id=workspace_id, until=until):
        found = limitation(debt.kind, debt.issued_on, debt.due_on, debt.acts)
        if is_near(found, today, days):
            near.setdefault((debt.client_id, debt.currency), []).append((debt, found))
    lines = [
        LineView(
            client_id=client_id,
            client=debts[0][0].client,
            minor=sum(debt.minor for debt, _ in debts),
            currency=currency,
            on=min((found.warning for _, found in debts if found.warning), default=None),
            also_on=min((found.from_due for _, found in debts if found.from_due), default=None),
        )
        for (client_id, currency), debts in near.items()
    ]
    return sorted(lines, key=lambda line: (-line.minor, line.client, line.client_id))
