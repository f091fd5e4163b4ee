"""Files that people give goodcop in Slack: looked up by their id, fetched with the app's token."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.domain.errors import PermanentSourceError, TemporarySourceError

MOST_BYTES = 10 * 1024 * 1024
_SECONDS = 30.0
_LATER = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable"})
_SIGN_IN = ("text/html",)


@dataclass(frozen=True, slots=True)
class SlackFile:
    """A file as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SlackFiles:
    """Fetches files; `api_url` is the Web API's base address, `transport` is there for tests."""

    api_url: str
    transport: httpx.BaseTransport | None = None

    def fetch(self, token: str, file_id: str) -> SlackFile:
        """Return a file.

        Raises PermanentSourceError `missing_scope` when the app may not read files, `too_large`
        or `no_file`; TemporarySourceError when Slack does not answer. The token goes to Slack only.
        """
        client = httpx.Client(timeout=_SECONDS, transport=self.transport, trust_env=False)
        headers = {"Authorization": f"Bearer {token}"}
        try:
            with client:
                file = _described(client, f"{self.api_url}files.info", file_id, headers)
                if int(file.get("size") or 0) > MOST_BYTES:
                    raise PermanentSourceError("This file is too large.", code="too_large")
                url = str(file.get("url_private_download") or "")
                if not self._is_slack(url):
                    raise _gone()
                return SlackFile(str(file.get("name") or ""), _content(client, url, headers))
        except httpx.HTTPError as problem:
            raise _silent() from problem

    def _is_slack(self, url: str) -> bool:
        """Say whether an address is Slack's own, or of the Slack this goodcop talks to."""
        there, ours = urlsplit(url), urlsplit(self.api_url)
        if (there.scheme, there.netloc) == (ours.scheme, ours.netloc):
            return True
        return there.scheme == "https" and (there.hostname or "").endswith(".slack.com")


def _described(
    client: httpx.Client, url: str, file_id: str, headers: dict[str, str]
) -> dict[str, Any]:
    answer = client.get(url, params={"file": file_id}, headers=headers)
    try:
        said = answer.json()
    except ValueError as problem:
        raise _silent() from problem
    if said.get("ok"):
        return dict(said["file"])
    code = str(said.get("error"))
    if code == "missing_scope":
        raise PermanentSourceError("goodcop may not read files in this Slack.", code=code)
    raise _silent() if code in _LATER else _gone()


def _content(client: httpx.Client, url: str, headers: dict[str, str]) -> bytes:
    chunks, size = [], 0
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code >= 500 or answer.status_code == 429:
            raise _silent()
        kind = answer.headers.get("content-type", "")
        # A token that may not read the file gets the page where people sign in.
        if answer.status_code != 200 or kind.startswith(_SIGN_IN):
            raise _gone()
        for chunk in answer.iter_bytes():
            size += len(chunk)
            if size > MOST_BYTES:
                raise PermanentSourceError("This file is too large.", code="too_large")
            chunks.append(chunk)
    return b"".join(chunks)


def _gone() -> PermanentSourceError:
    return PermanentSourceError("Slack no longer has this file.", code="no_file")


def _silent() -> TemporarySourceError:
    return TemporarySourceError("Slack does not answer.", code="slack")
