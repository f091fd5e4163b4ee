"""What a mail server's code says of an address."""

import pytest

from bot.domain.bounces import Bounce, status_in


def a_bounce(status: str, words: str = "") -> Bounce:
    return Bounce(("<1@goodcop>",), "compta@client.example", status, words)


@pytest.mark.parametrize("status", ["5.1.1", "5.1.2", "5.1.10", "5.2.1"])
def test_an_address_that_does_not_exist_is_dead(status: str) -> None:
    assert a_bounce(status).is_for_good


@pytest.mark.parametrize("status", ["", "4.4.7", "5.2.2", "5.2.10", "5.3.4", "5.7.1", "5.0.0"])
def test_a_full_mailbox_or_a_policy_says_nothing_of_the_address(status: str) -> None:
    assert not a_bounce(status).is_for_good


def test_the_reason_is_one_line() -> None:
    assert a_bounce("5.1.1", "550 no\r\n such user").reason == "5.1.1 550 no such user"


@pytest.mark.parametrize(
    ("text", "status"),
    [("5.1.1 (bad mailbox)", "5.1.1"), (" 4.2.2", "4.2.2"), ("oops", ""), ("9.1.1", "")],
)
def test_a_status_is_read_where_there_is_one(text: str, status: str) -> None:
    assert status_in(text) == status
