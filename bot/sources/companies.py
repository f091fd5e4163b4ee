"""The public register of companies: recherche-entreprises.api.gouv.fr (DINUM), without a key.

`minimal=true` leaves the directors out of the answer, so nothing about them ever comes in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.domain.solvency.dossier import Accounts, Company, CompanyState, SourceName, SourceState
from bot.sources.found import Found, known, text_of
from bot.sources.http import Site, Web
from bot.sources.published_words import read_day

_INCLUDED = {"minimal": "true", "include": "siege,finances,complements"}
_STATES = {"A": CompanyState.ACTIVE, "C": CompanyState.CEASED}
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class CompanyFile:
    """A company and the turnover and result its last published accounts gave."""

    company: Company
    accounts: tuple[Accounts, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """Companies of a name, best match first, out of `total`; a name alone never chooses."""

    companies: tuple[Company, ...]
    total: int


class Companies:
    """Asks the register by number or by name."""

    def __init__(self, web: Web, site: Site) -> None:
        self._web, self._site = web, site

    async def find(self, number: str) -> Found[CompanyFile]:
        """Return the company of a SIREN or SIRET (9 or 14 digits)."""
        reply = await self._web.get(
            self._site, "/search", {"q": number, "per_page": 1, **_INCLUDED}
        )
        units = _units(reply.document)
        if reply.state is not SourceState.ANSWERED or units is None:
            return Found(_failed(reply.state))
        files = (read_unit(unit) for unit in units if unit.get("siren") == number[:9])
        return known(next((file for file in files if file), None))

    async def search(self, name: str, *, most: int = 10, postcode: str = "") -> Found[Candidates]:
        """Return the companies of a name; names under three letters find nothing."""
        if len(name.strip()) < _SHORTEST_NAME:
            return Found(SourceState.NOTHING_KNOWN)
        params: dict[str, str | int] = {"q": name.strip(), "per_page": min(most, 25), **_INCLUDED}
        if postcode:
            params["code_postal"] = postcode
        reply = await self._web.get(self._site, "/search", params)
        units = _units(reply.document)
        if reply.state is not SourceState.ANSWERED or units is None:
            return Found(_failed(reply.state))
        files = [file for file in map(read_unit, units) if file and file.company.name]
        total = reply.document.get("total_results")
        counted = total if isinstance(total, int) else len(files)
        listed = tuple(file.company for file in files[:most])
        return known(Candidates(listed, max(counted, len(files))) if files else None)


def read_unit(unit: Mapping[str, Any]) -> CompanyFile | None:
    """Return the company of one result; None for a number the register only echoes, all null."""
    siren, state = text_of(unit.get("siren")), _STATES.get(str(unit.get("etat_administratif")))
    name = text_of(unit.get("nom_complet")) or text_of(unit.get("nom_raison_sociale"))
    masked = unit.get("statut_diffusion") == "P" or "NON-DIFF" in str(unit.get("nom_complet"))
    if len(siren) != 9 or (state is None and not name and not masked):
        return None
    seat, form = _object(unit.get("siege")), text_of(unit.get("nature_juridique"))
    sole = _object(unit.get("complements")).get("est_entrepreneur_individuel") is True
    company = Company(
        siren=siren,
        name="" if masked else name,
        state=state or CompanyState.UNKNOWN,
        created_on=read_day(text_of(unit.get("date_creation"))),
        closed_on=read_day(text_of(unit.get("date_fermeture"))),
        legal_form=form,
        activity=text_of(unit.get("activite_principale")),
        headcount=text_of(unit.get("tranche_effectif_salarie")),
        category=text_of(unit.get("categorie_entreprise")),
        town=text_of(seat.get("libelle_commune")),
        postcode=text_of(seat.get("code_postal")),
        is_sole_trader=sole or form.startswith("1"),
        is_masked=masked,
        as_of=read_day(text_of(unit.get("date_mise_a_jour"))),
    )
    return CompanyFile(company, _accounts(unit.get("finances")))


def _accounts(finances: Any) -> tuple[Accounts, ...]:
    """Read `{"2024": {"ca", "resultat_net"}}`: only a year is said; 0 may mean not disclosed."""
    read = []
    for year, figures in sorted(_object(finances).items(), reverse=True):
        turnover, result = (said(_object(figures).get(name)) for name in ("ca", "resultat_net"))
        if year.isdigit() and 1900 < int(year) < 2200 and (turnover or result) is not None:
            closed = date(int(year), 12, 31)
            read.append(Accounts(closed, turnover, result, source=SourceName.COMPANIES))
    return tuple(read)


def said(euros: Any) -> int | None:
    """Return whole euros as cents; None for 0 and for what is no number: not disclosed."""
    try:
        cents = int(Decimal(str(euros)) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return cents or None


def _units(document: Any) -> list[dict[str, Any]] | None:
    results = _object(document).get("results")
    if not isinstance(results, list):
        return None
    return [unit for unit in results if isinstance(unit, dict)]


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _failed(state: SourceState) -> SourceState:
    return SourceState.WRONG if state is SourceState.ANSWERED else state
