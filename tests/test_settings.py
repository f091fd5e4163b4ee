"""What an operator may say of open data, and what stops the start."""

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
