"""Files that goodcop puts into Slack, by the upload that Slack asks for since 2025."""

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.client import WebClient

from bot.domain.errors import PermanentDeliveryError, TemporaryDeliveryError

_SECONDS = 60
_LATER = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable"})


@dataclass(frozen=True, slots=True)
class SlackUploads:
    """Uploads; `api_url` is the Web API's base address. For jobs, which run in threads."""

    api_url: str

    def upload(
        self, token: str, *, channel: str, thread: str, name: str, title: str, content: bytes
    ) -> None:
        """Put a file into a channel, in a thread when one is given.

        Raise `TemporaryDeliveryError` when Slack may take it later, `PermanentDeliveryError` when
        it never will.
        """
        client = WebClient(token=token, base_url=self.api_url, timeout=_SECONDS)
        try:
            client.files_upload_v2(
                channel=channel,
                thread_ts=thread or None,
                filename=name,
                title=title,
                content=content,
            )
        except SlackApiError as refusal:
            code = str(refusal.response.get("error", ""))
            if code in _LATER:
                raise TemporaryDeliveryError(f"Slack said {code}") from refusal
            raise PermanentDeliveryError(f"Slack said {code}", slack_code=code) from refusal
        except (SlackClientError, OSError) as trouble:
            raise TemporaryDeliveryError(type(trouble).__name__) from trouble
