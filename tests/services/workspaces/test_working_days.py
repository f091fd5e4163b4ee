"""The rules and calendar of a workspace's day."""

from bot.domain.policy import Policy
from bot.services.workspaces.working_days import is_outside_metropole
from bot.sources.holidays_fr import french_subdivisions


def test_every_place_but_alsace_and_moselle_has_four_months_to_declare_claims() -> None:
    near = [
        place
        for place in french_subdivisions()
        if not is_outside_metropole(Policy(holiday_subdivision=place))
    ]
    assert near == ["57", "6AE"]


def test_a_company_without_a_place_is_in_metropolitan_france() -> None:
    assert not is_outside_metropole(Policy())
