"""Every conversation in Slack."""

from slack_bolt.async_app import AsyncApp

from handlers import (
    absences,
    alerts,
    balance,
    bank,
    channels,
    client_texts,
    company_events,
    concessions,
    errors,
    finance_file,
    follow_ups,
    handovers,
    help,
    home,
    kinds,
    late_payment,
    linking,
    mail,
    muting,
    papers,
    proposals,
    prospects,
    sales,
    scenarios,
    solvency,
    steps,
)
from handlers.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind every conversation; the questions come first, since each listener in front costs."""
    for conversation in (
        balance,
        solvency,
        sales,
        company_events,
        proposals,
        prospects,
        concessions,
        follow_ups,
        alerts,
        handovers,
        muting,
        kinds,
        finance_file,
        papers,
        scenarios,
        client_texts,
        steps,
        late_payment,
        linking,
        mail,
        bank,
        home,
        absences,
        channels,
        help,
        errors,
    ):
        conversation.register(app, desk)
