"""More time and gestures: their forms, finance's message and its answers, in each shape."""

from dataclasses import replace
from datetime import date

from bot.domain.extensions import Beyond
from bot.domain.lifecycle import ConcessionKind, ConcessionState
from bot.rendering import concessions
from bot.rendering.concession_views import BeyondView, ConcessionView
from tests.rendering.sample import Sample
from tests.rendering.views import ANNE, FIONA, STAKES, TODAY, a_form

UNTIL = date(2026, 12, 18)


def a_concession(
    kind: ConcessionKind = ConcessionKind.EXTENSION,
    state: ConcessionState = ConcessionState.ASKED,
    answer: str = "",
) -> ConcessionView:
    """Return what Anne asked for."""
    more_time = kind is ConcessionKind.EXTENSION
    decided = state is not ConcessionState.ASKED
    return ConcessionView(
        501,
        kind,
        state,
        201,
        "Menuiserie Roy",
        12_480_40 if more_time else 300_00,
        "EUR",
        "chantier en retard",
        TODAY,
        ANNE,
        UNTIL if more_time else None,
        tuple(Beyond) if more_time else (),
        FIONA if decided else None,
        answer,
    )


def conceded() -> dict[str, Sample]:
    """Return every form and message about concessions."""
    kept = BeyondView(a_form(), tuple(Beyond), UNTIL, "chantier en retard")
    by_finance = BeyondView(
        a_form(), (Beyond.LEGAL,), UNTIL, "chantier en retard", (1,), is_finance=True
    )
    drawn = {
        "extension_form": Sample(concessions.extension_form, a_form()),
        "extension_form_without_items": Sample(concessions.extension_form, a_form(items=())),
        "beyond_form": Sample(concessions.beyond_form, kept),
        "beyond_form_finance": Sample(concessions.beyond_form, by_finance),
        "gesture_form": Sample(concessions.gesture_form, a_form()),
        "gesture_form_stakes": Sample(concessions.gesture_form, a_form(stakes=STAKES)),
        "concession_gesture_stakes": Sample(
            concessions.concession, replace(a_concession(ConcessionKind.GESTURE), stakes=STAKES)
        ),
        "refuse_concession_form": Sample(concessions.refuse_concession_form, a_concession()),
    }
    for kind in ConcessionKind:
        for state in ConcessionState:
            view = a_concession(kind, state)
            drawn[f"concession_{kind.value}_{state.value}"] = Sample(concessions.concession, view)
        refused = a_concession(kind, ConcessionState.REFUSED, "pas avant le solde d’août")
        granted = a_concession(kind, ConcessionState.GRANTED)
        name = f"concession_answer_{kind.value}"
        drawn[f"{name}_refused"] = Sample(concessions.concession_answer, refused)
        drawn[f"{name}_granted"] = Sample(concessions.concession_answer, granted)
    return drawn
