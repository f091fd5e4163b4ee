"""The pieces messages and modals are built of, as Slack's JSON; every text is cut to its size here.

Plain dictionaries, keys in order: slack_sdk's models took a third of a `/balance`. The tests hold
every drawing against those models.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.rendering import limits
from bot.rendering.escaping import Mrkdwn, dotted, escape, shorten

Block = dict[str, Any]
Element = dict[str, Any]  # what is pressed or chosen inside a block
BLANK = "\u00a0"  # Slack refuses a whole message for one empty cell


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: `text` stands alone (notification, screen reader), `blocks` show it."""

    text: str
    blocks: list[Block]


def message(headline: Mrkdwn, blocks: Iterable[Block | None]) -> Message:
    """Return a message whose notification is its first line; absent blocks are left out."""
    text = limits.fit(Mrkdwn(headline.replace("*", "")), limits.TEXT_FALLBACK_MAX)
    return Message(text=text, blocks=_within([block for block in blocks if block is not None]))


def _within(blocks: list[Block]) -> list[Block]:
    """Return the blocks with the last paragraphs cut where a message would be refused whole."""
    left = limits.MESSAGE_MAX
    kept = []
    for block in blocks:
        if block["type"] == "section":
            if left < _LEAST:
                continue
            text = limits.fit(Mrkdwn(block["text"]["text"]), min(left, limits.SECTION_MAX))
            left -= len(text)
            block["text"]["text"] = text
        kept.append(block)
    return kept


_LEAST = 100  # a shorter end of a paragraph says nothing


def mrkdwn(text: Mrkdwn, most: int = limits.SECTION_MAX) -> Block:
    """Return a text object in which Slack turns nothing into a link by itself."""
    return {"text": limits.fit(text, most), "type": "mrkdwn", "verbatim": True}


def plain(text: str, most: int) -> Block:
    """Return a text object without markup, cut in its middle when it is long."""
    return {"emoji": True, "text": shorten(text, most) or BLANK, "type": "plain_text"}


def lines(*parts: Mrkdwn) -> Mrkdwn:
    """Return the lines that say something, one under the other."""
    return Mrkdwn("\n".join(part for part in parts if part))


def section(text: Mrkdwn, accessory: Element | None = None) -> Block:
    """Return a paragraph, with a button or a menu beside it."""
    drawn: Block = {} if accessory is None else {"accessory": accessory}
    drawn["text"] = mrkdwn(text)
    drawn["type"] = "section"
    return drawn


def context(text: Mrkdwn) -> Block | None:
    """Return a line in small letters, or nothing when there is nothing to say."""
    if not text:
        return None
    return {"elements": [mrkdwn(text, limits.CONTEXT_MAX)], "type": "context"}


def header(text: str) -> Block:
    """Return a title in large letters."""
    return {"text": plain(text, limits.LABEL_MAX), "type": "header"}


def divider() -> Block:
    """Return a line between two parts."""
    return {"type": "divider"}


def button(
    label: str,
    action_id: str,
    value: str,
    *,
    primary: bool = False,
    confirm: Block | None = None,
) -> Element:
    """Return a button that carries ids; `confirm` is asked first."""
    drawn: Element = {"action_id": action_id}
    if confirm is not None:
        drawn["confirm"] = confirm
    if primary:
        drawn["style"] = "primary"
    drawn["text"] = plain(label, limits.BUTTON_MAX)
    drawn["type"] = "button"
    drawn["value"] = value
    return drawn


def confirmation(title: str, text: str, confirm: str, deny: str) -> Block:
    """Return the question asked before a button acts."""
    return {
        "title": plain(title, limits.CONFIRM_TITLE_MAX),
        "text": {"text": shorten(text, limits.CONFIRM_TEXT_MAX), "type": "mrkdwn"},
        "confirm": plain(confirm, limits.CONFIRM_BUTTON_MAX),
        "deny": plain(deny, limits.CONFIRM_BUTTON_MAX),
    }


def option(label: str, value: str) -> Element:
    """Return one choice of a menu."""
    return {"text": plain(label, limits.OPTION_MAX), "value": value}


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    """Return the menu of the less likely answers (five at most)."""
    return {"action_id": action_id, "options": list(options), "type": "overflow"}


def menu(action_id: str, placeholder: str, options: Sequence[Element]) -> Element:
    """Return a list to choose one answer from, beside a paragraph."""
    return {
        "action_id": action_id,
        "options": list(options),
        "placeholder": plain(placeholder, limits.LABEL_MAX),
        "type": "static_select",
    }


def actions(elements: Sequence[Element]) -> Block | None:
    """Return a row of buttons, the likeliest first, or nothing when there is none."""
    return {"elements": list(elements), "type": "actions"} if elements else None


def table(rows: Sequence[Sequence[str]], numbers_from: int) -> Block | None:
    """Return a table with its header row; columns from `numbers_from` on align right."""
    if len(rows) < 2:
        return None
    settings = [
        {"align": "right" if column >= numbers_from else "left"} for column in range(len(rows[0]))
    ]
    return {
        "column_settings": settings,
        "rows": [[_cell(text) for text in row] for row in rows],
        "type": "table",
    }


def _cell(text: str) -> Block:
    return {"text": shorten(text, limits.CELL_MAX) or BLANK, "type": "raw_text"}


def without_tables(drawn: Message) -> Message:
    """Return the message with its tables as lines of text, for a workspace that refuses them."""
    blocks = [_as_lines(block) if block["type"] == "table" else block for block in drawn.blocks]
    return Message(text=drawn.text, blocks=_within(blocks))


def _as_lines(block: Block) -> Block:
    rows = [
        dotted(escape(cell["text"]) for cell in row if cell["text"] != BLANK)
        for row in block["rows"][1:]
    ]
    return section(lines(*rows))
