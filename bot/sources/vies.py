"""VIES, the European register of VAT numbers: valid, invalid, or not checked.

It answers 200 for failures too, and only a plain `valid: false` means invalid: a member state that
is down, a time-out or a refused input says nothing about the number. Names are not kept.
"""

from typing import Any

from bot.domain.solvency.dossier import SourceState, VatCheck
from bot.sources.found import Found
from bot.sources.http import Site, Web

_OTHER_CODES = {"GR": "EL"}


class Vies:
    """Asks VIES about one VAT number."""

    def __init__(self, web: Web, site: Site) -> None:
        self._web, self._site = web, site

    async def check(self, vat_number: str) -> Found[VatCheck]:
        """Say what VIES says of a VAT number with its country's two letters in front."""
        plain = "".join(vat_number.split()).upper()
        body = {"countryCode": _OTHER_CODES.get(plain[:2], plain[:2]), "vatNumber": plain[2:]}
        path = "/taxation_customs/vies/rest-api/check-vat-number"
        reply = await self._web.post(self._site, path, body)
        if reply.state is not SourceState.ANSWERED:
            return Found(reply.state)
        return _read(reply.document)


def vat_number_of(siren: str) -> str:
    """Return the French VAT number of a SIREN: key = (12 + 3 x (SIREN mod 97)) mod 97."""
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def _read(document: Any) -> Found[VatCheck]:
    said = document if isinstance(document, dict) else {}
    told = said.get("userError", "VALID") in ("VALID", "INVALID")
    if said.get("actionSucceed") is False or said.get("errorWrappers") or not told:
        return Found(SourceState.DOWN)
    valid = said.get("valid", said.get("isValid"))
    if not isinstance(valid, bool):
        return Found(SourceState.WRONG)
    return Found(SourceState.ANSWERED, VatCheck.VALID if valid else VatCheck.INVALID)
