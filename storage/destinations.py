"""Where messages go: the channel they name, the message they edit, the thread they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from bot.domain.lifecycle import MessageState
from storage.due_statements import Candidate
from storage.messages import EDIT, POST
from storage.tables.queue import Message


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes."""

    channel: str
    thread: str = ""
    edits_ts: str = ""


class Parents:
    """The messages that edits change and replies answer, read at once."""

    def __init__(self, session: Session, workspace_id: int, messages: Sequence[Candidate]) -> None:
        subjects = set(_subjects(messages))
        self._posts: dict[str, list[Message]] = {subject: [] for subject in subjects}
        if not subjects:
            return
        chosen = select(Message).where(
            col(Message.workspace_id) == workspace_id,
            col(Message.subject).in_(subjects),
            col(Message.method) == POST,
            col(Message.thread) == "",
            col(Message.state).in_((MessageState.SENT.value, MessageState.PENDING.value)),
        )
        for post in session.execute(chosen.order_by(col(Message.id))).scalars():
            self._posts[post.subject].append(post)

    def place(self, message: Candidate) -> Place | None:
        """Return where the message goes; None when its post, still to come, will show it."""
        if message.method == EDIT:
            return self._of_edit(message)
        if ":" not in message.thread:
            return Place(message.address, message.thread)
        parent = self._sent(message.thread, message.thread.partition(":")[0])
        return Place(parent.sent_channel, parent.sent_ts) if parent else Place(message.address)

    def _of_edit(self, edit: Candidate) -> Place | None:
        original = self._sent(edit.subject, edit.kind)
        if original:
            return Place(original.sent_channel, "", original.sent_ts)
        if edit.thread and not any(post.kind == edit.kind for post in self._posts[edit.subject]):
            return Place(edit.address, "", edit.thread)
        return None

    def _sent(self, subject: str, kind: str) -> Message | None:
        """Return the newest message posted for this subject and kind."""
        sent = (
            post
            for post in self._posts[subject]
            if post.kind == kind and post.state == MessageState.SENT.value
        )
        return max(sent, key=lambda post: post.id, default=None)


def _subjects(messages: Iterable[Candidate]) -> Iterable[str]:
    for message in messages:
        if message.method == EDIT:
            yield message.subject
        elif ":" in message.thread:
            yield message.thread
