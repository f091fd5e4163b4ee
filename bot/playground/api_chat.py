"""chat.* methods, and answers through response URLs."""

import json

from bot.playground import limits
from bot.playground.blocks import check_message
from bot.playground.context import Call, Slack
from bot.playground.shapes import Json, SlackError
from bot.playground.state import Channel, Message
from bot.playground.tickets import Reply


def writable(slack: Slack, id: object, *, open_direct: bool) -> Channel:
    """Return a channel the app may write to; a user's id opens the direct conversation."""
    workspace = slack.workspace
    if open_direct and isinstance(id, str) and id in workspace.users:
        return workspace.direct(id)
    channel = workspace.channels.get(id) if isinstance(id, str) else None
    if channel is None and isinstance(id, str) and open_direct:
        name = id.removeprefix("#")
        channel = next((c for c in workspace.channels.values() if c.name == name), None)
    if channel is None:
        raise SlackError("channel_not_found")
    if slack.config.bot_user_id not in channel.members:
        raise SlackError("channel_not_found" if channel.is_private else "not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def _metadata(value: object) -> Json | None:
    if value in (None, "", {}):
        return None
    if not isinstance(value, dict) or not isinstance(value.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(value.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(value)) > limits.METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return value


def _thread(slack: Slack, channel: Channel, thread_ts: str | None) -> str | None:
    if not thread_ts:
        return None
    parent = slack.workspace.find_message(channel.id, thread_ts)
    if parent is None or parent.ephemeral_for:
        raise SlackError("thread_not_found")
    return parent.thread_ts or parent.ts


def post_message(slack: Slack, call: Call) -> Json:
    """Post a message and write it in the record of posts."""
    channel = writable(slack, call.args.get("channel"), open_direct=True)
    text = str(call.args.get("text") or "")
    message = Message(
        ts=slack.workspace.new_ts(),
        channel=channel.id,
        user=slack.config.bot_user_id,
        text=text,
        blocks=check_message(text, call.args.get("blocks")),
        at=slack.config.clock(),
        thread_ts=_thread(slack, channel, call.args.get("thread_ts")),
        metadata=_metadata(call.args.get("metadata")),
    )
    slack.workspace.add_message(message)
    shown = message.as_json(slack.config, with_metadata=True)
    slack.workspace.posts.append({"channel": channel.id, **shown})
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(slack: Slack, call: Call) -> Json:
    """Show a message to one member of a channel."""
    channel = writable(slack, call.args.get("channel"), open_direct=False)
    user = str(call.args.get("user") or "")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    text = str(call.args.get("text") or "")
    message = Message(
        ts=slack.workspace.new_ts(),
        channel=channel.id,
        user=slack.config.bot_user_id,
        text=text,
        blocks=check_message(text, call.args.get("blocks")),
        at=slack.config.clock(),
        thread_ts=call.args.get("thread_ts"),
        ephemeral_for=user,
    )
    slack.workspace.add_message(message)
    return {"message_ts": message.ts}


def _own_message(slack: Slack, call: Call, refused: str) -> Message:
    channel = writable(slack, call.args.get("channel"), open_direct=False)
    message = slack.workspace.find_message(channel.id, str(call.args.get("ts") or ""))
    if message is None or message.ephemeral_for:
        raise SlackError("message_not_found")
    if message.user != slack.config.bot_user_id:
        raise SlackError(refused)
    return message


def update(slack: Slack, call: Call) -> Json:
    """Edit the app's own message; a text without blocks removes the blocks, as in Slack."""
    message = _own_message(slack, call, "cant_update_message")
    text, blocks = call.args.get("text"), call.args.get("blocks")
    if text is None and blocks is None:
        raise SlackError("no_text")
    message.blocks = check_message(str(text or ""), blocks)
    message.text = message.text if text is None else str(text)
    if "metadata" in call.args:
        message.metadata = _metadata(call.args["metadata"])
    message.edited_ts = slack.workspace.new_ts()
    message.state = {}
    slack.workspace.touch()
    shown = message.as_json(slack.config, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


def delete(slack: Slack, call: Call) -> Json:
    """Delete the app's own message."""
    message = _own_message(slack, call, "cant_delete_message")
    slack.workspace.remove_message(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(slack: Slack, call: Call) -> Json:
    """Return an address of the message, on the playground's own page."""
    channel = writable(slack, call.args.get("channel"), open_direct=False)
    ts = str(call.args.get("message_ts") or "")
    message = slack.workspace.find_message(channel.id, ts)
    if message is None:
        raise SlackError("message_not_found")
    link = f"{slack.base_url}/archives/{channel.id}/p{ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def answer_reply(slack: Slack, reply: Reply, body: Json) -> None:
    """Do what a response URL or an acknowledgement asks: add, replace or delete a message.

    Answers are ephemeral unless `response_type` says `in_channel`; no membership is needed.
    """
    workspace = slack.workspace
    original = workspace.find_message(reply.channel, reply.message_ts) if reply.message_ts else None
    if body.get("delete_original"):
        if original:
            workspace.remove_message(original)
        return
    text = str(body.get("text") or "")
    blocks = check_message(text, body.get("blocks"), in_reply=True)
    if original and body.get("replace_original"):
        original.text, original.blocks = text, blocks
        original.edited_ts = None if original.ephemeral_for else workspace.new_ts()
        original.notice = ""
        workspace.touch()
        return
    in_channel = body.get("response_type") == "in_channel"
    workspace.add_message(
        Message(
            ts=workspace.new_ts(),
            channel=reply.channel,
            user=slack.config.bot_user_id,
            text=text,
            blocks=blocks,
            at=slack.config.clock(),
            thread_ts=body.get("thread_ts") or reply.thread_ts,
            ephemeral_for=None if in_channel else reply.user,
        )
    )
