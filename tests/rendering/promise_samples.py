"""Plans of payments, records of promises and the end of disputes, in each of their shapes."""

from datetime import date

from bot.domain.instalments import monthly
from bot.domain.lifecycle import AlertState, DisputeOutcome, Outcome, PromiseState
from bot.domain.reliability import Reliability
from bot.rendering import forms, messages, modals
from bot.rendering.form_views import NoteFormView
from bot.rendering.views import EventKind, PromiseView
from tests.rendering.sample import Sample
from tests.rendering.talk_samples import an_event
from tests.rendering.views import (
    ANNE,
    DISPUTE,
    FIONA,
    NOTE,
    NOW,
    STAKES,
    a_balance,
    a_form,
    an_alert,
)

PLAN = monthly(9_000_00, date(2026, 11, 30), 3)
LATE = Reliability(kept=2, judged=3, late_days=5)
LIVE = PromiseView(9_000_00, "EUR", date(2026, 12, 30), "Anne", plan=PLAN)
BROKEN = PromiseView(
    5_000_00, "EUR", date(2026, 11, 20), "Anne", PromiseState.BROKEN, judged_at=NOW
)
IN_PART = PromiseView(
    5_000_00, "EUR", date(2026, 11, 20), "Anne", PromiseState.KEPT_IN_PART, 2_000_00, judged_at=NOW
)


def promised() -> dict[str, Sample]:
    """Return what the follow-through of promises and disputes draws."""
    return _alerts() | _lines() | _forms()


def _alerts() -> dict[str, Sample]:
    plan_broken = PromiseView(
        9_000_00, "EUR", date(2026, 11, 20), "Anne", PromiseState.BROKEN, plan=PLAN, judged_at=NOW
    )
    shapes = {
        "unkept": an_alert(unkept=BROKEN, latest=NOTE, reliability=LATE),
        "kept_in_part": an_alert(unkept=IN_PART),
        "plan_unkept": an_alert(unkept=plan_broken),
        "plan": an_alert(state=AlertState.PROMISED, promise=LIVE),
        "disputed_once": an_alert(
            state=AlertState.DISPUTED, latest=NOTE, state_reason=NOTE.text, state_by="Anne"
        ),
        "disputed_settled": an_alert(
            state=AlertState.DISPUTED,
            state_reason="palette abîmée",
            state_by="Anne",
            settler="Karim",
        ),
    }
    drawn = {f"alert_{name}": Sample(messages.alert, view) for name, view in shapes.items()}
    return drawn | {"balance_plan": Sample(messages.balance, a_balance(promises=(LIVE,)))}


def _lines() -> dict[str, Sample]:
    shapes = {
        "promised_note": an_event(EventKind.PROMISED, note=NOTE),
        "promised_plan": an_event(EventKind.PROMISED, plan=PLAN),
        "promised_plan_note": an_event(EventKind.PROMISED, plan=PLAN, note=NOTE),
        "plan_broken": an_event(EventKind.PROMISE_BROKEN, part=2, parts=3),
        "payment_of_plan": an_event(EventKind.INSTALMENT_PAID, part=1, parts=3),
        "disputed_note": an_event(EventKind.DISPUTED, note=NOTE),
        **{
            f"dispute_{outcome.value}": an_event(EventKind.DISPUTE_RESOLVED, outcome=outcome)
            for outcome in DisputeOutcome
        },
        "credit_note_arrived": an_event(EventKind.CREDIT_NOTE_ARRIVED, by="", to="AV-118"),
        "dispute_client_right_unsaid": an_event(
            EventKind.DISPUTE_RESOLVED, outcome=DisputeOutcome.CLIENT_RIGHT, minor=0
        ),
    }
    return {f"line_{name}": Sample(messages.alert_event, view) for name, view in shapes.items()}


def _forms() -> dict[str, Sample]:
    record = {"of_client": LATE, "of_author": LATE, "of_contacts": (("Mme Roy", LATE),)}
    on_time = Reliability(kept=1, judged=1, late_days=0)
    plan = NoteFormView(a_form(), Outcome.PROMISES, plan=PLAN)
    disputed = a_form(disputes=((401, DISPUTE),))
    return {
        "dispute_form_stakes": Sample(forms.dispute_form, a_form(stakes=STAKES)),
        "dispute_form_team": Sample(forms.dispute_form, a_form(team=(ANNE, FIONA))),
        "close_dispute_form": Sample(forms.close_dispute_form, disputed),
        "no_dispute_to_close": Sample(forms.close_dispute_form, a_form()),
        "promise_form_record": Sample(forms.promise_form, a_form(**record)),
        "promise_form_on_time": Sample(forms.promise_form, a_form(of_client=on_time)),
        "note_form_plan": Sample(modals.note_form, plan),
    }
