"""The way out to Slack: what each failure means, what is found again, which channels are safe."""

import socket
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.channel_troubles import Trouble
from bot.domain.errors import (
    AmbiguousDelivery,
    DeliveryError,
    NotFound,
    PermanentDeliveryError,
    TemporaryDeliveryError,
)
from bot.outlets.slack import Block, SlackClient, open_session
from bot.outlets.slack_channels import check_channel
from bot.playground.config import SeedChannel, SeedUser
from bot.playground.faults import Fault, FaultKind
from bot.playground.server import Playground
from tests.delivery.stage import ANNE, a_client, a_playground

POST = "chat.postMessage"
LONG_AGO = datetime.now(UTC) - timedelta(hours=1)
TABLE: Block = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
SECTION: Block = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}
USERS = (
    SeedUser(ANNE, "anne", "Anne Morel", "anne@example.org", locale="fr-FR"),
    SeedUser("UGUEST", "guest", "Invitée", is_guest=True),
    SeedUser("UOTHER", "other", "Ailleurs", team_id="T0OTHER"),
)
CHANNELS = (
    SeedChannel("C0", "ventes", [ANNE]),
    SeedChannel("CPUBLIC", "general", [ANNE], is_private=False),
    SeedChannel("CSHARED", "partagé", [ANNE], is_shared=True),
    SeedChannel("CGUEST", "invités", [ANNE, "UGUEST"]),
    SeedChannel("COTHER", "autres", [ANNE, "UOTHER"]),
    SeedChannel("CAWAY", "ailleurs", [ANNE], bot_is_member=False),
    SeedChannel("CEMPTY", "public-sans-bot", [ANNE], is_private=False, bot_is_member=False),
)


@pytest.fixture(scope="module")
def served() -> Iterator[Playground]:
    with a_playground(users=USERS, channels=CHANNELS) as opened:
        yield opened


@pytest.fixture
def playground(served: Playground) -> Iterator[Playground]:
    yield served
    served.faults.clear()


@pytest.fixture
async def slack(playground: Playground) -> AsyncIterator[SlackClient]:
    async with a_client(playground, seconds=0.5) as client:
        yield client


async def test_a_post_says_where_it_stands(slack: SlackClient, playground: Playground) -> None:
    posted = await slack.post("C0", "bonjour", [SECTION], key="k1")
    last = playground.posts()[-1]
    assert (posted.channel, posted.ts) == ("C0", last["ts"])
    assert last["metadata"]["event_payload"] == {"key": "k1"}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(POST, FaultKind.RATE_LIMITED, retry_after=7), TemporaryDeliveryError),
        (Fault(POST, FaultKind.ERROR_500), AmbiguousDelivery),
        (Fault(POST, FaultKind.ERROR_502), AmbiguousDelivery),
        (Fault(POST, FaultKind.ANSWER_502), AmbiguousDelivery),
        (Fault(POST, FaultKind.ANSWER_LOST), AmbiguousDelivery),
        (Fault(POST, FaultKind.TIMEOUT, hold_seconds=1), AmbiguousDelivery),
        (Fault(POST, FaultKind.EMPTY_BODY), AmbiguousDelivery),
        (Fault(POST, FaultKind.SLACK_ERROR, detail="fatal_error"), AmbiguousDelivery),
        (Fault(POST, FaultKind.SLACK_ERROR, detail="token_expired"), TemporaryDeliveryError),
        (Fault(POST, FaultKind.SLACK_ERROR, detail="is_archived"), PermanentDeliveryError),
    ],
    ids=lambda value: value.kind + value.detail if isinstance(value, Fault) else value.__name__,
)
async def test_each_failure_means_one_thing(
    slack: SlackClient, playground: Playground, fault: Fault, error: type[DeliveryError]
) -> None:
    playground.faults.add(fault)
    with pytest.raises(error):
        await slack.post("C0", "bonjour", [], key="k")


async def test_retry_after_comes_with_the_refusal(
    slack: SlackClient, playground: Playground
) -> None:
    playground.faults.add(Fault(POST, FaultKind.RATE_LIMITED, retry_after=7))
    with pytest.raises(TemporaryDeliveryError) as refused:
        await slack.post("C0", "bonjour", [], key="k")
    assert refused.value.retry_after == 7


async def test_a_slack_that_cannot_be_reached_took_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    async with open_session() as session:
        client = SlackClient("xoxb-1", base_url=f"http://127.0.0.1:{port}/api/", session=session)
        with pytest.raises(TemporaryDeliveryError) as refused:
            await client.post("C0", "bonjour", [], key="k")
    assert refused.value.retry_after


async def test_a_failed_post_is_not_sent_again_by_the_client(
    slack: SlackClient, playground: Playground
) -> None:
    before = len(playground.posts())
    playground.faults.add(Fault(POST, FaultKind.ANSWER_LOST))
    with pytest.raises(AmbiguousDelivery):
        await slack.post("C0", "bonjour", [], key="once")
    assert len(playground.posts()) == before + 1


async def test_a_workspace_that_refuses_newer_blocks_gets_the_others(
    slack: SlackClient, playground: Playground
) -> None:
    playground.faults.add(Fault(POST, FaultKind.SLACK_ERROR, detail="invalid_blocks"))
    await slack.post("C0", "bonjour", [SECTION, TABLE], key="k")
    assert [block["type"] for block in playground.posts()[-1]["blocks"]] == ["section"]


async def test_blocks_refused_for_another_reason_are_not_tried_again(
    slack: SlackClient, playground: Playground
) -> None:
    playground.faults.add(Fault(POST, FaultKind.SLACK_ERROR, detail="invalid_blocks"))
    with pytest.raises(PermanentDeliveryError):
        await slack.post("C0", "bonjour", [SECTION], key="k")


async def test_a_message_is_found_by_its_key(slack: SlackClient) -> None:
    posted = await slack.post("C0", "bonjour", [], key="wanted")
    for number in range(3):
        await slack.post("C0", "autre", [], key=f"other{number}")
    found = await slack.find_by_key("C0", "wanted", oldest=LONG_AGO)
    assert found == posted


async def test_a_reply_is_found_by_its_key_in_its_thread_only(slack: SlackClient) -> None:
    parent = await slack.post("C0", "bonjour", [], key="parent")
    reply = await slack.post("C0", "suite", [], key="reply", thread=parent.ts)
    found = await slack.find_by_key("C0", "reply", oldest=LONG_AGO, thread=parent.ts)
    assert found == reply
    assert await slack.find_by_key("C0", "reply", oldest=LONG_AGO) is None


async def test_nothing_is_found_that_was_never_posted(slack: SlackClient) -> None:
    assert await slack.find_by_key("C0", "never", oldest=LONG_AGO) is None


async def test_an_edit_changes_the_message(slack: SlackClient, playground: Playground) -> None:
    posted = await slack.post("C0", "avant", [], key="e")
    await slack.update("C0", posted.ts, "après", [])
    assert playground.messages("C0")[-1]["text"] == "après"


async def test_an_ephemeral_is_seen_by_one(slack: SlackClient, playground: Playground) -> None:
    await slack.ephemeral("C0", ANNE, "pour vous", [])
    assert playground.ephemerals(ANNE)[-1]["text"] == "pour vous"


async def test_a_person_comes_with_locale_and_zone(slack: SlackClient) -> None:
    person = await slack.person_by_email("anne@example.org")
    assert (person.id, person.locale, person.time_zone) == (ANNE, "fr-FR", "Europe/Paris")


async def test_an_unknown_person_is_not_found(slack: SlackClient) -> None:
    with pytest.raises(NotFound):
        await slack.person_by_email("nobody@example.org")
    with pytest.raises(NotFound):
        await slack.person("UNOBODY")


@pytest.mark.parametrize(
    ("channel", "troubles"),
    [
        ("C0", []),
        ("CPUBLIC", [Trouble.PUBLIC]),
        ("CSHARED", [Trouble.SHARED]),
        ("CGUEST", [Trouble.GUESTS]),
        ("COTHER", [Trouble.GUESTS]),
        ("CAWAY", [Trouble.NOT_FOUND]),
        ("CEMPTY", [Trouble.NOT_MEMBER, Trouble.PUBLIC]),
        (ANNE, []),
    ],
)
async def test_a_channel_is_safe_or_says_why_not(
    slack: SlackClient, channel: str, troubles: list[Trouble]
) -> None:
    problems = await check_channel(slack, channel)
    assert [problem.trouble for problem in problems] == troubles
    assert all(problem.mend for problem in problems)
