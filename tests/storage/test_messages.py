"""The outbox: once per key, in order, by one taker, settled only by whoever holds it."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import dead_messages, messages
from storage.due_messages import take_unknown
from storage.tables.queue import Message
from storage.unit_of_work import Database
from tests.storage.queue_rows import (
    NOW,
    OTHER,
    WORKSPACE,
    a_person,
    keys,
    sent,
    taken_now,
    terms,
    told,
    two_workspaces,
)


@pytest.fixture(autouse=True)
def _tenants(database: Database) -> None:
    two_workspaces(database)


def states(database: Database) -> dict[str, str]:
    with database.read() as uow:
        rows = uow.session.execute(select(Message)).scalars()
        return {row.dedupe_key: row.state for row in rows}


def unknown_keys(database: Database, taken_by: str, minutes: float) -> list[str]:
    with database.write() as uow:
        at = NOW + timedelta(minutes=minutes)
        taken = take_unknown(uow.session, workspace_id=WORKSPACE, now=at, terms=terms(taken_by))
        uow.commit()
    return keys(taken)


def test_a_key_is_told_once(database: Database) -> None:
    with database.write() as uow:
        first = told(uow.session, "a")
        second = told(uow.session, "a")
        uow.commit()
    assert (first, second) == (True, False)


def test_messages_sent_in_one_moment_are_kept_together(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "a")
        told(uow.session, "b")
        uow.commit()
    taken = taken_now(database).messages
    with database.write() as uow:
        results = [(message, "C1", "1.1", message.key) for message in taken]
        kept = messages.mark_all_sent(uow.session, results, now=NOW)
        uow.commit()
    assert (kept, states(database)) == (2, {"a": "sent", "b": "sent"})


def test_nothing_is_told_when_the_unit_of_work_is_left_without_commit(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "a")
    assert states(database) == {}


def test_a_newer_version_replaces_an_unsent_older_one(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "a:1", subject="alert:1", version=1)
        told(uow.session, "a:2", subject="alert:1", version=2)
        uow.commit()
    assert states(database) == {"a:1": "replaced", "a:2": "pending"}


def test_a_newer_version_leaves_one_already_being_sent(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "a:1", subject="alert:1", version=1)
        uow.commit()
    taken_now(database)
    with database.write() as uow:
        told(uow.session, "a:2", subject="alert:1", version=2)
        uow.commit()
    assert states(database) == {"a:1": "sending", "a:2": "pending"}


def test_what_is_taken_is_not_taken_again(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "a")
        uow.commit()
    assert keys(taken_now(database, "one")) == ["a"]
    assert keys(taken_now(database, "two")) == []


def test_takers_side_by_side_share_and_never_overlap(database: Database) -> None:
    with database.write() as uow:
        for number in range(60):
            told(uow.session, f"k{number}", channel=f"C{number}")
        uow.commit()
    seen: list[str] = []

    def take(name: str) -> None:
        while found := keys(taken_now(database, name)):
            seen.extend(found)

    threads = [threading.Thread(target=take, args=(f"t{n}",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == sorted(f"k{number}" for number in range(60))


def test_a_message_waits_for_an_earlier_one_of_its_thread(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "first", thread="1764.1")
        told(uow.session, "second", thread="1764.1")
        uow.commit()
    first = taken_now(database)
    assert keys(first) == ["first"]
    assert keys(taken_now(database)) == []
    sent(database, first)
    assert keys(taken_now(database)) == ["second"]


def test_a_message_waits_for_an_earlier_one_of_its_subject(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "first", subject="alert:1")
        told(uow.session, "second", subject="alert:1")
        uow.commit()
    assert keys(taken_now(database)) == ["first"]


def test_a_message_held_back_for_later_holds_nobody_up(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "tomorrow", thread="1764.1", not_before=NOW + timedelta(days=1))
        told(uow.session, "now", thread="1764.1")
        uow.commit()
    assert keys(taken_now(database)) == ["now"]


def test_the_soonest_later_message_says_when_to_come_back(database: Database) -> None:
    later = NOW + timedelta(hours=3)
    with database.write() as uow:
        told(uow.session, "later", not_before=later)
        uow.commit()
    assert taken_now(database).next_at == later


def test_a_reply_to_a_subject_waits_for_its_parent_and_lands_in_its_thread(
    database: Database,
) -> None:
    with database.write() as uow:
        told(uow.session, "parent", kind="alert", subject="alert:1")
        told(uow.session, "reply", subject="note:1", thread="alert:1", channel="")
        uow.commit()
    parent = taken_now(database)
    assert keys(parent) == ["parent"]
    sent(database, parent, channel="C9", ts="1764.9")
    [reply] = taken_now(database).messages
    assert (reply.channel, reply.thread) == ("C9", "1764.9")


def test_an_edit_goes_to_the_message_last_posted_for_its_subject(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "post", kind="alert", subject="alert:1")
        uow.commit()
    sent(database, taken_now(database), channel="C9", ts="1764.9")
    with database.write() as uow:
        told(uow.session, "edit", kind="alert", subject="alert:1", method=messages.EDIT)
        uow.commit()
    [edit] = taken_now(database).messages
    assert (edit.channel, edit.edits_ts) == ("C9", "1764.9")


def test_an_edit_of_a_message_still_to_be_posted_is_replaced_by_the_post(
    database: Database,
) -> None:
    with database.write() as uow:
        later = NOW + timedelta(hours=1)
        told(uow.session, "post", kind="alert", subject="alert:1", not_before=later)
        told(uow.session, "edit", kind="alert", subject="alert:1", method=messages.EDIT)
        uow.commit()
    assert keys(taken_now(database)) == []
    assert states(database) == {"post": "pending", "edit": "replaced"}


def test_an_edit_waits_while_its_message_is_being_posted(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "post", kind="alert", subject="alert:1")
        uow.commit()
    taken_now(database)
    with database.write() as uow:
        told(uow.session, "edit", kind="alert", subject="alert:1", method=messages.EDIT)
        uow.commit()
    assert keys(taken_now(database)) == []
    assert states(database)["edit"] == "pending"


@pytest.mark.parametrize(("channel", "expected"), [("CANNE", "CANNE"), ("", "UANNE")])
def test_a_message_without_a_channel_goes_to_its_reader(
    database: Database, channel: str, expected: str
) -> None:
    with database.write() as uow:
        a_person(uow.session, 7, channel=channel, slack_user_id="UANNE")
        told(uow.session, "a", channel="", person_id=7)
        uow.commit()
    [message] = taken_now(database).messages
    assert message.channel == expected


def test_a_dead_process_leaves_its_message_to_be_looked_for(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "a")
        uow.commit()
    taken_now(database)
    assert unknown_keys(database, "two", minutes=0.5) == []
    assert unknown_keys(database, "two", minutes=2) == ["a"]
    assert unknown_keys(database, "three", minutes=2) == []


def test_a_late_answer_does_not_settle_somebody_elses_try(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "a")
        uow.commit()
    [late] = taken_now(database).messages
    unknown_keys(database, "two", minutes=2)
    with database.write() as uow:
        at = NOW + timedelta(minutes=3)
        assert not messages.mark_retry(uow.session, late, at=at, error="", counted=True)


def test_the_dead_are_counted_and_can_be_revived(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "a")
        uow.commit()
    [message] = taken_now(database).messages
    with database.write() as uow:
        messages.mark_dead(uow.session, message, error="is_archived")
        assert dead_messages.count_dead(uow.session, workspace_id=WORKSPACE) == 1
        assert dead_messages.revive_dead(uow.session, workspace_id=WORKSPACE, now=NOW) == 1
        uow.commit()
    assert keys(taken_now(database)) == ["a"]


def test_another_workspace_finds_nothing(database: Database) -> None:
    with database.write() as uow:
        told(uow.session, "a", kind="alert", subject="alert:1")
        uow.commit()
    assert keys(taken_now(database, workspace_id=OTHER)) == []
    [message] = taken_now(database).messages
    with database.write() as uow:
        s = uow.session
        messages.mark_dead(s, message, error="x")
        assert dead_messages.count_dead(s, workspace_id=OTHER) == 0
        assert dead_messages.list_dead(s, workspace_id=OTHER) == []
        assert dead_messages.revive_dead(s, workspace_id=OTHER, now=NOW) == 0
        assert messages.count_unsent(s, workspace_id=OTHER, now=NOW) == 0
        assert not messages.was_reposted(s, workspace_id=OTHER, kind="alert", subject="alert:1")
        assert take_unknown(s, workspace_id=OTHER, now=NOW, terms=terms()).messages == []
