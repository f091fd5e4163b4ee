"""Modals ask only what the outcome needs, and carry back only ids."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.lifecycle import Outcome
from bot.rendering import ids
from bot.rendering.card_views import ChoiceView
from bot.rendering.form_views import NoteFormView, SettingsFormView
from bot.rendering.forms import client_options
from bot.rendering.modals import note_form
from bot.rendering.settings_form import settings_form
from bot.rendering.views import ContactView
from tests.rendering.samples import SAMPLES
from tests.rendering.views import ENGLISH, FRENCH, MRS_ROY, a_form

EACH = {ids.CONTACT, ids.MEANS, ids.OUTCOME_FIELD, ids.ORDERS, ids.GESTURE, ids.TEXT}
FORMS = [name for name in SAMPLES if "_form" in name]


def asked(view: dict[str, Any]) -> set[str]:
    """Return the fields of a modal."""
    return {block["block_id"] for block in view["blocks"] if block["type"] == "input"}


def element(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    """Return the element of one field."""
    found: dict[str, Any] = next(
        block["element"] for block in view["blocks"] if block.get("block_id") == block_id
    )
    return found


@pytest.mark.parametrize(
    ("outcome", "fields"),
    [
        (Outcome.PROMISES, {ids.AMOUNT, ids.TIMES, ids.PROMISED_ON}),
        (Outcome.SAYS_PAID, {ids.PAID_ON, ids.PAID_MEANS, ids.PAID_REFERENCE}),
        (Outcome.NO_INVOICE, {ids.SEND_TO}),
        (Outcome.WAITS_DOCUMENT, {ids.DOCUMENT}),
        (Outcome.DISPUTES, {ids.REASON, ids.ITEMS, ids.AMOUNT, ids.DUE_ON}),
        (Outcome.CASH_TROUBLE, {ids.SAID}),
        (Outcome.NO_ANSWER, {ids.NEXT_TRY_ON}),
        (Outcome.OTHER, set()),
    ],
)
def test_a_note_asks_only_what_its_outcome_needs(outcome: Outcome, fields: set[str]) -> None:
    assert asked(note_form(NoteFormView(a_form(), outcome), FRENCH)) == EACH | fields


def test_a_note_starts_with_the_outcome() -> None:
    fields = asked(note_form(NoteFormView(a_form()), FRENCH))
    assert fields == EACH - {ids.ORDERS, ids.GESTURE}


def test_the_note_itself_is_asked_when_nothing_else_says_what_happened() -> None:
    drawn = note_form(NoteFormView(a_form(), Outcome.OTHER), FRENCH)
    free = next(block for block in drawn["blocks"] if block.get("block_id") == ids.TEXT)
    assert free["optional"] is False


def test_a_new_contact_has_a_name_a_function_and_a_number() -> None:
    fields = asked(note_form(NoteFormView(a_form(), new_contact=True), FRENCH))
    assert {ids.CONTACT, ids.CONTACT_NAME, ids.CONTACT_FUNCTION, ids.CONTACT_PHONE} <= fields


def test_without_a_known_contact_the_name_is_asked_at_once() -> None:
    alone = (replace(MRS_ROY, do_not_contact=True), ContactView(None, "Standard"))
    fields = asked(note_form(NoteFormView(a_form(contacts=alone)), FRENCH))
    assert ids.CONTACT not in fields
    assert ids.CONTACT_NAME in fields


def test_a_contact_without_function_is_named_alone() -> None:
    view = NoteFormView(a_form(contacts=(ContactView(5, "M. Petit"),)))
    options = element(note_form(view, FRENCH), ids.CONTACT)["options"]
    assert [option["text"]["text"] for option in options] == ["M. Petit", "Quelqu’un d’autre"]


def test_the_overdue_amount_is_filled_in() -> None:
    drawn = note_form(NoteFormView(a_form(), Outcome.PROMISES), ENGLISH)
    assert element(drawn, ids.AMOUNT)["initial_value"] == "12480.40"


def test_nothing_overdue_fills_in_nothing() -> None:
    drawn = note_form(NoteFormView(a_form(overdue_minor=0), Outcome.PROMISES), FRENCH)
    assert "initial_value" not in element(drawn, ids.AMOUNT)


def test_without_known_items_a_dispute_asks_for_the_amount_only() -> None:
    drawn = note_form(NoteFormView(a_form(items=()), Outcome.DISPUTES), FRENCH)
    assert ids.ITEMS not in asked(drawn)


def test_another_outcome_redraws_the_form() -> None:
    drawn = note_form(NoteFormView(a_form(), Outcome.OTHER), FRENCH)
    blocks = {block.get("block_id"): block for block in drawn["blocks"]}
    assert blocks[ids.OUTCOME_FIELD]["dispatch_action"] is True
    assert blocks[ids.OUTCOME_FIELD]["element"]["action_id"] == ids.OUTCOME


def test_a_redrawn_form_keeps_the_ids_slack_keeps_input_by() -> None:
    before = asked(note_form(NoteFormView(a_form(), Outcome.OTHER), FRENCH))
    after = asked(note_form(NoteFormView(a_form(), Outcome.PROMISES), FRENCH))
    assert before >= EACH
    assert after >= EACH


@pytest.mark.parametrize("voice", [FRENCH, ENGLISH], ids=["fr", "en"])
@pytest.mark.parametrize("name", FORMS)
def test_titles_and_submits_are_whole(name: str, voice: Any) -> None:
    sample = SAMPLES[name]
    drawn = sample.draw(sample.view, voice)
    assert isinstance(drawn, dict)
    assert "…" not in drawn["title"]["text"]
    assert "…" not in drawn["submit"]["text"]


@pytest.mark.parametrize("name", FORMS)
def test_a_modal_carries_one_small_json_of_ids(name: str) -> None:
    sample = SAMPLES[name]
    drawn = sample.draw(sample.view, FRENCH)
    assert isinstance(drawn, dict)
    carried = json.loads(drawn["private_metadata"])
    assert all(
        isinstance(held, int) or key in ("channel", "client_ids", "siren", "do")
        for key, held in carried.items()
    )


def test_a_time_zone_out_of_the_list_is_kept() -> None:
    drawn = settings_form(SettingsFormView(time_zone="Africa/Dakar"), FRENCH)
    chosen = element(drawn, ids.TIME_ZONE)["initial_option"]["value"]
    assert chosen == "Africa/Dakar"


def test_settings_show_what_is_set() -> None:
    view = SettingsFormView("C0FIN", "la compta", formal=False, sales_see_totals=True)
    drawn = settings_form(view, FRENCH)
    assert element(drawn, ids.FINANCE_CHANNEL)["initial_conversation"] == "C0FIN"
    assert element(drawn, ids.FORMAL)["initial_option"]["text"]["text"] == "tu"
    assert len(element(drawn, ids.SALES_SEE_TOTALS)["initial_options"]) == 1


def test_a_client_offered_is_named_with_its_code_and_town() -> None:
    found = [ChoiceView(201, "Menuiserie Roy", "C0412", "Lyon"), ChoiceView(202, "Lemoine", "C2")]
    options = client_options(found)
    assert [(option["text"]["text"], option["value"]) for option in options] == [
        ("Menuiserie Roy (C0412), Lyon", "201"),
        ("Lemoine (C2)", "202"),
    ]


def test_no_more_clients_are_offered_than_slack_takes() -> None:
    found = [ChoiceView(id, "é" * 200, "C") for id in range(150)]
    options = client_options(found)
    assert (len(options), max(len(option["text"]["text"]) for option in options)) == (100, 75)
