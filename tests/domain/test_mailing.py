"""Who is written to, what an address is, and how long the next try waits."""

from datetime import timedelta

import pytest

from bot.domain.mailing import (
    TRIES,
    EmailState,
    Reachable,
    choose,
    domain_of,
    is_address,
    wait_after,
)


def a_contact(id: int, function: str, address: str = "a@client.example") -> Reachable:
    return Reachable(id, f"Contact {id}", function, address, "fr")


def test_what_arrived_or_waits_needs_nobody() -> None:
    needing = {state.value for state in EmailState if state.needs_somebody}
    assert needing == {"unknown", "refused", "dead", "bounced"}


@pytest.mark.parametrize(
    "text", ["compta@client.example", "o'neil+factures@sub.client.example", "A@B.fr"]
)
def test_one_plain_address_is_one(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "compta",
        "compta@client",
        "a@b.fr, c@d.fr",
        "a@b.fr\r\nBcc: c@d.fr",
        "a@b.fr\n",
        "Roy <a@b.fr>",
        "a b@c.fr",
        "é@client.example",
        "x" * 65 + "@client.example",
    ],
)
def test_a_list_a_header_or_a_name_is_no_address(text: str) -> None:
    assert not is_address(text)


def test_the_domain_is_the_receiver_s_in_lower_case() -> None:
    assert domain_of("Compta@Client.Example") == "client.example"


def test_the_first_function_asked_for_is_written_to() -> None:
    contacts = [a_contact(1, "management"), a_contact(2, "accounts")]
    assert choose(contacts, ["accounts", "management"]) == contacts[1]


def test_anybody_is_written_to_where_nobody_has_the_function() -> None:
    contacts = [a_contact(1, "technical"), a_contact(2, "management")]
    assert choose(contacts, ["accounts"]) == contacts[0]


def test_nobody_is_written_to_without_an_address_that_works() -> None:
    assert choose([a_contact(1, "accounts", "compta at client")], ["accounts"]) is None


def test_waits_double_up_to_four_hours() -> None:
    waits = [wait_after(attempts) for attempts in (1, 2, 3, 6, 7, 500)]
    minutes = [wait / timedelta(minutes=1) for wait in waits]
    assert minutes == [5, 10, 20, 160, 240, 240]


def test_a_server_down_for_a_day_loses_no_e_mail() -> None:
    waited = sum((wait_after(attempts) for attempts in range(1, TRIES)), timedelta())
    assert waited > timedelta(days=1)
