"""The words of published notices, and the one kind of event each announces."""

from datetime import date

import pytest

from bot.domain.solvency.dossier import EventKind as Kind
from bot.domain.solvency.notice_reading import (
    NoticeType,
    NoticeWords,
    Reading,
    read_notice,
    without_persons,
)

PUBLISHED = date(2026, 10, 7)


def read(family: str = "collective", **more: object) -> Reading:
    return read_notice(NoticeWords("A1", "996527057", family, PUBLISHED, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("judgment", "kind", "into"),
    [
        ("Jugement d'ouverture de liquidation judiciaire", Kind.LIQUIDATION, None),
        ("Jugement prononçant la liquidation judiciaire simplifiée", Kind.LIQUIDATION, None),
        ("Jugement d'extension de liquidation judiciaire", Kind.LIQUIDATION, None),
        ("Jugement de reprise de la procédure de liquidation judiciaire", Kind.LIQUIDATION, None),
        (
            "Jugement d'ouverture de liquidation judiciaire, date de "
            "cessation des paiements le 1er mars",
            Kind.LIQUIDATION,
            None,
        ),
        (
            "Jugement d'ouverture d'une procédure de redressement judiciaire",
            Kind.REDRESSEMENT,
            None,
        ),
        ("Jugement d’ouverture d’une procédure de sauvegarde", Kind.SAUVEGARDE, None),
        (
            "Jugement d'ouverture d'une procédure de traitement de sortie de crise",
            Kind.REDRESSEMENT,
            None,
        ),
        (
            "Jugement de conversion en liquidation judiciaire de la "
            "procédure de redressement judiciaire",
            Kind.CONVERSION,
            Kind.LIQUIDATION,
        ),
        (
            "Convertit la procédure de redressement judiciaire en "
            "procédure de liquidation judiciaire",
            Kind.CONVERSION,
            Kind.LIQUIDATION,
        ),
        (
            "Jugement de conversion en redressement judiciaire de la procédure de sauvegarde",
            Kind.CONVERSION,
            Kind.REDRESSEMENT,
        ),
        ("Conversion : sauvegarde, redressement judiciaire", Kind.CONVERSION, Kind.REDRESSEMENT),
        ("Conversion : redressement, liquidation judiciaire", Kind.CONVERSION, Kind.LIQUIDATION),
        (
            "Jugement rejetant la demande de conversion en liquidation judiciaire",
            Kind.PROCEDURAL,
            None,
        ),
        ("Jugement arrêtant le plan de redressement", Kind.PLAN, None),
        ("Jugement modifiant le plan de sauvegarde", Kind.PLAN, None),
        ("Jugement constatant la bonne exécution du plan de redressement", Kind.PLAN_ENDED, None),
        ("Jugement arrêtant le plan de cession", Kind.BUSINESS_SOLD, None),
        (
            "Jugement prononçant la résolution du plan de redressement "
            "et la liquidation judiciaire",
            Kind.LIQUIDATION,
            None,
        ),
        (
            "Jugement de résolution du plan et ouvrant un nouveau redressement judiciaire",
            Kind.REDRESSEMENT,
            None,
        ),
        ("Jugement prononçant la résolution du plan de redressement", Kind.UNREAD, None),
        ("Jugement de clôture pour insuffisance d'actif", Kind.CLOSED_UNPAID, None),
        ("Jugement de clÃ´ture pour insuffisance d'actif", Kind.CLOSED_UNPAID, None),
        (
            "Prononce la clôture de la liquidation judiciaire pour extinction du passif",
            Kind.CLOSED_PAID,
            None,
        ),
        ("Jugement mettant fin à la procédure de redressement judiciaire", Kind.CLOSED_PAID, None),
        ("Prononce la clôture de la procédure de liquidation judiciaire", Kind.UNREAD, None),
        ("Dépôt de l'état des créances de la liquidation judiciaire", Kind.PROCEDURAL, None),
        ("Jugement modifiant la date de cessation des paiements", Kind.PROCEDURAL, None),
        (
            "Jugement prononçant l'interdiction de gérer, suite à liquidation judiciaire",
            Kind.PROCEDURAL,
            None,
        ),
        ("Jugement autorisant la poursuite d'activité", Kind.PROCEDURAL, None),
        ("Ordonnance désignant un nouveau mandataire judiciaire", Kind.PROCEDURAL, None),
        ("Arrêt confirmant le jugement de liquidation judiciaire", Kind.PROCEDURAL, None),
        ("Arrêt infirmant le jugement d'ouverture de liquidation judiciaire", Kind.UNREAD, None),
        ("Conversion des offres", Kind.UNREAD, None),
        ("Jugement de plan de sauvegarde", Kind.PLAN, None),
        ("Plan de redressement arrêté", Kind.PLAN, None),
        ("Prononce l'adoption du plan de redressement judiciaire", Kind.PLAN, None),
        (
            "Arrête le plan de redressement, nomme le commissaire à l'exécution du plan",
            Kind.PLAN,
            None,
        ),
        ("Jugement autorisant la cession de l'entreprise", Kind.BUSINESS_SOLD, None),
        (
            "Ouvre une procédure de redressement judiciaire et autorise la poursuite d'activité",
            Kind.REDRESSEMENT,
            None,
        ),
        (
            "Maintien de la période d'observation ouverte dans le redressement judiciaire",
            Kind.PROCEDURAL,
            None,
        ),
        (
            "Ouvre la liquidation judiciaire ; la clôture pour insuffisance d'actif sera examinée",
            Kind.LIQUIDATION,
            None,
        ),
        (
            "Convertit le redressement en liquidation judiciaire, confirme le liquidateur",
            Kind.CONVERSION,
            Kind.LIQUIDATION,
        ),
        ("Rejette la demande d'ouverture de liquidation judiciaire", Kind.UNREAD, None),
        ("Rejette le plan et prononce la liquidation judiciaire", Kind.LIQUIDATION, None),
        ("Ouverture d'une liquidation simplifiée", Kind.LIQUIDATION, None),
    ],
)
def test_a_nature_says_what_happened(judgment: str, kind: Kind, into: Kind | None) -> None:
    event = read(judgment=judgment).event
    assert (event.kind, event.into) == (kind, into)


GENERIC = "Extrait de jugement : Autre jugement et ordonnance"


@pytest.mark.parametrize(
    ("complement", "kind"),
    [
        (
            "Ouvre les opérations de la liquidation judiciaire - Liquidateur : SAS Étude Fontanel. "
            "VOIES DE RECOURS : tierce opposition, annulation",
            Kind.LIQUIDATION,
        ),
        ("Prononce l'ouverture d'une procédure de redressement judiciaire", Kind.REDRESSEMENT),
        ("Arrête le plan de redressement pour dix ans", Kind.PLAN),
        (
            "Ouvre une procédure de liquidation judiciaire simplifiée, "
            "dit que la clôture devra être "
            "examinée dans les six mois",
            Kind.LIQUIDATION,
        ),
        ("Annule et remplace l'annonce : ouvre la liquidation judiciaire", Kind.LIQUIDATION),
        ("Dit que les pièces seront versées au dossier", Kind.UNREAD),
        ("", Kind.UNREAD),
    ],
)
def test_a_generic_nature_leaves_it_to_the_complement(complement: str, kind: Kind) -> None:
    assert read(judgment=GENERIC, complement=complement).event.kind is kind


def test_a_closing_without_its_reason_finds_it_in_the_complement() -> None:
    reading = read(judgment="Jugement de clôture", complement="Clôture pour insuffisance d'actif")
    assert reading.event.kind is Kind.CLOSED_UNPAID


@pytest.mark.parametrize(
    ("family", "words", "kind"),
    [
        ("conciliation", "", Kind.CONCILIATION),
        ("retablissement_professionnel", "", Kind.PERSONAL_RECOVERY),
        ("radiation", "", Kind.STRUCK_OFF),
        ("creation", "", Kind.OTHER),
        ("immatriculation", "", Kind.OTHER),
        ("vente", "Cession", Kind.OTHER),
        ("dpc", "déclaration de confidentialité, article L. 232-25", Kind.ACCOUNTS_CONFIDENTIAL),
        ("dpc", "Comptes annuels et rapports", Kind.ACCOUNTS_FILED),
        ("modification", "Dissolution anticipée de la société", Kind.AMICABLE_LIQUIDATION),
        ("modification", "Mise en liquidation amiable", Kind.AMICABLE_LIQUIDATION),
        ("modification", "Poursuite : pas lieu à dissolution anticipée", Kind.OTHER),
        ("modification", "Transfert du siège", Kind.OTHER),
        ("divers", "Avis aux porteurs de parts", Kind.UNREAD),
        ("never seen", "Something new", Kind.UNREAD),
    ],
)
def test_a_family_says_what_kind_of_act_it_is(family: str, words: str, kind: Kind) -> None:
    assert read(family, words=words).event.kind is kind


def test_the_seller_of_a_business_is_told_from_its_buyer() -> None:
    assert read("vente", is_seller=True).event.kind is Kind.BUSINESS_SOLD


def test_what_was_not_understood_is_kept_in_its_words() -> None:
    assert read("divers", words="Avis  aux\nporteurs").event.text == "Avis aux porteurs"


def test_what_was_understood_keeps_no_text() -> None:
    assert read(judgment="Jugement d'ouverture de liquidation judiciaire").event.text == ""


def test_a_kept_text_is_shortened() -> None:
    text = read("divers", words="mot " * 200).event.text
    assert len(text) == 300
    assert text.endswith("…")


def test_a_kept_text_names_no_person() -> None:
    said = "Jugement contre M. Jean-Paul Escoffier, né le 3 mars 1961, gérant ; Me Fauvel désigné"
    assert without_persons(said) == "Jugement contre … , …, gérant ; … désigné"


def test_a_surname_in_capitals_is_a_person_whatever_the_order() -> None:
    assert without_persons("Gérants : FAUVEL Anne-Lise, Paul LE-ROY") == "Gérants : …, …"


def test_a_measure_against_a_person_keeps_no_text() -> None:
    assert without_persons("Prononce la faillite personnelle de quelqu'un") == ""


def test_a_corrected_change_keeps_no_words_of_the_act() -> None:
    event = read("modification", type=NoticeType.CORRECTION, words="Gérant partant : X").event
    assert event.text == ""


def test_a_cancellation_says_so_and_keeps_its_words() -> None:
    reading = read(type=NoticeType.CANCELLATION, judgment="Annulation", replaces="A0")
    assert (reading.type, reading.event.replaces, reading.event.text) == (
        NoticeType.CANCELLATION,
        "A0",
        "Annulation",
    )


def test_a_retraction_after_third_party_opposition_undoes_the_notice_it_names() -> None:
    judgment = "Rétractation sur tierce opposition"
    assert read(judgment=judgment, replaces="A0").type is NoticeType.CANCELLATION


def test_a_retraction_that_names_no_notice_is_left_to_a_reader() -> None:
    reading = read(judgment="Rétractation sur tierce opposition")
    assert (reading.type, reading.event.kind) == (NoticeType.INITIAL, Kind.UNREAD)


def test_the_report_of_an_automatic_strike_off_undoes_it() -> None:
    reading = read(
        "radiation", type=NoticeType.CORRECTION, words="Rapport de radiation", replaces="B0"
    )
    assert reading.type is NoticeType.CANCELLATION
