"""Published accounts as ratios (`ratios_inpi_bce`, INPI and Banque de France) and their sectors.

Several rows share a closing date: the complete balance sheet (C) goes before the simplified one
(S), and both before the consolidated one (K), which is the group's and not the company's.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.domain.solvency.dossier import Accounts, Confidentiality, Quartiles, Sector, SourceState
from bot.sources.found import Found, known, rows, text_of
from bot.sources.http import Site, Web
from bot.sources.published_words import read_day

_DATASETS = "/api/explore/v2.1/catalog/datasets"
_KINDS = ("C", "S", "K")
_HIDDEN = {
    "public": Confidentiality.PUBLIC,
    "partiellement confidentiel": Confidentiality.PARTLY,
    "confidentiel": Confidentiality.CONFIDENTIAL,
}
_TWO_MILLION, _TEN_MILLION = 2_000_000_00, 10_000_000_00


class Ratios:
    """Asks for a company's published accounts, and for what is usual in its sector."""

    def __init__(self, web: Web, site: Site) -> None:
        self._web, self._site = web, site

    async def find(self, siren: str) -> Found[tuple[Accounts, ...]]:
        """Return a company's accounts, the latest first, one for each closing date."""
        found = await self._rows(
            "ratios_inpi_bce", f'siren="{siren}"', "date_cloture_exercice desc"
        )
        if found.value is None:
            return Found(found.state)
        return known(read_accounts(found.value, siren) or None)

    async def sector(self, activity: str, turnover_minor: int | None) -> Found[Sector]:
        """Return the quartiles of a NAF activity's last year, for that size when it is known."""
        naf = activity.replace(".", "")[:4]
        if len(naf) != 4 or not naf.isdigit():
            return Found(SourceState.NOTHING_KNOWN)
        found = await self._rows("ratios_inpi_bce_sectors", f'classe_naf="{naf}"', "exercice desc")
        if found.value is None:
            return Found(found.state)
        return known(_sector(found.value, activity, turnover_minor))

    async def _rows(self, dataset: str, where: str, order: str) -> Found[list[dict[str, Any]]]:
        params: dict[str, str | int] = {"where": where, "order_by": order, "limit": 100}
        reply = await self._web.get(self._site, f"{_DATASETS}/{dataset}/records", params)
        found = rows(reply.document)
        if reply.state is not SourceState.ANSWERED:
            return Found(reply.state)
        return Found(SourceState.WRONG) if found is None else known(found)


def read_accounts(found: list[dict[str, Any]], siren: str) -> tuple[Accounts, ...]:
    """Return one company's accounts, the latest first; the best row of each closing date."""
    best: dict[date, tuple[int, Accounts]] = {}
    for row in found:
        closed = read_day(text_of(row.get("date_cloture_exercice")))
        if closed is None or row.get("siren") != siren:
            continue
        kind = text_of(row.get("type_bilan")).upper()
        rank = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
        if closed not in best or rank < best[closed][0]:
            best[closed] = (rank, _read(row, closed))
    return tuple(best[closed][1] for closed in sorted(best, reverse=True))


def _read(row: Mapping[str, Any], closed: date) -> Accounts:
    """Read one row; 0 stands for "not computed" in these ratios, and for a hidden turnover."""
    hidden = _HIDDEN.get(text_of(row.get("confidentiality")).casefold(), Confidentiality.PARTLY)
    turnover = _cents(row.get("chiffre_d_affaires"))
    result = _cents(row.get("resultat_net")) or None
    if hidden is not Confidentiality.PUBLIC or result is None:
        turnover = turnover or None
    burden = _ratio(row, "couverture_des_interets")
    return Accounts(
        closed_on=closed,
        turnover_minor=turnover,
        result_minor=result,
        equity_percent=_ratio(row, "autonomie_financiere"),
        debt_percent=_number(row.get("taux_d_endettement")),
        liquidity_percent=_ratio(row, "ratio_de_liquidite"),
        interest_cover=None if burden is None else 100 / burden,
        customer_days=_ratio(row, "credit_clients_jours") if turnover else None,
        supplier_days=_ratio(row, "credit_fournisseurs_jours"),
        confidentiality=hidden,
    )


def _sector(
    found: list[dict[str, Any]], activity: str, turnover_minor: int | None
) -> Sector | None:
    """Choose the last year, then the size class of the turnover, else the one of most companies."""
    years = [(year, row) for row in found if (year := _year(row.get("exercice")))]
    if not years:
        return None
    last = max(year for year, _ in years)
    of_year = [row for year, row in years if year == last]
    size = size_class(turnover_minor)
    alike = [row for row in of_year if size and text_of(row.get("classe_ca")).upper() == size]
    row = max(alike or of_year, key=lambda row: _number(row.get("cohorte")) or 0)
    return Sector(
        activity,
        last,
        _quartiles(row, "credit_fournisseurs_jours"),
        _quartiles(row, "autonomie_financiere"),
        _quartiles(row, "ratio_de_liquidite"),
    )


def size_class(turnover_minor: int | None) -> str:
    """Return the sectors' size class of a turnover in minor units; empty when it is not known."""
    if not turnover_minor:
        return ""
    if turnover_minor < _TWO_MILLION:
        return "<2M"
    return "2M-10M" if turnover_minor < _TEN_MILLION else ">10M"


def _quartiles(row: Mapping[str, Any], name: str) -> Quartiles | None:
    first, median, third = (_number(row.get(f"{name}_q{at}")) for at in (25, 50, 75))
    if first is None or median is None or third is None or not first <= median <= third:
        return None
    return Quartiles(first, median, third)


def _year(value: Any) -> int | None:
    digits = str(value)[:4]
    return int(digits) if len(digits) == 4 and digits.isdigit() else None


def _number(value: Any) -> float | None:
    """Return a finite number, also when it is written as text; None otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < 1e12 else None


def _ratio(row: Mapping[str, Any], name: str) -> float | None:
    return _number(row.get(name)) or None


def _cents(value: Any) -> int | None:
    try:
        return int(Decimal(str(value)) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        return None
