"""views.* methods: modals (a stack of three at most) and Home tabs."""

import json
import secrets

from bot.playground import limits
from bot.playground.api_people import missing_scope
from bot.playground.blocks import check_blocks, elements_of
from bot.playground.choices import initial_state
from bot.playground.context import Call, Slack
from bot.playground.elements import Problems, check_text
from bot.playground.shapes import Json, SlackError
from bot.playground.state import STACK_MAX, View

OURS = ("id", "team_id", "state", "hash", "root_view_id", "previous_view_id", "app_id", "bot_id")


def check_view(body: object, kind: str) -> Json:
    """Return a view's body with ids filled in, or raise naming each problem."""
    if not isinstance(body, dict):
        raise SlackError("invalid_arguments", "missing required field: view")
    if body.get("type") != kind:
        raise SlackError("invalid_arguments", f"view type must be {kind} [json-pointer:/view/type]")
    if len(json.dumps(body)) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")
    problems = Problems()
    if kind == "modal":
        for name in ("title", "submit", "close"):
            if name == "title" or name in body:
                text, most = body.get(name), limits.VIEW_TITLE
                check_text(text, most, f"/view/{name}", problems, kinds=("plain_text",))
    for name, most in (
        ("private_metadata", limits.PRIVATE_METADATA),
        ("callback_id", limits.IDENTIFIER),
        ("external_id", limits.IDENTIFIER),
    ):
        if body.get(name):
            problems.longest(body[name], most, f"/view/{name}")
    blocks = check_blocks(body.get("blocks"), kind, code="invalid_arguments")
    has_input = any(block["type"] == "input" for block in blocks)
    if kind == "modal" and has_input and "submit" not in body:
        problems.say("submit is required with input blocks", "/view/submit")
    if problems:
        raise SlackError("invalid_arguments", *problems)
    return {key: value for key, value in body.items() if key not in OURS} | {"blocks": blocks}


def keep_values(view: View) -> None:
    """Give every element its value: what was entered under the same ids, else its initial one."""
    kept: Json = {}
    for block in view.body["blocks"]:
        for element in elements_of(block):
            state = initial_state(element)
            if state is None:
                continue
            old = view.values.get(block["block_id"], {}).get(element["action_id"])
            same = old is not None and old["type"] == element["type"]
            kept.setdefault(block["block_id"], {})[element["action_id"]] = old if same else state
    view.values = kept


def _refuse_files(slack: Slack, body: Json) -> None:
    """Refuse a view that takes files from an app that may not read them."""
    kinds = {element["type"] for block in body["blocks"] for element in elements_of(block)}
    if "file_input" in kinds and "files:read" not in slack.config.scopes:
        raise missing_scope(slack, "files:read")


def _new_view(slack: Slack, user: str, body: Json) -> View:
    id = slack.workspace.new_id("V")
    view = View(id=id, user=user, body=body, hash=_hash(slack), root_id=id)
    keep_values(view)
    return view


def _hash(slack: Slack) -> str:
    return f"{int(slack.config.clock().timestamp())}.{secrets.token_hex(4)}"


def replace(slack: Slack, view: View, body: Json) -> None:
    """Put a new body in an open view."""
    view.body, view.hash, view.errors, view.notice = body, _hash(slack), {}, ""
    keep_values(view)
    slack.workspace.touch()


def push_on(slack: Slack, stack: list[View], body: Json) -> View:
    """Put a new view on top of a stack of modals."""
    if len(stack) >= STACK_MAX:
        raise SlackError("push_limit_reached")
    view = _new_view(slack, stack[-1].user, body)
    view.root_id, view.previous_id = stack[0].id, stack[-1].id
    stack.append(view)
    slack.workspace.touch()
    return view


def open_view(slack: Slack, call: Call) -> Json:
    """Open a modal for whoever the trigger id names; it replaces the modals already open."""
    body = check_view(call.args.get("view"), "modal")
    _refuse_files(slack, body)
    trigger = slack.tickets.take_trigger(call.args.get("trigger_id"))
    view = _new_view(slack, trigger.user, body)
    slack.workspace.stacks[trigger.user] = [view]
    slack.workspace.touch()
    return {"view": view.as_json(slack.config)}


def push_view(slack: Slack, call: Call) -> Json:
    """Put a modal on top of the one whose action gave the trigger id."""
    body = check_view(call.args.get("view"), "modal")
    _refuse_files(slack, body)
    trigger = slack.tickets.take_trigger(call.args.get("trigger_id"))
    stack = slack.workspace.stacks.get(trigger.user, [])
    if not any(view.id == trigger.view_id for view in stack):
        raise SlackError("view_not_found" if trigger.view_id else "invalid_trigger_id")
    return {"view": push_on(slack, stack, body).as_json(slack.config)}


def update_view(slack: Slack, call: Call) -> Json:
    """Replace the content of an open view; a stale `hash` is refused."""
    view = slack.workspace.find_view(call.args.get("view_id"), call.args.get("external_id"))
    body = check_view(call.args.get("view"), view.body["type"])
    if call.args.get("hash") not in (None, "", view.hash):
        raise SlackError("hash_conflict", view=view.as_json(slack.config))
    replace(slack, view, body)
    return {"view": view.as_json(slack.config)}


def publish_view(slack: Slack, call: Call) -> Json:
    """Publish somebody's Home tab."""
    user = call.args.get("user_id")
    if user not in slack.workspace.users:
        raise SlackError("user_not_found")
    body = check_view(call.args.get("view"), "home")
    view = slack.workspace.homes.get(user)
    if view is None:
        view = _new_view(slack, user, body)
        slack.workspace.homes[user] = view
    elif call.args.get("hash") not in (None, "", view.hash):
        raise SlackError("hash_conflict", view=view.as_json(slack.config))
    replace(slack, view, body)
    return {"view": view.as_json(slack.config)}
