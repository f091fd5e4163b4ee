"""What a person does in Slack, and what Slack makes of the app's answer."""

from bot.playground import limits, payloads
from bot.playground.api_chat import answer_reply
from bot.playground.api_views import check_view, push_on, replace
from bot.playground.blocks import elements_of
from bot.playground.choices import KEYS, Entered, action_of, state_of
from bot.playground.context import Slack
from bot.playground.delivery import Answer, Delivery
from bot.playground.elements import Problems, check_options
from bot.playground.modals import enter, refused_fields
from bot.playground.shapes import Json, SlackError
from bot.playground.state import SLACKBOT, File, Message, View
from bot.playground.tickets import RESPONSE_SECONDS, Reply

SHORTEST_QUERY = 3  # what Slack waits for when the element does not say
NOT_SENT = Answer(None, {}, "not_sent", 0.0)


class Interactions:
    """Act as a person of the workspace."""

    def __init__(self, slack: Slack, delivery: Delivery) -> None:
        self.slack = slack
        self.delivery = delivery
        self.offered: dict[tuple[str, str], list[Json]] = {}  # (user, action_id) -> options

    async def type_command(self, user: str, channel: str, line: str) -> Answer:
        """Type a slash command in a channel and show its answer."""
        name, _, text = line.strip().partition(" ")
        known = {command.name for command in self.slack.config.commands}
        if known and name not in known:
            self._say(channel, user, f"{name} is not a valid command.")
            return Answer(None, {}, "unknown_command", 0.0)
        payload = payloads.command(self.slack, user, channel, name, text.strip())
        answer = await self.delivery.send("slash_commands", payload)
        if not answer.ok:
            self._say(channel, user, f"{name} failed with the error “{answer.error}”")
        elif answer.body:
            self._answer(channel, user, None, answer.body)
        return answer

    def _say(self, channel: str, user: str, text: str) -> None:
        """Say something to one person as Slackbot does."""
        workspace = self.slack.workspace
        at, ts = self.slack.config.clock(), workspace.new_ts()
        message = Message(ts, channel, SLACKBOT, text, [], at, ephemeral_for=user)
        workspace.add_message(message)

    def _answer(self, channel: str, user: str, ts: str | None, body: Json) -> None:
        try:
            answer_reply(self.slack, Reply(channel, user, ts, None, RESPONSE_SECONDS), body)
        except SlackError as refusal:
            self._say(channel, user, f"failed with the error “{refusal.code}”")

    def _message(self, user: str, ts: str) -> Message:
        for channel in self.slack.workspace.channels_of(user):
            for message in self.slack.workspace.visible(channel.id, user):
                if message.ts == ts:
                    return message
        raise LookupError(f"{user} sees no message {ts}")

    async def click(
        self,
        user: str,
        where: str,
        action_id: str,
        value: Entered = None,
        *,
        block_id: str | None = None,
    ) -> Answer:
        """Press or choose something in a message (its ts) or a view (its id).

        `value` chooses among options, or picks the one of several buttons with that value.
        """
        if where.startswith("V"):
            view = self.slack.workspace.find_view(where)
            block, element = find_element(view.body["blocks"], action_id, value, block_id)
            return await self._click_view(view, block, element, value)
        message = self._message(user, where)
        block, element = find_element(message.blocks, action_id, value, block_id)
        state = self._state(user, element, value)
        if state and element["type"] != "overflow":
            message.state.setdefault(block["block_id"], {})[action_id] = state
        ts = self.slack.workspace.new_ts()
        action = action_of(element, block["block_id"], state, ts)
        answer = await self.delivery.send(
            "interactive", payloads.message_actions(self.slack, user, message, action)
        )
        message.notice = answer.error or ""
        self.slack.workspace.touch()
        return answer

    def _state(self, user: str, element: Json, value: Entered) -> Json | None:
        if element["type"] not in KEYS:
            return None
        return state_of(element, value, self.offered.get((user, element["action_id"]), ()))

    async def _click_view(self, view: View, block: Json, element: Json, value: Entered) -> Answer:
        state = self._state(view.user, element, value)
        if state and element["type"] != "overflow":
            view.values.setdefault(block["block_id"], {})[element["action_id"]] = state
        if block["type"] == "input" and not block.get("dispatch_action"):
            return NOT_SENT
        action = action_of(element, block["block_id"], state, self.slack.workspace.new_ts())
        answer = await self.delivery.send(
            "interactive", payloads.view_actions(self.slack, view, action)
        )
        view.notice = answer.error or ""
        self.slack.workspace.touch()
        return answer

    async def submit(self, user: str, view_id: str, values: dict[str, Entered]) -> Answer:
        """Fill fields (by block_id or action_id) and press the submit button of a modal.

        What Slack's client refuses by itself (required, e-mail, number) is not sent.
        """
        view = self.slack.workspace.find_view(view_id)
        enter(view, values, lambda action_id: self.offered.get((user, action_id), []))
        view.errors = refused_fields(view)
        view.notice = ""
        self.slack.workspace.touch()
        if view.errors:
            return NOT_SENT
        payload = payloads.view_submission(self.slack, view)
        answer = await self.delivery.send("interactive", payload)
        if answer.ok:
            await self._apply(view, answer.body)
        else:
            view.notice = answer.error or ""
        self.slack.workspace.touch()
        return answer

    async def _apply(self, view: View, body: Json) -> None:
        """Do what the answer to a submission says; an empty one closes the modal."""
        stack = self.slack.workspace.stacks.get(view.user, [])
        action = body.get("response_action")
        try:
            if action == "errors":
                known = {block["block_id"] for block in view.body["blocks"]}
                given = body.get("errors") or {}
                view.errors = {key: str(text) for key, text in given.items() if key in known}
                if not view.errors:
                    view.notice = FAULTY_ANSWER
            elif action == "update":
                replace(self.slack, view, check_view(body.get("view"), "modal"))
            elif action == "push":
                push_on(self.slack, stack, check_view(body.get("view"), "modal"))
            elif action == "clear":
                stack.clear()
            elif view in stack:
                stack.remove(view)
        except SlackError as refusal:
            view.notice = f"{FAULTY_ANSWER}: {refusal.code} {'; '.join(refusal.details)}"

    def send_file(
        self, user: str, view_id: str, action_id: str, name: str, content: bytes, *, block_id: str
    ) -> None:
        """Choose a file in a field of a window; what the field does not take raises ValueError."""
        view = self.slack.workspace.find_view(view_id)
        block, element = find_element(view.body["blocks"], action_id, None, block_id or None)
        file = File(self.slack.workspace.new_id("F"), name, len(content), content, sent_by=user)
        if file.extension not in element.get("filetypes", [file.extension]):
            view.errors[block["block_id"]] = "!file_kind"
            self.slack.workspace.touch()
            return
        view.errors.pop(block["block_id"], None)
        self.slack.workspace.files[file.id] = file
        sent = file.as_json(self.slack.config, self.slack.base_url)
        state = state_of(element, [file.id], [sent])
        view.values.setdefault(block["block_id"], {})[action_id] = state
        self.slack.workspace.touch()

    async def close(self, user: str, view_id: str, *, clear: bool = False) -> Answer:
        """Close a modal; the app hears of it when the view asked `notify_on_close`."""
        view = self.slack.workspace.find_view(view_id)
        stack = self.slack.workspace.stacks.get(user, [])
        closed = list(stack) if clear or view.body.get("clear_on_close") else [view]
        for one in closed:
            stack.remove(one)
        self.slack.workspace.touch()
        answer = NOT_SENT
        for one in closed:
            if one.body.get("notify_on_close"):
                payload = payloads.view_closed(self.slack, one, cleared=len(closed) > 1)
                answer = await self.delivery.send("interactive", payload)
        return answer

    async def shortcut(self, user: str, ts: str, callback_id: str) -> Answer:
        """Use a message shortcut on a message."""
        message = self._message(user, ts)
        payload = payloads.message_shortcut(self.slack, user, message, callback_id)
        answer = await self.delivery.send("interactive", payload)
        if not answer.ok:
            self._say(message.channel, user, f"{callback_id} failed: “{answer.error}”")
        return answer

    async def suggest(
        self, user: str, view_id: str, action_id: str, query: str, *, block_id: str | None = None
    ) -> list[Json]:
        """Type in an external select of a view; return the options the app offers.

        None when the app fails, when its options are not those of Slack, or below the shortest
        query.
        """
        view = self.slack.workspace.find_view(view_id)
        block, element = find_element(view.body["blocks"], action_id, None, block_id)
        if len(query) < element.get("min_query_length", SHORTEST_QUERY):
            return []
        payload = payloads.suggestion(self.slack, view, element, block["block_id"], query)
        answer = await self.delivery.send("interactive", payload)
        groups = answer.body.get("option_groups") or []
        options = list(answer.body.get("options") or [])
        options += [option for group in groups for option in group["options"]]
        problems = Problems()
        check_options(options, "/options", problems)
        offered = [] if problems or len(options) > limits.OPTIONS else options
        self.offered[(user, action_id)] = offered
        return offered


FAULTY_ANSWER = "invalid_answer"


def find_element(
    blocks: list[Json], action_id: str, value: Entered = None, block_id: str | None = None
) -> tuple[Json, Json]:
    """Return the block and element with an action_id; among buttons, the one with `value`."""
    found = [
        (block, element)
        for block in blocks
        if block_id in (None, block["block_id"])
        for element in elements_of(block)
        if element["action_id"] == action_id
    ]
    if value is not None:
        named = [pair for pair in found if pair[1].get("value") == value]
        found = named or [pair for pair in found if pair[1]["type"] in KEYS]
    if not found:
        raise LookupError(f"nothing to press named {action_id} with value {value!r}")
    return found[0]
