"""Delivery against a strict Slack that fails on demand: none lost, none doubled, in order."""

from sqlmodel import Session

from bot.playground.faults import Fault, FaultKind
from bot.playground.server import Playground
from bot.services.delivery.results import Verdict
from storage import messages
from storage.outgoing import Outgoing
from storage.unit_of_work import Database
from storage.vault import Vault
from tests.delivery.stage import (
    ANNE,
    KINDS,
    MovedClock,
    PostOffice,
    Words,
    a_post_office,
)
from tests.services.delivery.posting import POST, posted, row, tell
from tests.storage.queue_rows import WORKSPACE, a_person, told, two_workspaces


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


async def test_channels_do_not_wait_for_a_slow_one(
    database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(database, "slow", channel="C1")
    tell(database, "quick", channel="C2")
    playground.faults.add(Fault(POST, FaultKind.TIMEOUT, hold_seconds=0.3, channel="C1"))
    await office.deliver()
    assert posted(playground) == ["quick"]
