"""Clients without a SIREN: the window, its end, the choice beside `/solvency`, the doors to it."""

from dataclasses import replace

from bot.domain.solvency.linking import Evidence, NameMatch, TownMatch
from bot.rendering import link_views, messages
from bot.rendering.form_views import SettingsFormView
from bot.rendering.link_views import CandidateView, LinksView, UnlinkedView
from bot.rendering.settings_form import settings_form
from bot.rendering.solvency_views import CompanyChoicesView, CompanyChoiceView
from tests.rendering.sample import Sample
from tests.rendering.team_samples import FINANCE_HOME

SURE = Evidence(NameMatch.SAME, TownMatch.SAME, is_active=True)
ROY = UnlinkedView(
    201,
    "C0412",
    "Menuiserie Roy",
    "Lyon",
    (
        CandidateView("552032534", "MENUISERIE ROY SARL", "Lyon", replace(SURE, homonyms=1)),
        CandidateView(
            "428268023",
            "MENUISERIE ROY",
            "Nantes",
            Evidence(NameMatch.SAME, TownMatch.OTHER, is_active=False, homonyms=1),
        ),
    ),
)
LEMOINE = UnlinkedView(
    203,
    "C0077",
    "Garage Lemoine",
    "",
    (
        CandidateView(
            "732829320",
            "LEMOINE AUTO",
            "",
            Evidence(NameMatch.CLOSE, TownMatch.UNKNOWN, is_active=True),
        ),
        CandidateView(
            "552032534",
            "CARROSSERIE DES LILAS",
            "",
            Evidence(NameMatch.OTHER, TownMatch.UNKNOWN, is_active=True, invoice="FA-2026-0117"),
        ),
    ),
)
CHOICES = CompanyChoicesView(
    "Menuiserie Roy",
    choices=(
        CompanyChoiceView("Menuiserie Roy", "", "Lyon", 100, 201, "C0412"),
        CompanyChoiceView("MENUISERIE ROY SARL", "552032534", "LYON"),
    ),
    link_client_id=201,
)


def links() -> dict[str, Sample]:
    """Return every drawing about clients without a SIREN."""
    return {
        "links": Sample(link_views.links_window, LinksView((ROY, LEMOINE), 14)),
        "links_none": Sample(link_views.links_window, LinksView()),
        "linked": Sample(lambda client, voice: link_views.linked(client, "552032534", voice), ROY),
        "company_choices_link": Sample(messages.company_choices, CHOICES),
        "home_links": Sample(messages.home, replace(FINANCE_HOME, link_count=3)),
        "settings_links": Sample(settings_form, SettingsFormView(link_count=1)),
    }
