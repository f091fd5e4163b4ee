"""Words that people typed inside documents: sealed where they are kept, open where read."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from storage.follow_ups import vault_of

_WORDS = ("reason",)
_SEALED = "_sealed"


def seal_words(session: Session, workspace_id: int, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document whose typed words are kept sealed, under a name that says so."""
    seal = vault_of(session).seal
    return {
        **{key: held for key, held in body.items() if key not in _WORDS},
        **{key + _SEALED: seal(workspace_id, body[key]) for key in _WORDS if key in body},
    }


def open_words(session: Session, workspace_id: int, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document as it was before `seal_words`."""
    sealed = [key for key in _WORDS if key + _SEALED in body]
    opened = dict(body)
    for key in sealed:
        opened[key] = vault_of(session).unseal(workspace_id, opened.pop(key + _SEALED))
    return opened
