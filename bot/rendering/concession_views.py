"""What the forms and messages about more time and gestures show. Raw facts, no words."""

from dataclasses import dataclass
from datetime import date

from bot.domain.extensions import Beyond
from bot.domain.lifecycle import ConcessionKind, ConcessionState
from bot.rendering.form_views import NO_STAKES, ClientFormView, StakesView
from bot.rendering.views import PersonView


@dataclass(frozen=True, slots=True)
class BeyondView:
    """An extension that goes beyond what its author may give; what they typed is kept.

    `is_finance`: the author may give it all the same.
    """

    about: ClientFormView
    beyond: tuple[Beyond, ...]
    until: date
    reason: str
    item_ids: tuple[int, ...] = ()
    is_finance: bool = False


@dataclass(frozen=True, slots=True)
class ConcessionView:
    """More time (`until`) or a gesture for a client, as it stands.

    `minor` is what would wait, or what would be given up.
    """

    concession_id: int
    kind: ConcessionKind
    state: ConcessionState
    client_id: int
    client: str
    minor: int
    currency: str
    reason: str
    today: date
    by: PersonView | None = None
    until: date | None = None
    beyond: tuple[Beyond, ...] = ()
    decided_by: PersonView | None = None
    answer: str = ""
    stakes: StakesView = NO_STAKES
