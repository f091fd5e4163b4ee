"""Who may do what about an alert, in every state it can be in: every cell of the table is tried."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.domain.actors import Actor
from bot.domain.errors import Conflict, NotAllowed, NotFound
from bot.domain.extensions import ExtensionForm
from bot.domain.follow_ups import AlreadyHandled, FollowUpForm
from bot.domain.lifecycle import AlertState, HandoverState, Outcome, Role
from bot.rendering.card_views import RefusedView
from bot.services.alerts.actions import AlertActions
from bot.services.alerts.muting import MutingService
from bot.services.follow_ups.concessions import ConcessionService
from bot.services.follow_ups.service import FollowUpService
from bot.services.handovers.service import HandoverService
from bot.services.items.deliveries import DeliveryHoldService
from bot.services.late_payment.offers import OfferService
from bot.services.late_payment.rates import RateService
from bot.services.lookups.service import LookupService
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import TUESDAY, Clock, Company, a_company
from tests.services.drawing import FRIDAY, a_handover

# A column per state, as STATES lists them; in it a sign per role: the client's owner, a colleague,
# the owner's manager, finance, an administrator, somebody without a role. x done, . not theirs to
# do, - refused in this state: handled already, finance's by now, nothing to answer, or closed.
TABLE = """
see             x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx.
note            x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx.
acknowledge     x.xxx. x.---. -.---. -.---. -.---. -.---. -.---. x.xxx. -.---. -.---.
snooze          x.xxx. x.xxx. -.---. -.---. x.xxx. -.---. -.---. x.xxx. -.---. -.---.
extend_window   ..x.x. ..x.x. ..x.x. ..x.x. ..x.x. ..-.-. ..-.-. ..x.x. ..-.-. ..-.-.
give_time       x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. -.-xx. x.xxx. x.xxx. x.xxx.
reassign        x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. x.xxx.
hand_over       x.xxx. x.xxx. x.xxx. x.xxx. x.xxx. -.---. -.---. x.xxx. -.---. -.---.
take_back       ------ ------ ------ ------ ------ x.xxx. -.---. -.---. ------ ------
take            ...--. ...--. ...--. ...--. ...--. ...xx. ...x-. ...--. ...--. ...--.
give_back       ...--. ...--. ...--. ...--. ...--. ...xx. ...xx. ...x-. ...--. ...--.
mute            ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx.
hold_deliveries ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx.
waive           ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx. ...xx.
"""
STATES = tuple(AlertState)
HANDED = {
    AlertState.HANDED_OVER: HandoverState.OFFERED,
    AlertState.TAKEN: HandoverState.TAKEN,
    AlertState.RETURNED: HandoverState.RETURNED,
}


@dataclass(frozen=True)
class Case:
    """A company whose alert stands in one state, and its handover (0: there never was one)."""

    database: Database
    company: Company
    handover_id: int

    def people(self) -> list[Actor]:
        """Return one person of each role, in the table's order."""
        of, tenant = self.company, self.company.workspace_id
        manager = Actor(
            tenant,
            of.nadia.person_id,
            roles=frozenset({Role.MANAGER}),
            team=frozenset({of.anne.person_id or 0}),
        )
        admin = Actor(tenant, of.nadia.person_id, roles=frozenset({Role.ADMIN}))
        nobody = Actor(tenant, of.karim.person_id)
        return [of.anne, of.karim, manager, of.fiona, admin, nobody]


def see(case: Case, actor: Actor) -> None:
    """Look the account up; being told whom to ask is a refusal."""
    found = LookupService(case.database).balance(actor, "C0412", today=TUESDAY)
    if isinstance(found, RefusedView):
        raise NotAllowed("not_allowed")


def note(case: Case, actor: Actor) -> None:
    """Note an exchange."""
    form = FollowUpForm(key="k", client_id=case.company.client_id, outcome=Outcome.OTHER, text="vu")
    FollowUpService(case.database, Clock()).record(actor, form)


def acknowledge(case: Case, actor: Actor) -> None:
    """Say that one is on it."""
    AlertActions(case.database, Clock()).acknowledge(actor, case.company.alert_id, key="k")


def snooze(case: Case, actor: Actor) -> None:
    """Pause the alert."""
    actions, until = AlertActions(case.database, Clock()), FRIDAY
    actions.snooze(actor, case.company.alert_id, until=until, reason="inventaire", key="k")


def extend_window(case: Case, actor: Actor) -> None:
    """Give the owner a few days more."""
    actions = AlertActions(case.database, Clock())
    actions.extend_window(actor, case.company.alert_id, reason="en congés", key="k")


def give_time(case: Case, actor: Actor) -> None:
    """Give the client more time, within the mandate."""
    until = TUESDAY + timedelta(days=5)
    form = ExtensionForm("k", case.company.client_id, until, reason="attend un virement")
    if ConcessionService(case.database, Clock()).extend(actor, form).beyond:
        raise Conflict("Finance decides.")


def reassign(case: Case, actor: Actor) -> None:
    """Give the client to a colleague."""
    actions, karim = AlertActions(case.database, Clock()), case.company.karim.person_id
    actions.reassign(actor, case.company.client_id, karim, key="k")


def hand_over(case: Case, actor: Actor) -> None:
    """Hand the file to finance."""
    HandoverService(case.database, Clock()).offer(actor, case.company.alert_id, "tendu", "k")


def take_back(case: Case, actor: Actor) -> None:
    """Take the file back."""
    HandoverService(case.database, Clock()).take_back(actor, case.handover_id)


def take(case: Case, actor: Actor) -> None:
    """Take the file, for finance."""
    HandoverService(case.database, Clock()).take(actor, case.handover_id)


def give_back(case: Case, actor: Actor) -> None:
    """Return the file with a question."""
    HandoverService(case.database, Clock()).give_back(actor, case.handover_id, "Et le bon ?")


def mute(case: Case, actor: Actor) -> None:
    """Take the client out of alerts."""
    MutingService(case.database, Clock()).mute(
        actor, case.company.client_id, until=FRIDAY, reason="procès", key="k"
    )


def hold_deliveries(case: Case, actor: Actor) -> None:
    """Advise to hold deliveries."""
    DeliveryHoldService(case.database, Clock()).hold(
        actor, case.company.client_id, reason="trois relances", key="k"
    )


def waive(case: Case, actor: Actor) -> None:
    """Offer to give fees up."""
    OfferService(case.database, Clock()).offer(
        actor, case.company.client_id, amount="40", until=FRIDAY, key="k", today=TUESDAY
    )


ACTIONS: dict[str, Callable[[Case, Actor], None]] = {
    action.__name__: action
    for action in (
        see,
        note,
        acknowledge,
        snooze,
        extend_window,
        give_time,
        reassign,
        hand_over,
        take_back,
        take,
        give_back,
        mute,
        hold_deliveries,
        waive,
    )
}
CELLS = [
    (action, state, signs)
    for action, *columns in (line.split() for line in TABLE.strip().splitlines())
    for state, signs in zip(STATES, columns, strict=True)
]


def in_state(database: Database, state: AlertState) -> Case:
    """Write a company whose alert stands in a state, as it would after what leads there."""
    company = a_company(database)
    books = Books(database, company.workspace_id, company.entity_id)
    RateService(database, Clock()).add(
        company.fiona, "2026-2", legal="2.62", ecb="2.15", source="arrêté"
    )
    owner = company.anne.person_id
    books.change("open_item", company.item_id, open_minor=9_000_00)  # within a seller's mandate
    books.change("alert", company.alert_id, state=state.value, state_by_id=owner)
    handover = HANDED.get(state)
    return Case(database, company, a_handover(books, company, handover) if handover else 0)


def sign_of(action: Callable[[Case, Actor], None], case: Case, actor: Actor) -> str:
    """Do it; return how that went."""
    try:
        action(case, actor)
    except NotAllowed:
        return "."
    except (AlreadyHandled, Conflict, NotFound):
        return "-"
    return "x"


@pytest.mark.parametrize(("action", "state", "signs"), CELLS)
def test_each_role_may_do_its_part_in_each_state(
    database: Database, action: str, state: AlertState, signs: str
) -> None:
    done = ""
    for place in range(len(signs)):
        case = in_state(database, state)
        done += sign_of(ACTIONS[action], case, case.people()[place])
    assert done == signs


def test_the_table_has_every_action_and_every_state() -> None:
    assert {action for action, _, _ in CELLS} == set(ACTIONS)
    assert len(CELLS) == len(ACTIONS) * len(STATES)
