"""A list sent in Slack as it is shown: how far it is, its verdicts, its lines to mend."""

from datetime import date
from typing import Any

from bot.domain.ledger import RejectedRow
from bot.rendering import limits
from bot.rendering.prospect_views import ProspectView
from bot.rendering.sent_list_views import NameToChooseView, SentListView
from bot.services.mornings.home_lines import prospect_view
from bot.services.solvency.said_since import said_since
from storage import company_ratings, prospect_lists
from storage.sessions import Session


def sent_list_view(
    session: Session, *, workspace_id: int, list_id: int, today: date
) -> SentListView | None:
    """Return a list as it stands, the best rated companies first."""
    sent = prospect_lists.find_list(session, workspace_id=workspace_id, id=list_id)
    if sent is None:
        return None
    outcome = sent.outcome
    sirens = list(outcome.get("sirens", ()))
    return SentListView(
        sent.file_name,
        sent.state,
        today,
        sent.done,
        sent.total,
        sent.refusal,
        _first(session, workspace_id, sirens, sent.person_id, today),
        len(sirens),
        tuple(_choice(one) for one in outcome.get("choices", ())),
        tuple(RejectedRow(**one) for one in outcome.get("rejected", ())),
    )


def _first(
    session: Session, workspace_id: int, sirens: list[str], person_id: int, today: date
) -> tuple[ProspectView, ...]:
    rated = [
        company_ratings.find_rating(session, workspace_id=workspace_id, siren=siren)
        for siren in sirens
    ]
    found = sorted((one for one in rated if one), key=lambda one: (one.rating, one.name))
    said = said_since(session, workspace_id, today)
    shown = found[: limits.LINES_SHOWN]
    return tuple(prospect_view(one, {}, said, of=person_id) for one in shown)


def _choice(one: dict[str, Any]) -> NameToChooseView:
    named = tuple(f"{siren} {name} ({town})" for siren, name, town in one["candidates"])
    return NameToChooseView(one["line"], one["name"], named, one["answered"])
