"""What a source found: how it answered, and the value kept of it; a bad source is a value too."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.domain.solvency.dossier import SourceState

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A source's answer; `value` is there when it ANSWERED, and only then."""

    state: SourceState
    value: T | None = None

    @property
    def is_settled(self) -> bool:
        """Say whether the source has spoken: it answered, or knows nothing."""
        return self.state in (SourceState.ANSWERED, SourceState.NOTHING_KNOWN)


def known(value: T | None) -> Found[T]:
    """Return an answer; None means that the source knows nothing."""
    return Found(SourceState.NOTHING_KNOWN if value is None else SourceState.ANSWERED, value)


def rows(document: Any) -> list[dict[str, Any]] | None:
    """Return an open-data answer's records, or None when it is no such answer.

    Explore v2.1 has `results`, its exports are a bare list, v1 has `records` with `fields`.
    """
    if isinstance(document, list):
        return [row for row in document if isinstance(row, dict)]
    if not isinstance(document, dict):
        return None
    if isinstance(document.get("results"), list):
        return [row for row in document["results"] if isinstance(row, dict)]
    if isinstance(document.get("records"), list):
        wrapped = (row.get("fields") for row in document["records"] if isinstance(row, dict))
        return [row for row in wrapped if isinstance(row, dict)]
    return None


def text_of(value: Any) -> str:
    """Return a field's text in one line; empty when it is not said or masked."""
    if not isinstance(value, str) or "NON-DIFFUSIBLE" in value:
        return ""
    return " ".join(value.split())
