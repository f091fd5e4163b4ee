"""The recorded answers of the real services, served in their own formats."""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.sources.found import rows
from tests.sources.recorded import API, recorded

_SIREN = re.compile(r'(?:registre|siren)="(\d{9})"')


class RecordedAnswers:
    """Answers as they were recorded; what was not recorded is not known."""

    def search(self, query: str, per_page: int) -> Mapping[str, Any]:
        """Replay a search by its words."""
        name = f"recherche-entreprises/search-{query.replace(' ', '_')}.json"
        if not (API / name).is_file():
            return {"results": [], "total_results": 0}
        document: Mapping[str, Any] = recorded(name)
        return document

    def records(self, dataset: str, where: str) -> list[Mapping[str, Any]]:
        """Replay the records about one SIREN."""
        siren = _SIREN.search(where)
        folder = "bodacc" if dataset == "annonces-commerciales" else "ratios"
        if siren is None or dataset.endswith("sectors"):
            return []
        found: list[Mapping[str, Any]] = []
        for path in sorted((API / folder).glob("*.json")):
            records = rows(json.loads(path.read_text(encoding="utf-8"))) or []
            found += [row for row in records if siren.group(1) in json.dumps(row)]
        return found

    def unit(self, siren: str) -> Mapping[str, Any] | None:
        """Replay INSEE's answer about the one company recorded."""
        document: Mapping[str, Any] = recorded("sirene/insee_siret_41816609600069.json")
        return document if siren == "418166096" else None

    def is_valid_vat(self, number: str) -> bool:
        """Say valid: VIES was not recorded."""
        return True
