"""The names of the scenarios' windows, buttons and fields."""

SCENARIOS = "scenarios"
SCENARIO = "scenario"
SCENARIO_STEP = "scenario_step"
ACTIVATE_SCENARIO = "activate_scenario"
SCENARIOS_FORM = "scenarios_form"
SCENARIO_FORM = "scenario_form"
SCENARIO_STEP_FORM = "scenario_step_form"
TRY_SCENARIO = "try_scenario"
TRY_SCENARIO_FORM = "try_scenario_form"

# What a step of a scenario holds, named as its document names it.
OFFSET, STEP_ACTOR, STEP_CHANNEL = "offset_days", "actor", "channel"
STEP_TONE, STEP_MODE = "tone", "mode"
ANYBODY, AS_IT_IS, TAKEN_OUT = "any", "same", "remove"
MINIMUM_DAYS, MINIMUM_AMOUNT = "minimum_days", "minimum_minor"
