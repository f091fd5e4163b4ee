"""The payloads Slack sends to an app."""

from bot.playground.context import Slack
from bot.playground.shapes import Json
from bot.playground.state import Message, View

VERIFICATION = "playground"  # the old verification token, which no app should trust


def _who(slack: Slack, user: str) -> Json:
    person = slack.workspace.users[user]
    config = slack.config
    return {
        "user": {
            "id": user,
            "username": person.name,
            "name": person.name,
            "team_id": config.team_id,
        },
        "team": {"id": config.team_id, "domain": "playground"},
        "api_app_id": config.app_id,
        "token": VERIFICATION,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _response_url(
    slack: Slack, user: str, channel: str, ts: str | None, thread_ts: str | None = None
) -> str:
    token = slack.tickets.give_reply(user, channel, ts, thread_ts)
    return f"{slack.base_url}/response/{token}"


def command(slack: Slack, user: str, channel: str, name: str, text: str) -> Json:
    """Return the form of a slash command."""
    config, place = slack.config, slack.workspace.channels[channel]
    return {
        "token": VERIFICATION,
        "team_id": config.team_id,
        "team_domain": "playground",
        "channel_id": channel,
        "channel_name": "directmessage" if place.with_user else place.name,
        "user_id": user,
        "user_name": slack.workspace.users[user].name,
        "command": name,
        "text": text,
        "api_app_id": config.app_id,
        "is_enterprise_install": "false",
        "response_url": _response_url(slack, user, channel, None),
        "trigger_id": slack.tickets.give_trigger(user),
    }


def message_actions(slack: Slack, user: str, message: Message, action: Json) -> Json:
    """Return the block_actions payload of something pressed in a message."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    channel = slack.workspace.channels[message.channel]
    payload = _who(slack, user) | {
        "type": "block_actions",
        "container": container,
        "trigger_id": slack.tickets.give_trigger(user),
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "state": {"values": message.state},
        "response_url": _response_url(slack, user, channel.id, message.ts, message.thread_ts),
        "actions": [action],
    }
    if message.ephemeral_for is None:  # Slack does not send the text of ephemeral messages
        payload["message"] = message.as_json(slack.config, with_metadata=True)
    return payload


def view_actions(slack: Slack, view: View, action: Json) -> Json:
    """Return the block_actions payload of something pressed in a modal or Home."""
    return _who(slack, view.user) | {
        "type": "block_actions",
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": slack.tickets.give_trigger(view.user, view.id),
        "view": view.as_json(slack.config),
        "actions": [action],
    }


def view_submission(slack: Slack, view: View) -> Json:
    """Return the view_submission payload of a modal."""
    return _who(slack, view.user) | {
        "type": "view_submission",
        "trigger_id": slack.tickets.give_trigger(view.user, view.id),
        "view": view.as_json(slack.config),
        "response_urls": [],
    }


def view_closed(slack: Slack, view: View, *, cleared: bool) -> Json:
    """Return the view_closed payload of a modal."""
    return _who(slack, view.user) | {
        "type": "view_closed",
        "view": view.as_json(slack.config),
        "is_cleared": cleared,
    }


def message_shortcut(slack: Slack, user: str, message: Message, callback_id: str) -> Json:
    """Return the message_action payload of a message shortcut."""
    channel = slack.workspace.channels[message.channel]
    return _who(slack, user) | {
        "type": "message_action",
        "callback_id": callback_id,
        "trigger_id": slack.tickets.give_trigger(user),
        "action_ts": slack.workspace.new_ts(),
        "message_ts": message.ts,
        "message": message.as_json(slack.config),
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "response_url": _response_url(slack, user, channel.id, message.ts),
    }


def suggestion(slack: Slack, view: View, element: Json, block_id: str, query: str) -> Json:
    """Return the block_suggestion payload of an external select in a view."""
    return _who(slack, view.user) | {
        "type": "block_suggestion",
        "container": {"type": "view", "view_id": view.id},
        "view": view.as_json(slack.config),
        "action_id": element["action_id"],
        "block_id": block_id,
        "value": query,
    }


def event(slack: Slack, inner: Json) -> Json:
    """Wrap an event in its event_callback envelope."""
    config = slack.config
    authorization = {
        "enterprise_id": None,
        "team_id": config.team_id,
        "user_id": config.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION,
        "team_id": config.team_id,
        "api_app_id": config.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": slack.workspace.new_id("Ev"),
        "event_time": int(slack.config.clock().timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
    }
