"""One judge of what Slack would refuse: the playground's checks, and our own stricter ones."""

import json
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block

from bot.playground.api_views import check_view
from bot.playground.blocks import check_blocks, check_message, elements_of
from bot.rendering.messages import Message
from tests.rendering.sample import Drawn

TEXT_MAX = 4000
BUTTONS_MAX = 4
OVERFLOW_MAX = 5


def check(drawn: Drawn) -> None:
    """Raise or fail when Slack, or our own rules, would refuse what was drawn."""
    if isinstance(drawn, Message):
        check_message(drawn.text, drawn.blocks)
        assert 0 < len(drawn.text) < TEXT_MAX
    elif drawn["type"] == "modal":
        check_view(drawn, "modal")
    else:
        check_blocks(drawn["blocks"], "home")
    for block in blocks_of(drawn):
        check_actions(block)
        check_model(block)


def check_model(block: dict[str, Any]) -> None:
    """Fail when slack_sdk's model of the block refuses it, or writes it in another way."""
    model = Block.parse(block)
    assert model is not None
    assert json.dumps(model.to_dict()) == json.dumps(block)


def check_actions(block: dict[str, Any]) -> None:
    """Fail when a row has too many buttons for a phone."""
    if block["type"] != "actions":
        return
    kinds = [element["type"] for element in block["elements"]]
    assert kinds.count("button") <= BUTTONS_MAX
    assert len(kinds) <= BUTTONS_MAX + 1
    for element in block["elements"]:
        if element["type"] == "overflow":
            assert len(element["options"]) <= OVERFLOW_MAX


def blocks_of(drawn: Drawn) -> list[dict[str, Any]]:
    """Return the blocks of a message or a view."""
    return drawn.blocks if isinstance(drawn, Message) else drawn["blocks"]


def texts_of(node: Any) -> Iterator[tuple[str, str]]:
    """Yield (type, text) of every text object below `node`."""
    if isinstance(node, dict):
        if isinstance(node.get("text"), str) and "type" in node:
            yield node["type"], node["text"]
        for value in node.values():
            yield from texts_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts_of(value)


def values_of(drawn: Drawn) -> Iterator[str]:
    """Yield the value of every button and option, and a modal's private metadata."""
    for block in blocks_of(drawn):
        for element in elements_of(block):
            if "value" in element:
                yield element["value"]
            for option in element.get("options") or []:
                yield option["value"]
    if not isinstance(drawn, Message) and "private_metadata" in drawn:
        yield drawn["private_metadata"]


def shown(drawn: Message) -> str:
    """Return the paragraphs of a message with ordinary spaces."""
    texts = [block["text"]["text"] for block in drawn.blocks if block["type"] == "section"]
    return "\n".join(texts).replace("\u00a0", " ").replace("\u202f", " ")


def buttons(drawn: Message) -> list[str]:
    """Return the action ids of the row of buttons."""
    return [
        element["action_id"]
        for block in blocks_of(drawn)
        if block["type"] == "actions"
        for element in block["elements"]
    ]
