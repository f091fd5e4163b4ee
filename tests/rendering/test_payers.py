"""What the card says of a payer: the profile and its evidence, in one sentence."""

from dataclasses import replace

import pytest

from bot.domain.profiles import Because, PayerProfile, Profile
from bot.rendering import messages
from tests.rendering.slack_rules import shown
from tests.rendering.views import ENGLISH, FRENCH, LATE_BY_HABIT, a_balance

PUNCTUAL, DRIFTING, NEW = Profile.PUNCTUAL, Profile.DRIFTING, Profile.NEW
DIFFICULTY, UNPAID, LATER = Profile.IN_DIFFICULTY, Because.UNPAID, Because.LATER_THAN_BEFORE


@pytest.mark.parametrize(
    ("payer", "french", "english"),
    [
        (
            PayerProfile(PUNCTUAL, Because.USUAL_DELAY, 18, -2),
            "Ponctuel : paie en général à l’heure (18 factures).",
            "Punctual: usually pays on time (18 invoices).",
        ),
        (
            PayerProfile(PUNCTUAL, Because.USUAL_DELAY, 18, 2),
            "Ponctuel : paie en général 2 jours après l’échéance (18 factures, de 5 à 31).",
            "Punctual: usually pays 2 days after the due date (18 invoices, 5 to 31).",
        ),
        (
            LATE_BY_HABIT,
            "En retard par habitude : paie en général 12 jours après l’échéance"
            " (18 factures, de 5 à 31).",
            "Late by habit: usually pays 12 days after the due date (18 invoices, 5 to 31).",
        ),
        (
            PayerProfile(DRIFTING, UNPAID, 1, 45, 8),
            "Paie de plus en plus tard : une facture attend depuis 45 jours,"
            " contre 8 jours de retard d’habitude.",
            "Getting later: an invoice is 45 days late, against 8 days usually.",
        ),
        (
            PayerProfile(DRIFTING, UNPAID, 1, 45),
            "Paie de plus en plus tard : une facture attend depuis 45 jours,"
            " alors que ce client paie d’habitude à l’heure.",
            "Getting later: an invoice is 45 days late, though this client usually pays on time.",
        ),
        (
            PayerProfile(DRIFTING, LATER, 6, 25, 8),
            "Paie de plus en plus tard : les 6 dernières factures payées en général 25 jours"
            " après l’échéance, les précédentes 8 jours.",
            "Getting later: the 6 latest invoices were usually paid 25 days after the due date,"
            " earlier ones 8 days.",
        ),
        (
            PayerProfile(DRIFTING, LATER, 6, 25, -1),
            "Paie de plus en plus tard : les 6 dernières factures payées en général 25 jours"
            " après l’échéance, les précédentes à l’heure.",
            "Getting later: the 6 latest invoices were usually paid 25 days after the due date,"
            " earlier ones on time.",
        ),
        (
            PayerProfile(Profile.ERRATIC, Because.SPREAD, 18, 48, 4),
            "Irrégulier : la moitié de ses 18 factures payées de 4 à 48 jours après l’échéance.",
            "Irregular: half of 18 invoices paid from 4 to 48 days after the due date.",
        ),
        (
            PayerProfile(NEW, Because.FEW_INVOICES),
            "Nouveau payeur : aucune facture payée pour l’instant.",
            "New payer: no invoice paid yet.",
        ),
        (
            PayerProfile(NEW, Because.FEW_INVOICES, 2),
            "Nouveau payeur : 2 factures payées, trop peu pour juger.",
            "New payer: 2 invoices paid, too few to tell.",
        ),
        (
            PayerProfile(Profile.DISPUTING, Because.DISPUTES, 3),
            "Conteste souvent : 3 litiges en douze mois.",
            "Often disputes: 3 disputes in twelve months.",
        ),
        (
            PayerProfile(DIFFICULTY, Because.BROKEN_PROMISES, 2),
            "En difficulté : 2 promesses non tenues en douze mois.",
            "In difficulty: 2 promises broken in twelve months.",
        ),
        (
            PayerProfile(DIFFICULTY, Because.PROCEEDING),
            "En difficulté : procédure collective en cours.",
            "In difficulty: insolvency proceeding under way.",
        ),
        (
            PayerProfile(DIFFICULTY, Because.DOUBTFUL_ACCOUNT),
            "En difficulté : compte de créances douteuses.",
            "In difficulty: account of doubtful debts.",
        ),
    ],
)
def test_a_profile_comes_with_its_evidence(payer: PayerProfile, french: str, english: str) -> None:
    view = a_balance(payer=payer)
    card = shown(messages.balance(view, FRENCH)).replace("\u00a0", " ").replace("\u202f", " ")
    assert french in card
    assert english in shown(messages.balance(view, ENGLISH))


def test_the_habit_is_not_said_twice() -> None:
    said = shown(messages.balance(a_balance(payer=LATE_BY_HABIT), FRENCH))
    assert said.lower().count("paie en général") == 1


def test_the_habit_stays_beside_what_was_said_of_a_client() -> None:
    payer = PayerProfile(Profile.DISPUTING, Because.DISPUTES, 3)
    assert "Paie en général 12 jours" in shown(messages.balance(a_balance(payer=payer), FRENCH))


def test_a_profile_without_a_known_delay_draws_the_card() -> None:
    payer = replace(LATE_BY_HABIT, profile=NEW, because=Because.FEW_INVOICES, count=0)
    assert "Nouveau payeur" in shown(messages.balance(a_balance(payer=payer, usual=None), FRENCH))
