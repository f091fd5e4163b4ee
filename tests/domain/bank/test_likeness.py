"""The same movement in two formats is one; two payments stay two."""

from datetime import date

import pytest

from bot.domain.bank.likeness import KnownMovement, known_otherwise
from bot.domain.bank.statement import Movement
from tests.sources.written_statements import movement

DAY = date(2026, 11, 16)


def told(*texts: str) -> tuple[Movement, str]:
    return movement(payer="Menuiserie Duval", texts=texts), "new"


def known(said: str, format: str = "cfonb120", minor: int = 120_000) -> KnownMovement:
    return KnownMovement("old", format, DAY, minor, said)


@pytest.mark.parametrize("said", ["VIR DUVAL FA2026-0411", "VIR SEPA RECU DE MENUISERIE DUVAL"])
def test_the_same_reference_or_the_same_words_are_the_same_movement(said: str) -> None:
    assert known_otherwise([told("FA2026-0411")], [known(said)], "camt053") == {"new"}


@pytest.mark.parametrize(
    "one",
    [
        known("VIR ATELIER ROY"),
        known("VIR SEPA"),
        known("FA2026-0411", format="camt053"),
        known("FA2026-0411", format=""),
        known("FA2026-0411", minor=119_999),
    ],
)
def test_other_words_another_amount_or_its_own_format_are_another(one: KnownMovement) -> None:
    assert known_otherwise([told("FA2026-0411")], [one], "camt053") == set()


def test_a_known_movement_stands_for_one() -> None:
    first, (other, _) = told("FA2026-0411"), told("FA2026-0411")
    found = known_otherwise([first, (other, "second")], [known("FA2026-0411")], "camt053")
    assert found == {"new"}


def test_one_known_by_its_identity_needs_no_likeness() -> None:
    assert known_otherwise([(told("x")[0], "old")], [known("x")], "camt053") == set()
