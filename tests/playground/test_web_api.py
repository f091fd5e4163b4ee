import asyncio
import time
from typing import cast

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground, create, serve
from bot.playground.shapes import Json
from tests.playground.conftest import (
    ANNE,
    FOREIGN,
    KARIM,
    PUBLIC,
    SALES,
    a_config,
    a_modal,
    an_input,
    button,
    client_of,
    section,
)


async def refused(call: object) -> Json:
    """Return the answer of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        await call  # type: ignore[misc]
    return cast(Json, caught.value.response.data)


async def test_post_is_recorded_with_an_increasing_ts(
    client: AsyncWebClient, playground: Playground
) -> None:
    first = await client.chat_postMessage(channel=SALES, text="un")
    second = await client.chat_postMessage(channel=SALES, text="deux")
    assert [post["text"] for post in playground.posts()] == ["un", "deux"]
    assert float(first["ts"]) < float(second["ts"])


async def test_record_of_posts_keeps_what_was_deleted(
    client: AsyncWebClient, playground: Playground
) -> None:
    posted = await client.chat_postMessage(channel=SALES, text="un")
    await client.chat_delete(channel=SALES, ts=posted["ts"])
    assert playground.messages(SALES) == []
    assert len(playground.posts()) == 1


async def test_unknown_token_is_refused(playground: Playground) -> None:
    answer = await refused(client_of(playground, "xoxb-other").auth_test())
    assert answer["error"] == "invalid_auth"


async def test_missing_scope_names_what_is_needed() -> None:
    config = a_config(scopes=frozenset({"users:read"}))
    with serve(create(config)) as served:
        client = client_of(served.playground)
        answer = await refused(client.chat_postMessage(channel=SALES, text="un"))
    assert answer["error"] == "missing_scope"
    assert (answer["needed"], answer["provided"]) == ("chat:write", "users:read")


async def test_posting_needs_membership(client: AsyncWebClient) -> None:
    public = await refused(client.chat_postMessage(channel=PUBLIC, text="un"))
    private = await refused(client.chat_postMessage(channel=FOREIGN, text="un"))
    assert (public["error"], private["error"]) == ("not_in_channel", "channel_not_found")


async def test_posting_to_a_person_opens_the_direct_conversation(
    client: AsyncWebClient, playground: Playground
) -> None:
    posted = await client.chat_postMessage(channel=KARIM, text="un")
    assert posted["channel"] == playground.direct_channel(KARIM)


@pytest.mark.parametrize(
    "block",
    [
        section("x" * 3001),
        section(""),
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
        {"type": "alert", "text": {"type": "plain_text", "text": "Attention"}},
        {"type": "actions", "elements": [button(), button()]},
        {"type": "actions", "elements": [button(str(n)) for n in range(26)]},
        {"type": "actions", "elements": [button(style="green")]},
        {"type": "context", "elements": []},
        {"type": "image", "image_url": "http://127.0.0.1/a.png"},
        {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]},
        {"type": "data_table", "rows": [[{"type": "raw_text", "text": "a"}]] * 2},
        {"type": "surprise"},
    ],
)
async def test_faulty_block_refuses_the_whole_message(
    client: AsyncWebClient, playground: Playground, block: Json
) -> None:
    answer = await refused(client.chat_postMessage(channel=SALES, text="un", blocks=[block]))
    assert answer["error"] == "invalid_blocks"
    assert playground.posts() == []


async def test_two_tables_are_one_too_many(client: AsyncWebClient) -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
    answer = await refused(client.chat_postMessage(channel=SALES, text="u", blocks=[table, table]))
    assert answer["error"] == "invalid_attachments"


async def test_same_block_id_twice_is_refused(client: AsyncWebClient) -> None:
    blocks = [section(block_id="a"), section(block_id="a")]
    answer = await refused(client.chat_postMessage(channel=SALES, text="un", blocks=blocks))
    assert answer["error"] == "invalid_blocks"


async def test_texts_have_their_limits(client: AsyncWebClient) -> None:
    long = await refused(client.chat_postMessage(channel=SALES, text="x" * 40_001))
    blocks = [section("x" * 2900) for _ in range(4)]
    many = await refused(client.chat_postMessage(channel=SALES, text="un", blocks=blocks))
    assert (long["error"], many["error"]) == ("msg_too_long", "msg_blocks_too_long")


async def test_metadata_comes_back_only_when_asked(client: AsyncWebClient) -> None:
    metadata = {"event_type": "alert", "event_payload": {"key": "a1"}}
    await client.chat_postMessage(channel=SALES, text="un", metadata=metadata)
    plain = await client.conversations_history(channel=SALES)
    asked = await client.conversations_history(channel=SALES, include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert asked["messages"][0]["metadata"] == metadata


async def test_history_is_newest_first_and_bounded_by_oldest(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=SALES, text=str(n)))["ts"] for n in range(3)]
    answer = await client.conversations_history(channel=SALES, oldest=stamps[0])
    assert [message["text"] for message in answer["messages"]] == ["2", "1"]


async def test_history_from_no_number_is_refused(client: AsyncWebClient) -> None:
    answer = await refused(client.conversations_history(channel=SALES, oldest="hier"))
    assert answer["error"] == "invalid_arguments"


async def test_replies_start_with_the_parent(client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel=SALES, text="parent")
    await client.chat_postMessage(channel=SALES, text="fil", thread_ts=parent["ts"])
    replies = await client.conversations_replies(channel=SALES, ts=parent["ts"])
    history = await client.conversations_history(channel=SALES)
    assert [message["text"] for message in replies["messages"]] == ["parent", "fil"]
    assert [message["text"] for message in history["messages"]] == ["parent"]


async def test_update_without_blocks_removes_them(
    client: AsyncWebClient, playground: Playground
) -> None:
    posted = await client.chat_postMessage(channel=SALES, text="un", blocks=[section()])
    await client.chat_update(channel=SALES, ts=posted["ts"], text="deux")
    message = playground.messages(SALES)[0]
    assert message["text"] == "deux"
    assert "blocks" not in message
    assert "edited" in message


async def test_update_of_an_unknown_message_is_refused(client: AsyncWebClient) -> None:
    answer = await refused(client.chat_update(channel=SALES, ts="1.000000", text="deux"))
    assert answer["error"] == "message_not_found"


async def test_ephemeral_is_seen_by_one_member_only(
    client: AsyncWebClient, playground: Playground
) -> None:
    await client.chat_postEphemeral(channel=SALES, user=ANNE, text="secret")
    answer = await refused(client.chat_postEphemeral(channel=SALES, user=KARIM, text="secret"))
    assert [message["text"] for message in playground.ephemerals(ANNE)] == ["secret"]
    assert playground.messages(SALES) == []
    assert answer["error"] == "user_not_in_channel"


async def test_trigger_opens_one_modal_only(client: AsyncWebClient, playground: Playground) -> None:
    trigger = playground.slack.tickets.give_trigger(ANNE)
    await client.views_open(trigger_id=trigger, view=a_modal())
    again = await refused(client.views_open(trigger_id=trigger, view=a_modal()))
    unknown = await refused(client.views_open(trigger_id="1.2.3", view=a_modal()))
    assert (again["error"], unknown["error"]) == ("exchanged_trigger_id", "invalid_trigger_id")


async def test_trigger_expires(client: AsyncWebClient, playground: Playground) -> None:
    trigger = playground.slack.tickets.give_trigger(ANNE)
    playground.slack.tickets.triggers[trigger].expires = time.monotonic()
    answer = await refused(client.views_open(trigger_id=trigger, view=a_modal()))
    assert answer["error"] == "expired_trigger_id"


@pytest.mark.parametrize(
    "view",
    [
        a_modal(title={"type": "plain_text", "text": "x" * 25}),
        a_modal(private_metadata="x" * 3001),
        {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [an_input()]},
        a_modal({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}),
    ],
)
async def test_faulty_view_is_refused(
    client: AsyncWebClient, playground: Playground, view: Json
) -> None:
    trigger = playground.slack.tickets.give_trigger(ANNE)
    answer = await refused(client.views_open(trigger_id=trigger, view=view))
    assert answer["error"] == "invalid_arguments"


async def test_too_large_a_view_is_refused(client: AsyncWebClient, playground: Playground) -> None:
    trigger = playground.slack.tickets.give_trigger(ANNE)
    view = a_modal(*[section("x" * 2999) for _ in range(90)])
    answer = await refused(client.views_open(trigger_id=trigger, view=view))
    assert answer["error"] == "view_too_large"


async def test_stale_hash_conflicts(client: AsyncWebClient, playground: Playground) -> None:
    trigger = playground.slack.tickets.give_trigger(ANNE)
    view = (await client.views_open(trigger_id=trigger, view=a_modal()))["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=a_modal())
    stale = client.views_update(view_id=view["id"], hash=view["hash"], view=a_modal())
    assert (await refused(stale))["error"] == "hash_conflict"


async def test_home_is_published(client: AsyncWebClient, playground: Playground) -> None:
    await client.views_publish(user_id=ANNE, view={"type": "home", "blocks": [section()]})
    home = playground.home_of(ANNE)
    assert home is not None
    assert home["type"] == "home"


async def test_person_is_found_by_email_with_locale(client: AsyncWebClient) -> None:
    found = await client.users_lookupByEmail(email="karim@example.org")
    person = await client.users_info(user=found["user"]["id"], include_locale=True)
    assert (person["user"]["locale"], person["user"]["tz"]) == ("en-GB", "Europe/Paris")


async def test_members_and_channel_kind_are_told(client: AsyncWebClient) -> None:
    info = await client.conversations_info(channel=SALES)
    members = await client.conversations_members(channel=SALES)
    assert info["channel"]["is_private"] is True
    assert ANNE in members["members"]


async def test_file_is_uploaded_and_shared(client: AsyncWebClient, playground: Playground) -> None:
    await client.files_upload_v2(channel=SALES, filename="a.csv", content="a;b", title="Export")
    file = next(iter(playground.slack.workspace.files.values()))
    assert (file.content, file.title, file.channel) == (b"a;b", "Export", SALES)


async def test_fourth_quick_post_in_a_channel_is_rate_limited() -> None:
    with serve(create(a_config(rate_limits=True))) as served:
        client = client_of(served.playground)
        for number in range(3):
            await client.chat_postMessage(channel=SALES, text=str(number))
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=SALES, text="3")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "1"
        await asyncio.sleep(1.05)
        await client.chat_postMessage(channel=SALES, text="3")
        assert served.playground.slack.pace.refused == 1
