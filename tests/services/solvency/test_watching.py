"""The nightly watch: what it asks for, writes, tells and freezes, and how a kill is made good."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.demo.register import Publication
from bot.services.solvency.watching import WatchService
from storage import watches
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY
from tests.services.solvency.watch_desk import CLOSING, OPENING, PLAIN, WatchDesk

TOMORROW = TUESDAY + timedelta(days=1)
NIGHT = AT_TEN + timedelta(hours=17)  # the next night at 3:00 in Paris
OPENED_TOMORROW = Publication("collective", -1, OPENING)


@pytest.fixture
def desk(database: Database) -> WatchDesk:
    return WatchDesk(database)


@pytest.fixture
def watched(sqlite_database: Database) -> WatchDesk:
    """A watch that already ran once, with nothing published."""
    desk = WatchDesk(sqlite_database)
    desk.run()
    desk.asked.clear()
    return desk


def overnight(desk: WatchDesk) -> None:
    desk.publish(OPENED_TOMORROW)
    desk.clock.now = NIGHT
    desk.run(TOMORROW)


def test_a_company_is_read_once_then_only_days_are_asked(watched: WatchDesk) -> None:
    watched.run(TOMORROW)
    assert watched.asked == ["json"] * 4


def test_an_opening_is_kept_rated_and_asked_about(desk: WatchDesk) -> None:
    desk.run()
    overnight(desk)
    assert desk.rows("SELECT kind FROM notice") == [("proceeding",)]
    assert desk.rows("SELECT rating, verdict FROM company_rating") == [("D", "ask_finance")]
    assert desk.rows("SELECT siren, course FROM event_decision") == [(PLAIN, "")]


def test_finance_and_the_owner_are_told_at_the_first_working_minute(watched: WatchDesk) -> None:
    overnight(watched)
    told = watched.rows("SELECT channel, person_id, next_attempt_at FROM message ORDER BY id")
    assert [row[:2] for row in told] == [
        ("CFINANCE", None),
        ("", watched.company.anne.person_id),
    ]
    assert {str(row[2])[:16] for row in told} == {"2026-11-25 08:00"}


def test_a_notice_that_could_not_be_read_is_finance_s_alone(watched: WatchDesk) -> None:
    watched.publish(Publication("collective", -1, "Jugement d'un genre inconnu"))
    watched.run(TOMORROW)
    assert watched.rows("SELECT kind FROM notice") == [("unread",)]
    assert watched.rows("SELECT channel, person_id FROM message") == [("CFINANCE", None)]


def test_nobody_is_told_before_alerts_are_on_and_then_all_are(watched: WatchDesk) -> None:
    def activated(at: str) -> None:
        with watched.database.write() as work:
            work.session.execute(text(f"UPDATE person SET activated_at = {at}"))
            work.commit()

    activated("NULL")
    overnight(watched)
    assert watched.rows("SELECT id FROM message") == []
    activated("(SELECT min(created_at) FROM workspace)")
    watched.run(TOMORROW + timedelta(days=1))
    assert len(watched.rows("SELECT id FROM message")) == 2


def test_whoever_follows_a_prospect_is_told(watched: WatchDesk) -> None:
    with watched.database.write() as work:
        watches.watch(
            work.session,
            workspace_id=watched.company.workspace_id,
            siren=PLAIN,
            name="Prospect",
            person_id=watched.company.karim.person_id or 0,
            at=AT_TEN,
        )
        work.commit()
    overnight(watched)
    told = {row[0] for row in watched.rows("SELECT person_id FROM message")}
    assert watched.company.karim.person_id in told


def test_a_night_run_twice_says_nothing_twice(watched: WatchDesk) -> None:
    overnight(watched)
    before = watched.rows("SELECT dedupe_key FROM message ORDER BY id")
    watched.run(TOMORROW)
    assert watched.rows("SELECT dedupe_key FROM message ORDER BY id") == before


def test_missed_nights_are_caught_up(watched: WatchDesk) -> None:
    watched.publish(OPENED_TOMORROW)
    report = watched.run(TUESDAY + timedelta(days=6))
    assert [event.published_on for event in report.events] == [TOMORROW]


def test_a_source_that_fails_leaves_the_day_for_the_next_run(watched: WatchDesk) -> None:
    watched.publish(OPENED_TOMORROW)
    watched.faults["notices"] = "500"
    assert watched.run(TOMORROW).failed == "down"
    watched.faults.clear()
    assert len(watched.run(TOMORROW).events) == 1


def test_a_company_that_cannot_be_read_is_read_by_the_next_run(desk: WatchDesk) -> None:
    desk.faults["notices"] = "garbage"
    assert desk.run().failed == "wrong"
    assert desk.rows("SELECT day FROM watched_day") == []
    desk.faults.clear()
    assert desk.run().read == [PLAIN]


def test_a_first_watch_asks_only_about_what_is_in_force(desk: WatchDesk) -> None:
    desk.publish(Publication("collective", 200, OPENING), Publication("collective", 20, CLOSING))
    assert desk.run().asked == 0


def test_a_proceeding_begun_long_ago_is_found_when_a_company_is_first_read(
    desk: WatchDesk,
) -> None:
    desk.publish(Publication("collective", 200, OPENING))
    assert desk.run().asked == 1


def test_a_proceeding_freezes_its_client_until_it_ends(watched: WatchDesk) -> None:
    overnight(watched)
    held = watched.rows("SELECT kind, client_id FROM hold WHERE lifted_at IS NULL")
    assert held == [("proceeding", watched.company.client_id)]
    watched.publish(OPENED_TOMORROW, Publication("collective", -2, CLOSING))
    watched.run(TOMORROW + timedelta(days=1))
    assert watched.rows("SELECT kind FROM hold WHERE lifted_at IS NULL") == []


def test_a_freeze_comes_back_when_its_end_is_corrected(watched: WatchDesk) -> None:
    overnight(watched)
    watched.publish(OPENED_TOMORROW, Publication("collective", -2, CLOSING))
    watched.run(TOMORROW + timedelta(days=1))
    watched.publish(OPENED_TOMORROW, Publication("radiation", -3))
    watched.run(TOMORROW + timedelta(days=2))
    assert len(watched.rows("SELECT id FROM hold WHERE lifted_at IS NULL")) == 1


def test_nobody_is_asked_without_sources(sqlite_database: Database) -> None:
    desk = WatchDesk(sqlite_database)
    report = WatchService(sqlite_database, desk.clock).run(desk.company.workspace_id, TUESDAY)
    assert (report.followed, report.days) == (1, [])


class Killed(BaseException):
    """The process died."""


@dataclass
class DyingClock:
    """A clock that kills whoever asks it the time once too often."""

    left: int
    now: datetime = NIGHT

    def __call__(self) -> datetime:
        """Return the instant it shows, or die."""
        if not self.left:
            raise Killed
        self.left -= 1
        return self.now


@pytest.mark.parametrize("asked", range(5))
def test_a_run_killed_anywhere_is_made_good_by_the_next(watched: WatchDesk, asked: int) -> None:
    watched.publish(OPENED_TOMORROW)
    watched.clock.now = NIGHT
    with suppress(Killed):
        watched.run(TOMORROW, clock=DyingClock(asked))
    watched.run(TOMORROW)
    assert watched.rows("SELECT kind FROM notice") == [("proceeding",)]
    assert len(watched.rows("SELECT id FROM event_decision")) == 1
    assert len(watched.rows("SELECT id FROM message")) == 2
    assert len(watched.rows("SELECT id FROM hold")) == 1
