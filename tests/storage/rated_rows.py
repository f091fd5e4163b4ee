"""Rated companies as rows, for tests of prospects."""

from storage import company_ratings
from storage.company_ratings import Rated
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN


def a_prospect(
    database: Database,
    workspace_id: int,
    siren: str,
    *,
    owner_id: int | None = None,
    priority: int = 0,
    rating: str = "B",
) -> None:
    """Keep a rated company as somebody's prospect."""
    rated = Rated(
        siren=siren,
        name=f"Société {siren}",
        town="Lyon",
        rating=rating,
        confidence=80,
        verdict="sell",
        terms_days=30,
        limit_minor=10_000_00,
        currency="EUR",
        flags="",
        review_on=None,
        as_of=AT_TEN,
    )
    with database.write() as work:
        company_ratings.save_rating(work.session, workspace_id=workspace_id, rated=rated)
        company_ratings.mark_prospect(
            work.session,
            workspace_id=workspace_id,
            siren=siren,
            owner_id=owner_id,
            priority=priority,
        )
        work.commit()
