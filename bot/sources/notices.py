"""BODACC's published notices (DILA, Licence Ouverte 2.0): by company, and by day of publication.

Explore v2.1, and v1 when met. Of a notice only the judgment's and act's words are read; who is
listed in it is reduced to SIRENs at this edge.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from bot.domain.solvency.dossier import Event, SourceState
from bot.domain.solvency.notice_history import standing_events
from bot.domain.solvency.notice_reading import NoticeType, NoticeWords, Reading, read_notice
from bot.sources.found import Found, known, rows, text_of
from bot.sources.http import Reply, Site, Web
from bot.sources.published_words import opened, read_day, sirens_in, texts_in

_DATASET = "/api/explore/v2.1/catalog/datasets/annonces-commerciales"
_PAGE, _FURTHEST = 100, 10_000
_MOST_PAGES = 3
_EXPORT_BYTES = 96 * 1024 * 1024
_WATCHED = ("collective", "conciliation", "retablissement_professionnel", "radiation", "vente")
_FIELDS = (
    "id,typeavis,familleavis,dateparution,tribunal,registre,listepersonnes,jugement,acte,"
    "modificationsgenerales,radiationaurcs,depot,divers,listeprecedentexploitant,"
    "listeprecedentproprietaire,parutionavisprecedent"
)
_FORMER = ("listeprecedentproprietaire", "listeprecedentexploitant")
_ACTS = ("acte", "modificationsgenerales", "radiationaurcs", "depot", "divers")
_SAID = frozenset(
    {
        "descriptif", "typeDepot", "titre", "contenuAnnonce", "categorieVente", "vente",
        "categorieCreation", "commentaire", "radiationPM", "radiationPP", "dissolution",
        "liquidation", "modification",
    }
)  # fmt: skip
_DAYS = ("date", "dateCessationActivitePP", "dateCloture", "dateEffet", "dateCommencementActivite")


class Notices:
    """Asks BODACC; days and SIRENs in, events out."""

    def __init__(self, web: Web, site: Site) -> None:
        self._web, self._site = web, site

    async def find(self, siren: str) -> Found[tuple[Event, ...]]:
        """Return a company's events as they stand, corrections and cancellations applied."""
        taken: list[dict[str, Any]] = []
        for page in range(_MOST_PAGES):
            reply = await self._records(f'registre="{siren}"', page * _PAGE)
            found = rows(reply.document)
            if reply.state is not SourceState.ANSWERED or found is None:
                return Found(_failed(reply))
            taken += found
            if len(found) < _PAGE:
                break
        readings = [reading for row in taken for reading in read_record(row, {siren})]
        return known(standing_events(readings) or None)

    async def published_on(
        self, day: date, followed: Collection[str]
    ) -> Found[tuple[Reading, ...]]:
        """Return what one day's issues say of the followed companies: one request a day.

        Proceedings, strike-offs and sales; a reading is not yet set against what it corrects: ask
        `find` for each company met. When the export fails, pages are read as far as they go.
        """
        families = " or ".join(f'familleavis="{family}"' for family in _WATCHED)
        where = f"dateparution=date'{day.isoformat()}' and ({families})"
        reply = await self._web.get(
            self._site,
            f"{_DATASET}/exports/json",
            {"where": where, "select": _FIELDS},
            most_bytes=_EXPORT_BYTES,
        )
        found = rows(reply.document)
        if reply.state is SourceState.WRONG or (found is None and reply.document is not None):
            return await self._paged(where, followed)
        if reply.state is not SourceState.ANSWERED or found is None:
            return Found(_failed(reply))
        return Found(SourceState.ANSWERED, _readings(found, followed))

    async def _paged(self, where: str, followed: Collection[str]) -> Found[tuple[Reading, ...]]:
        readings: list[Reading] = []
        for offset in range(0, _FURTHEST, _PAGE):
            reply = await self._records(where, offset)
            found = rows(reply.document)
            if reply.state is not SourceState.ANSWERED or found is None:
                return Found(_failed(reply))
            readings += _readings(found, followed)
            if len(found) < _PAGE:
                return Found(SourceState.ANSWERED, tuple(readings))
        return Found(SourceState.WRONG)

    async def _records(self, where: str, offset: int) -> Reply:
        params: dict[str, str | int] = {
            "where": where, "order_by": "dateparution desc,id", "limit": _PAGE, "offset": offset,
            "select": _FIELDS,
        }  # fmt: skip
        return await self._web.get(self._site, f"{_DATASET}/records", params)


def read_record(row: Mapping[str, Any], asked: Collection[str]) -> Iterator[Reading]:
    """Yield what one record says of each asked company it names; nothing when it names none.

    A sale's notice lists buyer and seller alike: the seller is who stands as the former owner.
    """
    id, published = text_of(row.get("id")), read_day(text_of(row.get("dateparution")))
    subjects, sellers = sirens_in(row.get("listepersonnes")), _sellers(row)
    about = (_registered(row) or subjects | sellers) & frozenset(asked)
    if not id or published is None or not about:
        return
    judgment = opened(row.get("jugement"))
    acts = [opened(row.get(name)) for name in _ACTS]
    for siren in sorted(about):
        words = NoticeWords(
            notice_id=id,
            siren=siren,
            family=text_of(row.get("familleavis")),
            published_on=published,
            type=_type(row),
            on=_day([judgment, *acts]),
            court=text_of(row.get("tribunal")),
            judgment=" : ".join(filter(None, map(text_of, map(judgment.get, _NATURE)))),
            complement=text_of(judgment.get("complementJugement")),
            words=" ".join(text for act in acts for text in texts_in(act, under=_SAID)),
            is_seller=siren in sellers and siren not in subjects,
            replaces=_previous(row),
        )
        yield read_notice(words)


_NATURE = ("famille", "nature")


def _readings(found: list[dict[str, Any]], followed: Collection[str]) -> tuple[Reading, ...]:
    return tuple(reading for row in found for reading in read_record(row, followed))


def _sellers(row: Mapping[str, Any]) -> frozenset[str]:
    return frozenset().union(*(sirens_in(row.get(name)) for name in _FORMER))


def _registered(row: Mapping[str, Any]) -> frozenset[str]:
    """Return the SIRENs of `registre`: a list in v2.1, one string with commas in v1."""
    listed = row.get("registre")
    parts = listed.split(",") if isinstance(listed, str) else listed
    if not isinstance(parts, list):
        return frozenset()
    numbers = ("".join(part.split()) for part in parts if isinstance(part, str))
    return frozenset(number for number in numbers if len(number) == 9 and number.isdigit())


def _type(row: Mapping[str, Any]) -> NoticeType:
    said = text_of(row.get("typeavis")).casefold()
    return next((type for type in NoticeType if said.startswith(type.value)), NoticeType.INITIAL)


def _previous(row: Mapping[str, Any]) -> str:
    """Return the id of the notice corrected: letter of the edition, issue, number."""
    previous = opened(row.get("parutionavisprecedent"))
    edition = str(previous.get("nomPublication", "")).split()
    issue, number = previous.get("numeroParution"), previous.get("numeroAnnonce")
    return f"{edition[-1]}{issue}{number}" if edition and issue and number else ""


def _day(documents: list[dict[str, Any]]) -> date | None:
    for document in documents:
        nested = (part for part in document.values() if isinstance(part, dict))
        for part in (document, *nested):
            for name in _DAYS:
                if isinstance(part.get(name), str) and (day := read_day(part[name])):
                    return day
    return None


def _failed(reply: Reply) -> SourceState:
    return SourceState.WRONG if reply.state is SourceState.ANSWERED else reply.state
