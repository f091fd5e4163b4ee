"""The registers' answers in the formats of the real services, for companies of a register."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Protocol

from bot.demo.register import Publication, Register, Registered

_SIREN = re.compile(r'(?:registre|siren)="(\d{9})"')
_DAY = re.compile(r"dateparution=date'(\d{4}-\d\d-\d\d)'")
_NAF = re.compile(r'classe_naf="(\d{4})"')
_SUPPLIER_QUARTILES = {"25": 38.0, "50": 52.0, "75": 71.0}
_EQUITY_QUARTILES = {"25": 14.0, "50": 31.0, "75": 49.0}
_LIQUIDITY_QUARTILES = {"25": 96.0, "50": 148.0, "75": 231.0}


class Answers(Protocol):
    """Whatever can answer in the services' formats: invented companies, or recorded answers."""

    def search(self, query: str, per_page: int) -> Mapping[str, Any]:
        """Answer recherche-entreprises' `/search`."""

    def records(self, dataset: str, where: str) -> list[Mapping[str, Any]]:
        """Return an Opendatasoft dataset's records that an ODSQL condition chooses."""

    def unit(self, siren: str) -> Mapping[str, Any] | None:
        """Answer API Sirene's `/siren/{siren}`; None is its 404."""

    def is_valid_vat(self, number: str) -> bool:
        """Say what VIES says of a French VAT number, without its country."""


class InventedAnswers:
    """Answers for the companies of the demo's register, as they stand on the day it is."""

    def __init__(self, register: Register, today: Callable[[], date] | None = None) -> None:
        self._register = register
        self._today = today or (lambda: register.today)

    def search(self, query: str, per_page: int) -> Mapping[str, Any]:
        """Look a number or a name up, as recherche-entreprises does."""
        digits = query.replace(" ", "")
        if digits.isdigit() and len(digits) in (9, 14):
            company = self._register.companies.get(digits[:9])
            found = [company] if company else []
        else:
            found = self._register.named(query.split())
        return {
            "results": [_unit(company) for company in found[:per_page]],
            "total_results": len(found), "page": 1, "per_page": per_page,
            "total_pages": -(-len(found) // per_page),
        }  # fmt: skip

    def records(self, dataset: str, where: str) -> list[Mapping[str, Any]]:
        """Return notices, ratios or sectors."""
        if dataset == "annonces-commerciales":
            return self._notices(where)
        if dataset == "ratios_inpi_bce":
            return [row for company in self._chosen(where) for row in _ratios(company)]
        naf = _NAF.search(where)
        return [_sector(naf.group(1), self._register.today.year - 2)] if naf else []

    def unit(self, siren: str) -> Mapping[str, Any] | None:
        """Return a legal unit as INSEE gives it."""
        company = self._register.companies.get(siren)
        if company is None:
            return None
        period = {
            "dateFin": None,
            "dateDebut": (company.closed_on or company.created_on).isoformat(),
            "etatAdministratifUniteLegale": "C" if company.closed_on else "A",
            "denominationUniteLegale": company.name,
            "categorieJuridiqueUniteLegale": company.legal_form,
            "activitePrincipaleUniteLegale": company.activity,
        }
        unit = {
            "siren": siren, "statutDiffusionUniteLegale": "P" if company.is_masked else "O",
            "dateCreationUniteLegale": company.created_on.isoformat(),
            "trancheEffectifsUniteLegale": company.headcount, "periodesUniteLegale": [period],
        }  # fmt: skip
        return {"header": {"statut": 200, "message": "ok"}, "uniteLegale": unit}

    def is_valid_vat(self, number: str) -> bool:
        """Say valid for a company that is still there."""
        company = self._register.companies.get(number[-9:])
        return company is not None and company.closed_on is None

    def _chosen(self, where: str) -> list[Registered]:
        siren = _SIREN.search(where)
        company = self._register.companies.get(siren.group(1)) if siren else None
        return [company] if company else []

    def _notices(self, where: str) -> list[Mapping[str, Any]]:
        day = _DAY.search(where)
        companies = self._register.companies.values() if day else self._chosen(where)
        listed = [
            (company, published, self._register.today - timedelta(days=published.days_ago))
            for company in companies
            for published in company.publications
        ]
        return [
            _notice(company, published, on)
            for company, published, on in listed
            if on <= self._today() and (day is None or on.isoformat() == day.group(1))
        ]


def _notice(company: Registered, published: Publication, on: date) -> dict[str, Any]:
    edition = {"dpc": "C", "radiation": "B"}.get(published.family, "A")
    judgment = {
        "type": "initial",
        "famille": "Extrait de jugement" if published.complement else "Jugement d'ouverture",
        "nature": published.nature,
        "date": (on - timedelta(days=8)).isoformat(),
        "complementJugement": published.complement,
    }
    filed = {"dateCloture": f"{on.year - 1}-12-31", "descriptif": published.descriptive}
    spaced = f"{company.siren[:3]} {company.siren[3:6]} {company.siren[6:]}"
    person = {"numeroImmatriculation": {"numeroIdentification": spaced}}
    return {
        "id": f"{edition}{on:%Y%j}{int(company.siren[2:]) % 9973}",
        "publicationavis": edition,
        "dateparution": on.isoformat(),
        "typeavis": "annonce",
        "familleavis": published.family,
        "tribunal": f"Greffe du Tribunal de Commerce de {company.town}",
        "registre": [company.siren, spaced],
        "listepersonnes": json.dumps({"personne": person}),
        "jugement": json.dumps(judgment) if published.nature else None,
        "depot": json.dumps(filed) if published.family == "dpc" else None,
        "radiationaurcs": "{}" if published.family == "radiation" else None,
    }


def _unit(company: Registered) -> dict[str, Any]:
    last = company.figures[0] if company.figures else None
    return {
        "siren": company.siren,
        "nom_complet": company.name if company.is_masked else company.name.upper(),
        "etat_administratif": "C" if company.closed_on else "A",
        "date_creation": company.created_on.isoformat(),
        "date_fermeture": company.closed_on.isoformat() if company.closed_on else None,
        "nature_juridique": company.legal_form,
        "activite_principale": company.activity,
        "tranche_effectif_salarie": company.headcount,
        "categorie_entreprise": "PME",
        "statut_diffusion": "P" if company.is_masked else "O",
        "siege": {"libelle_commune": company.town.upper(), "code_postal": company.postcode},
        "complements": {"est_entrepreneur_individuel": company.legal_form == "1000"},
        "finances": {str(last.year): {"ca": last.turnover, "resultat_net": last.result}}
        if last
        else None,
    }


def _ratios(company: Registered) -> list[dict[str, Any]]:
    return [
        {
            "siren": company.siren,
            "date_cloture_exercice": f"{figures.year}-12-31",
            "type_bilan": "C",
            "confidentiality": figures.confidentiality,
            "chiffre_d_affaires": figures.turnover,
            "resultat_net": figures.result,
            "autonomie_financiere": figures.equity,
            "ratio_de_liquidite": figures.liquidity,
            "credit_fournisseurs_jours": figures.supplier_days,
        }
        for figures in company.figures
    ]


def _sector(naf: str, year: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "classe_naf": naf, "classe_ca": "<2M", "exercice": str(year), "cohorte": 412,
    }  # fmt: skip
    for name, quartiles in (
        ("credit_fournisseurs_jours", _SUPPLIER_QUARTILES),
        ("autonomie_financiere", _EQUITY_QUARTILES),
        ("ratio_de_liquidite", _LIQUIDITY_QUARTILES),
    ):
        row |= {f"{name}_q{at}": value for at, value in quartiles.items()}
    return row
