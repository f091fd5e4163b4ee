"""Pages with prospects: a salesperson's, and a manager's who sets their order."""

from dataclasses import replace

from bot.domain.solvency.offers import Verdict
from bot.domain.solvency.reviews import Priority
from bot.rendering import messages
from bot.rendering.prospect_views import ProspectsView, ProspectView
from tests.rendering.sample import Sample
from tests.rendering.team_samples import HOME
from tests.rendering.views import TODAY

ONE = ProspectView(
    "552032534",
    "Brasserie Kervadec",
    "Quimper",
    "B",
    Verdict.SELL,
    12_000_00,
    "EUR",
    Priority.HIGH,
    TODAY,
)
LIST = (
    ONE,
    replace(ONE, name="Cuisines Gravelle", verdict=Verdict.CONDITIONS, priority=Priority.MEDIUM),
    replace(ONE, name="Atelier Baudry", rating="C", limit_minor=0, priority=Priority.LOW),
    replace(
        ONE,
        name="Lefèvre",
        town="",
        rating="D",
        verdict=Verdict.ASK_FINANCE,
        priority=Priority.NONE,
    ),
    replace(ONE, name="Garage Lemoine", rating="E", verdict=Verdict.DO_NOT_SELL, person="Karim"),
)


def prospects() -> dict[str, Sample]:
    """Return the pages that show prospects."""
    own, team = ProspectsView(TODAY, LIST, 12), ProspectsView(TODAY, LIST, 5, may_prioritise=True)
    return {
        "home_prospects": Sample(messages.home, replace(HOME, prospects=own)),
        "home_prospects_manager": Sample(messages.home, replace(HOME, prospects=team)),
        "help_sales": Sample(lambda _, voice: messages.help_message(voice), None),
        "help_finance": Sample(
            lambda _, voice: messages.help_message(voice, is_finance=True, orders_prospects=True),
            None,
        ),
        "home_no_prospects": Sample(messages.home, replace(HOME, prospects=ProspectsView(TODAY))),
    }
