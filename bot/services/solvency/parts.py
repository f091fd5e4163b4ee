"""Kept answers put together: the open-data part of a company's dossier."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.solvency.dossier import (
    Accounts,
    Company,
    CompanyState,
    Dossier,
    SourceAnswer,
    SourceName,
    SourceState,
    VatCheck,
)
from bot.services.solvency.shelf import Kept, Slot
from bot.sources.companies import CompanyFile
from bot.sources.ratios import size_class

_NAMED = (Slot.COMPANIES, Slot.NOTICES, Slot.RATIOS, Slot.SIRENE, Slot.VIES)


def asked_slots(*, with_sirene: bool) -> tuple[Slot, ...]:
    """Return the slots asked for a SIREN; INSEE's register only where there is a key."""
    return tuple(slot for slot in _NAMED if with_sirene or slot is not Slot.SIRENE)


def dossier_of(
    siren: str, answers: Mapping[Slot, Kept], asked: Collection[Slot], now: datetime
) -> Dossier:
    """Return what the answers say of a company, and how each source asked has answered.

    A stale answer serves and is named as such; a source that has not answered yet is slow.
    """
    values = {slot: kept.found.value for slot, kept in answers.items()}
    file = values.get(Slot.COMPANIES)
    return Dossier(
        siren=siren,
        company=_company(file, values.get(Slot.SIRENE)),
        accounts=_accounts(file, values.get(Slot.RATIOS) or ()),
        sector=values.get(Slot.SECTORS),
        vat=values.get(Slot.VIES) or VatCheck.NOT_CHECKED,
        events=values.get(Slot.NOTICES) or (),
        sources=tuple(_source(slot, answers.get(slot), now) for slot in _NAMED if slot in asked),
    )


def sector_key(answers: Mapping[Slot, Kept]) -> tuple[str, int | None] | None:
    """Return the activity and turnover (minor units) by which a sector is asked, or None."""
    values = {slot: kept.found.value for slot, kept in answers.items()}
    file = values.get(Slot.COMPANIES)
    company = _company(file, values.get(Slot.SIRENE))
    if company is None or not company.activity:
        return None
    figures = _accounts(file, values.get(Slot.RATIOS) or ())
    known = [accounts.turnover_minor for accounts in figures if accounts.turnover_minor]
    return company.activity, known[0] if known else None


def sector_name(activity: str, turnover_minor: int | None) -> str:
    """Return the key a sector is kept under: its activity and the class of the turnover."""
    return f"{activity}:{size_class(turnover_minor)}"


def _company(file: CompanyFile | None, insee: Company | None) -> Company | None:
    """INSEE's word is final on whether a unit has ceased and whether it may be named."""
    if file is None or insee is None:
        return file.company if file else insee
    company = file.company
    if insee.is_masked:
        company = replace(company, name="", is_masked=True)
    if insee.state is CompanyState.CEASED:
        closed = insee.closed_on or company.closed_on
        company = replace(company, state=CompanyState.CEASED, closed_on=closed)
    return company


def _accounts(file: CompanyFile | None, published: tuple[Accounts, ...]) -> tuple[Accounts, ...]:
    """Add the register's own figures for years of which no accounts are published."""
    years = {accounts.closed_on.year for accounts in published}
    more = [a for a in file.accounts if a.closed_on.year not in years] if file else []
    return tuple(sorted([*published, *more], key=lambda a: a.closed_on, reverse=True))


def _source(slot: Slot, kept: Kept | None, now: datetime) -> SourceAnswer:
    name = SourceName(slot.value)
    if kept is None:
        return SourceAnswer(name, SourceState.SLOW)
    state = kept.found.state
    if kept.found.is_settled and not kept.is_fresh(now):
        state = SourceState.STALE
    as_of: Any = kept.fetched_at.date() if kept.found.is_settled else None
    return SourceAnswer(name, state, as_of)
