"""Shapes shared by the playground: Slack's JSON, and the error its methods answer with."""

from typing import Any

# Slack's payloads are open JSON objects whose keys vary by block and event type; the playground
# checks them by hand in `blocks.py`, which no static type could replace.
Json = dict[str, Any]


class SlackError(Exception):
    """Refuse a call the way Slack does: `{"ok": false, "error": code, ...}`."""

    def __init__(self, code: str, *details: str, **extra: object) -> None:
        super().__init__(code, *details)
        self.code = code
        self.details = details
        self.extra = extra

    def answer(self) -> Json:
        """Return the JSON body Slack would send."""
        body: Json = {"ok": False, "error": self.code, **self.extra}
        if self.details:
            body["errors"] = list(self.details)
            body["response_metadata"] = {"messages": [f"[ERROR] {line}" for line in self.details]}
        return body
