"""The dunning room: its services in one place, for who opens goodcop."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services.dunning.holds import HoldService
from bot.services.dunning.scenario_editing import ScenarioEditing
from bot.services.dunning.scenario_trying import ScenarioTryService
from bot.services.dunning.scenarios import ScenarioService
from bot.services.dunning.service import DunningService
from bot.services.dunning.simulating import SimulationService
from bot.services.dunning.steps import StepService
from bot.services.dunning.windows import StepWindowService
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class DunningRoom:
    """What plans the steps, what keeps the scenarios, what people do with the steps."""

    planning: DunningService
    scenarios: ScenarioService
    simulation: SimulationService
    steps: StepService
    holds: HoldService
    windows: StepWindowService
    editing: ScenarioEditing
    trying: ScenarioTryService


def dunning_room(database: Database, clock: Callable[[], datetime]) -> DunningRoom:
    """Return the room on a database."""
    steps = StepService(database, clock)
    return DunningRoom(
        DunningService(database, clock),
        ScenarioService(database, clock),
        SimulationService(database, clock),
        steps,
        HoldService(database, clock),
        StepWindowService(database, steps),
        ScenarioEditing(database, clock),
        ScenarioTryService(database, clock, steps),
    )
