"""`goodcop rates` and `late-payment`: what being paid late costs, and by which rates."""

import argparse

from bot.cli.opening import Opened, need, opened
from bot.cli.printing import say, say_json, table
from bot.domain.actors import system
from bot.domain.late_payment.figures import CurrencyFigures
from bot.domain.late_payment.interest import RateRow
from bot.domain.money import Money
from bot.domain.search import read_query
from bot.services.late_payment.late_payment_json import late_payment_json
from bot.services.late_payment.rates import RateService
from bot.services.late_payment.service import LatePayment, LatePaymentService
from bot.services.lookups.finding import One, find_client, find_settings
from bot.services.lookups.names import Names


def run_rates(arguments: argparse.Namespace) -> int:
    """Show the rates in force, or enter those of a half-year."""
    with opened(arguments) as goodcop:
        service = RateService(goodcop.database, goodcop.clock)
        if arguments.verb == "add":
            service.add(
                system(goodcop.workspace_id),
                arguments.half_year,
                legal=arguments.legal,
                ecb=arguments.ecb,
                source=arguments.source,
                is_example=arguments.example,
            )
        rates = service.show(goodcop.workspace_id)
    if arguments.json:
        say_json({"rates": [_rate_json(rate) for rate in rates]})
    else:
        say(*table(_rate_row(rate) for rate in rates))
    return 0


def run_late_payment(arguments: argparse.Namespace) -> int:
    """Show what a client owes with interest and fees, as of a day."""
    with opened(arguments) as goodcop:
        found = LatePaymentService(goodcop.database, goodcop.clock).figures(
            system(goodcop.workspace_id),
            client_named(goodcop, arguments.query),
            until=goodcop.today,
        )
    if arguments.json:
        say_json(late_payment_json(found))
    else:
        say(*_lines(found))
    return 0


def _service(goodcop: Opened) -> LatePaymentService:
    return LatePaymentService(goodcop.database, goodcop.clock)


def client_named(goodcop: Opened, query: str) -> int:
    """Return the one client a query names; raise Conflict when it is none, or several."""
    asked, actor = read_query(query), system(goodcop.workspace_id)
    with goodcop.database.read() as uow:
        settings = find_settings(uow.session, workspace_id=goodcop.workspace_id)
        found = find_client(uow.session, Names(), actor, asked, settings)
    need(isinstance(found, One), "Name one client: a code, a SIREN or an invoice.")
    assert isinstance(found, One)  # noqa: S101 — just needed
    return found.client_id


def _rate_json(rate: RateRow) -> dict[str, object]:
    return {
        "half_year": str(rate.half_year),
        "legal_percent": str(rate.legal_percent),
        "refi_percent": str(rate.refi_percent),
        "source": rate.source,
        "is_example": rate.is_example,
    }


def _rate_row(rate: RateRow) -> tuple[str, ...]:
    note = f"{rate.source} (example)" if rate.is_example else rate.source
    return str(rate.half_year), f"{rate.legal_percent} %", f"{rate.refi_percent} %", note


def _lines(found: LatePayment) -> list[str]:
    lines = [f"{found.client.name} ({found.client.code}) on {found.until}"]
    for one in found.currencies:
        lines += _currency_lines(one)
    if found.client.in_proceeding:
        lines.append("  in a proceeding: no interest and no fee is asked; see `goodcop claim`")
    return lines


def _currency_lines(one: CurrencyFigures) -> list[str]:
    def amount(minor: int) -> str:
        return f"{Money(minor, one.currency).amount:,} {one.currency}"

    lines = [
        f"  principal {amount(one.principal_minor)}, interest {amount(one.interest_minor)}, "
        f"fees {amount(one.fee_minor)}: {amount(one.total_minor)}"
    ]
    if one.missing:
        halves = ", ".join(str(half_year) for half_year in one.missing)
        lines.append(f"  no rate for {halves}: `goodcop rates add {one.missing[0]} …`")
    if one.is_example:
        lines.append("  with example rates: not to be sent")
    rows = (
        (
            item.item.number,
            item.item.due_on.isoformat(),
            amount(item.item.open_minor),
            "?" if item.interest_minor is None else amount(item.interest_minor),
            amount(item.fee_minor),
            str(item.limitation.warning or "-"),
        )
        for item in one.items
    )
    return lines + [f"    {line}" for line in table(rows)]
