"""users.*, conversations.* and auth.test methods."""

from collections.abc import Sequence

from bot.playground.config import SeedUser
from bot.playground.context import Call, Slack
from bot.playground.shapes import Json, SlackError
from bot.playground.state import Channel, Message

PAGE = 100


def auth_test(slack: Slack, call: Call) -> Json:
    """Say whose token it is."""
    config = slack.config
    return {
        "url": f"{slack.base_url}/",
        "team": config.team_name,
        "user": config.app_name,
        "team_id": config.team_id,
        "user_id": config.bot_user_id,
        "bot_id": config.bot_id,
        "is_enterprise_install": False,
    }


def _person(slack: Slack, user: SeedUser, *, locale: bool = False) -> Json:
    profile = {"real_name": user.real_name, "display_name": user.name}
    if user.email and "users:read.email" in slack.config.scopes:
        profile["email"] = user.email
    body: Json = {
        "id": user.id,
        "team_id": user.team_id or slack.config.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "tz": user.tz,
        "profile": profile,
        "is_admin": False,
        "is_bot": user.is_bot,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": False,
        "is_stranger": user.team_id is not None,
    }
    return body | ({"locale": user.locale} if locale else {})


def _truth(value: object) -> bool:
    return value in (True, 1, "1", "true", "True")


def users_info(slack: Slack, call: Call) -> Json:
    """Describe one person."""
    user = slack.workspace.users.get(str(call.args.get("user")))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": _person(slack, user, locale=_truth(call.args.get("include_locale")))}


def users_list(slack: Slack, call: Call) -> Json:
    """List people, by pages."""
    locale = _truth(call.args.get("include_locale"))
    people = [_person(slack, user, locale=locale) for user in slack.workspace.users.values()]
    members, cursor = _page(people, call.args)
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


def users_lookup_by_email(slack: Slack, call: Call) -> Json:
    """Find a person by e-mail."""
    email = str(call.args.get("email") or "").lower()
    for user in slack.workspace.users.values():
        if user.email and user.email.lower() == email and not user.deleted:
            return {"user": _person(slack, user)}
    raise SlackError("users_not_found")


def _number(args: Json, name: str, default: float) -> float:
    try:
        return float(args.get(name) or default)
    except (TypeError, ValueError) as problem:
        raise SlackError("invalid_arguments", f"{name} must be a number") from problem


def _page(things: Sequence[Json], args: Json) -> tuple[list[Json], str]:
    start = int(_number(args, "cursor", 0))
    end = start + min(int(_number(args, "limit", PAGE)), 1000)
    return list(things[start:end]), str(end) if end < len(things) else ""


def _need(slack: Slack, channel: Channel, what: str) -> None:
    kind = "im" if channel.with_user else "groups" if channel.is_private else "channels"
    scope = f"{kind}:{what}"
    if scope not in slack.config.scopes:
        raise missing_scope(slack, scope)


def missing_scope(slack: Slack, needed: str) -> SlackError:
    """Return Slack's refusal for a scope that the token does not hold."""
    provided = ",".join(sorted(slack.config.scopes))
    return SlackError("missing_scope", needed=needed, provided=provided)


def _readable(slack: Slack, id: object, what: str) -> Channel:
    channel = slack.workspace.channels.get(str(id))
    if channel is None:
        raise SlackError("channel_not_found")
    _need(slack, channel, what)
    if slack.config.bot_user_id not in channel.members and (
        channel.is_private or what == "history"
    ):
        raise SlackError("channel_not_found" if channel.is_private else "not_in_channel")
    return channel


def _conversation(slack: Slack, channel: Channel) -> Json:
    body: Json = {
        "id": channel.id,
        "is_im": channel.with_user is not None,
        "is_archived": channel.is_archived,
        "context_team_id": slack.config.team_id,
    }
    if channel.with_user:
        return body | {"user": channel.with_user}
    return body | {
        "name": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_private": channel.is_private,
        "is_shared": channel.is_shared,
        "is_ext_shared": channel.is_shared,
        "is_org_shared": False,
        "is_general": False,
        "is_member": slack.config.bot_user_id in channel.members,
        "num_members": len(channel.members),
        "topic": {"value": channel.topic},
    }


def conversations_info(slack: Slack, call: Call) -> Json:
    """Describe a channel."""
    channel = _readable(slack, call.args.get("channel"), "read")
    return {"channel": _conversation(slack, channel)}


def conversations_members(slack: Slack, call: Call) -> Json:
    """List the members of a channel."""
    channel = _readable(slack, call.args.get("channel"), "read")
    members, cursor = _page([{"id": id} for id in channel.members], call.args)
    return {
        "members": [member["id"] for member in members],
        "response_metadata": {"next_cursor": cursor},
    }


def conversations_list(slack: Slack, call: Call) -> Json:
    """List public channels and the private ones the app is in."""
    kinds = str(call.args.get("types") or "public_channel").split(",")
    found = [channel for channel in slack.workspace.channels.values() if _listed(channel, kinds)]
    bot = slack.config.bot_user_id
    seen = [c for c in found if not c.is_private or bot in c.members]
    channels, cursor = _page([_conversation(slack, c) for c in seen], call.args)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def _listed(channel: Channel, kinds: Sequence[str]) -> bool:
    if channel.with_user:
        return "im" in kinds
    return ("private_channel" if channel.is_private else "public_channel") in kinds


def users_conversations(slack: Slack, call: Call) -> Json:
    """List the channels that a person (the app by default) is in."""
    user = str(call.args.get("user") or slack.config.bot_user_id)
    kinds = str(call.args.get("types") or "public_channel").split(",")
    found = [c for c in slack.workspace.channels_of(user) if _listed(c, kinds)]
    channels, cursor = _page([_conversation(slack, c) for c in found], call.args)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def conversations_open(slack: Slack, call: Call) -> Json:
    """Open the direct conversation with one person."""
    users = str(call.args.get("users") or "").split(",")
    if len(users) != 1:
        raise SlackError("method_not_supported_for_channel_type")
    channel = slack.workspace.direct(users[0])
    return {"channel": {"id": channel.id}, "no_op": False}


def _between(messages: list[Message], args: Json) -> list[Message]:
    """Keep messages after `oldest` and before `latest`; `inclusive` keeps the bounds."""
    oldest, latest = _number(args, "oldest", 0), _number(args, "latest", 1e12)
    if _truth(args.get("inclusive")):
        return [m for m in messages if oldest <= float(m.ts) <= latest]
    return [m for m in messages if oldest < float(m.ts) < latest]


def _answer(slack: Slack, messages: list[Message], args: Json) -> Json:
    metadata = _truth(args.get("include_all_metadata"))
    shown = [message.as_json(slack.config, with_metadata=metadata) for message in messages]
    page, cursor = _page(shown, args)
    return {
        "messages": page,
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def conversations_history(slack: Slack, call: Call) -> Json:
    """Return a channel's messages, newest first, threads and ephemeral ones apart."""
    channel = _readable(slack, call.args.get("channel"), "history")
    messages = slack.workspace.messages.get(channel.id, [])
    seen = [m for m in messages if not m.ephemeral_for and m.thread_ts in (None, m.ts)]
    return _answer(slack, list(reversed(_between(seen, call.args))), call.args)


def conversations_replies(slack: Slack, call: Call) -> Json:
    """Return a thread, its parent first."""
    channel = _readable(slack, call.args.get("channel"), "history")
    parent = slack.workspace.find_message(channel.id, str(call.args.get("ts")))
    if parent is None:
        raise SlackError("thread_not_found")
    root = parent.thread_ts or parent.ts
    messages = slack.workspace.messages[channel.id]
    replies = [m for m in messages if m.thread_ts == root and m.ts != root and not m.ephemeral_for]
    first = [m for m in messages if m.ts == root]
    return _answer(slack, first + _between(replies, call.args), call.args)
