"""What a look-up, a Home and a digest say in the cases their samples do not show."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rendering import ids, messages
from bot.rendering.card_views import BalanceView, HistoryView, RefusedView
from bot.rendering.escaping import Mrkdwn
from bot.rendering.home_page import HomeView
from bot.rendering.team_views import Section, SectionView
from bot.rendering.views import EventKind
from tests.rendering.slack_rules import buttons, shown
from tests.rendering.talk_samples import an_event
from tests.rendering.team_samples import DIGEST
from tests.rendering.views import (
    BOOKS,
    DISPUTE,
    EUROS,
    FRENCH,
    TODAY,
    a_balance,
    a_line,
)


def test_a_credit_balance_is_in_the_clients_favour() -> None:
    view = a_balance(balances=(replace(EUROS, net_minor=-300_00, overdue_minor=0),))
    said = shown(messages.balance(view, FRENCH)).splitlines()[0]
    assert said == ("*Menuiserie Roy* (C0412) : solde créditeur de 300 € (en faveur du client).")


@pytest.mark.parametrize(
    ("net_minor", "said"),
    [
        (300_00, "*Menuiserie Roy* (C0412) : solde 300 €, rien d’échu."),
        (0, "*Menuiserie Roy* (C0412) ne doit rien."),
    ],
)
def test_an_account_with_nothing_overdue_says_so(net_minor: int, said: str) -> None:
    balance = replace(EUROS, net_minor=net_minor, overdue_minor=0)
    assert shown(messages.balance(a_balance(balances=(balance,)), FRENCH)).startswith(said)


def test_a_client_without_account_says_so() -> None:
    drawn = messages.balance(a_balance(balances=()), FRENCH)
    assert shown(drawn) == "*Menuiserie Roy* (C0412) : aucun compte dans les écritures."


def a_bare_balance() -> BalanceView:
    return a_balance(
        balances=(replace(EUROS, unattributed_minor=0, items=(), last_receipt_on=None),),
        owner=None,
        usual=None,
        limit_minor=None,
        contacts=(),
        notes=(),
        promises=(),
        alert_id=None,
        clock=None,
        may_note=False,
        may_share=False,
    )


def test_a_reader_who_may_only_see_is_offered_only_the_history() -> None:
    drawn = messages.balance(a_bare_balance(), FRENCH)
    assert buttons(drawn) == [ids.MORE]
    assert len(drawn.blocks[1]["elements"][0]["options"]) == 1


def test_a_client_without_alert_cannot_be_handed_over() -> None:
    assert ids.HAND_OVER not in buttons(messages.balance(a_balance(alert_id=None), FRENCH))


def test_disputes_are_named_on_the_card() -> None:
    view = a_balance(disputes=(DISPUTE, replace(DISPUTE, minor=0)))
    said = shown(messages.balance(view, FRENCH))
    assert "Litige sur 3 000 € : « palette abîmée »" in said
    assert "Litige : « palette abîmée »" in said
    assert "Aucun litige" not in said


def test_the_balance_table_ends_on_the_exact_net() -> None:
    rows = messages.balance(a_balance(), FRENCH).blocks[-1]["rows"]
    assert rows[-1][0]["text"] == "Solde"
    assert rows[-1][3]["text"] == "18\u202f900,40\u00a0€"


def test_a_client_that_pays_on_time_has_its_count_of_invoices() -> None:
    usual = a_balance().usual
    assert usual is not None
    drawn = messages.balance(a_balance(usual=replace(usual, days=0)), FRENCH)
    assert "Paie en général à l’heure (18 factures)." in shown(drawn)


def test_somebody_elses_client_that_nobody_owns_goes_to_finance() -> None:
    drawn = messages.balance_refused(RefusedView(None), FRENCH)
    assert shown(drawn) == "Personne ne suit ce client. Voyez avec le service financier."


def test_a_history_of_nothing_says_so() -> None:
    drawn = messages.history(HistoryView(201, "Menuiserie Roy", TODAY, ()), FRENCH)
    assert shown(drawn) == "Rien de noté sur *Menuiserie Roy* pour l’instant."


def test_the_last_page_of_a_history_has_no_button() -> None:
    events = (an_event(EventKind.OPENED),)
    drawn = messages.history(HistoryView(201, "Menuiserie Roy", TODAY, events), FRENCH)
    assert buttons(drawn) == []


def test_a_home_without_client_says_so() -> None:
    blocks = messages.home(HomeView(TODAY, "Anne"), FRENCH)["blocks"]
    assert blocks[1]["text"]["text"] == "Aucun client ne vous est encore confié."


def test_a_home_where_all_is_paid_says_so() -> None:
    blocks = messages.home(HomeView(TODAY, "Anne", client_count=3), FRENCH)["blocks"]
    assert blocks[1]["text"]["text"] == "3 clients, rien d’échu."


def test_lists_of_a_home_past_the_tenth_are_counted() -> None:
    view = HomeView(TODAY, "Anne", clients=(a_line(),) * 12, alerts=(a_line(),))
    assert "et 2 autres" in str(messages.home(view, FRENCH))


def test_help_for_a_salesperson_has_no_settings() -> None:
    assert "réglages" not in shown(messages.help_message(FRENCH))


def test_a_digest_of_good_news_only_counts_it() -> None:
    view = replace(
        DIGEST,
        sections=(SectionView(Section.GOOD_NEWS, (a_line(days=2),), count=1),),
        received=(),
        freshness=BOOKS,
    )
    said = messages.digest(view, FRENCH).text.replace("\u00a0", " ")
    assert said == "Mardi 24 novembre : 1 bonne nouvelle"


def test_a_line_without_message_is_no_link() -> None:
    view = replace(
        DIGEST, sections=(SectionView(Section.LATE, (a_line(channel="", ts=""),), count=1),)
    )
    assert "https://" not in shown(messages.digest(view, FRENCH))


@pytest.mark.parametrize("section", Section)
def test_every_part_of_a_digest_has_a_title_and_a_count(section: Section) -> None:
    line = a_line(on=date(2026, 11, 27))
    view = replace(DIGEST, sections=(SectionView(section, (line,), count=1),), received=())
    drawn = messages.digest(view, FRENCH)
    assert isinstance(drawn.text, Mrkdwn)
    assert ": 1\u00a0" in drawn.text or ": 1 " in drawn.text.replace("\u00a0", " ")
