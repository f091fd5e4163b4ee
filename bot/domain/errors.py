"""The exception tree: what a person can mend, and what goes back to a queue."""


class GoodcopError(Exception):
    """Anything goodcop raises on purpose; `message` is text for a person, `code` for a script."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class InvalidInput(GoodcopError):
    """What was typed or sent cannot be accepted; `field` names the form field at fault."""

    code = "invalid_input"

    def __init__(self, message: str, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.field = field


class NotFound(GoodcopError):
    """Nothing of that name or id in this workspace."""

    code = "not_found"


class Conflict(GoodcopError):
    """Somebody or something else got there first, or the present state forbids it."""

    code = "conflict"


class NotAllowed(GoodcopError):
    """This person may not see or do that."""

    code = "not_allowed"


class TryAgain(GoodcopError):
    """The database was busy past the interactive deadline: nothing was saved."""

    code = "try_again"


class SourceError(GoodcopError):
    """A file or a remote source cannot be read."""

    code = "source"


class TemporarySourceError(SourceError):
    """A source that may answer later."""


class PermanentSourceError(SourceError):
    """A source that will keep failing until somebody mends it."""


class DeliveryError(GoodcopError):
    """A message did not go out."""

    code = "delivery"


class TemporaryDeliveryError(DeliveryError):
    """Slack surely did not take it; try again after `retry_after` seconds."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ChannelRefused(TemporaryDeliveryError):
    """Client data may not be shown in this channel: its messages wait, the others go on."""


class AmbiguousDelivery(DeliveryError):
    """Slack may have taken it: look before sending again."""


class PermanentDeliveryError(DeliveryError):
    """Slack will never take this one as it is; `slack_code` is its word for why."""

    def __init__(self, message: str, *, slack_code: str = "") -> None:
        super().__init__(message)
        self.slack_code = slack_code


class AddressRefused(PermanentDeliveryError):
    """The mail server knows no such recipient: writing there again is useless."""
