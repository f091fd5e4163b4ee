"""The windows of scenarios: the list, one as it is in force or drafted, one of its steps."""

from dataclasses import replace

from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.profiles import Profile
from bot.rendering.scenario_windows import (
    ScenariosView,
    ScenarioView,
    StepEditView,
    scenario_list,
    scenario_steps,
    step_fields,
)
from tests.rendering.sample import Sample
from tests.rendering.views import NOW

OWN = ScenarioView(DEFAULTS[Profile.PUNCTUAL], 0)
DRAFT = ScenarioView(DEFAULTS[Profile.LATE_BY_HABIT], 3, True, "Fiona", NOW)
IN_FORCE = replace(DRAFT, is_draft=False)


def scenario_windows() -> dict[str, Sample]:
    """Return every sample of the room."""
    return {
        "scenarios": Sample(scenario_list, ScenariosView((OWN, DRAFT, IN_FORCE))),
        "scenario": Sample(scenario_steps, OWN),
        "scenario_draft": Sample(scenario_steps, DRAFT),
        "scenario_step": Sample(step_fields, StepEditView(DRAFT, 1)),
        "scenario_call": Sample(step_fields, StepEditView(OWN, 0)),
    }
