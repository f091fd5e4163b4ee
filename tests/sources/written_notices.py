"""Notices as the service writes them, and as they are read."""

import json
from datetime import date
from typing import Any

from bot.domain.solvency.dossier import Event, EventKind
from bot.domain.solvency.notice_reading import Reading
from bot.sources.found import Found
from bot.sources.notices import Notices, read_record
from tests.sources.recorded import recorded
from tests.sources.web import SITE, a_web, answering

SIREN, OTHER = "996527057", "991000005"
OPENING = {
    "type": "initial",
    "famille": "Jugement d'ouverture",
    "nature": "Jugement d'ouverture de liquidation judiciaire",
    "date": "2026-09-29",
    "complementJugement": "Liquidateur : Me Fauvel",
}


def people(*sirens: str) -> str:
    listed = [{"numeroImmatriculation": {"numeroIdentification": s}} for s in sirens]
    return json.dumps({"personne": listed if len(listed) > 1 else listed[0]})


def a_record(**more: Any) -> dict[str, Any]:
    return {
        "id": "A202601921967",
        "dateparution": "2026-10-07",
        "typeavis": "annonce",
        "familleavis": "collective",
        "tribunal": "Greffe du Tribunal de Commerce de Nantes",
        "registre": [SIREN, f"{SIREN[:3]} {SIREN[3:6]} {SIREN[6:]}"],
        "listepersonnes": people(SIREN),
        "jugement": json.dumps(OPENING),
    } | more


def read(**more: Any) -> Reading:
    [reading] = read_record(a_record(**more), [SIREN])
    return reading


PREVIOUS = {"nomPublication": "BODACC A", "numeroParution": "20260192", "numeroAnnonce": 1967}


async def find(document: Any, status: int = 200) -> Found[tuple[Event, ...]]:
    return await Notices(a_web(answering(document, status)), SITE).find(SIREN)


DAY = date(2026, 10, 7)


def kinds_of(name: str, siren: str) -> list[tuple[EventKind, date]]:
    document = recorded(name)
    found = document.get("results") or [record["fields"] for record in document["records"]]
    readings = [reading for row in found for reading in read_record(row, [siren])]
    return sorted((r.event.kind, r.event.published_on) for r in readings)
