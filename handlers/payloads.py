"""Slack's bodies as small typed forms: the only place that indexes nested dictionaries."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Who:
    """The Slack ids that say who acts, and where."""

    team_id: str
    user_id: str
    channel_id: str = ""


NOBODY = Who("", "")
HOME = "home"


@dataclass(frozen=True, slots=True)
class Click:
    """One press of a button or a choice in a menu; `ids` is the small JSON of its value."""

    who: Who
    action_id: str
    ids: dict[str, Any]
    chosen: str
    trigger_id: str
    key: str
    response_url: str = ""
    message_ts: str = ""
    view_id: str = ""
    view_hash: str = ""
    view: Body = field(default_factory=dict)

    def number(self, name: str) -> int:
        """Return an id the button carries; raise KeyError without it."""
        return int(self.ids[name])

    def find_number(self, name: str) -> int | None:
        """Return an id the button carries, or None."""
        held = self.ids.get(name)
        return None if held is None else int(held)


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted modal: the ids it was opened with and what was typed, by block id.

    `key` is the same when Slack or the person sends the same submission twice.
    """

    who: Who
    callback_id: str
    ids: dict[str, Any]
    values: dict[str, Any]
    key: str

    def number(self, name: str) -> int:
        """Return an id the form was opened with; raise KeyError without it."""
        return int(self.ids[name])

    def find_number(self, name: str) -> int | None:
        """Return an id the form was opened with, or None."""
        held = self.ids.get(name)
        return None if held is None else int(held)

    def text(self, field: str) -> str:
        """Return what was typed or chosen in a field, empty when nothing was."""
        return str(self.values.get(field) or "")

    def day(self, field: str) -> date | None:
        """Return the date picked in a field, or None."""
        picked = self.values.get(field)
        return date.fromisoformat(picked) if picked else None

    def file(self, field: str) -> tuple[str, str]:
        """Return the id and the name of the file sent in a field, both empty without one."""
        files = self.values.get(field) or [{}]
        return str(files[0].get("id") or ""), str(files[0].get("name") or "")

    def several(self, field: str) -> tuple[int, ...]:
        """Return the ids ticked in a field."""
        return tuple(int(ticked) for ticked in self.values.get(field) or ())


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as typed."""

    who: Who
    command: str
    text: str
    trigger_id: str
    response_url: str


def who_of(body: Body) -> Who:
    """Return who sent `body`, whatever its kind (command, click, submission or event)."""
    team = body.get("team") or {}
    user = body.get("user") or {}
    event = body.get("event") or {}
    channel = body.get("channel") or {}
    return Who(
        team_id=body.get("team_id") or team.get("id") or "",
        user_id=body.get("user_id") or user.get("id") or event.get("user") or "",
        channel_id=body.get("channel_id") or channel.get("id") or "",
    )


def parse_command(body: Body) -> Command:
    """Return a slash command's form."""
    return Command(
        who=who_of(body),
        command=body["command"],
        text=body.get("text", "").strip(),
        trigger_id=body.get("trigger_id", ""),
        response_url=body.get("response_url", ""),
    )


def parse_click(body: Body) -> Click:
    """Return the first action of a block_actions body."""
    action = body["actions"][0]
    chosen = _chosen(action)
    message = body.get("message") or body.get("container") or {}
    view = body.get("view") or {}
    return Click(
        who=who_of(body),
        action_id=action["action_id"],
        ids=_ids(action.get("value") or chosen),
        chosen=chosen,
        trigger_id=body.get("trigger_id", ""),
        key=f"click:{body.get('trigger_id') or action.get('action_ts', '')}",
        response_url=body.get("response_url", ""),
        message_ts=message.get("ts") or message.get("message_ts", ""),
        view_id=view.get("id", ""),
        view_hash=view.get("hash", ""),
        view=view,
    )


def parse_submission(body: Body) -> Submission:
    """Return a view_submission's form."""
    return parse_view(body["view"], who_of(body))


def parse_view(view: Body, who: Who = NOBODY) -> Submission:
    """Return what a view holds, submitted or not yet."""
    return Submission(
        who=who,
        callback_id=view.get("callback_id", ""),
        ids=_ids(view.get("private_metadata", "")),
        values=read_values(view),
        key=f"view:{view['id']}",
    )


def input_blocks(body: Body) -> list[str]:
    """Return the block ids of the fields in a submitted view, from the top."""
    blocks = body["view"].get("blocks") or []
    return [block["block_id"] for block in blocks if block.get("type") == "input"]


def read_values(view: Body) -> dict[str, Any]:
    """Return what a view holds, by block id: text, a choice, several, a date or None."""
    state = (view.get("state") or {}).get("values") or {}
    return {
        block: _value(element) for block, elements in state.items() for element in elements.values()
    }


def is_from_home(view: Body) -> bool:
    """Say whether a view is a person's Home, or a window that was opened from it."""
    return view.get("type") == "home" or HOME in _ids(view.get("private_metadata", ""))


def marked_from_home(view: Body) -> Body:
    """Return a window that remembers it was opened from Home."""
    return view | {"private_metadata": json.dumps(_ids(view["private_metadata"]) | {HOME: 1})}


def parse_message_shortcut(body: Body) -> tuple[Who, str, str]:
    """Return who, the message's text, and the trigger id."""
    return who_of(body), body["message"].get("text", ""), body["trigger_id"]


def parse_search(body: Body) -> tuple[Who, str]:
    """Return who looks for an option, and what they typed so far."""
    return who_of(body), str(body.get("value") or "")


def parse_home_opened(body: Body) -> tuple[Who, bool]:
    """Return who looks at the app, and whether at its Home tab."""
    return who_of(body), body["event"].get("tab", "home") == "home"


def _value(element: Body) -> Any:
    kind = element.get("type", "")
    if kind == "datepicker":
        return element.get("selected_date")
    if kind == "timepicker":
        return element.get("selected_time")
    if kind == "file_input":
        return element.get("files")
    if kind in ("checkboxes", "multi_static_select"):
        return [option["value"] for option in element.get("selected_options") or []]
    if kind in ("static_select", "radio_buttons", "external_select"):
        return (element.get("selected_option") or {}).get("value")
    for key in ("selected_user", "selected_conversation", "selected_channel"):
        if key in element:
            return element[key]
    return element.get("value")


def _chosen(action: Body) -> str:
    option = action.get("selected_option") or {}
    return str(
        option.get("value")
        or action.get("selected_user")
        or action.get("selected_conversation")
        or action.get("selected_date")
        or ""
    )


def _ids(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
