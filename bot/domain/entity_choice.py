"""Whose books a file is, when a workspace may hold those of several companies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import Conflict, InvalidInput

_SIREN = re.compile(r"\d{9}")


@dataclass(frozen=True, slots=True)
class Company:
    """A company of the workspace; `has_books` once a FEC was imported."""

    id: int
    siren: str | None
    has_books: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The company a file belongs to: None is one to be made; `siren` is to be recorded."""

    company_id: int | None
    siren: str | None = None


def choose_entity(
    companies: Sequence[Company], *, stated: str | None, in_name: str | None
) -> Choice:
    """Return the company of a file by what was stated, its name, else the only one.

    Raises Conflict `other_entity` or `which_entity` with a question; `stated` answers both.
    """
    stated = re.sub(r"\s", "", stated) if stated else None
    if stated and not _SIREN.fullmatch(stated):
        raise InvalidInput("A SIREN has nine digits.", field="entity")
    siren = stated or in_name
    by_siren = {company.siren: company for company in companies if company.siren}
    if siren and siren in by_siren:
        return Choice(by_siren[siren].id)
    only = companies[0] if len(companies) == 1 else None
    if not companies:
        return Choice(None, siren)
    if not siren:
        if only:
            return Choice(only.id)
        raise Conflict(
            "There are several companies here. Whose file is it? Say it with --entity SIREN.",
            code="which_entity",
        )
    if only and only.siren is None and (stated or not only.has_books):
        return Choice(only.id, siren)
    if stated:
        return Choice(None, stated)
    raise Conflict(
        f"This file is named after the company {siren}, which has no books here. Is it another "
        "company's file? Say whose it is with --entity SIREN.",
        code="other_entity",
    )
