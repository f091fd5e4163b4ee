"""Pages with prospects: a salesperson's, and a manager's who sets their order."""

from dataclasses import replace

from bot.domain.ledger import RejectedRow
from bot.domain.lifecycle import SentListState
from bot.domain.solvency.offers import Verdict
from bot.domain.solvency.reviews import Priority
from bot.rendering import messages
from bot.rendering.prospect_views import ProspectsView, ProspectView
from bot.rendering.sent_list_views import (
    NOT_READ,
    NameToChooseView,
    SentListView,
    files_not_read,
    sent_list_form,
)
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


LIST_SENT = SentListView("prospects.csv", SentListState.WAITING, TODAY)
RATED = replace(
    LIST_SENT,
    state=SentListState.RATED,
    prospects=LIST,
    count=len(LIST),
    choices=(
        NameToChooseView(
            4, "Ganymède", ("552032534 GANYMEDE (Brest)", "732829320 GANYMEDE (Lyon)")
        ),
        NameToChooseView(5, "Ganymède Nord"),
        NameToChooseView(6, "Atelier Roy", register_answered=False),
    ),
    rejected=(
        RejectedRow(7, "siren", "not a SIREN", "123"),
        RejectedRow(8, "siren", "no SIREN and no name"),
    ),
)
MANY = tuple(RejectedRow(line, "siren", "not a SIREN", "123") for line in range(2, 40))


def sent_lists() -> dict[str, Sample]:
    """Return a list sent in Slack, from its window to what came of it."""
    not_read = replace(LIST_SENT, state=SentListState.REFUSED, refusal=NOT_READ)
    wrong = replace(not_read, refusal="These columns are missing: siren.")
    unheard = replace(not_read, refusal="A word never heard of.")
    under_way = replace(LIST_SENT, state=SentListState.RATING, done=25, total=100)
    return {
        "sent_list_form": Sample(lambda _, voice: sent_list_form(voice), None),
        "sent_list_not_read": Sample(lambda _, voice: files_not_read(voice), None),
        "sent_list_taken": Sample(messages.sent_list, LIST_SENT),
        "sent_list_under_way": Sample(messages.sent_list, under_way),
        "sent_list_rated": Sample(messages.sent_list_rated, RATED),
        "sent_list_rated_long": Sample(
            messages.sent_list_rated,
            replace(RATED, count=80, choices=(), rejected=MANY),
        ),
        "sent_list_rated_whole": Sample(
            messages.sent_list_rated, replace(RATED, choices=(), rejected=())
        ),
        "sent_list_refused": Sample(messages.sent_list_rated, wrong),
        "sent_list_refused_scope": Sample(messages.sent_list_rated, not_read),
        "sent_list_refused_unheard": Sample(messages.sent_list_rated, unheard),
    }


def prospects() -> dict[str, Sample]:
    """Return the pages that show prospects."""
    own, team = ProspectsView(TODAY, LIST, 12), ProspectsView(TODAY, LIST, 5, may_prioritise=True)
    return {
        "home_prospects": Sample(messages.home, replace(HOME, prospects=own, rates_lists=True)),
        "home_prospects_manager": Sample(messages.home, replace(HOME, prospects=team)),
        "help_sales": Sample(lambda _, voice: messages.help_message(voice), None),
        "help_finance": Sample(
            lambda _, voice: messages.help_message(voice, is_finance=True, orders_prospects=True),
            None,
        ),
        "home_no_prospects": Sample(messages.home, replace(HOME, prospects=ProspectsView(TODAY))),
    }
