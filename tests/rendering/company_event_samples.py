"""Published events: what finance and the owner read, the answer, the claim sheet."""

from dataclasses import replace
from datetime import date
from functools import partial

from bot.domain.calendar import Calendar
from bot.domain.late_payment.interest import RateTable
from bot.domain.solvency.claims import ClaimItem, ClaimSheet, claim_sheets
from bot.domain.solvency.dossier import Event, EventKind
from bot.domain.solvency.requests import Course
from bot.rendering import company_event_messages as texts
from bot.rendering.company_event_messages import claim_sheet
from bot.rendering.company_event_views import CompanyEventView
from bot.rendering.cover_messages import CoverLostView, cover_lost
from bot.rendering.team_views import LineView
from bot.rendering.views import SumView, Voice
from bot.sources.late_payment_rates import french_rates
from tests.rendering.sample import Drawn, Sample
from tests.rendering.views import ANNE, FIONA, NOW, TODAY

RUNS_OUT = LineView(7, "Atelier Baudry", 12_000_00, "EUR", days=9, on=date(2026, 12, 3))
LOST = LineView(8, "Garage Lemoine", 0, "EUR", also_on=date(2026, 11, 20), person="Anne Morel")

OPENED = Event(
    "A202600010001",
    "552032534",
    EventKind.REDRESSEMENT,
    date(2026, 11, 12),
    date(2026, 11, 3),
    court="Tribunal de commerce de Lyon",
)
ASKED = CompanyEventView(
    decision_id=5,
    siren="552032534",
    name="Menuiserie Roy",
    event=OPENED,
    today=TODAY,
    owed=(SumView(12_480_00, "EUR"),),
    before=(SumView(9_480_00, "EUR"),),
    after=(SumView(3_000_00, "EUR"),),
    claim_by=date(2027, 1, 12),
    retention_by=date(2027, 2, 12),
    owner=ANNE,
    is_client=True,
    is_frozen=True,
    to_finance=True,
)
UNREAD = replace(
    ASKED,
    event=replace(OPENED, kind=EventKind.UNREAD, text="Le tribunal prend acte."),
    before=(),
    after=(),
    claim_by=None,
    retention_by=None,
    is_frozen=False,
)
ITEMS = (
    ClaimItem("FA-1", date(2026, 8, 3), date(2026, 9, 2), 8_000_00, "EUR"),
    ClaimItem("", date(2026, 9, 20), date(2026, 9, 20), -520_00, "EUR"),
    ClaimItem("FA-2", date(2026, 10, 20), date(2026, 11, 19), 2_000_00, "EUR"),
    ClaimItem("FA-3", date(2026, 11, 9), date(2026, 12, 9), 3_000_00, "EUR"),
    ClaimItem("", date(2026, 11, 10), date(2026, 12, 10), 10_00, "EUR"),
)


def sheets(
    opening: Event = OPENED, rates: RateTable | None = None, *, retained: bool | None = None
) -> tuple[ClaimSheet, ...]:
    """Return what to declare of an ordinary account."""
    items = [replace(item, is_retained=retained) for item in ITEMS]
    return claim_sheets(opening, items, rates or french_rates(), Calendar())


def company_events() -> dict[str, Sample]:
    """Return every shape of the message, of its window and of the claim sheet."""
    decided = replace(ASKED, course=Course.CONDITIONS, words="comptant", decided_by=FIONA,
                      decided_at=NOW)  # fmt: skip
    stopped = replace(decided, course=Course.STOP, words="trop risqué", decided_by=None)
    gone_on = replace(decided, course=Course.CONTINUE, words="le plan tient")
    follower = replace(ASKED, to_finance=False, is_client=False, owed=(), claim_by=None,
                       retention_by=None, before=(), after=(), is_frozen=False)  # fmt: skip
    unknown = RateTable((), 40_00, "EUR")
    unstated = replace(OPENED, on=None)
    return {
        "event_asked": Sample(texts.company_event, ASKED),
        "event_owner": Sample(texts.company_event, replace(ASKED, to_finance=False)),
        "event_follower": Sample(texts.company_event, follower),
        "event_unread": Sample(texts.company_event, UNREAD),
        "event_no_debt": Sample(
            texts.company_event, replace(ASKED, owed=(), before=(), after=(), owner=None)
        ),
        "event_decided": Sample(texts.company_event, decided),
        "event_course_conditions": Sample(texts.company_course, decided),
        "event_course_stop": Sample(texts.company_course, stopped),
        "cover_lost": Sample(cover_lost, CoverLostView((RUNS_OUT, LOST), TODAY)),
        "cover_lost_many": Sample(cover_lost, CoverLostView((LOST,) * 30, TODAY)),
        "event_course_lifted": Sample(texts.company_course, replace(stopped, lifted_by=FIONA)),
        "event_course_continue": Sample(texts.company_course, gone_on),
        **{f"course_form_{one.value}": Sample(partial(_form, one), ASKED) for one in Course},
        "claim_sheet": Sample(_sheet, sheets()),
        "claim_sheet_retained": Sample(_sheet, sheets(retained=True)),
        "claim_sheet_nothing_retained": Sample(_sheet, sheets(retained=False)),
        "claim_sheet_unknown": Sample(_sheet, sheets(unstated, unknown)),
    }


def _form(course: Course, view: CompanyEventView, voice: Voice) -> Drawn:
    return texts.course_form(view, course, voice)


def _sheet(view: tuple[ClaimSheet, ...], voice: Voice) -> Drawn:
    return claim_sheet("Menuiserie Roy", view, 5, TODAY, voice)
