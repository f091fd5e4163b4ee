"""Which proceeding is in force, from all that was published."""

from datetime import date, timedelta

import pytest

from bot.domain.solvency.dossier import Event, EventKind
from bot.domain.solvency.standing import standing_of

K = EventKind


def story(*kinds: EventKind | tuple[EventKind, EventKind | None]) -> list[Event]:
    """Return notices of these kinds, one a month; a pair is a conversion and what into."""
    notices = []
    for number, kind in enumerate(kinds):
        plain, into = kind if isinstance(kind, tuple) else (kind, None)
        day = date(2025, 1, 1) + timedelta(days=30 * number)
        notices.append(Event(f"A{number}", "552100554", plain, day, into=into))
    return notices


@pytest.mark.parametrize(
    ("events", "kind", "opened"),
    [
        (story(), None, None),
        (story(K.SAUVEGARDE), K.SAUVEGARDE, "A0"),
        (story(K.REDRESSEMENT, (K.CONVERSION, K.LIQUIDATION)), K.LIQUIDATION, "A0"),
        (story((K.CONVERSION, K.LIQUIDATION)), K.LIQUIDATION, "A0"),
        (story(K.SAUVEGARDE, (K.CONVERSION, None)), K.SAUVEGARDE, "A0"),
        (story((K.CONVERSION, None)), K.REDRESSEMENT, "A0"),
        (story(K.LIQUIDATION, (K.CONVERSION, K.REDRESSEMENT)), K.REDRESSEMENT, "A0"),
        (story(K.REDRESSEMENT, K.PLAN), K.PLAN, "A0"),
        (story(K.REDRESSEMENT, K.PLAN, K.PLAN_ENDED), K.PLAN_ENDED, "A0"),
        (story(K.REDRESSEMENT, K.PLAN, K.LIQUIDATION), K.LIQUIDATION, "A2"),
        (story(K.LIQUIDATION, K.PLAN), K.LIQUIDATION, "A0"),
        (story(K.LIQUIDATION, K.REDRESSEMENT), K.LIQUIDATION, "A0"),
        (story(K.SAUVEGARDE, K.REDRESSEMENT), K.REDRESSEMENT, "A0"),
        (story(K.LIQUIDATION, K.CLOSED_UNPAID), K.CLOSED_UNPAID, "A0"),
        (story(K.LIQUIDATION, K.CLOSED_PAID), K.CLOSED_PAID, "A0"),
        (story(K.LIQUIDATION, K.CLOSED_PAID, K.SAUVEGARDE), K.SAUVEGARDE, "A2"),
        (story(K.PERSONAL_RECOVERY), K.PERSONAL_RECOVERY, None),
        (story(K.LIQUIDATION, K.PERSONAL_RECOVERY), K.LIQUIDATION, "A0"),
        (story(K.REDRESSEMENT, K.PROCEDURAL, K.ACCOUNTS_FILED), K.REDRESSEMENT, "A0"),
    ],
)
def test_what_is_in_force(events: list[Event], kind: EventKind | None, opened: str | None) -> None:
    standing = standing_of(reversed(events))
    assert (standing.kind, standing.opened.notice_id if standing.opened else None) == (
        kind,
        opened,
    )


@pytest.mark.parametrize(
    ("kind", "protected"),
    [(K.SAUVEGARDE, True), (K.PLAN, True), (K.CLOSED_PAID, False), (K.OTHER, False)],
)
def test_old_debts_are_frozen_while_a_proceeding_or_a_plan_runs(
    kind: EventKind, protected: bool
) -> None:
    assert standing_of(story(kind)).is_protected is protected
