"""The formal notice and the account statement, in the words of the trade, as letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.late_payment.figures import CurrencyFigures, ItemFigures
from bot.rendering import formats
from bot.rendering.letters import Letter, LetterTable
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice


@dataclass(frozen=True, slots=True)
class PartyView:
    """A company on a letter: its name, the lines of its address, its SIREN and IBAN."""

    name: str
    address: Sequence[str] = ()
    siren: str = ""
    iban: str = ""


@dataclass(frozen=True, slots=True)
class FormalNoticeView:
    """What a formal notice says; `figures` is of one currency, `deadline` the last day to pay.

    Without `with_interest` it names the right to interest and fees and asks for the principal.
    """

    reference: str
    seller: PartyView
    client: PartyView
    contact: str
    today: date
    deadline: date
    figures: CurrencyFigures
    signed_by: str
    with_interest: bool = True
    agreed_rate: str = ""


@dataclass(frozen=True, slots=True)
class StatementView:
    """An account as of a day: every open item, credits too, as (name, issued, due, minor)."""

    seller: PartyView
    client: PartyView
    contact: str
    today: date
    currency: str
    items: Sequence[tuple[str, date, date, int]]
    signed_by: str = ""


def formal_notice(view: FormalNoticeView, language: str) -> Letter:
    """Lay out a formal notice: principal, interest by half-year, fees, deadline, what follows.

    Registered post is the custom before a court order to pay; it does not interrupt limitation.
    """
    said = speech(Voice(language))
    figures, deadline = view.figures, formats.full_day(view.deadline, language)
    late = [one for one in figures.items if one.item.due_on < figures.until]
    total = figures.total_minor if view.with_interest else figures.principal_minor
    amount = formats.exact(total, figures.currency, language)
    before = [
        said.words("Madam, Sir,"),
        said.words(
            "In spite of our reminders, the invoices below remain unpaid past their due date. We"
            " hereby give you formal notice to pay {amount} by {day}.",
            amount=amount,
            day=deadline,
        ),
    ]
    tables = [_principal(late, figures, view, said)]
    if view.with_interest and figures.interest_minor:
        tables.append(_interest(late, figures, said))
    return Letter(
        lang=said.language,
        title=said.words("Formal notice {reference}", reference=view.reference),
        sender=_sender(view.seller, said),
        receiver=_receiver(view.client, view.contact),
        dated=formats.full_day(view.today, language),
        delivery=said.words("Registered letter with acknowledgement of receipt"),
        references=[said.words("Our reference: {reference}", reference=view.reference)],
        subject=said.words("Subject: formal notice to pay"),
        before=before,
        tables=tables,
        after=_after(view, said, deadline),
        signature=[view.signed_by, view.seller.name],
        footer=_footer(view.seller, said),
    )


def statement(view: StatementView, language: str) -> Letter:
    """Lay out an account as of a day."""
    said = speech(Voice(language))

    def money(minor: int) -> str:
        return formats.exact(minor, view.currency, language)

    day = formats.full_day(view.today, language)
    rows = [
        (
            name,
            formats.full_day(issued, language),
            formats.full_day(due, language) if minor > 0 else "–",
            money(minor),
        )
        for name, issued, due, minor in view.items
    ]
    balance = sum(minor for *_, minor in view.items)
    table = LetterTable(
        head=_head(said),
        rows=rows,
        numbers_from=3,
        total=[(said.words("Balance"), money(balance))],
    )
    return Letter(
        lang=said.language,
        title=said.words("Account statement"),
        sender=_sender(view.seller, said),
        receiver=_receiver(view.client, view.contact),
        dated=day,
        subject=said.words("Subject: your account on {day}", day=day),
        before=[
            said.words("Madam, Sir,"),
            said.words("Here is your account with us. Please tell us if your books differ."),
        ],
        tables=[table],
        after=_how_to_pay(view.seller, said),
        signature=[view.signed_by, view.seller.name] if view.signed_by else [view.seller.name],
        footer=_footer(view.seller, said),
    )


def _principal(
    late: Sequence[ItemFigures], figures: CurrencyFigures, view: FormalNoticeView, said: Speech
) -> LetterTable:
    def money(minor: int) -> str:
        return formats.exact(minor, figures.currency, said.language)

    def day(on: date) -> str:
        return formats.full_day(on, said.language)

    total = [(said.words("Principal"), money(figures.late_minor))]
    if figures.credits_minor:
        total.append((said.words("Your open credits"), money(-figures.credits_minor)))
    if view.with_interest:
        total += [
            (said.words("Late-payment interest"), money(figures.interest_minor)),
            (said.words("Flat recovery fees"), money(figures.fee_minor)),
            (said.words("Total to pay"), money(figures.total_minor)),
        ]
    elif figures.credits_minor:
        total.append((said.words("Total to pay"), money(figures.principal_minor)))
    head = [*_head(said), said.words("Fee")] if view.with_interest else _head(said)
    rows = []
    for one in late:
        item = one.item
        row = [item.number, day(item.issued_on), day(item.due_on), money(item.open_minor)]
        if view.with_interest:
            row.append(money(one.fee_minor) if one.fee_minor else "–")
        rows.append(row)
    return LetterTable(head=head, rows=rows, numbers_from=3, total=total)


def _interest(late: Sequence[ItemFigures], figures: CurrencyFigures, said: Speech) -> LetterTable:
    rows = [
        (
            one.item.number,
            said.words(
                "{first} to {last}",
                first=formats.short_day(period.first, said.language),
                last=formats.short_day(period.last, said.language),
            ),
            str(period.days),
            formats.exact(period.base_minor, figures.currency, said.language),
            said.words("{rate} %", rate=formats.decimal(period.percent, said.language)),
            formats.exact(period.minor, figures.currency, said.language),
        )
        for one in late
        for period in one.periods
    ]
    head = [
        said.words("Invoice"),
        said.words("Period"),
        said.words("Days"),
        said.words("Amount"),
        said.words("Yearly rate"),
        said.words("Late interest"),
    ]
    title = said.words("Late-payment interest, by half-year")
    if figures.is_example:
        title = said.words("{title} (example rate)", title=title)
    return LetterTable(head=head, rows=rows, numbers_from=2, title=title)


def _after(view: FormalNoticeView, said: Speech, deadline: str) -> list[str]:
    rate = said.words(
        "Interest is due by right the day after the due date, at the rate of the European Central"
        " Bank plus ten points, with a flat fee of 40 euros for each invoice (Code de commerce,"
        " art. L441-10 and D441-5)."
    )
    if view.agreed_rate:
        rate = said.words(
            "Interest is due by right the day after the due date, at the rate agreed between us"
            " ({rate}), with a flat fee of 40 euros for each invoice (Code de commerce, art."
            " L441-10 and D441-5).",
            rate=view.agreed_rate,
        )
    return [
        rate,
        said.words(
            "Without payment by {day}, we will take legal action without further notice, and ask"
            " for all of the costs of recovery.",
            day=deadline,
        ),
        *_how_to_pay(view.seller, said),
        said.words("Yours faithfully,"),
    ]


def _how_to_pay(seller: PartyView, said: Speech) -> list[str]:
    if not seller.iban:
        return []
    return [said.words("By bank transfer: IBAN {iban}", iban=_grouped(seller.iban))]


def _head(said: Speech) -> list[str]:
    return [
        said.words("Invoice"),
        said.words("Dated"),
        said.words("Due on"),
        said.words("Outstanding"),
    ]


def _sender(seller: PartyView, said: Speech) -> list[str]:
    lines = [seller.name, *seller.address]
    return [*lines, said.words("SIREN {siren}", siren=seller.siren)] if seller.siren else lines


def _receiver(client: PartyView, contact: str) -> list[str]:
    return [client.name, *([contact] if contact else []), *client.address]


def _footer(seller: PartyView, said: Speech) -> str:
    siren = said.words("SIREN {siren}", siren=seller.siren) if seller.siren else ""
    return " · ".join(part for part in (seller.name, siren) if part)


def _grouped(iban: str) -> str:
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))
