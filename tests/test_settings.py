"""What an operator may say of open data, and what stops the start."""

from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import Settings


def test_without_settings_the_public_services_are_asked() -> None:
    settings = Settings(_env_file=None)
    assert settings.goodcop_companies_url == "https://recherche-entreprises.api.gouv.fr"
    assert settings.goodcop_sirene_key is None


def test_a_relay_s_address_is_taken_without_its_last_slash() -> None:
    settings = Settings(_env_file=None, goodcop_notices_url="http://127.0.0.1:8123/open/")
    assert settings.goodcop_notices_url == "http://127.0.0.1:8123/open"


@pytest.mark.parametrize("address", ["", "relay.example", "ftp://relay.example", "https:///x"])
def test_what_is_no_web_address_stops_the_start(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None, goodcop_vies_url=address)


def test_a_placeholder_for_the_key_stops_the_start() -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None, goodcop_sirene_key=SecretStr("<your key>"))


def test_an_empty_key_is_no_key() -> None:
    assert Settings(_env_file=None, goodcop_sirene_key=SecretStr("")).goodcop_sirene_key is None


def mailing(**values: Any) -> Settings:
    """Return the settings of a company that writes e-mails."""
    given: dict[str, Any] = {
        "goodcop_smtp_host": "mail.example",
        "goodcop_smtp_from": "compta@vendeur.example",
    }
    return Settings(_env_file=None, **(given | values))


def test_without_a_mail_server_the_rest_of_mail_does_not_matter() -> None:
    assert Settings(_env_file=None, goodcop_smtp_user="anne").goodcop_smtp_host == ""


def test_mail_is_protected_unless_said_otherwise() -> None:
    settings = mailing()
    assert (settings.goodcop_smtp_security, settings.goodcop_smtp_port) == ("starttls", 587)


def test_a_server_on_this_machine_may_go_unprotected() -> None:
    settings = mailing(goodcop_smtp_host="127.0.0.1", goodcop_smtp_security="none")
    assert settings.goodcop_smtp_security == "none"


@pytest.mark.parametrize(
    "wrong",
    [
        {"goodcop_smtp_from": ""},
        {"goodcop_smtp_from": "compta@vendeur.example\r\nBcc: a@b.example"},
        {"goodcop_smtp_user": "anne"},
        {"goodcop_smtp_password": SecretStr("s3cret")},
        {"goodcop_smtp_user": "anne", "goodcop_smtp_password": SecretStr("<password>")},
        {"goodcop_smtp_security": "none"},
        {"goodcop_smtp_security": "ssl"},
        {"goodcop_smtp_port": 0},
    ],
)
def test_half_a_mail_setting_stops_the_start(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        mailing(**wrong)


def test_a_password_is_not_printed() -> None:
    settings = mailing(goodcop_smtp_user="anne", goodcop_smtp_password=SecretStr("s3cret"))
    assert "s3cret" not in repr(settings)
