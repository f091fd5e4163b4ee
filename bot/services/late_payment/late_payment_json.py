"""A client's late payment as one JSON object: dates as ISO texts, amounts in minor units."""

from datetime import date
from typing import Any

from bot.domain.late_payment.figures import CurrencyFigures, ItemFigures
from bot.domain.late_payment.limitation import Limitation
from bot.services.late_payment.service import LatePayment


def late_payment_json(found: LatePayment) -> dict[str, Any]:
    """Return the figures; `interest_minor` is null where a half-year's rate is missing."""
    return {
        "client": {"code": found.client.code, "name": found.client.name},
        "until": found.until.isoformat(),
        "agreed_rate": found.agreed or None,
        "in_proceeding": found.client.in_proceeding,
        "currencies": [_currency(one) for one in found.currencies],
    }


def _currency(one: CurrencyFigures) -> dict[str, Any]:
    return {
        "currency": one.currency,
        "principal_minor": one.principal_minor,
        "credits_minor": one.credits_minor,
        "interest_minor": one.interest_minor,
        "fee_minor": one.fee_minor,
        "total_minor": one.total_minor,
        "missing_rates": [str(half_year) for half_year in one.missing],
        "example_rates": one.is_example,
        "items": [_item(item) for item in one.items],
    }


def _item(one: ItemFigures) -> dict[str, Any]:
    return {
        "number": one.item.number,
        "issued_on": one.item.issued_on.isoformat(),
        "due_on": one.item.due_on.isoformat(),
        "open_minor": one.item.open_minor,
        "interest_minor": one.interest_minor,
        "periods": [
            {
                "from": period.first.isoformat(),
                "to": period.last.isoformat(),
                "days": period.days,
                "percent": str(period.percent),
                "base_minor": period.base_minor,
                "minor": period.minor,
                "source": period.source,
            }
            for period in one.periods
        ],
        "fee_minor": one.fee_minor,
        "no_fee": one.no_fee.value if one.no_fee else None,
        "limitation": _limitation(one.limitation),
    }


def _limitation(found: Limitation) -> dict[str, str | None]:
    def day(on: date | None) -> str | None:
        return on.isoformat() if on else None

    return {"from_issue": day(found.from_issue), "from_due": day(found.from_due)}
