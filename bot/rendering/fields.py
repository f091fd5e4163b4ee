"""The fields of modals: one block id per field, the same name for its element."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import (
    DatePickerElement,
    ExternalDataSelectElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from bot.rendering import limits
from bot.rendering.escaping import shorten
from bot.rendering.parts import Block, Element


def modal(
    title: str, submit: str | None, close: str, callback_id: str, ids: str, blocks: Sequence[Block]
) -> Block:
    """Return a modal; `ids` is the small JSON it carries back. Without `submit` it only shows."""
    view = View(
        type="modal",
        title=shorten(title, limits.TITLE_MAX),
        submit=shorten(submit, limits.TITLE_MAX) if submit else None,
        close=shorten(close, limits.TITLE_MAX),
        callback_id=callback_id,
        private_metadata=ids,
        blocks=list(blocks),
    )
    drawn: Block = view.to_dict()
    return drawn


def field(
    block_id: str,
    label: str,
    element: InputInteractiveElement,
    *,
    optional: bool = False,
    hint: str | None = None,
    redraws: bool = False,
) -> Block:
    """Return one field; `redraws` tells the bot as soon as it changes."""
    block = InputBlock(
        block_id=block_id,
        label=shorten(label, limits.LABEL_MAX),
        element=element,
        optional=optional,
        hint=shorten(hint, limits.LABEL_MAX) if hint else None,
        dispatch_action=redraws or None,
    )
    drawn: Block = block.to_dict()
    return drawn


def typed(
    block_id: str,
    label: str,
    *,
    optional: bool = False,
    long: bool = False,
    initial: str = "",
    placeholder: str | None = None,
    hint: str | None = None,
) -> Block:
    """Return a text field of one line, or of several when `long`."""
    element = PlainTextInputElement(
        action_id=block_id,
        multiline=long,
        max_length=limits.INPUT_MAX,
        initial_value=initial[: limits.INPUT_MAX] or None,
        placeholder=placeholder,
    )
    return field(block_id, label, element, optional=optional, hint=hint)


def dated(
    block_id: str,
    label: str,
    *,
    optional: bool = False,
    initial: date | None = None,
    hint: str | None = None,
) -> Block:
    """Return a date to pick."""
    element = DatePickerElement(
        action_id=block_id, initial_date=initial.isoformat() if initial else None
    )
    return field(block_id, label, element, optional=optional, hint=hint)


def chosen(
    block_id: str,
    label: str,
    options: Sequence[Element],
    *,
    initial: str | None = None,
    optional: bool = False,
    action_id: str | None = None,
    redraws: bool = False,
) -> Block:
    """Return a list to choose one answer from; `initial` is a value of `options`."""
    element = StaticSelectElement(
        action_id=action_id or block_id,
        options=list(options[: limits.OPTIONS_MAX]),
        initial_option=next((one for one in options if one["value"] == initial), None),
    )
    return field(block_id, label, element, optional=optional, redraws=redraws)


def searched(block_id: str, label: str, *, optional: bool = False) -> Block:
    """Return a list to choose one answer from, whose options the bot finds as one types."""
    element = ExternalDataSelectElement(action_id=block_id, min_query_length=0)
    return field(block_id, label, element, optional=optional)


def sent(block_id: str, label: str, kinds: Sequence[str], *, hint: str | None = None) -> Block:
    """Return a field that takes one file, whose name ends in one of `kinds`."""
    element = FileInputElement(action_id=block_id, filetypes=list(kinds), max_files=1)
    return field(block_id, label, element, hint=hint)


def ticked(
    block_id: str,
    label: str,
    options: Sequence[Element],
    *,
    initial: Sequence[str] = (),
    optional: bool = False,
) -> Block:
    """Return a list to choose several answers from."""
    shown = Option.parse_all(options[: limits.OPTIONS_MAX]) or []
    element = StaticMultiSelectElement(
        action_id=block_id,
        options=shown,
        initial_options=[one for one in shown if one.value in initial] or None,
    )
    return field(block_id, label, element, optional=optional)
