"""Why client data is not shown in a channel."""

from enum import StrEnum


class Trouble(StrEnum):
    """What is wrong with a channel; the last three are others reading there."""

    NOT_FOUND = "not_found"
    ARCHIVED = "archived"
    NOT_MEMBER = "not_member"
    PUBLIC = "public"
    SHARED = "shared"
    GUESTS = "guests"

    @property
    def is_consentable(self) -> bool:
        """Say whether an administrator may take it upon themselves; else only mending helps."""
        return self in (Trouble.PUBLIC, Trouble.SHARED, Trouble.GUESTS)
