"""Check the blocks of messages, modals and Homes as Slack does, and name what has no id."""

import copy
import secrets
from collections.abc import Callable

from bot.playground import limits
from bot.playground.elements import (
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    Problems,
    check_element,
    check_text,
)
from bot.playground.shapes import Json, SlackError
from bot.playground.tables import check_data_table, check_table, table_text
from bot.playground.visuals import check_card, check_chart

EVERYWHERE = {"section", "header", "context", "divider", "image", "actions", "input", "rich_text"}
TEXTS = ("plain_text", "mrkdwn")
SURFACES = {
    "message": EVERYWHERE
    | {"markdown", "table", "data_table", "data_visualization", "card", "video", "file"},
    "modal": EVERYWHERE | {"alert", "card", "video"},
    "home": EVERYWHERE | {"table", "data_table", "data_visualization", "card", "video"},
}


def _section(block: Json, where: str, problems: Problems) -> None:
    text, fields = block.get("text"), block.get("fields")
    if text is None and not fields:
        problems.say("missing required field: text or fields", where)
    if text is not None:
        check_text(text, limits.SECTION_TEXT, where + "/text", problems, kinds=TEXTS)
    if fields and len(fields) > limits.FIELDS:
        problems.say(f"no more than {limits.FIELDS} items allowed", where + "/fields")
    for index, item in enumerate(fields or []):
        check_text(item, limits.FIELD_TEXT, f"{where}/fields/{index}", problems, kinds=TEXTS)
    if "accessory" in block:
        check_element(block["accessory"], IN_SECTION, where + "/accessory", problems)


def _header(block: Json, where: str, problems: Problems) -> None:
    text = block.get("text")
    check_text(text, limits.HEADER_TEXT, where + "/text", problems, kinds=("plain_text",))


def _context(block: Json, where: str, problems: Problems) -> None:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= limits.CONTEXT_ELEMENTS:
        problems.say(f"must have 1 to {limits.CONTEXT_ELEMENTS} items", where + "/elements")
    for index, element in enumerate(elements):
        at = f"{where}/elements/{index}"
        if element.get("type") == "image":
            _image(element, at, problems)
        else:
            check_text(element, limits.SECTION_TEXT, at, problems, kinds=TEXTS)


def _actions(block: Json, where: str, problems: Problems) -> None:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= limits.ACTIONS_ELEMENTS:
        problems.say(f"must have 1 to {limits.ACTIONS_ELEMENTS} items", where + "/elements")
    for index, element in enumerate(elements):
        check_element(element, IN_ACTIONS, f"{where}/elements/{index}", problems)
    ids = [element.get("action_id") for element in elements if element.get("action_id")]
    if len(set(ids)) != len(ids):
        problems.say("action_id must be unique in a block", where + "/elements")


def _input(block: Json, where: str, problems: Problems) -> None:
    plain = ("plain_text",)
    check_text(block.get("label"), limits.INPUT_LABEL, where + "/label", problems, kinds=plain)
    if "hint" in block:
        check_text(block["hint"], limits.INPUT_LABEL, where + "/hint", problems, kinds=plain)
    check_element(block.get("element"), IN_INPUT, where + "/element", problems)


def _image(block: Json, where: str, problems: Problems) -> None:
    problems.longest(block.get("alt_text"), limits.ALT_TEXT, where + "/alt_text")
    if not block.get("slack_file"):
        problems.longest(block.get("image_url"), limits.URL, where + "/image_url")


def _rich_text(block: Json, where: str, problems: Problems) -> None:
    kinds = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
    for index, element in enumerate(block.get("elements") or []):
        if element.get("type") not in kinds:
            problems.say("unsupported type", f"{where}/elements/{index}/type")
    if not block.get("elements"):
        problems.say("missing required field: elements", where)


def _markdown(block: Json, where: str, problems: Problems) -> None:
    problems.longest(block.get("text"), limits.MARKDOWN, where + "/text")


def _alert(block: Json, where: str, problems: Problems) -> None:
    check_text(block.get("text"), limits.ALERT_TEXT, where + "/text", problems, kinds=TEXTS)
    if block.get("level", "default") not in ("default", "info", "warning", "error", "success"):
        problems.say("invalid level", where + "/level")


def _nothing(block: Json, where: str, problems: Problems) -> None:
    """Accept a block that has nothing to check."""


CHECKS: dict[str, Callable[[Json, str, Problems], None]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "alert": _alert,
    "table": check_table,
    "data_table": check_data_table,
    "data_visualization": check_chart,
    "card": check_card,
}


def _refuse_too_many(blocks: list[Json], code: str) -> None:
    kinds = [block.get("type") for block in blocks]
    if kinds.count("table") > 1:
        raise SlackError("invalid_attachments", "only one table block is allowed per message")
    if kinds.count("data_visualization") > limits.CHARTS:
        raise SlackError(code, f"no more than {limits.CHARTS} data_visualization blocks")
    if sum(len(b.get("text", "")) for b in blocks if b.get("type") == "markdown") > limits.MARKDOWN:
        raise SlackError(code, "markdown blocks are too long together")


def check_blocks(blocks: object, surface: str, *, code: str = "invalid_blocks") -> list[Json]:
    """Return the blocks with every id filled in, or raise `code` naming each problem.

    `surface` is `message`, `modal` or `home`.
    """
    most = limits.MESSAGE_BLOCKS if surface == "message" else limits.VIEW_BLOCKS
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    if len(blocks) > most:
        raise SlackError(code, f"no more than {most} items allowed [json-pointer:/blocks]")
    problems = Problems()
    for index, block in enumerate(blocks):
        where, kind = f"/blocks/{index}", block.get("type")
        if kind not in SURFACES[surface]:
            problems.say(f"unsupported type: {kind}", where + "/type")
            continue
        block_id = block.get("block_id")
        problems.longest(block_id, limits.IDENTIFIER, where + "/block_id", required=False)
        CHECKS.get(kind, _nothing)(block, where, problems)
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(set(ids)) != len(ids):
        problems.say("block_id must be unique", "/blocks")
    if problems:
        raise SlackError(code, *problems)
    _refuse_too_many(blocks, code)
    return with_ids(blocks)


def text_length(blocks: object) -> int:
    """Return how many characters of text the blocks of a message show, tables apart."""
    if isinstance(blocks, dict):
        if blocks.get("type") in ("table", "data_table", "data_visualization"):
            return 0
        own = blocks.get("text")
        inner = sum(text_length(value) for value in blocks.values())
        return inner + (len(own) if isinstance(own, str) else 0)
    if isinstance(blocks, list):
        return sum(text_length(block) for block in blocks)
    return 0


def check_message(text: str, blocks: object, *, in_reply: bool = False) -> list[Json]:
    """Check a message's text and blocks together; `in_reply`: through a response_url."""
    checked = check_blocks(blocks or [], "message")
    if not text and not checked:
        raise SlackError("no_text")
    if len(text) > limits.MESSAGE_TEXT:
        raise SlackError("msg_too_long")
    if not in_reply and text_length(checked) > limits.MESSAGE_BLOCKS_TEXT:
        raise SlackError("msg_blocks_too_long")
    if sum(table_text(block) for block in checked if block["type"] == "table") > limits.TABLE_TEXT:
        raise SlackError("invalid_blocks", "table text is too long")
    return checked


def elements_of(block: Json) -> list[Json]:
    """Return the interactive elements of a block (the live ones, not copies)."""
    if block.get("type") == "actions":
        found = list(block["elements"])
    elif block.get("type") == "input":
        found = [block["element"]]
    else:
        found = [block["accessory"]] if "accessory" in block else []
        found += block.get("actions", []) if block.get("type") == "card" else []
    return [element for element in found if element.get("type") != "image"]


def with_ids(blocks: list[Json]) -> list[Json]:
    """Return a copy where each block has a block_id and each element an action_id."""
    named = copy.deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            element.setdefault("action_id", secrets.token_urlsafe(4))
    return named
