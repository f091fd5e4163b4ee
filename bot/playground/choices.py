"""The values of interactive elements: initial, entered, and as payloads carry them."""

import re
from collections.abc import Mapping, Sequence

from bot.playground.elements import options_of
from bot.playground.shapes import Json

# Which key of the state holds the value of an element.
KEYS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "files": "initial_files",
}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
Entered = str | Sequence[str] | None


def initial_state(element: Json) -> Json | None:
    """Return the state of an untouched element; None for one that holds no value."""
    kind = element["type"]
    if kind not in KEYS or kind == "overflow":
        return None
    key = KEYS[kind]
    empty: object = [] if key.endswith("s") else None
    return {"type": kind, key: element.get(INITIAL[key], empty)}


def state_of(element: Json, entered: Entered, offered: Sequence[Json] = ()) -> Json:
    """Return the state of an element where a person entered something.

    `offered` are the options last suggested to an external select, or the files sent. A value that
    is not among the options raises `ValueError`: nobody can choose what is not shown.
    """
    kind, key = element["type"], KEYS[element["type"]]
    if key.startswith("selected_option"):
        options = {o["value"]: o for o in (*options_of(element), *offered)}
        chosen = _many(entered)
        unknown = [value for value in chosen if value not in options]
        if unknown:
            raise ValueError(f"{element['action_id']}: no option {unknown[0]!r}")
        picked = [options[value] for value in chosen]
        return {"type": kind, key: picked if key.endswith("s") else picked[0] if picked else None}
    if key == "files":
        sent = {file["id"]: file for file in offered}
        return {"type": kind, key: [sent[id] for id in _many(entered)]}
    if key.endswith("s"):
        return {"type": kind, key: _many(entered)}
    value = next(iter(_many(entered)), None)
    if key == "selected_date_time":
        return {"type": kind, key: int(value) if value else None}
    return {"type": kind, key: value or None}


def _many(entered: Entered) -> list[str]:
    if entered is None or entered == "":
        return []
    return [entered] if isinstance(entered, str) else list(entered)


def value_in(state: Mapping[str, object]) -> object:
    """Return the bare value of a state: a text, an option, a list; None or [] when empty."""
    return state.get(KEYS[str(state["type"])])


def action_of(element: Json, block_id: str, state: Json | None, ts: str) -> Json:
    """Return the `actions` entry of a payload for a click or a choice."""
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block_id,
        "action_ts": ts,
    }
    for name in ("text", "value", "style"):
        if element["type"] == "button" and name in element:
            action[name] = element[name]
    return action | (state or {})


def client_error(block: Json, state: Json) -> str | None:
    """Return the code of what Slack's own client refuses before sending, or None.

    Codes are words of the page's dictionary: required, email, number, too_short, too_long…
    """
    element, value = block["element"], value_in(state)
    if not value:
        return None if block.get("optional") else "required"
    if not isinstance(value, str):
        return None
    kind = element["type"]
    if kind == "email_text_input" and not EMAIL.fullmatch(value):
        return "email"
    if kind == "number_input":
        return _number_error(element, value)
    if len(value) < element.get("min_length", 0):
        return "too_short"
    if len(value) > element.get("max_length", 3000):
        return "too_long"
    return None


def _number_error(element: Json, value: str) -> str | None:
    if not NUMBER.fullmatch(value.strip()):
        return "number"
    number = float(value.replace(",", "."))
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "integer"
    if "min_value" in element and number < float(element["min_value"]):
        return "too_small"
    if "max_value" in element and number > float(element["max_value"]):
        return "too_big"
    return None
