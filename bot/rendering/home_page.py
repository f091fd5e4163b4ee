"""What a person's own page shows. Raw facts, no words."""

from dataclasses import dataclass, field
from datetime import date

from bot.rendering.follow_up_views import TaskView
from bot.rendering.prospect_views import ProspectsView
from bot.rendering.team_views import EntityStatusView, LineView, SectionView
from bot.rendering.views import FreshnessView, SumView


@dataclass(frozen=True, slots=True)
class HomeView:
    """A person's own page; finance sees the whole company's."""

    today: date
    name: str
    overdue: tuple[SumView, ...] = ()
    net: tuple[SumView, ...] = ()
    client_count: int = 0
    alerts: tuple[LineView, ...] = ()
    alert_count: int = 0
    promises: tuple[LineView, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    clients: tuple[LineView, ...] = ()
    handovers: tuple[LineView, ...] = ()
    unowned_count: int = 0
    proposed_count: int = 0
    link_count: int = 0
    entities: tuple[EntityStatusView, ...] = ()
    is_finance: bool = False
    is_admin: bool = False
    is_active: bool = True
    freshness: FreshnessView = field(default_factory=FreshnessView)
    prospects: ProspectsView | None = None
    rates_lists: bool = False
    steps: SectionView | None = None
    may_be_away: bool = False
    away_until: date | None = None
