"""A file chosen in a window of the app: kept, described, given to the app alone."""

from collections.abc import Iterator

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.server import Playground, create, serve
from bot.playground.shapes import Json
from tests.playground.conftest import ANNE, a_config, client_of

CONTENT = b"siren\n552032534\n"
FIELD: Json = {
    "type": "input",
    "block_id": "list",
    "label": {"type": "plain_text", "text": "Liste"},
    "element": {"type": "file_input", "action_id": "list", "filetypes": ["csv"], "max_files": 1},
}


def window(**changes: object) -> Json:
    """Return a window with one field that takes a file."""
    element = FIELD["element"] | changes
    return {
        "type": "modal",
        "callback_id": "list_form",
        "title": {"type": "plain_text", "text": "Liste"},
        "submit": {"type": "plain_text", "text": "Envoyer"},
        "blocks": [FIELD | {"element": element}],
    }


@pytest.fixture
def slack() -> Iterator[Playground]:
    with serve(create(a_config())) as served:
        yield served.playground


async def opened(slack: Playground, **changes: object) -> str:
    trigger = slack.slack.tickets.give_trigger(ANNE)
    client = client_of(slack, slack.config.bot_token)
    answer = await client.views_open(trigger_id=trigger, view=window(**changes))
    return str(answer["view"]["id"])


async def sent(slack: Playground, name: str = "liste.csv") -> Json:
    """Choose a file; return what the window then holds of it, or nothing."""
    view_id = await opened(slack)
    await slack.send_file(ANNE, view_id, "list", name, CONTENT)
    shown = slack.modal_of(ANNE)
    assert shown is not None
    files: list[Json] = shown["state"]["values"]["list"]["list"]["files"]
    return files[0] if files else shown["errors"]


async def download(url: str, token: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(url, headers={"Authorization": f"Bearer {token}"})


async def test_a_chosen_file_is_described_in_the_window(slack: Playground) -> None:
    file = await sent(slack)
    assert (file["name"], file["size"], file["user"]) == ("liste.csv", len(CONTENT), ANNE)


async def test_a_kind_the_field_does_not_take_is_an_error_at_it(slack: Playground) -> None:
    assert await sent(slack, "photo.png") == {"list": "!file_kind"}


async def test_the_app_is_told_where_the_file_is(slack: Playground) -> None:
    file = await sent(slack)
    answer = await client_of(slack, slack.config.bot_token).files_info(file=file["id"])
    assert answer["file"]["url_private_download"] == file["url_private_download"]


async def test_the_app_reads_the_file_with_its_token(slack: Playground) -> None:
    file = await sent(slack)
    answer = await download(file["url_private_download"], slack.config.bot_token)
    assert answer.content == CONTENT


async def test_anybody_else_is_sent_to_sign_in(slack: Playground) -> None:
    file = await sent(slack)
    assert (await download(file["url_private_download"], "xoxb-other")).is_redirect


async def test_a_field_takes_ten_files_at_most(slack: Playground) -> None:
    with pytest.raises(SlackApiError, match="max_files"):
        await opened(slack, max_files=11)


async def test_an_app_that_may_not_read_files_may_not_ask_for_them() -> None:
    scopes = a_config().scopes - {"files:read"}
    refused = pytest.raises(SlackApiError, match="missing_scope")
    with serve(create(a_config(scopes=scopes))) as served, refused:
        await opened(served.playground)
