"""Cards of companies to sell to: one of each verdict, and the choices among homonyms."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from bot.domain.due_dates import Terms
from bot.domain.lifecycle import SolvencyRequestState
from bot.domain.solvency.dossier import (
    Accounts,
    Company,
    CompanyState,
    Cover,
    Decision,
    Dossier,
    Event,
    EventKind,
    Flag,
    Grade,
    OutsideGrade,
    OwnRecord,
    Quartiles,
    Sector,
    SourceAnswer,
    SourceName,
    SourceState,
)
from bot.domain.solvency.grants import Grant
from bot.domain.solvency.payment_terms import build_schedule
from bot.domain.solvency.requests import Course
from bot.domain.solvency.schedules import (
    TEMPLATES,
    Bounds,
    Discount,
    Moment,
    Part,
    Template,
    TermsForm,
)
from bot.domain.solvency.verdict import Assessment, decide
from bot.domain.solvency.weights import DEFAULT
from bot.rendering import messages, proposals, solvency_requests
from bot.rendering.proposal_views import ProposalView, TermsFormView
from bot.rendering.solvency_views import (
    CompanyChoicesView,
    CompanyChoiceView,
    CompanyFormView,
    CourseView,
    SolvencyRequestView,
    SolvencyView,
)
from tests.rendering.file_samples import HELD
from tests.rendering.sample import Sample
from tests.rendering.views import CLOCK, FIONA, KARIM, NOW, TODAY

SIREN = "552032534"
LAST = date(2027, 11, 20)
COMPANY = Company(
    SIREN,
    "Atelier Baudry",
    CompanyState.ACTIVE,
    created_on=date(2009, 3, 2),
    legal_form="5499",
    activity="25.62B",
    headcount="12",
    category="PME",
    town="Lyon",
    as_of=date(2026, 11, 20),
)
SOLID = Accounts(
    date(2025, 12, 31),
    turnover_minor=3_200_000_00,
    result_minor=140_000_00,
    equity_percent=38.4,
    liquidity_percent=162.0,
    supplier_days=52.0,
)
EARLIER = replace(SOLID, closed_on=date(2024, 12, 31), equity_percent=33.1, liquidity_percent=151.0)
RECORD = OwnRecord(12, 4, 3_200_00, 0, 0, 2, 0, 4_000_00, "EUR", TODAY)
OPENED = Event(
    "A202600010001",
    SIREN,
    EventKind.REDRESSEMENT,
    date(2026, 11, 12),
    date(2026, 11, 3),
    court="Tribunal de commerce de Lyon",
)
FLAG = Flag(SIREN, "chèque rejeté en mars", "Fiona", date(2026, 10, 2), date(2027, 10, 2))


def heard(*silent: SourceAnswer) -> tuple[SourceAnswer, ...]:
    """Return how the public sources answered; all did but those given."""
    names = (SourceName.COMPANIES, SourceName.NOTICES, SourceName.RATIOS)
    answers = {name: SourceAnswer(name, SourceState.ANSWERED, TODAY) for name in names}
    return tuple((answers | {answer.name: answer for answer in silent}).values())


def known(**more: Any) -> Dossier:
    """Return a dossier of a good client of ours, changed as asked."""
    whole = Dossier(
        SIREN,
        company=COMPANY,
        accounts=(SOLID, EARLIER),
        own_record=RECORD,
        cover=Cover("Assur", "P1", 8_000_00, 90, "EUR", None, TODAY),
        sources=heard(),
    )
    return replace(whole, **more)


def judged(dossier: Dossier, order: int | None = None, grant: Grant | None = None) -> Assessment:
    """Return the assessment of a dossier by the house's own rules."""
    return decide(dossier, order, DEFAULT, TODAY, grant=grant)


def card(assessment: Assessment, **more: Any) -> Sample:
    """Return the card of a client of ours."""
    view = SolvencyView(assessment, "Atelier Baudry", TODAY, town="Lyon", client_id=7, code="C0412")
    return Sample(messages.solvency, replace(view, **more))


def cards() -> dict[str, Sample]:
    """Return every shape of the card, and of the choice."""
    late = SourceAnswer(SourceName.RATIOS, SourceState.SLOW)
    stranger = Dossier(SIREN, company=COMPANY, sources=heard(late))
    closed = replace(COMPANY, state=CompanyState.CEASED, closed_on=date(2026, 5, 31))
    grant = Grant(20_000_00, "EUR", 45, TODAY, date(2027, 2, 28), "acompte de 20 %")
    homonyms = (
        CompanyChoiceView("Ganymède", "732829320", "Nantes"),
        CompanyChoiceView("Ganymède Bois", "428268023", "Brest", is_active=False),
        CompanyChoiceView("Ganymède & Fils", "", "Lyon", client_id=7, code="C0412"),
    )
    return {
        "solvency_sell": card(judged(known())),
        "solvency_all_known": card(
            judged(
                known(
                    sector=Sector("25.62B", 2024, supplier_days=Quartiles(38.0, 52.0, 71.0)),
                    outside_grades=(
                        OutsideGrade(SourceName.INSURER, "Assur", "B", Grade.B, TODAY),
                        OutsideGrade(SourceName.AGENCY, "Agence", "7/10", Grade.B, TODAY),
                    ),
                )
            )
        ),
        "solvency_order": card(judged(known(), 2_000_00)),
        "solvency_order_ask": card(judged(known(), 90_000_00)),
        "solvency_stranger": Sample(
            messages.solvency,
            SolvencyView(judged(stranger), "Atelier Baudry", TODAY, waiting=(SourceName.RATIOS,)),
        ),
        "solvency_held": card(
            judged(known()),
            held=HELD,
            clock=CLOCK,
        ),
        "solvency_asked": card(judged(known()), request_id=5),
        "solvency_receivership": card(judged(known(events=(OPENED,))), is_watched=True),
        "solvency_closed": card(judged(known(company=closed)), closed_on=closed.closed_on),
        "solvency_flagged": card(
            judged(known(flags=(FLAG,))),
            flags=(FLAG, replace(FLAG, by_group=True), replace(FLAG, by_name=True)),
            may_decide=True,
            group_minor=41_000_00,
        ),
        **{
            f"solvency_course_{one.value}": card(
                judged(replace(known(), decision=Decision(one, date(2026, 11, 20), LAST))),
                decided=CourseView(one, "comptant", by, date(2026, 11, 20), LAST),
                may_decide=True,
            )
            for one, by in zip(Course, ("Fiona", "Fiona", ""), strict=True)
        },
        "solvency_granted": card(judged(stranger, grant=grant)),
        "solvency_choices": Sample(
            messages.company_choices, CompanyChoicesView("ganymede", 5_000_00, homonyms)
        ),
        "solvency_nobody": Sample(
            messages.company_choices, CompanyChoicesView("xyz", register_answered=False)
        ),
        "solvency_empty": Sample(messages.company_choices, CompanyChoicesView("")),
        **_requests(),
        **_short(),
        **_proposals(),
        "solvency_refused": Sample(lambda _view, voice: messages.solvency_refused(voice), None),
        "solvency_looking": Sample(messages.solvency_looking, "Atelier Baudry"),
    }


def _requests() -> dict[str, Sample]:
    """Return finance's side: the request as it goes, its answers and its forms."""
    request = SolvencyRequestView(
        request_id=5,
        siren=SIREN,
        name="Atelier Baudry",
        by=KARIM,
        order_minor=12_000_00,
        currency="EUR",
        question="gros chantier, ils paient bien",
        state=SolvencyRequestState.OPEN,
        asked_at=NOW,
        today=TODAY,
        card=SolvencyView(judged(known(events=(OPENED,)), 12_000_00), "Atelier Baudry", TODAY),
    )
    granted = replace(
        request,
        state=SolvencyRequestState.GRANTED,
        decided_by=FIONA,
        decided_at=NOW,
        granted_minor=15_000_00,
        terms_days=30,
        valid_until=date(2027, 2, 28),
        words="acompte de 30 %",
    )
    refused = replace(granted, state=SolvencyRequestState.REFUSED, words="trop d’impayés")
    expired = replace(granted, state=SolvencyRequestState.EXPIRED)
    withdrawn = replace(request, state=SolvencyRequestState.WITHDRAWN, by=None, order_minor=0)
    return {
        "request_asked": Sample(messages.solvency_request, request),
        "request_granted": Sample(messages.solvency_request, granted),
        "request_refused": Sample(messages.solvency_request, refused),
        "request_expired": Sample(messages.solvency_request, expired),
        "request_withdrawn": Sample(messages.solvency_request, withdrawn),
        "request_answer": Sample(
            messages.solvency_answer, replace(granted, decided_by=None, words="")
        ),
        "request_bare": Sample(
            messages.solvency_request, replace(request, card=None, question="", order_minor=0)
        ),
        "grant_form": Sample(solvency_requests.grant_form, request),
        "grant_form_bare": Sample(
            solvency_requests.grant_form, replace(request, card=None, order_minor=0)
        ),
        "refuse_form": Sample(solvency_requests.refuse_form, request),
    }


def _short() -> dict[str, Sample]:
    """Return the forms about a company and what is said when they are done."""
    about = CompanyFormView(SIREN, "Atelier Baudry", "EUR", 12_000_00, date(2028, 11, 24))
    done = ("watching", "unwatched", "flagged", "unflagged", "resumed", "request_sent")
    return {
        "ask_finance_form": Sample(solvency_requests.ask_finance_form, about),
        "ask_finance_form_bare": Sample(
            solvency_requests.ask_finance_form, replace(about, order_minor=None)
        ),
        "flag_form": Sample(solvency_requests.flag_form, about),
        **{f"company_{name}": Sample(partial(messages.company_done, name), about) for name in done},
    }


def _proposals() -> dict[str, Sample]:
    """Return the form of payment terms, and the schedules it leads to."""
    form = TermsForm(
        10_000_00,
        "EUR",
        TEMPLATES[Template.THIRDS],
        Terms(30),
        discount=Discount(Decimal("2"), 10),
    )
    open_bounds = Bounds(60, 0, before_delivery=False)
    dates = (None, date(2027, 1, 15), date(2027, 3, 15))
    planned = replace(
        form,
        direct_debit=True,
        parts=tuple(
            replace(part, planned_on=on) for part, on in zip(form.parts, dates, strict=True)
        ),
    )
    cash = replace(form, terms=Terms(0), discount=None, parts=TEMPLATES[Template.AT_ORDER])
    typed = (Part(Moment.ORDER, minor=3_000_00), Part(Moment.FINAL, minor=7_000_00))
    shares = (Part(Moment.ORDER, Decimal("12.5")), Part(Moment.FINAL, Decimal("87.5")))

    def view(form: TermsForm) -> TermsFormView:
        return TermsFormView(SIREN, "Atelier Baudry", form)

    def built(form: TermsForm, bounds: Bounds = open_bounds) -> ProposalView:
        return ProposalView(SIREN, "Atelier Baudry", build_schedule(form, bounds))

    return {
        "terms_form": Sample(proposals.terms_form, view(form)),
        "terms_form_typed": Sample(
            proposals.terms_form, view(replace(form, parts=typed, direct_debit=True))
        ),
        "terms_form_shares": Sample(
            proposals.terms_form, view(replace(form, parts=shares, total_minor=0))
        ),
        "proposal": Sample(proposals.proposal, built(planned)),
        "proposal_at_once": Sample(proposals.proposal, built(cash)),
        "proposal_cash": Sample(
            proposals.proposal, built(cash, Bounds(0, 0, before_delivery=True))
        ),
    }
