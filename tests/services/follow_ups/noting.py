"""What Anne submits after a call."""

from dataclasses import replace
from datetime import date

from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import Outcome
from tests.follow_up_rows import (
    Company,
)

MONDAY = date(2026, 11, 30)
AFTER_GRACE = date(2026, 12, 3)


def a_promise(company: Company, *, key: str = "k1", minor: int = 5_000_00) -> FollowUpForm:
    return FollowUpForm(
        key=key,
        client_id=company.client_id,
        alert_id=company.alert_id,
        outcome=Outcome.PROMISES,
        amount_minor=minor,
        promised_on=MONDAY,
        contact_name="Mme Roy",
        text="virement promis le 30",
    )


def a_note(company: Company, outcome: Outcome, **fields: object) -> FollowUpForm:
    form = FollowUpForm(key="k1", client_id=company.client_id, outcome=outcome)
    return replace(form, **fields)  # type: ignore[arg-type]
