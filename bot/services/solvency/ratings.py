"""The last assessment of each company, kept for lists, reviews, usage and the CRM."""

from datetime import date, datetime, timedelta

from bot.domain.actors import system
from bot.domain.solvency.weights_document import solvency_policy_from_document
from bot.rendering.solvency_views import SolvencyView
from bot.services.solvency.assessing import kept_card
from storage import company_ratings, policies
from storage.company_ratings import Rated
from storage.unit_of_work import Database


def keep_rating(database: Database, workspace_id: int, view: SolvencyView, now: datetime) -> None:
    """Keep a complete assessment of a company; one that says the same as today's writes nothing.

    The answer for one order is not the company's rating and is not kept.
    """
    if view.assessment.order is not None:
        return
    with database.read() as work:
        before = company_ratings.find_rating(
            work.session, workspace_id=workspace_id, siren=view.assessment.siren
        )
        document = policies.get_solvency_document(work.session, workspace_id=workspace_id)
    found = view.assessment
    if before and before.as_of.date() == now.date() and _is_same(before, view):
        return
    review_days = solvency_policy_from_document(document).classes[found.rating].review_days
    rated = Rated(
        siren=found.siren,
        name=view.name,
        town=view.town,
        rating=found.rating.value,
        confidence=found.confidence,
        verdict=found.verdict.value,
        terms_days=found.terms_days,
        limit_minor=found.limit.minor,
        currency=found.currency,
        flags=",".join(alarm.rule.value for alarm in found.alarms),
        review_on=view.today + timedelta(days=review_days),
        as_of=now,
    )
    with database.write() as work:
        company_ratings.save_rating(work.session, workspace_id=workspace_id, rated=rated)
        work.commit()


def rate_again(
    database: Database, workspace_id: int, siren: str, today: date, now: datetime
) -> None:
    """Rate a company anew from what is kept, where it was rated: something said was lifted."""
    with database.read() as work:
        session = work.session
        if company_ratings.find_rating(session, workspace_id=workspace_id, siren=siren) is None:
            return
        card = kept_card(session, system(workspace_id), siren, None, today, now)
    keep_rating(database, workspace_id, card, now)


def _is_same(before: company_ratings.RatingLine, view: SolvencyView) -> bool:
    found = view.assessment
    return (before.rating, before.confidence, before.limit_minor) == (
        found.rating.value,
        found.confidence,
        found.limit.minor,
    )
