"""Which of the steps that wait may be done now: a pause or a payment since leaves nothing to do."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from bot.domain.dunning.refreshing import refreshed
from bot.services.dunning.judging import read_planning_rules
from storage import dunning_ledgers
from storage.follow_ups import vault_of
from storage.sessions import Session
from storage.steps import StepLine
from storage.unit_of_work import UnitOfWork


def asked_now(
    session: Session, lines: Iterable[StepLine], *, workspace_id: int, today: date
) -> list[StepLine]:
    """Return the steps that may be done as books, promises and pauses stand; in the same order.

    The others come back by themselves when their pause ends (`step_card` says the same of one).
    """
    waiting = list(lines)
    if not waiting:
        return []
    uow = UnitOfWork(session, vault_of(session))
    stamp = datetime.combine(today, time.min, UTC)  # for what is written: nothing is
    rules = read_planning_rules(uow, workspace_id=workspace_id, today=today, now=stamp)
    ids = sorted({line.client_id for line in waiting})
    ledgers = {
        one.ledger.client_id: one.ledger
        for one in dunning_ledgers.list_ledgers(session, rules.reading, ids)
    }
    return [
        line
        for line in waiting
        if line.client_id in ledgers
        and refreshed(
            ledgers[line.client_id],
            set(line.item_ids),
            line.actor,
            rules.day,
            is_courtesy=line.level == 0,
        ).because
        is None
    ]
