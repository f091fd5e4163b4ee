"""Answers that were lost, refusals, a Slack that is down: nothing is lost, nothing doubled."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.playground.faults import Fault, FaultKind
from bot.playground.server import Playground
from bot.services.delivery.results import TRIES, Verdict
from bot.services.delivery.service import DeliverySettings
from storage import dead_messages
from storage.pace import PaceRules
from storage.tables.alerts import Event
from storage.tables.queue import Message
from storage.unit_of_work import Database
from tests.delivery.stage import (
    ANNE,
    MovedClock,
    PostOffice,
    a_post_office,
)
from tests.services.delivery.posting import POST, posted, row, tell
from tests.storage.queue_rows import NOW, WORKSPACE, two_workspaces


async def test_retry_after_is_honoured_and_is_nobodys_fault(
    database: Database, playground: Playground, clock: MovedClock
) -> None:
    two_workspaces(database)
    tell(database, "a")
    tell(database, "b", channel="C2")
    playground.faults.add(Fault(POST, FaultKind.RATE_LIMITED, retry_after=30, channel="C1"))
    paced = DeliverySettings(pace=PaceRules())
    async with a_post_office(database, playground, clock, settings=paced) as office:
        await office.deliver()
        clock.forward(seconds=29)
        assert "a" not in posted(playground)
        await office.deliver()
        assert "a" not in posted(playground)
        clock.forward(seconds=1)
        await office.deliver()
    assert "a" in posted(playground)
    assert row(database, "a").attempts == 1


@pytest.mark.parametrize(
    "kind", [FaultKind.ANSWER_LOST, FaultKind.ANSWER_502], ids=["connection lost", "502"]
)
async def test_a_post_whose_answer_was_lost_is_found_and_not_sent_again(
    database: Database, playground: Playground, office: PostOffice, kind: FaultKind
) -> None:
    tell(database, "a")
    playground.faults.add(Fault(POST, kind))
    await office.deliver()
    assert row(database, "a").state == "unknown"
    await office.work(0.1)
    assert posted(playground) == ["a"]
    kept = row(database, "a")
    assert (kept.state, kept.sent_ts) == ("sent", playground.posts()[0]["ts"])


@pytest.mark.parametrize(
    "kind",
    [FaultKind.TIMEOUT, FaultKind.ERROR_500, FaultKind.ERROR_502, FaultKind.EMPTY_BODY],
)
async def test_a_post_that_never_arrived_is_sent_once_it_was_looked_for(
    database: Database, playground: Playground, office: PostOffice, kind: FaultKind
) -> None:
    tell(database, "a")
    playground.faults.add(Fault(POST, kind))
    await office.deliver()
    await office.work(0.1)
    assert posted(playground) == ["a"]


async def test_a_reply_whose_answer_was_lost_is_found_in_its_thread(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "parent", kind="alert", subject="alert:1")
    await office.deliver()
    tell(database, "reply", thread="alert:1", channel="")
    playground.faults.add(Fault(POST, FaultKind.ANSWER_LOST))
    await office.deliver()
    await office.work(0.1)
    assert posted(playground) == ["parent", "reply"]
    assert playground.posts()[1]["thread_ts"] == playground.posts()[0]["ts"]


async def test_a_direct_message_whose_answer_was_lost_is_found(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "a", channel=ANNE)
    playground.faults.add(Fault(POST, FaultKind.ANSWER_LOST))
    await office.deliver()
    await office.work(0.1)
    assert posted(playground) == ["a"]


async def test_the_parent_found_after_a_lost_answer_is_heard_of(
    database: Database, playground: Playground, clock: MovedClock
) -> None:
    heard: list[str] = []
    two_workspaces(database)
    tell(database, "a", kind="alert", subject="alert:1")
    playground.faults.add(Fault(POST, FaultKind.ANSWER_LOST))
    on_sent = {"alert": lambda _s, message, _c, ts: heard.append(ts)}
    async with a_post_office(database, playground, clock, on_sent=on_sent) as office:
        await office.deliver()
        await office.work(0.1)
    assert heard == [playground.posts()[0]["ts"]]


async def test_an_hour_without_slack_loses_and_doubles_nothing(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    keys = [f"k{number}" for number in range(5)]
    tell(database, *keys)
    playground.faults.add(Fault("*", FaultKind.ERROR_502, times=None))
    await office.work(1, step_seconds=60)
    assert posted(playground) == []
    playground.faults.clear()
    await office.work(1, step_seconds=60)
    assert sorted(posted(playground)) == keys


async def test_replies_keep_their_order_when_the_first_one_fails(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "parent", kind="alert", subject="alert:1")
    await office.deliver()
    tell(database, "first", "second", "third", thread="alert:1", channel="")
    playground.faults.add(Fault(POST, FaultKind.ERROR_500))
    await office.work(0.1)
    assert posted(playground) == ["parent", "first", "second", "third"]


async def test_a_message_that_keeps_failing_is_given_up_with_an_event(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "a")
    internal = Fault(POST, FaultKind.SLACK_ERROR, times=None, detail="internal_error")
    playground.faults.add(internal)
    await office.work(12, step_seconds=120)
    kept = row(database, "a")
    assert (kept.state, kept.attempts) == ("dead", TRIES)
    with database.read() as uow:
        assert dead_messages.count_dead(uow.session, workspace_id=WORKSPACE) == 1
        [event] = uow.session.execute(select(Event)).scalars()
    assert event.kind == "message_dead"


async def test_a_channel_that_is_gone_ends_the_message_at_once(
    database: Database, office: PostOffice
) -> None:
    tell(database, "a", channel="CGONE")
    report = await office.deliver()
    assert report.counts == {Verdict.DEAD: 1}
    assert "channel_not_found" in row(database, "a").error


async def test_a_refused_token_holds_the_queue_until_it_is_mended(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "a")
    playground.faults.add(Fault(POST, FaultKind.SLACK_ERROR, detail="token_revoked", times=30))
    await office.work(2, step_seconds=300)
    assert row(database, "a").state == "pending"
    playground.faults.clear()
    await office.work(0.2, step_seconds=300)
    assert posted(playground) == ["a"]


async def test_a_message_of_a_killed_process_is_looked_for_after_its_lease(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "a")
    with database.write() as uow:
        uow.session.execute(select(Message)).scalar_one().state = "sending"
        message = uow.session.execute(select(Message)).scalar_one()
        message.attempts, message.attempted_at = 1, NOW
        message.taken_by, message.taken_until = "gone", NOW + timedelta(minutes=1)
        message.sent_channel = "C1"
        uow.commit()
    await office.work(0.01)
    assert posted(playground) == []
    await office.work(0.05)
    assert posted(playground) == ["a"]
