"""The windows of scenarios: the list, one as it is in force or drafted, one of its steps."""

from dataclasses import replace
from datetime import date

from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.facts import PauseKind
from bot.domain.dunning.scenario_document import MOST_STEPS
from bot.domain.dunning.scenarios import Channel, Scenario
from bot.domain.profiles import Profile
from bot.rendering.client_writing import WrittenText
from bot.rendering.scenario_preview import StepAhead, TriedView, TryView, try_window
from bot.rendering.scenario_step_form import StepEditView, step_fields
from bot.rendering.scenario_windows import (
    ScenariosView,
    ScenarioView,
    scenario_list,
    scenario_steps,
)
from bot.rendering.views import SumView
from tests.rendering.sample import Sample
from tests.rendering.views import NOW, TODAY

OWN = ScenarioView(DEFAULTS[Profile.PUNCTUAL], 0)
DRAFT = ScenarioView(DEFAULTS[Profile.LATE_BY_HABIT], 3, True, "Fiona", NOW)
ONE_STEP = Scenario(Profile.NEW, (replace(OWN.scenario.steps[-1], contact="trésorerie"),))
AHEAD = tuple(
    StepAhead(
        date(2026, 12, 1 + rank),
        step,
        step.actor,
        rank + 1,
        (SumView(12_480_40, "EUR"),),
        without_address=step.channel is Channel.EMAIL and rank > 1,
    )
    for rank, step in enumerate(DRAFT.scenario.steps)
)
WORDS = WrittenText("Facture FA-2026-0001", "Bonjour Mme Roy,\n\n12 480,40 € sont échus.\n")
IN_FORCE = replace(DRAFT, is_draft=False)


FULL = Scenario(
    Profile.NEW,
    tuple(
        replace(OWN.scenario.steps[-1], key=f"step_{rank}", offset_days=rank)
        for rank in range(1, MOST_STEPS + 1)
    ),
)


def held(pause: PauseKind, until: date | None) -> TriedView:
    return TriedView("Menuiserie Roy", (), pause, until)


def scenario_windows() -> dict[str, Sample]:
    """Return every sample of the room."""
    return {
        "scenarios": Sample(scenario_list, ScenariosView((OWN, DRAFT, IN_FORCE))),
        "scenario": Sample(scenario_steps, OWN),
        "scenario_draft": Sample(scenario_steps, DRAFT),
        "scenario_step": Sample(step_fields, StepEditView(DRAFT, 1)),
        "scenario_call": Sample(step_fields, StepEditView(OWN, 0)),
        "scenario_new_step": Sample(step_fields, StepEditView(OWN, len(OWN.scenario.steps))),
        "scenario_only_step": Sample(step_fields, StepEditView(ScenarioView(ONE_STEP, 1), 0)),
        "scenario_full": Sample(scenario_steps, ScenarioView(FULL, 1)),
        "try_scenario": Sample(try_window, TryView(DRAFT, TODAY)),
        "try_scenario_ahead": Sample(
            try_window, TryView(OWN, TODAY, TriedView("Menuiserie Roy", AHEAD, written=WORDS))
        ),
        "try_scenario_held": Sample(
            try_window, TryView(DRAFT, TODAY, held(PauseKind.PROMISE, date(2026, 12, 4)))
        ),
        "try_scenario_held_for_good": Sample(
            try_window, TryView(DRAFT, TODAY, held(PauseKind.PROCEEDING, None))
        ),
    }
