"""The rates of late payment: shown, and entered once they are published."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import InvalidInput
from bot.domain.late_payment.agreed_rates import read_percent
from bot.domain.late_payment.interest import HalfYear, RateRow
from bot.services.late_payment.service import rates_of
from storage import events, late_rates
from storage.ids import new_id
from storage.unit_of_work import Database

_LONGEST_SOURCE = 300


@dataclass(frozen=True, slots=True)
class RateService:
    """Keeps a workspace's own half-years over those that come with goodcop."""

    database: Database
    clock: Callable[[], datetime]

    def show(self, workspace_id: int) -> tuple[RateRow, ...]:
        """Return the rates in force, oldest half-year first."""
        with self.database.read() as uow:
            return rates_of(uow.session, workspace_id).rows

    def add(
        self,
        actor: Actor,
        half_year: str,
        *,
        legal: str,
        ecb: str,
        source: str,
        is_example: bool = False,
    ) -> RateRow:
        """Enter a half-year's rates, in place of what was there.

        Raise `InvalidInput` naming `half_year`, `legal`, `ecb` or `source`.
        """
        allow(actor, Action.SET)
        source = source.strip()
        if not source or len(source) > _LONGEST_SOURCE:
            raise InvalidInput("Say where the rates are published.", field="source")
        rate = RateRow(
            HalfYear.read(half_year.strip()),
            read_percent(legal, "legal"),
            read_percent(ecb, "ecb"),
            source,
            is_example,
        )
        with self.database.write() as uow:
            late_rates.put_rate(
                uow.session,
                workspace_id=actor.workspace_id,
                rate=rate,
                by=actor.name,
                now=self.clock(),
            )
            events.append(
                uow.session,
                workspace_id=actor.workspace_id,
                key=f"late_rate:{new_id()}",
                kind="late_rate_entered",
                at=self.clock(),
                person_id=actor.person_id,
                source="cli",
                body={"half_year": str(rate.half_year), "legal": str(rate.legal_percent)},
            )
            uow.commit()
        return rate
