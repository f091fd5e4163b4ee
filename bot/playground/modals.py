"""Filling in a modal, and what Slack's own client refuses before sending it."""

from collections.abc import Callable, Mapping, Sequence

from bot.playground.blocks import elements_of
from bot.playground.choices import KEYS, Entered, client_error, initial_state, state_of
from bot.playground.shapes import Json
from bot.playground.state import View


def enter(
    view: View, values: Mapping[str, Entered], offered: Callable[[str], Sequence[Json]]
) -> None:
    """Write what a person entered, by block_id or action_id; unknown names raise LookupError."""
    missing = set(values)
    for block in view.body["blocks"]:
        for element in elements_of(block):
            if element["type"] not in KEYS or element["type"] == "overflow":
                continue
            for name in (block["block_id"], element["action_id"]):
                if name in values:
                    missing.discard(name)
                    state = state_of(element, values[name], offered(element["action_id"]))
                    view.values.setdefault(block["block_id"], {})[element["action_id"]] = state
                    break
    if missing:
        raise LookupError(f"no field named {', '.join(sorted(missing))}")


def refused_fields(view: View) -> dict[str, str]:
    """Return the fields Slack's client would not send, as `block_id -> !code`."""
    errors = {}
    for block in view.body["blocks"]:
        if block["type"] != "input" or initial_state(block["element"]) is None:
            continue
        state = view.values[block["block_id"]][block["element"]["action_id"]]
        code = client_error(block, state)
        if code:
            errors[block["block_id"]] = f"!{code}"
    return errors
