"""The five open-data sources on one client, at the addresses the settings give."""

from dataclasses import dataclass, field

from bot.domain.solvency.dossier import SourceName
from bot.sources.companies import Companies
from bot.sources.http import Site, Web
from bot.sources.notices import Notices
from bot.sources.ratios import Ratios
from bot.sources.sirene import KEY_HEADER, Sirene
from bot.sources.vies import Vies


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where each source is asked; without a key INSEE's register is not asked at all.

    `is_ours`: a service of our own on loopback, which is asked without waiting.
    """

    companies: str
    notices: str
    ratios: str
    sirene: str
    vies: str
    sirene_key: str = field(default="", repr=False)
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class OpenData:
    """The sources as one; `close` gives the connections back."""

    web: Web
    companies: Companies
    notices: Notices
    ratios: Ratios
    vies: Vies
    sirene: Sirene | None

    async def close(self) -> None:
        """Give the connections back."""
        await self.web.close()


def open_data(addresses: Addresses, web: Web | None = None) -> OpenData:
    """Return the sources, each at its own pace; nothing is asked yet.

    Two requests a second to recherche-entreprises (seven are allowed, shared by a whole cloud),
    thirty a minute to the API Sirene.
    """
    web = web or Web()
    key = addresses.sirene_key
    pace = 0.0 if addresses.is_ours else 1.0
    insee = Site(SourceName.SIRENE, addresses.sirene, 2.0 * pace, {KEY_HEADER: key})
    return OpenData(
        web,
        Companies(web, Site(SourceName.COMPANIES, addresses.companies, 0.5 * pace)),
        Notices(web, Site(SourceName.NOTICES, addresses.notices, 0.2 * pace)),
        Ratios(web, Site(SourceName.RATIOS, addresses.ratios, 0.1 * pace)),
        Vies(web, Site(SourceName.VIES, addresses.vies, 0.5 * pace)),
        Sirene(web, insee) if key else None,
    )
