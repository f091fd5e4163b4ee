"""Slack's sizes, by name (docs.slack.dev/reference/block-kit), and how text is made to fit."""

from bot.rendering.escaping import Mrkdwn

SECTION_MAX = 3000
CONTEXT_MAX = 2000
BUTTON_MAX = 75
OPTION_MAX = 75
OPTION_VALUE_MAX = 150
TITLE_MAX = 24
CONFIRM_TITLE_MAX = 100
CONFIRM_TEXT_MAX = 300
CONFIRM_BUTTON_MAX = 30
LABEL_MAX = 150
INPUT_MAX = 3000
# All texts of a message: 9,597 letters were accepted, 11,341 refused (slackapi/bolt-js#2867).
MESSAGE_MAX = 9000
# Longer texts may be split by Slack into several messages.
TEXT_FALLBACK_MAX = 3900
OPTIONS_MAX = 100
CHOICES_MAX = 10
CELL_MAX = 80

# Ours: what a person reads on a phone.
ITEMS_SHOWN = 5
BALANCE_ITEMS_SHOWN = 15
LINES_SHOWN = 10
CHOICES_SHOWN = 5
UNOWNED_SHOWN = 15
PEOPLE_IN_LINE = 20
NOTES_SHOWN = 3


def fit(text: Mrkdwn, most: int) -> Mrkdwn:
    """Return the text in at most `most` characters, cut at a word or line; no entity or link split.

    A last resort: names and free texts were cut in their middle before, amounts never are.
    """
    if len(text) <= most:
        return text
    head = text[: most - 1]
    if head.rfind("<") > head.rfind(">"):
        head = head[: head.rfind("<")]
    cut = max(head.rfind(" "), head.rfind("\n"))
    return Mrkdwn((head[:cut] if cut > 0 else head).rstrip() + "…")
