"""What a playground is made of: people, channels, one app and its settings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

ALL_SCOPES = frozenset(
    {
        "commands",
        "chat:write",
        "users:read",
        "users:read.email",
        "im:write",
        "im:history",
        "channels:read",
        "channels:history",
        "groups:read",
        "groups:history",
        "files:read",
        "files:write",
    }
)
SUBSCRIBED = frozenset({"app_home_opened"})


@dataclass(frozen=True, slots=True)
class SeedUser:
    """One person of the workspace; `locale` is `fr-FR` or `en-US`, `title` says what they do."""

    id: str
    name: str
    real_name: str
    email: str | None = None
    locale: str = "fr-FR"
    tz: str = "Europe/Paris"
    title: str = ""
    is_bot: bool = False
    is_guest: bool = False
    deleted: bool = False
    team_id: str | None = None  # another team's id: a person of a shared channel


@dataclass(frozen=True, slots=True)
class SeedChannel:
    """One channel; the app can post only when `bot_is_member`."""

    id: str
    name: str
    members: Sequence[str] = ()
    is_private: bool = True
    is_shared: bool = False
    bot_is_member: bool = True
    is_archived: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command of the manifest; `description` and `usage_hint` fill the command menu."""

    name: str
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True, slots=True)
class MessageShortcut:
    """An entry of the "more actions" menu of a message."""

    callback_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Control:
    """A button of the demo panel: POSTs to `url` and shows the text it answers."""

    label: str
    url: str
    hint: str = ""


def real_clock() -> datetime:
    """Return the present instant, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class PlaygroundConfig:
    """Everything that makes one playground.

    `request_urls` receive signed HTTP in turn; when none is set, payloads go through Socket Mode.
    `clock` dates messages; trigger expiry and pacing use the machine's monotonic time.
    """

    host: str = "127.0.0.1"
    port: int = 0
    bot_token: str = "xoxb-playground"  # noqa: S105 - a token of a look-alike, opens nothing
    app_token: str = "xapp-playground"  # noqa: S105
    signing_secret: str = "playground-signing-secret"  # noqa: S105
    team_id: str = "T0PLAYGROUND"
    team_name: str = "Playground"
    app_id: str = "A0GOODCOP"
    app_name: str = "goodcop"
    bot_id: str = "B0GOODCOP"
    bot_user_id: str = "U0GOODCOP"
    scopes: frozenset[str] = ALL_SCOPES
    events: frozenset[str] = SUBSCRIBED
    commands: Sequence[Command] = ()
    shortcuts: Sequence[MessageShortcut] = ()
    users: Sequence[SeedUser] = ()
    channels: Sequence[SeedChannel] = ()
    request_urls: Sequence[str] = ()
    controls: Sequence[Control] = ()
    banner_url: str | None = None  # answers {"text": ..., "clock": ...}; asked every two seconds
    has_mailbox: bool = False  # a mail server on loopback, and a page of what it took
    first_user: str | None = None
    first_channel: str | None = None
    rate_limits: bool = True
    workspace_ceiling: int | None = 300  # posts a minute over all channels; None lifts it
    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    retry_delays: Sequence[float] = (0.0, 60.0, 300.0)
    clock: Callable[[], datetime] = field(default=real_clock)
