"""Documents made about a client, their forms, and what late payment costs it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain.late_payment.allocation import Allocation
from bot.domain.late_payment.figures import CurrencyFigures, Owed, Terms, figures
from bot.domain.late_payment.interest import HalfYear, RateRow, RateTable
from bot.domain.late_payment.limitation import Interruption, LimitationKind
from bot.domain.late_payment.waivers import WaiverState
from bot.domain.papers import PaperKind, PaperState
from bot.rendering import file_views, late_payment_views, paper_views
from bot.rendering.file_views import FinanceFileView
from bot.rendering.late_payment_views import LatePaymentView, WaiverView
from bot.rendering.paper_views import PaperView
from bot.rendering.views import Voice
from tests.rendering.sample import Drawn, Sample
from tests.rendering.views import TODAY, a_form

RATE = RateRow(HalfYear(2026, 2), Decimal("2.62"), Decimal("2.15"), "arrêté du 23 juin 2026")
RATES = RateTable((RATE,), 40_00, "EUR")
TERMS = Terms("company", None, LimitationKind.COMMERCIAL)
OWED = (
    Owed(1, "FA-118", "invoice", date(2026, 9, 1), date(2026, 10, 1), 6_240_00, "EUR"),
    Owed(2, "", "invoice", date(2026, 11, 1), date(2026, 12, 1), 1_000_00, "EUR"),
    Owed(3, "AV-7", "credit_note", date(2026, 11, 2), date(2026, 11, 2), -240_00, "EUR"),
)
NOTICE = PaperView(
    paper_id=8,
    kind=PaperKind.FORMAL_NOTICE,
    reference="MD-2026-0007",
    state=PaperState.RECEIVED,
    client="Garage Lemoine",
    minor=6_312_40,
    currency="EUR",
    deadline=date(2026, 12, 2),
    posted_on=date(2026, 11, 25),
    tracking="1A 234 567 8901 2",
    received_on=date(2026, 11, 27),
)
STATEMENT = replace(
    NOTICE,
    kind=PaperKind.STATEMENT,
    reference="RC-2026-0003",
    state=PaperState.DRAFTED,
    deadline=None,
    posted_on=None,
    tracking="",
    received_on=None,
)
CASE_FILE = replace(STATEMENT, kind=PaperKind.CASE_FILE, reference="DOS-2026-0001", stages=6)
ASKED = replace(CASE_FILE, state=PaperState.ASKED, stage=2)

OFFER = WaiverView(
    waiver_id=9,
    client_id=203,
    client="Garage Lemoine",
    by="Fiona",
    state=WaiverState.OFFERED,
    given_up_minor=152_17,
    principal_minor=6_000_00,
    currency="EUR",
    until=date(2026, 11, 27),
)
NO_FEES = (
    replace(OWED[0], number="FA-1", is_disputed=True),
    replace(OWED[0], number="FA-2", kind="factored"),
    replace(OWED[0], number="FA-3", is_waived=True),
    replace(OWED[0], number="FA-4", currency="USD"),
)
MANY = tuple(replace(OWED[0], item_id=n, number=f"FA-{n}") for n in range(18))


def _news(view: WaiverView, voice: Voice) -> Drawn:
    return late_payment_views.waiver_news(view, TODAY, voice)


def late(terms: Terms = TERMS, rates: RateTable = RATES) -> tuple[CurrencyFigures, ...]:
    """Return what the sample client owes on the day of the samples."""
    return figures(OWED, terms, rates, TODAY)


def papers() -> dict[str, Sample]:
    """Return every sample of the room."""
    example = RATES.with_rows((replace(RATE, is_example=True),))
    claimed = replace(TERMS, in_proceeding=True, acts=((TODAY, Interruption.CLAIM_FILED),))
    nothing = figures(OWED[2:], TERMS, RATES, TODAY)
    window = late_payment_views.late_payment_window
    sued = replace(TERMS, acts=((TODAY, Interruption.COURT_CLAIM),))
    reasons = figures(NO_FEES, sued, RATES, TODAY)
    many = figures(MANY, TERMS, RATES, TODAY)
    staff = figures(OWED[:1], replace(TERMS, client_kind="staff"), RATES, TODAY)
    made = (NOTICE, STATEMENT, CASE_FILE)
    return {
        "late_payment": Sample(window, LatePaymentView(a_form(), late(), "12 %")),
        "late_payment_example": Sample(window, LatePaymentView(a_form(), late(rates=example))),
        "late_payment_rate_missing": Sample(
            window, LatePaymentView(a_form(), late(rates=RateTable((), 40_00, "EUR")))
        ),
        "late_payment_proceeding": Sample(
            window, LatePaymentView(a_form(), late(claimed), in_proceeding=True)
        ),
        "late_payment_nothing": Sample(window, LatePaymentView(a_form(), nothing)),
        "late_payment_reasons": Sample(window, LatePaymentView(a_form(), reasons)),
        "late_payment_many": Sample(window, LatePaymentView(a_form(), many)),
        "late_payment_staff": Sample(window, LatePaymentView(a_form(), staff)),
        "late_payment_offered": Sample(
            window,
            LatePaymentView(
                a_form(),
                late(),
                waiver=OFFER,
                allocation=Allocation.PRINCIPAL_FIRST,
                is_beyond_ceiling=True,
            ),
        ),
        "waive_form": Sample(late_payment_views.waive_form, LatePaymentView(a_form(), late())),
        "waive_form_nothing": Sample(
            late_payment_views.waive_form, LatePaymentView(a_form(), nothing)
        ),
        "interrupt_form": Sample(late_payment_views.interrupt_form, a_form()),
        **{f"waiver_{state}": Sample(_news, replace(OFFER, state=state)) for state in WaiverState},
        "notice_form": Sample(paper_views.notice_form, a_form()),
        "post_form": Sample(paper_views.post_form, NOTICE),
        "post_form_returned": Sample(
            paper_views.post_form, replace(NOTICE, state=PaperState.RETURNED)
        ),
        "post_form_new": Sample(
            paper_views.post_form, replace(NOTICE, posted_on=None, tracking="", received_on=None)
        ),
        "case_file_asked": Sample(paper_views.case_file, ASKED),
        "case_file_ready": Sample(paper_views.case_file, CASE_FILE),
        "finance_file_papers": Sample(
            file_views.finance_file_window, FinanceFileView(a_form(), papers=made)
        ),
    }
