"""Which credit note is the one awaited: the same amount, later, of that client, used once."""

from datetime import date

from bot.domain.credit_notes import ArrivedCredit, AwaitedCredit, CreditNote, arrived

AGREED = date(2026, 11, 24)
LATER = date(2026, 11, 27)


def awaited(task_id: int = 1, minor: int = 1_000_00, since: date = AGREED) -> AwaitedCredit:
    return AwaitedCredit(task_id, 201, "EUR", minor, since)


def note(
    id: int, minor: int, on: date = LATER, client_id: int = 201, currency: str = "EUR"
) -> CreditNote:
    return CreditNote(id, client_id, f"AV-{id}", on, minor, currency)


def test_a_note_of_the_very_amount_is_the_one() -> None:
    others = [note(5, 900_00), note(6, 1_000_00), note(7, 1_000_00)]
    assert arrived([awaited()], others) == (ArrivedCredit(awaited(), (others[1],)),)


def test_several_are_it_when_all_of_them_add_up() -> None:
    parts = [note(5, 400_00), note(6, 600_00)]
    assert arrived([awaited()], parts) == (ArrivedCredit(awaited(), tuple(parts)),)


def test_another_sum_leaves_it_awaited() -> None:
    assert arrived([awaited()], [note(5, 400_00), note(6, 700_00)]) == ()


def test_notes_from_before_of_another_client_or_currency_are_another_matter() -> None:
    others = [
        note(5, 1_000_00, date(2026, 11, 23)),
        note(6, 1_000_00, client_id=202),
        note(7, 1_000_00, currency="USD"),
    ]
    assert arrived([awaited()], others) == ()


def test_one_note_ends_one_wait_the_oldest() -> None:
    first, second = awaited(2, since=date(2026, 11, 20)), awaited(1)
    assert [one.awaited for one in arrived([second, first], [note(5, 1_000_00)])] == [first]
