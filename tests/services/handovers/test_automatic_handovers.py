"""Files that leave by themselves, and those nobody takes."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.told import Told
from bot.services.handovers.offers import close_handover, note_posted, offer_automatically
from bot.services.handovers.service import HandedOver, HandoverService
from storage import client_files, handovers
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company
from tests.services.handovers.offering import WEDNESDAY, _at, _automatic
from tests.services.outbox import alert_of, messages_of, told


def test_an_ended_window_hands_the_file_over_once_and_mentions_its_owner(
    database: Database, company: Company
) -> None:
    ids = {_automatic(database, company) for _ in range(2)}
    rows = messages_of(database, company)
    assert len(ids) == 1
    assert [row.kind for row in rows] == [Told.HANDOVER, Told.ALERT_EVENT]
    assert rows[1].body["mention_id"] == company.anne.person_id


def test_a_file_that_leaves_at_night_is_said_in_the_morning(
    database: Database, company: Company
) -> None:
    _automatic(database, company, now=AT_TEN + timedelta(hours=12))
    assert {row.next_attempt_at for row in messages_of(database, company)} == {
        datetime(2026, 11, 25, 8, tzinfo=UTC)
    }


def test_a_file_taken_back_can_leave_by_itself_again(
    database: Database, company: Company, service: HandoverService
) -> None:
    first = _automatic(database, company)
    service.take_back(company.anne, first or 0)
    assert _automatic(database, company) not in (None, first)


def test_taking_back_after_the_windows_end_leaves_three_days(
    database: Database, company: Company
) -> None:
    late = HandoverService(database, Clock(AT_TEN + timedelta(days=20)))
    late.take_back(company.anne, _automatic(database, company) or 0)
    assert alert_of(database, company).window_ends_on == date(2026, 12, 17)


def test_an_unknown_alert_is_not_handed_over(database: Database, company: Company) -> None:
    with database.write() as work:
        assert (
            offer_automatically(
                work.session,
                workspace_id=company.workspace_id,
                alert_id=1,
                now=AT_TEN,
                today=TUESDAY,
            )
            is None
        )


def test_the_handover_of_an_alert_that_is_over_is_closed_and_redrawn_once(
    database: Database, company: Company, offered: HandedOver
) -> None:
    with database.write() as work:
        closed = [
            close_handover(
                work.session,
                workspace_id=company.workspace_id,
                alert_id=company.alert_id,
                now=AT_TEN,
            )
            for _ in range(2)
        ]
        work.commit()
    assert closed == [offered.handover_id, None]
    assert told(database, company)[-1] == (Told.HANDOVER, "CFINANCE", "chat.update")


def test_where_a_handover_was_posted_is_remembered(
    database: Database, company: Company, offered: HandedOver
) -> None:
    with database.write() as work:
        note_posted(
            work.session,
            workspace_id=company.workspace_id,
            handover_id=offered.handover_id,
            channel="CFINANCE",
            ts="2.0",
        )
        line = handovers.get_handover(
            work.session, workspace_id=company.workspace_id, id=offered.handover_id
        )
    assert line is not None
    assert (line.channel, line.ts) == ("CFINANCE", "2.0")


def test_a_file_nobody_takes_is_said_once_to_finance_then_once_to_its_manager(
    database: Database, company: Company, service: HandoverService, offered: HandedOver
) -> None:
    reports = [
        service.run_clocks(company.workspace_id, day, _at(day))
        for day in (
            WEDNESDAY,
            date(2026, 11, 26),
            date(2026, 11, 26),
            date(2026, 11, 27),
            date(2026, 11, 28),
            date(2026, 11, 30),
        )
    ]
    told_ids = [(report.finance, report.finance_manager) for report in reports]
    id = offered.handover_id
    assert told_ids == [((), ()), ((id,), ()), ((), ()), ((), (id,)), ((), ()), ((), ())]
    reminders = [row for row in messages_of(database, company) if row.kind == "handover_reminder"]
    assert [(row.channel, row.person_id) for row in reminders] == [
        ("CFINANCE", None),
        ("", company.nadia.person_id),
    ]


def test_an_alert_changes_hands_under_a_lock(database: Database, company: Company) -> None:
    with database.write() as work:
        alert = client_files.lock_alert(
            work.session, workspace_id=company.workspace_id, id=company.alert_id
        )
        work.commit()
    assert alert is not None
    assert alert.version == 1
