"""The workspace in memory: people, channels, messages, open modals, Homes, files, posts."""

import copy
import itertools
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.playground.config import PlaygroundConfig, SeedChannel, SeedUser
from bot.playground.shapes import Json, SlackError

SLACKBOT = "USLACKBOT"
STACK_MAX = 3


@dataclass(slots=True)
class Message:
    """One message; `ephemeral_for` is the only person who sees it, when set."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json]
    at: datetime
    thread_ts: str | None = None
    metadata: Json | None = None
    edited_ts: str | None = None
    ephemeral_for: str | None = None
    files: list[str] = field(default_factory=list)
    state: Json = field(default_factory=dict)  # values chosen in inputs of this message
    notice: str = ""  # what Slack itself says under the message, such as a time-out

    def as_json(self, config: PlaygroundConfig, *, with_metadata: bool = False) -> Json:
        """Return the message as Slack's methods and payloads show it."""
        body: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        if self.user == config.bot_user_id:
            body |= {"bot_id": config.bot_id, "app_id": config.app_id, "team": config.team_id}
        if self.blocks:
            body["blocks"] = copy.deepcopy(self.blocks)
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if self.edited_ts:
            body["edited"] = {"user": self.user, "ts": self.edited_ts}
        if self.files:
            body["files"] = [{"id": id} for id in self.files]
        if with_metadata and self.metadata:
            body["metadata"] = copy.deepcopy(self.metadata)
        return body


@dataclass(slots=True)
class View:
    """A modal or a Home tab as one person sees it."""

    id: str
    user: str
    body: Json  # type, title, blocks, callback_id, private_metadata... as the app gave them
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Json = field(default_factory=dict)  # block_id -> action_id -> value
    errors: dict[str, str] = field(default_factory=dict)
    notice: str = ""

    def as_json(self, config: PlaygroundConfig) -> Json:
        """Return the view with its state, as payloads and answers show it."""
        body: Json = copy.deepcopy(self.body)
        for name in ("private_metadata", "callback_id", "external_id"):
            body.setdefault(name, "")
        for name in ("clear_on_close", "notify_on_close"):
            body.setdefault(name, False)
        return body | {
            "id": self.id,
            "team_id": config.team_id,
            "state": {"values": copy.deepcopy(self.values)},
            "hash": self.hash,
            "root_view_id": self.root_id,
            "previous_view_id": self.previous_id,
            "app_id": config.app_id,
            "app_installed_team_id": config.team_id,
            "bot_id": config.bot_id,
        }


@dataclass(slots=True)
class Channel:
    """A channel or a direct conversation; `with_user` is set for the latter."""

    id: str
    name: str
    members: list[str]
    is_private: bool = True
    is_shared: bool = False
    is_archived: bool = False
    topic: str = ""
    with_user: str | None = None


@dataclass(slots=True)
class File:
    """A file being uploaded or shared."""

    id: str
    name: str
    length: int
    content: bytes | None = None
    title: str = ""
    channel: str | None = None
    sent_by: str | None = None  # who sent it in a window of the app

    @property
    def extension(self) -> str:
        """Return the end of its name, in small letters."""
        return self.name.rpartition(".")[2].lower()

    def as_json(self, config: PlaygroundConfig, base_url: str) -> Json:
        """Return the file as payloads and `files.info` show it."""
        address = f"{base_url}/files-pri/{config.team_id}-{self.id}"
        return {
            "id": self.id,
            "created": int(config.clock().timestamp()),
            "timestamp": int(config.clock().timestamp()),
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": mimetypes.guess_type(self.name)[0] or "application/octet-stream",
            "filetype": self.extension,
            "user": self.sent_by or config.bot_user_id,
            "size": self.length,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "url_private": f"{address}/{self.name}",
            "url_private_download": f"{address}/download/{self.name}",
        }


class Workspace:
    """Hold the state of one workspace; `posts` is append-only, the judge of what was accepted."""

    def __init__(self, config: PlaygroundConfig) -> None:
        self.config = config
        bot = SeedUser(config.bot_user_id, config.app_name, config.app_name, is_bot=True)
        self.users: dict[str, SeedUser] = {user.id: user for user in (*config.users, bot)}
        self.channels: dict[str, Channel] = {}
        for seed in config.channels:
            self.add_channel(seed)
        self.messages: dict[str, list[Message]] = {}
        self.posts: list[Json] = []
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.read: dict[tuple[str, str], str] = {}  # (user, channel) -> last ts seen
        self.mails_read: dict[str, int] = {}  # user -> how many e-mails they have seen
        self.version = 0  # grows with every visible change; the page asks for it
        self._numbers = itertools.count(1)
        self._last_micro = 0

    def add_channel(self, seed: SeedChannel) -> Channel:
        """Create the channel of a seed."""
        members = [*seed.members]
        if seed.bot_is_member and self.config.bot_user_id not in members:
            members.append(self.config.bot_user_id)
        channel = Channel(
            id=seed.id,
            name=seed.name,
            members=members,
            is_private=seed.is_private,
            is_shared=seed.is_shared,
            is_archived=seed.is_archived,
            topic=seed.topic,
        )
        self.channels[seed.id] = channel
        return channel

    def new_id(self, prefix: str) -> str:
        """Return a fresh id such as V00000001."""
        return f"{prefix}{next(self._numbers):08d}"

    def new_ts(self) -> str:
        """Return a timestamp of the clock, unique and increasing even when the clock goes back."""
        micro = int(self.config.clock().timestamp() * 1_000_000)
        self._last_micro = max(micro, self._last_micro + 1)
        return f"{self._last_micro // 1_000_000}.{self._last_micro % 1_000_000:06d}"

    def touch(self) -> None:
        """Say that something visible changed."""
        self.version += 1

    def direct(self, user: str) -> Channel:
        """Return the direct conversation between the app and a user, opened when missing."""
        if user not in self.users:
            raise SlackError("user_not_found")
        for channel in self.channels.values():
            if channel.with_user == user:
                return channel
        seed = SeedChannel(f"D{user[1:]}", "", members=[user])
        channel = self.add_channel(seed)
        channel.with_user = user
        return channel

    def find_message(self, channel: str, ts: str) -> Message | None:
        """Return the message of a channel with this timestamp."""
        found = (message for message in self.messages.get(channel, []) if message.ts == ts)
        return next(found, None)

    def add_message(self, message: Message) -> Message:
        """Append a message to its channel."""
        self.messages.setdefault(message.channel, []).append(message)
        self.touch()
        return message

    def remove_message(self, message: Message) -> None:
        """Take a message away from its channel (never from `posts`)."""
        self.messages[message.channel].remove(message)
        self.touch()

    def visible(self, channel: str, user: str) -> list[Message]:
        """Return the messages a person sees in a channel, oldest first."""
        messages = self.messages.get(channel, [])
        return [m for m in messages if m.ephemeral_for in (None, user)]

    def channels_of(self, user: str) -> list[Channel]:
        """Return the channels a person can read."""
        return [channel for channel in self.channels.values() if user in channel.members]

    def views(self) -> Iterable[View]:
        """Yield every open modal and Home."""
        yield from itertools.chain.from_iterable(self.stacks.values())
        yield from self.homes.values()

    def find_view(self, view_id: str | None, external_id: str | None = None) -> View:
        """Return an open view, or raise `not_found`."""
        for view in self.views():
            if view_id == view.id or (external_id and view.body.get("external_id") == external_id):
                return view
        raise SlackError("not_found")
