"""Where a movement of the bank, and what it pays, stand."""

from enum import StrEnum


class LineState(StrEnum):
    """A movement is new until it was looked at; `suggested` and `unknown` ones wait for finance."""

    NEW = "new"
    MATCHED = "matched"
    SUGGESTED = "suggested"
    UNKNOWN = "unknown"
    SET_ASIDE = "set_aside"
    TAKEN_BACK = "taken_back"


class PartState(StrEnum):
    """A part is seen at the bank until the books have it, or until it turns out wrong."""

    SEEN = "seen"
    IN_BOOKS = "in_books"
    UNDONE = "undone"
