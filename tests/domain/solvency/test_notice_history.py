"""Corrections and cancellations against the notices they name."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.solvency.dossier import Event, EventKind
from bot.domain.solvency.notice_history import standing_events
from bot.domain.solvency.notice_reading import NoticeType, Reading

SIREN = "996527057"


def event(id: str, kind: EventKind, day: int, *, on: int | None = None, of: str = "") -> Event:
    judged = None if on is None else date(2026, 9, on)
    return Event(id, SIREN, kind, date(2026, 10, day), judged, replaces=of)


def notice(id: str, kind: EventKind, day: int, *, on: int | None = None) -> Reading:
    return Reading(event(id, kind, day, on=on))


def correction(id: str, kind: EventKind, day: int, of: str = "", on: int | None = None) -> Reading:
    return Reading(event(id, kind, day, on=on, of=of), NoticeType.CORRECTION)


def cancellation(id: str, day: int, of: str = "") -> Reading:
    return Reading(event(id, EventKind.UNREAD, day, of=of), NoticeType.CANCELLATION)


OPENING = notice("A1", EventKind.LIQUIDATION, 1, on=20)


def kinds(*readings: Reading) -> list[tuple[str, EventKind]]:
    return [(event.notice_id, event.kind) for event in standing_events(readings)]


def test_a_cancelled_notice_is_gone() -> None:
    assert standing_events([OPENING, cancellation("A2", 5, of="A1")]) == ()


def test_a_cancellation_of_an_unknown_notice_is_kept_unread() -> None:
    assert kinds(cancellation("A2", 5, of="A0")) == [("A2", EventKind.UNREAD)]


def test_a_cancellation_that_names_nothing_is_kept_unread() -> None:
    assert kinds(OPENING, cancellation("A2", 5)) == [
        ("A1", EventKind.LIQUIDATION),
        ("A2", EventKind.UNREAD),
    ]


def test_a_correction_takes_the_place_of_the_notice_it_names() -> None:
    corrected = correction("A2", EventKind.REDRESSEMENT, 5, of="A1")
    assert kinds(OPENING, corrected) == [("A2", EventKind.REDRESSEMENT)]


def test_a_correction_keeps_the_first_publication_day_and_the_judgment_day() -> None:
    [stands] = standing_events([OPENING, correction("A2", EventKind.REDRESSEMENT, 5, of="A1")])
    assert (stands.published_on, stands.on) == (date(2026, 10, 1), date(2026, 9, 20))


def test_a_correction_not_understood_leaves_the_notice_standing() -> None:
    unclear = correction("A2", EventKind.UNREAD, 5, of="A1")
    assert kinds(OPENING, unclear) == [("A1", EventKind.LIQUIDATION), ("A2", EventKind.UNREAD)]


def test_a_correction_of_something_not_understood_replaces_it() -> None:
    unclear = notice("A1", EventKind.UNREAD, 1)
    assert kinds(unclear, correction("A2", EventKind.UNREAD, 5, of="A1")) == [
        ("A2", EventKind.UNREAD)
    ]


def test_a_correction_that_names_nothing_replaces_the_same_act_of_the_same_day() -> None:
    corrected = correction("A2", EventKind.LIQUIDATION, 5, on=20)
    assert kinds(OPENING, corrected) == [("A2", EventKind.LIQUIDATION)]


def test_a_correction_of_an_unknown_notice_stands_for_itself() -> None:
    assert kinds(correction("A2", EventKind.LIQUIDATION, 5, of="A0")) == [
        ("A2", EventKind.LIQUIDATION)
    ]


def test_cancelling_the_first_notice_cancels_what_replaced_it() -> None:
    twice = (
        OPENING,
        correction("A2", EventKind.LIQUIDATION, 5, of="A1"),
        correction("A3", EventKind.LIQUIDATION, 6, of="A2"),
        cancellation("A4", 7, of="A1"),
    )
    assert standing_events(twice) == ()


def test_corrections_of_different_notices_do_not_meet() -> None:
    readings = (
        OPENING,
        notice("B1", EventKind.STRUCK_OFF, 2),
        correction("A2", EventKind.LIQUIDATION, 5, of="A1"),
        correction("B2", EventKind.STRUCK_OFF, 6, of="B1"),
    )
    assert kinds(*readings) == [("A2", EventKind.LIQUIDATION), ("B2", EventKind.STRUCK_OFF)]


def test_a_notice_that_names_itself_stands() -> None:
    assert kinds(notice("A1", EventKind.PLAN, 1), correction("A1", EventKind.PLAN, 1, of="A1")) == [
        ("A1", EventKind.PLAN)
    ]


MIXED = (
    OPENING,
    correction("A2", EventKind.REDRESSEMENT, 1, of="A1"),
    notice("A3", EventKind.PLAN, 9),
    cancellation("A4", 9, of="A3"),
    notice("A5", EventKind.UNREAD, 9),
)


@given(st.permutations(MIXED))
def test_the_order_in_which_notices_come_in_changes_nothing(readings: list[Reading]) -> None:
    assert standing_events(readings) == standing_events(MIXED)


def test_the_same_notice_twice_is_one_event() -> None:
    assert len(standing_events([OPENING, OPENING])) == 1
