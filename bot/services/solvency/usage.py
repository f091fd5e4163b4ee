"""How much of each credit limit is used: each level is said once, in a digest."""

from dataclasses import dataclass
from datetime import date

from bot.domain.solvency.credit_limit import usage_after
from bot.services.solvency.assessing import solvency_policy
from storage import company_lists, policies
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class UsageService:
    """Compares what rated clients owe with their limits, once a night."""

    database: Database

    def refresh(self, workspace_id: int, today: date) -> int:
        """Remember the levels reached; return how many are news for the next digest.

        Near a limit of the client's own, the limit notice has said it already.
        """
        news = 0
        with self.database.write() as work:
            session = work.session
            policy = solvency_policy(session, workspace_id)
            near = policies.get_policy(session, workspace_id=workspace_id).limit_near_percent
            for row in company_lists.list_usage(session, workspace_id=workspace_id):
                if row.limit_minor <= 0:
                    continue
                level = usage_after(row.said, row.exposure_minor, row.limit_minor, policy)
                if level == row.said:
                    continue
                rose = level > row.said and not (row.has_own_limit and level >= near)
                news += rose
                company_lists.say_usage(
                    session,
                    workspace_id=workspace_id,
                    siren=row.siren,
                    percent=level,
                    on=today if rose else None,
                )
            work.commit()
        return news
