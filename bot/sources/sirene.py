"""INSEE's own register, API Sirene 3.11: identity only, authoritative; needs a free key."""

from collections.abc import Mapping
from typing import Any

from bot.domain.solvency.dossier import Company, CompanyState, SourceName, SourceState
from bot.sources.found import Found, known, text_of
from bot.sources.http import Site, Web
from bot.sources.published_words import read_day

KEY_HEADER = "X-INSEE-Api-Key-Integration"
_STATES = {"A": CompanyState.ACTIVE, "C": CompanyState.CEASED}
_NOT_FOUND = 404
_NAMES = ("denominationUniteLegale", "denominationUsuelle1UniteLegale", "nomUniteLegale")


class Sirene:
    """Asks INSEE by SIREN; the site's headers carry the key."""

    def __init__(self, web: Web, site: Site) -> None:
        self._web, self._site = web, site

    async def find(self, siren: str) -> Found[Company]:
        """Return the legal unit of a SIREN."""
        reply = await self._web.get(self._site, f"/api-sirene/3.11/siren/{siren}")
        if reply.status == _NOT_FOUND:
            return Found(SourceState.NOTHING_KNOWN)
        if reply.state is not SourceState.ANSWERED:
            return Found(reply.state)
        company = read_answer(reply.document, siren)
        return Found(SourceState.WRONG) if company is None else known(company)


def read_answer(document: Any, siren: str) -> Company | None:
    """Return the company of a `uniteLegale` or `etablissement` answer; None when it is neither.

    What changes over time (state, name, activity, form) stands in the period without an end. First
    names are not read: of a sole trader only the surname, which is the business's name.
    """
    body = document if isinstance(document, dict) else {}
    place = body.get("etablissement")
    place = place if isinstance(place, dict) else {}
    unit = body.get("uniteLegale", place.get("uniteLegale"))
    if not isinstance(unit, dict) or siren not in (unit.get("siren"), place.get("siren")):
        return None
    now = unit | _present(unit.get("periodesUniteLegale"))
    state = _STATES.get(str(now.get("etatAdministratifUniteLegale")), CompanyState.UNKNOWN)
    masked = unit.get("statutDiffusionUniteLegale") == "P"
    form, address = text_of(now.get("categorieJuridiqueUniteLegale")), _address(place)
    return Company(
        siren=siren,
        name="" if masked else next(filter(None, (text_of(now.get(name)) for name in _NAMES)), ""),
        state=state,
        created_on=read_day(text_of(unit.get("dateCreationUniteLegale"))),
        closed_on=read_day(text_of(now.get("dateDebut"))) if state is CompanyState.CEASED else None,
        legal_form=form,
        activity=text_of(now.get("activitePrincipaleUniteLegale")),
        headcount=text_of(unit.get("trancheEffectifsUniteLegale")),
        category=text_of(unit.get("categorieEntreprise")),
        town=text_of(address.get("libelleCommuneEtablissement")),
        postcode=text_of(address.get("codePostalEtablissement")),
        is_sole_trader=form.startswith("1"),
        is_masked=masked,
        source=SourceName.SIRENE,
        as_of=read_day(text_of(unit.get("dateDernierTraitementUniteLegale"))),
    )


def _present(periods: Any) -> dict[str, Any]:
    listed = periods if isinstance(periods, list) else []
    return next((p for p in listed if isinstance(p, dict) and not p.get("dateFin")), {})


def _address(place: Mapping[str, Any]) -> Mapping[str, Any]:
    address = place.get("adresseEtablissement")
    return address if isinstance(address, dict) else {}
