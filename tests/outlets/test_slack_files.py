"""Files given in Slack: fetched with the app's token, which goes to Slack alone."""

from collections.abc import Iterator

import httpx
import pytest

from bot.domain.errors import PermanentSourceError, TemporarySourceError
from bot.outlets import slack_files
from bot.outlets.slack_files import SlackFiles
from bot.playground.faults import Fault, FaultKind
from bot.playground.server import Playground, create, serve
from bot.playground.state import File
from tests.playground.conftest import ANNE, a_config

CONTENT = b"siren\n552032534\n"


@pytest.fixture
def slack() -> Iterator[Playground]:
    with serve(create(a_config())) as served:
        yield served.playground


def given(slack: Playground, content: bytes = CONTENT) -> str:
    """Put a file into the workspace; return its id."""
    file = File("F1", "liste.csv", len(content), content, sent_by=ANNE)
    slack.slack.workspace.files[file.id] = file
    return file.id


def fetch(slack: Playground, file_id: str, token: str = "") -> bytes:
    return SlackFiles(slack.api_url).fetch(token or slack.config.bot_token, file_id).content


def answering(file: dict[str, object]) -> SlackFiles:
    """Return files of a Slack that describes a file so."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("files.info"):
            return httpx.Response(200, json={"ok": True, "file": file})
        return httpx.Response(200, html="<html>Sign in</html>")

    return SlackFiles("https://slack.com/api/", httpx.MockTransport(answer))


def test_a_file_is_fetched(slack: Playground) -> None:
    assert fetch(slack, given(slack)) == CONTENT


def test_a_file_that_is_gone_is_said(slack: Playground) -> None:
    with pytest.raises(PermanentSourceError) as refused:
        fetch(slack, "F0")
    assert refused.value.code == "no_file"


def test_a_slack_that_fails_is_asked_again_later(slack: Playground) -> None:
    id = given(slack)
    slack.faults.add(Fault("files.info", FaultKind.ERROR_500))
    with pytest.raises(TemporarySourceError):
        fetch(slack, id)


def test_an_app_that_may_not_read_files_says_so() -> None:
    scopes = a_config().scopes - {"files:read"}
    refusal = pytest.raises(PermanentSourceError)
    with serve(create(a_config(scopes=scopes))) as served, refusal as refused:
        fetch(served.playground, given(served.playground))
    assert refused.value.code == "missing_scope"


def test_a_file_too_large_is_not_fetched(slack: Playground) -> None:
    id = given(slack, b"x" * (slack_files.MOST_BYTES + 1))
    with pytest.raises(PermanentSourceError) as refused:
        fetch(slack, id)
    assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    "url",
    ["https://files.example.org/x", "http://files.slack.com/x", "https://slack.com.example/x", ""],
)
def test_the_token_goes_to_slack_alone(url: str) -> None:
    with pytest.raises(PermanentSourceError) as refused:
        answering({"size": 3, "url_private_download": url}).fetch("xoxb", "F1")
    assert refused.value.code == "no_file"


def test_the_page_where_people_sign_in_is_no_file() -> None:
    file: dict[str, object] = {"size": 3, "url_private_download": "https://files.slack.com/x"}
    with pytest.raises(PermanentSourceError):
        answering(file).fetch("xoxb", "F1")
