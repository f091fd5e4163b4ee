"""files.* methods: ask for an upload address, upload, then complete."""

from bot.playground.api_chat import writable
from bot.playground.context import Call, Slack
from bot.playground.shapes import Json, SlackError
from bot.playground.state import File, Message


def files_info(slack: Slack, call: Call) -> Json:
    """Describe a file that the app was given, or put into a channel."""
    file = slack.workspace.files.get(str(call.args.get("file")))
    if file is None or file.content is None or not (file.sent_by or file.channel):
        raise SlackError("file_not_found")
    return {"file": file.as_json(slack.config, slack.base_url), "comments": []}


def get_upload_url(slack: Slack, call: Call) -> Json:
    """Give an address that takes the bytes of one file."""
    name, given = call.args.get("filename"), str(call.args.get("length") or "")
    length = int(given) if given.isdecimal() else 0
    if not name or length <= 0:
        raise SlackError("invalid_arguments", "filename and length are required")
    file = File(slack.workspace.new_id("F"), str(name), length)
    slack.workspace.files[file.id] = file
    return {"upload_url": f"{slack.base_url}/upload/{file.id}", "file_id": file.id}


def complete_upload(slack: Slack, call: Call) -> Json:
    """Share the uploaded files in a channel, as one message when one is given."""
    wanted = call.args.get("files") or []
    files = [slack.workspace.files.get(str(one.get("id"))) for one in wanted]
    if not files or any(file is None or file.content is None for file in files):
        raise SlackError("file_not_found")
    done = [file for file in files if file is not None]
    for file, one in zip(done, wanted, strict=True):
        file.title = str(one.get("title") or file.name)
    channel_id = call.args.get("channel_id") or call.args.get("channels")
    if channel_id:
        channel = writable(slack, channel_id, open_direct=False)
        text = str(call.args.get("initial_comment") or "")
        message = Message(
            ts=slack.workspace.new_ts(),
            channel=channel.id,
            user=slack.config.bot_user_id,
            text=text,
            blocks=[],
            at=slack.config.clock(),
            thread_ts=call.args.get("thread_ts"),
            files=[file.id for file in done],
        )
        slack.workspace.add_message(message)
        for file in done:
            file.channel = channel.id
        slack.workspace.posts.append({"channel": channel.id, **message.as_json(slack.config)})
    return {"files": [{"id": file.id, "title": file.title} for file in done]}
