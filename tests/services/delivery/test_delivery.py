"""Delivery against a strict Slack that fails on demand: none lost, none doubled, in order."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from bot.playground.faults import Fault, FaultKind
from bot.playground.server import Playground
from bot.services.delivery.results import TRIES, Verdict
from bot.services.delivery.service import DeliverySettings
from storage import dead_messages, messages
from storage.outgoing import Outgoing
from storage.pace import PaceRules
from storage.tables.alerts import Event
from storage.tables.queue import Message
from storage.unit_of_work import Database
from storage.vault import Vault
from tests.delivery.stage import (
    ANNE,
    KINDS,
    MovedClock,
    PostOffice,
    Words,
    a_playground,
    a_post_office,
)
from tests.storage.queue_rows import NOW, WORKSPACE, a_person, told, two_workspaces

POST = messages.POST


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def playground(clock: MovedClock) -> Iterator[Playground]:
    with a_playground(clock) as opened:
        yield opened


@pytest.fixture
async def office(
    database: Database, playground: Playground, clock: MovedClock
) -> AsyncIterator[PostOffice]:
    two_workspaces(database)
    async with a_post_office(database, playground, clock) as opened:
        yield opened


def tell(database: Database, *keys: str, **how: object) -> None:
    with database.write() as uow:
        for key in keys:
            told(uow.session, key, **how)  # type: ignore[arg-type]
        uow.commit()


def row(database: Database, key: str) -> Message:
    with database.read() as uow:
        chosen = select(Message).where(col(Message.dedupe_key) == key)
        found: Message = uow.session.execute(chosen).scalar_one()
    return found


def posted(playground: Playground) -> list[str]:
    return [str(post["text"]) for post in playground.posts()]


async def test_what_is_due_is_posted_and_kept_with_its_place(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "a")
    report = await office.deliver()
    kept = row(database, "a")
    assert report.counts == {Verdict.SENT: 1}
    assert posted(playground) == ["a"]
    assert (kept.state, kept.sent_channel) == ("sent", "C1")
    assert kept.sent_ts == playground.posts()[0]["ts"]


async def test_what_was_said_is_kept_sealed(
    database: Database, vault: Vault, office: PostOffice
) -> None:
    tell(database, "a")
    await office.deliver()
    kept = row(database, "a").sent_text_sealed
    assert (kept == "a", vault.unseal(WORKSPACE, kept)) == (False, "a")


async def test_a_second_round_sends_nothing_more(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "a")
    await office.deliver()
    await office.deliver()
    assert posted(playground) == ["a"]


async def test_what_is_no_longer_true_is_not_sent(
    database: Database, playground: Playground, clock: MovedClock
) -> None:
    two_workspaces(database)
    tell(database, "a")
    async with a_post_office(
        database, playground, clock, render={"alert_event": lambda *_: None}
    ) as office:
        await office.deliver()
    assert posted(playground) == []
    assert row(database, "a").state == "replaced"


async def test_the_poster_of_a_parent_hears_where_it_stands(
    database: Database, playground: Playground, clock: MovedClock
) -> None:
    heard: list[tuple[str, str, str]] = []

    def hear(session: Session, message: Outgoing, channel: str, ts: str) -> None:
        heard.append((message.subject, channel, ts))

    two_workspaces(database)
    tell(database, "a", kind="alert", subject="alert:1")
    async with a_post_office(database, playground, clock, on_sent={"alert": hear}) as office:
        await office.deliver()
    assert heard == [("alert:1", "C1", playground.posts()[0]["ts"])]


async def test_a_person_without_a_channel_is_written_to_directly(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    with database.write() as uow:
        a_person(uow.session, 7, slack_user_id=ANNE)
        told(uow.session, "a", channel="", person_id=7)
        uow.commit()
    await office.deliver()
    assert playground.posts()[0]["channel"] == playground.direct_channel(ANNE)


async def test_a_message_to_nowhere_is_given_up_visibly(
    database: Database, office: PostOffice
) -> None:
    tell(database, "a", channel="")
    report = await office.deliver()
    assert report.counts == {Verdict.DEAD: 1}


async def test_a_drawing_that_fails_does_not_stop_the_others(
    database: Database, playground: Playground, clock: MovedClock
) -> None:
    def fail(session: Session, message: Outgoing) -> Words:
        raise RuntimeError("no such view")

    two_workspaces(database)
    tell(database, "bad", kind="handover")
    tell(database, "good")
    render = {**KINDS, "handover": fail}
    async with a_post_office(database, playground, clock, render=render) as office:
        await office.deliver()
    assert posted(playground) == ["good"]
    assert row(database, "bad").state == "pending"


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


async def test_an_edit_changes_the_message_in_place(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "post", kind="alert", subject="alert:1")
    await office.deliver()
    tell(database, "edit", kind="alert", subject="alert:1", method=messages.EDIT)
    await office.deliver()
    assert posted(playground) == ["post"]
    assert [message["text"] for message in playground.messages("C1")] == ["edit"]


async def test_an_edit_of_a_deleted_message_posts_it_anew_once(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "post", kind="alert", subject="alert:1")
    await office.deliver()
    playground.slack.workspace.messages["C1"].clear()
    tell(database, "edit", kind="alert", subject="alert:1", method=messages.EDIT)
    await office.work(0.02)
    assert posted(playground) == ["post", "edit"]
    playground.slack.workspace.messages["C1"].clear()
    tell(database, "again", kind="alert", subject="alert:1", method=messages.EDIT)
    await office.work(0.02)
    assert posted(playground) == ["post", "edit"]
    assert row(database, "again").state == "dead"


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


async def test_channels_do_not_wait_for_a_slow_one(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "slow", channel="C1")
    tell(database, "quick", channel="C2")
    playground.faults.add(Fault(POST, FaultKind.TIMEOUT, hold_seconds=0.3, channel="C1"))
    await office.deliver()
    assert posted(playground) == ["quick"]
