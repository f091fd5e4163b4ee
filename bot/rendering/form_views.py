"""What the modals are opened with: ids, what is known, and who can be chosen."""

from dataclasses import dataclass
from datetime import date

from bot.domain.instalments import Instalment
from bot.domain.lifecycle import Outcome
from bot.domain.reliability import NO_RECORD, Reliability
from bot.rendering.channel_views import UnsafeChannelView
from bot.rendering.views import ClockView, ContactView, DisputeView, ItemView, PersonView


@dataclass(frozen=True, slots=True)
class StakesView:
    """What weighs in a dispute or a gesture: orders as last said, unpaid invoices, the margin."""

    orders: str = ""
    unpaid_count: int = 0
    oldest_due_on: date | None = None
    margin_percent: int | None = None


NO_STAKES = StakesView()


@dataclass(frozen=True, slots=True)
class ClientFormView:
    """The client a form is about. `today` bounds its dates; items can be contested one by one.

    `team` can settle a dispute, the author first.
    """

    client_id: int
    client: str
    currency: str
    overdue_minor: int
    today: date
    alert_id: int | None = None
    handover_id: int | None = None
    contacts: tuple[ContactView, ...] = ()
    items: tuple[ItemView, ...] = ()
    disputes: tuple[tuple[int, DisputeView], ...] = ()
    of_client: Reliability = NO_RECORD
    of_author: Reliability = NO_RECORD
    of_contacts: tuple[tuple[str, Reliability], ...] = ()
    stakes: StakesView = NO_STAKES
    clock: ClockView | None = None
    team: tuple[PersonView, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteFormView:
    """A note form: the outcome chosen so far, a text to start from, a contact not known yet.

    `plan` are the payments proposed when the promise is paid in several times.
    """

    about: ClientFormView
    outcome: Outcome | None = None
    new_contact: bool = False
    text: str = ""
    plan: tuple[Instalment, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignFormView:
    """Clients to give to a person; `chosen` are ticked already."""

    clients: tuple[tuple[int, str], ...]
    people: tuple[PersonView, ...]
    chosen: tuple[int, ...] = ()
    alert_id: int | None = None


@dataclass(frozen=True, slots=True)
class AbsenceFormView:
    """Until when a person is away (None: at work), who stands in, who else could."""

    until: date | None
    stand_in_id: int | None
    others: tuple[PersonView, ...]
    today: date


@dataclass(frozen=True, slots=True)
class SettingsFormView:
    """The workspace's settings as they are; `digest_at` is HH:MM."""

    finance_channel: str = ""
    finance_name: str = ""
    currency: str = "EUR"
    locale: str = "fr"
    time_zone: str = "Europe/Paris"
    digest_at: str = "09:00"
    formal: bool = True
    sales_see_totals: bool = False
    channels: tuple[UnsafeChannelView, ...] = ()
    proposed_count: int = 0
    link_count: int = 0


@dataclass(frozen=True, slots=True)
class ClientPickerView:
    """A note started from a Slack message: the client is to be found, the text is kept."""

    text: str
