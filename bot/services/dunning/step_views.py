"""A step as a person does it: to whom, about what as of now, and whether it still may be done."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.dunning.facts import PauseKind
from bot.domain.dunning.planning import Because
from bot.domain.dunning.refreshing import refreshed
from bot.domain.errors import Conflict
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.ledger import ItemKind
from bot.domain.mailing import Reachable, choose
from bot.rendering.step_mail import AskedItem
from bot.services.dunning.judging import read_planning_rules
from storage import client_files, dunning_ledgers, open_items, reachable
from storage.open_items import NumberedItem
from storage.sessions import Session
from storage.steps import StepLine
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step with its items as they stand and the contact it addresses.

    `because` says why it may not be done any more; `minor` is what may be asked of each item.
    """

    step: StepLine
    items: tuple[tuple[NumberedItem, int], ...]
    contact: Reachable | None
    because: Because | PauseKind | None

    @property
    def asked_items(self) -> tuple[AskedItem, ...]:
        """Return what is asked for now, as windows and e-mails show it."""
        return tuple(
            AskedItem(
                item.number,
                item.issued_on,
                item.due_on,
                minor,
                item.currency,
                ItemKind(item.kind),
            )
            for item, minor in self.items
        )

    @property
    def asked(self) -> list[list[str | int]]:
        """Return number and minor units of what is asked for now, as a document keeps it."""
        return [[item.number, minor] for item, minor in self.items]

    @property
    def totals(self) -> dict[str, int]:
        """Return what is asked for now, by currency."""
        found: dict[str, int] = {}
        for item, minor in self.items:
            found[item.currency] = found.get(item.currency, 0) + minor
        return found


def step_card(
    uow: UnitOfWork, line: StepLine, *, workspace_id: int, today: date, now: datetime
) -> StepCard:
    """Return a step judged anew on what the books and people say now."""
    rules = read_planning_rules(uow, workspace_id=workspace_id, today=today, now=now)
    known = next(dunning_ledgers.list_ledgers(uow.session, rules.reading, [line.client_id]), None)
    contact = contact_of(uow.session, line, workspace_id=workspace_id)
    if known is None:
        return StepCard(line, (), contact, Because.NOTHING_OWED)
    found = refreshed(
        known.ledger,
        set(line.item_ids),
        line.actor,
        rules.day,
        is_courtesy=line.level == 0,
    )
    ids = [item.id for item in found.items]
    numbered = open_items.list_items(uow.session, workspace_id=workspace_id, ids=ids)
    items = tuple((numbered[item.id], item.minor) for item in found.items)
    return StepCard(line, items, contact, found.because)


def done_already(session: Session, line: StepLine, *, workspace_id: int) -> Conflict:
    """Return that a step was seen to: by whom and when, where somebody did."""
    if line.done_by_id is None:
        return Conflict("This step was done already.")
    name = client_files.find_person_name(session, workspace_id=workspace_id, id=line.done_by_id)
    return AlreadyHandled(name, line.changed_at.isoformat())


def contact_of(session: Session, line: StepLine, *, workspace_id: int) -> Reachable | None:
    """Return whom a step addresses: of its function first, then who does the accounts, anybody."""
    found = reachable.list_reachable(session, workspace_id=workspace_id, client_id=line.client_id)
    return choose(found, [line.contact, "accounts"])
