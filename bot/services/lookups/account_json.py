"""An account as one JSON object, for scripts: dates as ISO texts, amounts in minor units."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.ageing import BUCKETS
from bot.domain.profiles import PayerProfile
from bot.services.lookups.account_views import in_order, overdue_minor
from storage.lookups import AccountRow, BalanceRow, ItemRow
from storage.names import ChoiceRow


def account_json(
    account: AccountRow,
    balances: Sequence[BalanceRow],
    items: Sequence[ItemRow],
    payer: PayerProfile,
    seen: Mapping[str, int],
) -> dict[str, Any]:
    """Return a client's account; for each currency net == sum of items + unattributed.

    A balance has `seen_minor` only when the bank shows what the books lack (negative: taken back).
    The profile is that of the first currency: `days` against `against_days`, after the due date.
    """
    return {
        "client": {"code": account.code, "name": account.name, "siren": account.siren},
        "as_of": account.as_of.isoformat() if account.as_of else None,
        "balances": [_balance(row, items, seen) for row in in_order(account, balances)],
        "profile": {
            "name": payer.profile.value,
            "because": payer.because.value,
            "count": payer.count,
            "days": payer.days,
            "against_days": payer.against_days,
        },
    }


def choices_json(choices: Sequence[tuple[ChoiceRow, int]]) -> dict[str, Any]:
    """Return the clients a query may mean, best first; `score` is out of 100."""
    return {
        "choices": [
            {
                "code": row.code,
                "name": row.name,
                "town": row.town,
                "siren": row.siren,
                "score": score,
            }
            for row, score in choices
        ]
    }


def refusal_json(code: str, message: str) -> dict[str, Any]:
    """Return why nothing is shown."""
    return {"error": {"code": code, "message": message}}


def _balance(row: BalanceRow, items: Sequence[ItemRow], seen: Mapping[str, int]) -> dict[str, Any]:
    return {
        "currency": row.currency,
        "net_minor": row.net_minor,
        "overdue_minor": overdue_minor(row),
        "ageing": [
            {"bucket": bucket.value, "minor": minor}
            for bucket, minor in zip(BUCKETS, row.ageing, strict=True)
        ],
        "items": [
            {
                "number": item.number,
                "issued_on": item.issued_on.isoformat(),
                "due_on": item.due_on.isoformat(),
                "due_from": item.due_from,
                "open_minor": item.open_minor,
            }
            for item in items
            if item.currency == row.currency
        ],
        "unattributed_minor": row.unattributed_minor,
        **({"seen_minor": seen[row.currency]} if row.currency in seen else {}),
    }
