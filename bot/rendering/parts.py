"""The pieces messages and modals are built of; every size is checked here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    RawTextObject,
    SectionBlock,
    TableBlock,
    TableBlockColumnSettings,
)

from bot.rendering import limits
from bot.rendering.escaping import Mrkdwn, dotted, escape, shorten

Block = dict[str, Any]
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


def mrkdwn(text: Mrkdwn, most: int = limits.SECTION_MAX) -> MarkdownTextObject:
    """Return a text object in which Slack turns nothing into a link by itself."""
    return MarkdownTextObject(text=limits.fit(text, most), verbatim=True)


def lines(*parts: Mrkdwn) -> Mrkdwn:
    """Return the lines that say something, one under the other."""
    return Mrkdwn("\n".join(part for part in parts if part))


def section(
    text: Mrkdwn, accessory: InteractiveElement | None = None, block_id: str | None = None
) -> Block:
    """Return a paragraph, with a button or a menu beside it."""
    return _built(SectionBlock(text=mrkdwn(text), accessory=accessory, block_id=block_id))


def context(text: Mrkdwn) -> Block | None:
    """Return a line in small letters, or nothing when there is nothing to say."""
    if not text:
        return None
    return _built(ContextBlock(elements=[mrkdwn(text, limits.CONTEXT_MAX)]))


def header(text: str) -> Block:
    """Return a title in large letters."""
    return _built(HeaderBlock(text=shorten(text, limits.LABEL_MAX)))


def divider() -> Block:
    """Return a line between two parts."""
    return _built(DividerBlock())


def button(
    label: str,
    action_id: str,
    value: str,
    *,
    primary: bool = False,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """Return a button that carries ids."""
    return ButtonElement(
        text=shorten(label, limits.BUTTON_MAX),
        action_id=action_id,
        value=value,
        style="primary" if primary else None,
        confirm=confirm,
    )


def option(label: str, value: str) -> Option:
    """Return one choice of a menu."""
    return Option(text=shorten(label, limits.OPTION_MAX) or BLANK, value=value)


def overflow(action_id: str, options: Sequence[Option]) -> OverflowMenuElement:
    """Return the menu of the less likely answers (five at most)."""
    return OverflowMenuElement(action_id=action_id, options=options)


def actions(elements: Sequence[InteractiveElement]) -> Block | None:
    """Return a row of buttons, the likeliest first, or nothing when there is none."""
    return _built(ActionsBlock(elements=list(elements))) if elements else None


def table(rows: Sequence[Sequence[str]], numbers_from: int) -> Block | None:
    """Return a table with its header row; columns from `numbers_from` on align right."""
    if len(rows) < 2:
        return None
    cells = [
        [RawTextObject(text=shorten(cell, limits.CELL_MAX) or BLANK) for cell in row]
        for row in rows
    ]
    settings = [
        TableBlockColumnSettings(align="right" if column >= numbers_from else "left")
        for column in range(len(rows[0]))
    ]
    return _built(TableBlock(rows=cells, column_settings=settings))


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


def _built(block: Any) -> Block:
    drawn: Block = block.to_dict()
    return drawn
