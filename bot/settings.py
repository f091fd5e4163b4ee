"""Every setting, read once from the environment (and a `.env` file) and checked at start."""

import os
import secrets
from datetime import date
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.mailing import is_address

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PLACEHOLDERS = ("changeme", "change-me", "your-", "xxx", "<")


class Settings(BaseSettings):
    """What the operator decides; a wrong or placeholder value stops the start."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    goodcop_host: str = "127.0.0.1"
    goodcop_port: int = 3000
    goodcop_health_port: int = 3001
    goodcop_database_url: str = ""
    goodcop_secret_keys: SecretStr | None = None
    goodcop_workspace: str = ""
    goodcop_today: date | None = None
    goodcop_inbox: Path | None = None
    goodcop_log_json: bool = False
    goodcop_demo_port: int = 8765
    goodcop_companies_url: str = "https://recherche-entreprises.api.gouv.fr"
    goodcop_notices_url: str = "https://bodacc-datadila.opendatasoft.com"
    goodcop_ratios_url: str = "https://data.economie.gouv.fr"
    goodcop_sirene_url: str = "https://api.insee.fr"
    goodcop_vies_url: str = "https://ec.europa.eu"
    goodcop_sirene_key: SecretStr | None = None
    goodcop_webhook_url: str = ""
    goodcop_webhook_secret: SecretStr | None = None
    goodcop_smtp_host: str = ""
    goodcop_smtp_port: int = Field(default=587, ge=1, le=65535)
    goodcop_smtp_user: str = ""
    goodcop_smtp_password: SecretStr | None = None
    goodcop_smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    goodcop_smtp_from: str = ""

    @field_validator("slack_bot_token", "slack_signing_secret", "slack_app_token")
    @classmethod
    def _not_a_placeholder(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value().lower() if value else ""
        if any(text.startswith(word) or text.endswith(word) for word in _PLACEHOLDERS):
            raise ValueError("this is still the example's placeholder: put the real value")
        return value if text else None

    @field_validator("slack_bot_token")
    @classmethod
    def _is_a_bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith("xoxb-"):
            raise ValueError("a bot token starts with xoxb-")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _is_an_app_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("an app-level token starts with xapp-")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_api(cls, value: str) -> str:
        if not value.endswith("/api/"):
            raise ValueError("the address of another Slack ends in /api/")
        return value

    @field_validator(
        "goodcop_companies_url", "goodcop_notices_url", "goodcop_ratios_url",
        "goodcop_sirene_url", "goodcop_vies_url",
    )  # fmt: skip
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
            raise ValueError("the address of an open-data source starts with https://")
        return value.rstrip("/")

    @field_validator("goodcop_sirene_key")
    @classmethod
    def _is_a_key(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value() if value else ""
        if any(text.lower().startswith(word) for word in _PLACEHOLDERS) or not text.isascii():
            raise ValueError("this is still the example's placeholder: put the real value")
        return value if text else None

    @field_validator("goodcop_webhook_url")
    @classmethod
    def _is_a_webhook(cls, value: str) -> str:
        parts = urlsplit(value)
        local = parts.hostname in _LOOPBACK
        if value and (not parts.hostname or (parts.scheme != "https" and not local)):
            raise ValueError("the address of the webhook starts with https://")
        return value

    @field_validator("goodcop_smtp_password")
    @classmethod
    def _is_a_password(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value() if value else ""
        if any(text.lower().startswith(word) for word in _PLACEHOLDERS):
            raise ValueError("this is still the example's placeholder: put the real value")
        return value if text else None

    @model_validator(mode="after")
    def _can_send_mail(self) -> Self:
        if not self.goodcop_smtp_host:
            return self
        if not is_address(self.goodcop_smtp_from):
            raise ValueError("GOODCOP_SMTP_FROM is the address that e-mails come from")
        if bool(self.goodcop_smtp_user) != (self.goodcop_smtp_password is not None):
            raise ValueError("GOODCOP_SMTP_USER and GOODCOP_SMTP_PASSWORD go together")
        if self.goodcop_smtp_security == "none" and self.goodcop_smtp_host not in _LOOPBACK:
            raise ValueError("GOODCOP_SMTP_SECURITY=none is for a server on this very machine")
        return self

    @property
    def database_url(self) -> str:
        """Return the database's address; by default an SQLite file under the user's data folder."""
        return self.goodcop_database_url or f"sqlite:///{data_folder() / 'goodcop.sqlite3'}"


def data_folder() -> Path:
    """Return the user's data folder for goodcop, made when absent (XDG base directories)."""
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    folder = Path(base) / "goodcop"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_keys(settings: Settings) -> tuple[str, ...]:
    """Return the keys that seal secrets at rest, newest first.

    Without GOODCOP_SECRET_KEYS an SQLite database gets one of its own, in a 0600 file beside it;
    PostgreSQL requires the setting. Raises ValueError with what to do.
    """
    if settings.goodcop_secret_keys:
        given = settings.goodcop_secret_keys.get_secret_value()
        return tuple(key.strip() for key in given.split(",") if key.strip())
    if not settings.database_url.startswith("sqlite:///"):
        raise ValueError("Set GOODCOP_SECRET_KEYS: PostgreSQL has no file to keep a key beside.")
    path = Path(settings.database_url.removeprefix("sqlite:///") + ".key")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return (path.read_text().strip(),)
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(32)
        file.write(key)
    return (key,)
