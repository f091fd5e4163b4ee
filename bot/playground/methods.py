"""The table of Web API methods: what does the work, the scope it needs, its rate tier."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.playground import api_chat, api_files, api_people, api_views
from bot.playground.context import Call, Slack
from bot.playground.shapes import Json, SlackError


@dataclass(frozen=True, slots=True)
class Method:
    """One method; `tier` None is chat.postMessage's own rule, `app_level` wants the xapp token."""

    do: Callable[[Slack, Call], Json]
    scope: str | None
    tier: int | None
    app_level: bool = False


def connections_open(slack: Slack, call: Call) -> Json:
    """Give a WebSocket address for Socket Mode."""
    if slack.socket_url is None:
        raise SlackError("internal_error")
    return {"url": f"{slack.socket_url}?ticket={slack.tickets.give_trigger('socket')}"}


METHODS: dict[str, Method] = {
    "auth.test": Method(api_people.auth_test, None, 5),
    "chat.postMessage": Method(api_chat.post_message, "chat:write", None),
    "chat.postEphemeral": Method(api_chat.post_ephemeral, "chat:write", 4),
    "chat.update": Method(api_chat.update, "chat:write", 3),
    "chat.delete": Method(api_chat.delete, "chat:write", 3),
    "chat.getPermalink": Method(api_chat.get_permalink, None, 5),
    "views.open": Method(api_views.open_view, None, 4),
    "views.push": Method(api_views.push_view, None, 4),
    "views.update": Method(api_views.update_view, None, 4),
    "views.publish": Method(api_views.publish_view, None, 4),
    "users.info": Method(api_people.users_info, "users:read", 4),
    "users.list": Method(api_people.users_list, "users:read", 2),
    "users.lookupByEmail": Method(api_people.users_lookup_by_email, "users:read.email", 3),
    "users.conversations": Method(api_people.users_conversations, "channels:read", 2),
    "conversations.info": Method(api_people.conversations_info, None, 3),
    "conversations.members": Method(api_people.conversations_members, None, 4),
    "conversations.history": Method(api_people.conversations_history, None, 3),
    "conversations.replies": Method(api_people.conversations_replies, None, 3),
    "conversations.list": Method(api_people.conversations_list, "channels:read", 2),
    "conversations.open": Method(api_people.conversations_open, "im:write", 3),
    "files.info": Method(api_files.files_info, "files:read", 4),
    "files.getUploadURLExternal": Method(api_files.get_upload_url, "files:write", 4),
    "files.completeUploadExternal": Method(api_files.complete_upload, "files:write", 4),
    "apps.connections.open": Method(connections_open, None, 1, app_level=True),
}
