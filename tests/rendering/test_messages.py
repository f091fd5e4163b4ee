"""What a message says in the cases its samples do not show."""

from dataclasses import replace

import pytest

from bot.domain.ledger import ItemKind, SettledBy
from bot.domain.lifecycle import AlertState, HandoverState
from bot.domain.reasons import Reason, Rule
from bot.domain.reliability import Reliability
from bot.rendering import ids, messages
from bot.rendering.parts import table
from bot.rendering.team_views import HandoverReminderView, UnownedView
from bot.rendering.views import EventKind, FreshnessView, ResolutionView
from tests.rendering.slack_rules import buttons, shown
from tests.rendering.talk_samples import an_event
from tests.rendering.team_samples import ENTITY, PREVIEW, REPORT
from tests.rendering.views import (
    ANNE,
    DISPUTE,
    FRENCH,
    KARIM,
    MRS_ROY,
    a_handover,
    a_line,
    a_task,
    an_alert,
    an_item,
)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (SettledBy.CREDIT_NOTE, "*Menuiserie Roy* : 900 € soldés par avoir."),
        (SettledBy.NETTING, "*Menuiserie Roy* : 900 € compensés."),
        (SettledBy.WRITE_OFF, "*Menuiserie Roy* : 900 € passés en perte."),
        (SettledBy.FACTOR, "*Menuiserie Roy* : 900 € cédés au factor."),
        (SettledBy.RECEIPT, "✅ *Menuiserie Roy* a réglé 900 €."),
    ],
)
def test_a_closed_alert_says_how_it_was_settled(by: SettledBy, said: str) -> None:
    view = an_alert(state=AlertState.RESOLVED, resolution=ResolutionView(by, 900_00))
    assert shown(messages.alert(view, FRENCH)) == said


def test_what_remains_of_a_closed_alert_is_named() -> None:
    end = ResolutionView(SettledBy.RECEIPT, 900_00, remaining_minor=100_00)
    view = an_alert(state=AlertState.RESOLVED, resolution=end)
    assert shown(messages.alert(view, FRENCH)).endswith("Reste échu : 100 €.")


def test_an_alert_closed_without_a_known_settlement_still_says_so() -> None:
    view = an_alert(state=AlertState.RESOLVED)
    assert shown(messages.alert(view, FRENCH)) == "*Menuiserie Roy* n’a plus rien d’échu."


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule.LEVEL_2_AMOUNT, "Pourquoi : plus de 5 000 € échus"),
        (Rule.LEVEL_3_PROMISES, "Pourquoi : 2 promesses non tenues"),
        (Rule.PROMISE_BROKEN, "Pourquoi : une promesse non tenue"),
        (Rule.PROCEEDING, "Pourquoi : procédure collective publiée"),
        (Rule.COVER_LOST, "Pourquoi : garantie de l’assureur perdue ou sur le point de l’être"),
        (Rule.LIMIT_OVER, "Pourquoi : encours 900 € sur 5 000 € autorisés"),
        (Rule.NOBODY, "Pourquoi : personne ne suit ce client"),
    ],
)
def test_each_reason_is_said_in_words(rule: Rule, said: str) -> None:
    reason = Reason(rule, 2, 31, 900_00, 5_000_00, 2, "EUR")
    view = an_alert(reasons=(reason,), usual_delay_days=None, limit_minor=None, disputed_minor=0)
    assert said in shown(messages.alert(view, FRENCH)).splitlines()


def test_nothing_is_explained_when_the_headline_said_it() -> None:
    view = an_alert(usual_delay_days=None, limit_minor=None, disputed_minor=0)
    assert "Pourquoi" not in shown(messages.alert(view, FRENCH))


def test_a_client_that_pays_on_time_is_told_so() -> None:
    view = an_alert(usual_delay_days=0)
    assert "paie d’habitude à l’heure" in shown(messages.alert(view, FRENCH))


def test_an_alert_without_a_dated_item_has_no_delay() -> None:
    drawn = messages.alert(an_alert(oldest_days=0), FRENCH)
    assert shown(drawn).startswith("🟠 *Menuiserie Roy* a 12 480 € de factures échues.")


def test_an_alert_not_shown_yet_has_no_end() -> None:
    assert "jusqu’au" not in shown(messages.alert(an_alert(clock=None), FRENCH))


def test_a_promise_not_loaded_is_told_by_its_date() -> None:
    drawn = messages.alert(an_alert(state=AlertState.PROMISED), FRENCH)
    assert "Promesse pour le lundi 30 novembre (Anne)." in shown(drawn)


def test_nobody_is_told_to_call_who_must_be_left_alone() -> None:
    drawn = messages.alert(an_alert(contact=replace(MRS_ROY, do_not_contact=True)), FRENCH)
    assert "Mme Roy" not in shown(drawn)


def test_an_alert_without_items_has_no_table() -> None:
    drawn = messages.alert(an_alert(items=()), FRENCH)
    assert all(block["type"] != "table" for block in drawn.blocks)


def test_a_table_of_nothing_is_not_drawn() -> None:
    assert table([("Facture",)], numbers_from=1) is None


def test_a_deposit_is_named_in_the_table() -> None:
    item = an_item(4, kind=ItemKind.PAYMENT_ON_ACCOUNT, open_minor=-5_00)
    drawn = messages.alert(an_alert(items=(item,)), FRENCH)
    assert drawn.blocks[-1]["rows"][1][0]["text"] == "Acompte FA-2026-0004"


def test_books_that_say_nothing_are_not_spoken_of() -> None:
    view = an_alert(freshness=FreshnessView(), reliability=Reliability())
    drawn = messages.alert(view, FRENCH)
    assert all(block["type"] != "context" for block in drawn.blocks)


@pytest.mark.parametrize(
    ("state", "first"),
    [
        (AlertState.OPEN, ids.NOTE),
        (AlertState.HANDED_OVER, ids.NOTE),
        (AlertState.TAKEN, ids.NOTE),
        (AlertState.RETURNED, ids.NOTE),
    ],
)
def test_the_first_button_is_the_likeliest_answer(state: AlertState, first: str) -> None:
    assert buttons(messages.alert(an_alert(state=state), FRENCH))[0] == first


def test_only_until_it_is_taken_can_a_file_be_taken_back() -> None:
    offered = messages.alert(an_alert(state=AlertState.HANDED_OVER), FRENCH)
    taken = messages.alert(an_alert(state=AlertState.TAKEN), FRENCH)
    assert ids.TAKE_BACK in buttons(offered)
    assert ids.TAKE_BACK not in buttons(taken)


def test_a_reassignment_by_a_file_names_nobody() -> None:
    view = an_event(EventKind.REASSIGNED, by="")
    assert messages.alert_event(view, FRENCH).text.endswith("Karim suit maintenant ce client.")


def test_a_task_done_by_the_books_names_nobody() -> None:
    view = an_event(EventKind.TASK_DONE, by="", text="Mme Roy")
    said = messages.alert_event(view, FRENCH).text.replace("\u00a0", " ")
    assert said == "Menuiserie Roy : Fait : renvoyer la facture à Mme Roy."


def test_a_promise_without_its_date_is_still_told() -> None:
    view = an_event(EventKind.PROMISE_BROKEN, day=None)
    assert "Promesse non tenue : 5 000 €." in shown(messages.alert_event(view, FRENCH))


def test_a_handover_without_opinion_ends_its_sentence() -> None:
    said = messages.alert_event(an_event(EventKind.HANDED_OVER, text=""), FRENCH).text
    assert said.endswith("Anne transmet le dossier au service financier.")


def test_a_dispute_without_amount_says_its_reason() -> None:
    view = an_event(EventKind.DISPUTED, minor=0, text="palette abîmée")
    said = shown(messages.alert_event(view, FRENCH))
    assert said == "Anne signale un litige : « palette abîmée »"


def test_a_file_returned_and_not_answered_comes_back_as_such() -> None:
    drawn = messages.handover(a_handover(unanswered=True), FRENCH)
    assert drawn.text.replace("\u00a0", " ").startswith("🤝 Menuiserie Roy revient sans réponse :")


def test_a_file_without_exchange_or_contact_says_so() -> None:
    view = a_handover(note_count=0, promises=(), orders="", contact=None, notes=())
    assert "Jusqu’ici : aucun échange noté · pas de litige" in shown(
        messages.handover(view, FRENCH)
    )


def test_a_dispute_without_amount_is_told_to_finance() -> None:
    view = a_handover(disputes=(replace(DISPUTE, minor=0),))
    assert "litige : « palette abîmée »" in shown(messages.handover(view, FRENCH))


def test_finance_takes_with_the_first_button() -> None:
    assert buttons(messages.handover(a_handover(), FRENCH)) == [ids.TAKE, ids.RETURN, ids.BALANCE]


def test_a_file_taken_can_still_be_returned() -> None:
    drawn = messages.handover(a_handover(state=HandoverState.TAKEN), FRENCH)
    assert buttons(drawn) == [ids.NOTE, ids.RETURN, ids.BALANCE, ids.MORE]


def test_several_handovers_waiting_are_counted() -> None:
    view = HandoverReminderView((a_line(), a_line(client="Garage Lemoine")))
    said = messages.handover_reminder(view, FRENCH).text
    assert said == "2 dossiers transmis attendent d’être pris en charge."


def test_a_task_of_a_side_mentions_nobody() -> None:
    drawn = messages.task(a_task(asked_by=None), FRENCH)
    assert shown(drawn).startswith("*Menuiserie Roy* : retrouver")


def test_one_unowned_client_needs_no_choice_of_several() -> None:
    drawn = messages.unowned(UnownedView((a_line(),), (ANNE, KARIM)), FRENCH)
    assert buttons(drawn) == []


def test_a_list_of_unowned_clients_that_is_done_says_so() -> None:
    drawn = messages.unowned(UnownedView((), ()), FRENCH)
    assert drawn.text == "Chaque client en alerte a maintenant son commercial."


def test_unowned_clients_past_the_fifteenth_are_counted() -> None:
    drawn = messages.unowned(UnownedView((a_line(),) * 18, (ANNE,)), FRENCH)
    assert "et 3 autres" in str(drawn.blocks)


def test_an_active_preview_has_nothing_to_activate() -> None:
    drawn = messages.preview(replace(PREVIEW, is_active=True, unowned_count=0), FRENCH)
    assert buttons(drawn) == [ids.KINDS, ids.SETTINGS]
    assert drawn.text.startswith("Les alertes sont actives.")


def test_a_preview_of_quiet_books_says_so() -> None:
    view = replace(
        PREVIEW, alert_count=0, people=(), worst=(), kinds=(), due_stated=0, due_terms=0, terms=""
    )
    drawn = messages.preview(view, FRENCH)
    assert drawn.text == "Rien n’est encore envoyé. Aucun client n’a dépassé de seuil."


def test_an_import_without_refusal_says_so() -> None:
    drawn = messages.import_report(replace(REPORT, rejected=(), rejected_count=0), FRENCH)
    said = drawn.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert said == "123456789FEC20261231.txt : 2 038 lignes lues, aucune refusée."


def test_an_undone_import_is_one_line() -> None:
    drawn = messages.import_report(replace(REPORT, undone=True), FRENCH)
    assert shown(drawn) == "*123456789FEC20261231.txt* : import annulé."


def test_a_company_without_import_says_so() -> None:
    status = replace(ENTITY, imported_at=None, as_of=None, receipts_until=None, held_why=None)
    assert "rien d’importé" in messages.import_status((status,), FRENCH).text


def test_a_company_without_a_name_is_shown_by_its_siren() -> None:
    status = replace(ENTITY, name="", siren="123456782")
    said = messages.import_status((status,), FRENCH).text
    assert said.startswith("Imports · 123456782 · ")
