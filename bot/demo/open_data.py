"""A small local open-data service: the five sources' interfaces over one `Answers`, with faults.

Every interface stands at its real path, so a setting takes this service's address as it is.
`POST /faults` with `{"source": "notices", "fault": "hang"}` makes a source misbehave: `hang`,
`429`, `500`, `garbage`, or seconds of delay (`0.4`); an empty fault mends it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.demo.answers import Answers, InventedAnswers
from bot.demo.clock import PARIS
from bot.demo.ledger import DemoLedger
from bot.demo.register import register_of

SOURCES = ("companies", "notices", "ratios", "sirene", "vies")
_DATASETS = "/api/explore/v2.1/catalog/datasets"
_MOST_SECONDS = 60.0
_OFFSET_END = 10_000


def open_data_app(answers: Answers, faults: dict[str, str] | None = None) -> Starlette:
    """Return the service; `faults` by source name may also be changed from outside."""
    faults = {} if faults is None else faults
    desk = _Desk(answers, faults)
    notices = f"{_DATASETS}/annonces-commerciales"
    return Starlette(
        routes=[
            Route("/search", desk.faulty("companies", desk.search)),
            Route(f"{notices}/records", desk.faulty("notices", desk.records)),
            Route(f"{notices}/exports/json", desk.faulty("notices", desk.export)),
            Route(f"{_DATASETS}/{{dataset}}/records", desk.faulty("ratios", desk.records)),
            Route("/api-sirene/3.11/siren/{siren}", desk.faulty("sirene", desk.unit)),
            Route(
                "/taxation_customs/vies/rest-api/check-vat-number",
                desk.faulty("vies", desk.vat),
                methods=["POST"],
            ),
            Route("/faults", desk.change_faults, methods=["POST"]),
        ]
    )


def demo_open_data(ledger: DemoLedger, clock: Callable[[], datetime]) -> Starlette:
    """Return the service for a demo's ledger; notices appear as the clock's days go by."""

    def today() -> date:
        return clock().astimezone(PARIS).date()

    return open_data_app(InventedAnswers(register_of(ledger), today))


_Endpoint = Callable[[Request], Awaitable[Response]]


class _Desk:
    def __init__(self, answers: Answers, faults: dict[str, str]) -> None:
        self._answers, self._faults = answers, faults

    def faulty(self, source: str, endpoint: _Endpoint) -> _Endpoint:
        """Return an endpoint that misbehaves as its source was told to."""

        async def answer(request: Request) -> Response:
            fault = self._faults.get(source, "")
            if fault == "429":
                return JSONResponse({}, 429, headers={"Retry-After": "30"})
            if fault == "500":
                return JSONResponse({"erreur": "Erreur interne"}, 500)
            if fault == "garbage":
                return Response("<html><body>Maintenance</body></html>", media_type="text/html")
            if fault:
                await asyncio.sleep(_MOST_SECONDS if fault == "hang" else float(fault))
            return await endpoint(request)

        return answer

    async def search(self, request: Request) -> Response:
        """Answer recherche-entreprises."""
        query = request.query_params.get("q", "")
        if len(query) < 3:
            return JSONResponse({"erreur": "3 caractères minimum"}, 400)
        per_page = min(int(request.query_params.get("per_page", "10")), 25)
        return JSONResponse(self._answers.search(query, per_page))

    async def records(self, request: Request) -> Response:
        """Answer a page of an Opendatasoft dataset."""
        limit = min(int(request.query_params.get("limit", "10")), 100)
        offset = int(request.query_params.get("offset", "0"))
        if limit + offset > _OFFSET_END:
            return JSONResponse({"error_code": "InvalidRESTParameterError"}, 400)
        found = self._chosen(request)
        page = found[offset : offset + limit]
        return JSONResponse({"total_count": len(found), "results": page})

    async def export(self, request: Request) -> Response:
        """Answer a whole export as one list."""
        return JSONResponse(self._chosen(request))

    async def unit(self, request: Request) -> Response:
        """Answer the API Sirene."""
        unit = self._answers.unit(request.path_params["siren"])
        if unit is None:
            missing = {"header": {"statut": 404, "message": "Aucun élément trouvé"}}
            return JSONResponse(missing, 404)
        return JSONResponse(unit)

    async def vat(self, request: Request) -> Response:
        """Answer VIES, which has no names for anybody here."""
        body = await request.json()
        number = str(body.get("vatNumber", ""))
        valid = self._answers.is_valid_vat(number)
        said = {"countryCode": body.get("countryCode"), "vatNumber": number, "valid": valid}
        return JSONResponse(said | {"name": "---", "address": "---"})

    async def change_faults(self, request: Request) -> Response:
        """Make a source misbehave, or mend it."""
        body = await request.json()
        source, fault = str(body.get("source")), str(body.get("fault", ""))
        if source not in SOURCES or not _is_fault(fault):
            return JSONResponse({"erreur": "source ou panne inconnue"}, 400)
        self._faults[source] = fault
        return JSONResponse(self._faults)

    def _chosen(self, request: Request) -> list[Mapping[str, Any]]:
        dataset = request.path_params.get("dataset", "annonces-commerciales")
        return self._answers.records(dataset, request.query_params.get("where", ""))


def _is_fault(fault: str) -> bool:
    if fault in ("", "hang", "429", "500", "garbage"):
        return True
    return fault.replace(".", "", 1).isdigit() and float(fault) <= _MOST_SECONDS
