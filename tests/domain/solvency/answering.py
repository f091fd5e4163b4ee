"""A dossier answered on the day of the cases."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.solvency.dossier import (
    Dossier,
    Grade,
    OutsideGrade,
    SourceName,
)
from bot.domain.solvency.grants import Grant
from bot.domain.solvency.scorecard import Factor
from bot.domain.solvency.verdict import Assessment, decide
from bot.domain.solvency.weights import DEFAULT
from tests.domain.solvency.cases import (
    TODAY,
    accounts,
)

LOSSES = accounts(result_minor=-900_000_00, equity_percent=-8.0, liquidity_percent=70.0)


def answer(dossier: Dossier, order: int | None = None, **more: Any) -> Assessment:
    return decide(dossier, order, DEFAULT, TODAY, **more)


def outside(grade: Grade | None, source: SourceName = SourceName.INSURER) -> OutsideGrade:
    return OutsideGrade(source, "Assureur du Nord", "9", grade, TODAY)


def a_grant(**changes: Any) -> Grant:
    grant = Grant(8_000_00, "EUR", 45, date(2026, 11, 1), date(2027, 1, 31), "")
    return replace(grant, **changes)


def factor(dossier: Dossier, name: str) -> Factor | None:
    return next((one for one in answer(dossier).factors if one.name == name), None)


REGISTERED = accounts(2025, equity_percent=None, supplier_days=None, liquidity_percent=None)
REGISTERED = replace(REGISTERED, source=SourceName.COMPANIES)
