"""Legal notices as the service writes them, in every shape met."""

import json
from datetime import date
from typing import Any

import httpx
import pytest

from bot.domain.solvency.dossier import Event, EventKind, SourceState
from bot.domain.solvency.notice_reading import NoticeType
from bot.sources.notices import Notices, read_record
from bot.sources.published_words import opened, read_day, sirens_in
from tests.sources.recorded import needs_recordings
from tests.sources.web import SITE, Recorder, a_web
from tests.sources.written_notices import (
    OTHER,
    PREVIOUS,
    SIREN,
    a_record,
    find,
    kinds_of,
    people,
    read,
)


def test_an_opening_is_read_with_its_days_and_court() -> None:
    assert read().event == Event(
        "A202601921967",
        SIREN,
        EventKind.LIQUIDATION,
        date(2026, 10, 7),
        date(2026, 9, 29),
        court="Greffe du Tribunal de Commerce de Nantes",
    )


def test_the_numbers_of_the_v1_shape_are_one_string() -> None:
    assert read(registre=f"996 527 057,{SIREN}").event.siren == SIREN


def test_without_numbers_of_their_own_the_people_listed_say_who_it_is() -> None:
    assert read(registre=None).event.siren == SIREN


def test_a_record_about_others_says_nothing() -> None:
    assert list(read_record(a_record(), [OTHER])) == []


@pytest.mark.parametrize("missing", [{"id": None}, {"dateparution": "bientôt"}])
def test_a_record_without_id_or_day_says_nothing(missing: dict[str, Any]) -> None:
    assert list(read_record(a_record(**missing), [SIREN])) == []


def test_a_generic_nature_hides_the_event_in_the_complement() -> None:
    judgment = {
        "famille": "Extrait de jugement",
        "nature": "Autre jugement et ordonnance",
        "complementJugement": "Ouvre les opérations de la liquidation judiciaire",
    }
    assert read(jugement=json.dumps(judgment)).event.kind is EventKind.LIQUIDATION


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ('{"nature": "liquidation"}', "liquidation"),
        ('"{""nature"": ""liquidation"", ""type"": """"}"', "liquidation"),
        ('{"type": "x", "nature": "la "liquidation" vue", "on": "1"}', 'la "liquidation" vue'),
        ('{"nature": "deux\nlignes"}', "deux\nlignes"),
        ('"{\\"nature\\": \\"liquidation\\"}"', "liquidation"),
        ({"nature": "liquidation"}, "liquidation"),
        ("null", None),
        ('"seulement"', None),
        ("", None),
        (None, None),
        ("rien", None),
    ],
)  # fmt: skip
def test_json_in_a_string_is_opened_and_mended(text: Any, nature: str | None) -> None:
    assert opened(text).get("nature") == nature


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-01", date(2026, 10, 1)),
        ("2026-10-01T00:00:00+00:00", date(2026, 10, 1)),
        ("27/11/2008", date(2008, 11, 27)),
        ("10 décembre 2009", date(2009, 12, 10)),
        ("1er octobre 2026", date(2026, 10, 1)),
        ("1 August 2026", date(2026, 8, 1)),
        ("October 3rd, 2026", date(2026, 10, 3)),
        ("31 février 2026", None),
        ("10 brumaire 2009", None),
        ("", None),
        ("0000-00-00", None),
    ],
)
def test_a_day_is_read_in_every_form_met(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_a_sale_tells_seller_from_buyer() -> None:
    sale = a_record(
        familleavis="vente",
        jugement=None,
        registre=[SIREN, OTHER],
        listepersonnes=people(SIREN),
        listeprecedentproprietaire=people(OTHER),
        acte=json.dumps({"vente": {"categorieVente": "Achat d'un fonds"}}),
    )
    found = {
        reading.event.siren: reading.event.kind for reading in read_record(sale, [SIREN, OTHER])
    }
    assert found == {SIREN: EventKind.OTHER, OTHER: EventKind.BUSINESS_SOLD}


def test_the_people_listed_are_reduced_to_their_numbers() -> None:
    broken = '{"personne": {"nom": "CASTAGNE" "numeroIdentification": "996 527 057"'
    assert sirens_in(broken) == {SIREN}


def test_the_directors_of_a_notice_are_kept_nowhere() -> None:
    listed = '{"personne": {"administration": "Gérant : CASTAGNE Inès"}}'
    change = json.dumps({"descriptif": "Gérant partant : CASTAGNE Inès"})
    reading = read(
        familleavis="modification",
        jugement=None,
        listepersonnes=listed,
        modificationsgenerales=change,
        typeavis="rectificatif",
    )
    assert "CASTAGNE" not in repr(reading)


def test_confidential_accounts_are_told_from_filed_ones() -> None:
    depot = {"dateCloture": "2024-08-31", "descriptif": "en application de l'article L. 232-25."}
    event = read(familleavis="dpc", jugement=None, depot=json.dumps(depot)).event
    assert (event.kind, event.on) == (EventKind.ACCOUNTS_CONFIDENTIAL, date(2024, 8, 31))


def test_a_strike_off_says_since_when() -> None:
    struck = json.dumps({"radiationPP": {"dateCessationActivitePP": "31 mars 2026"}})
    event = read(familleavis="radiation", jugement=None, radiationaurcs=struck).event
    assert (event.kind, event.on) == (EventKind.STRUCK_OFF, date(2026, 3, 31))


@pytest.mark.parametrize("previous", [PREVIOUS, json.dumps(PREVIOUS)])
def test_a_cancellation_names_the_notice_it_undoes(previous: Any) -> None:
    reading = read(id="A2", typeavis="annulation", parutionavisprecedent=previous)
    assert (reading.type, reading.event.replaces) == (NoticeType.CANCELLATION, "A202601921967")


async def test_a_cancelled_opening_is_no_event() -> None:
    undoing = a_record(id="A2", typeavis="annulation", parutionavisprecedent=PREVIOUS)
    answer = await find({"total_count": 2, "results": [undoing, a_record()]})
    assert answer.state is SourceState.NOTHING_KNOWN


async def test_both_shapes_of_the_service_give_the_same_events() -> None:
    v1 = await find(
        {"nhits": 1, "records": [{"fields": a_record(registre=f"996 527 057,{SIREN}")}]}
    )
    v2 = await find({"total_count": 1, "results": [a_record()]})
    assert v1 == v2
    assert v2.value is not None


@pytest.mark.parametrize(
    ("document", "status", "state"),
    [
        ({"results": []}, 200, SourceState.NOTHING_KNOWN),
        ({"error_code": "ODSQLError", "message": "no"}, 400, SourceState.WRONG),
        ({"odd": True}, 200, SourceState.WRONG),
        ({}, 503, SourceState.DOWN),
    ],
)
async def test_other_answers_are_states(document: Any, status: int, state: SourceState) -> None:
    assert (await find(document, status)).state is state


async def test_a_long_history_is_read_page_by_page() -> None:
    page = [a_record(id=f"A{n}") for n in range(100)]
    asked = Recorder(
        httpx.Response(200, json={"results": page}),
        httpx.Response(200, json={"results": [a_record(id="A100")]}),
    )
    answer = await Notices(a_web(asked), SITE).find(SIREN)
    assert answer.value is not None
    assert len(answer.value) == 101
    assert [request.url.params["offset"] for request in asked.requests] == ["0", "100"]


@needs_recordings
@pytest.mark.parametrize(
    ("name", "siren", "events"),
    [
        (
            "v21_933407314_liquidation_generic_nature",
            "933407314",
            [
                (EventKind.LIQUIDATION, date(2026, 10, 7)),
                (EventKind.OTHER, date(2024, 11, 14)),
                (EventKind.OTHER, date(2025, 1, 30)),
            ],
        ),
        (
            "v21_933407314_liquidation_generic_nature",
            "820521086",
            [(EventKind.BUSINESS_SOLD, date(2025, 1, 30))],
        ),
        (
            "v21_752461681_dpc_confidential",
            "752461681",
            [(EventKind.ACCOUNTS_CONFIDENTIAL, date(2025, 1, 26))],
        ),
        (
            "ods-v1_bodacc_880878145_radiation",
            "880878145",
            [
                (EventKind.ACCOUNTS_CONFIDENTIAL, date(2021, 8, 11)),
                (EventKind.ACCOUNTS_CONFIDENTIAL, date(2022, 5, 8)),
                (EventKind.STRUCK_OFF, date(2022, 11, 23)),
            ],
        ),
    ],
)
def test_recorded_notices(name: str, siren: str, events: list[tuple[EventKind, date]]) -> None:
    assert kinds_of(f"bodacc/{name}.json", siren) == events
