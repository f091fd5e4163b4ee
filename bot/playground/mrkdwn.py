"""Slack's mrkdwn and a little Markdown as safe HTML: everything is escaped first."""

import html
import re
from collections.abc import Callable

from markupsafe import Markup

from bot.playground.words import EMOJI

ANGLE = re.compile(r"<([^<>\n]+)>")
FENCE = re.compile(r"```\n?(.*?)```", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
HELD = re.compile("\x00(\\d+)\x00")
SHORTCODE = re.compile(r":([a-z0-9_+-]+):")
SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
STYLES = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "s"),
)
# Drawn by the style sheet: many machines have no emoji font, and these say an alert's state.
MARKS = {
    "🟡": "yellow",
    "🟠": "orange",
    "🔴": "red",
    "🟢": "green",
    "✅": "done",
    "⏸": "pause",
    "🤝": "hands",
}
MARK = re.compile(f"({'|'.join(MARKS)})\ufe0f?")
Names = Callable[[str], str]  # "@U123", "#C123" or "!date^…" -> what to show


def link(url: str, label: str) -> str:
    """Return an HTML link, or the label alone when the address is not a safe one."""
    shown = html.escape(label or url)
    if not SAFE_LINK.match(url):
        return shown
    return f'<a href="{html.escape(url)}" target="_blank" rel="noreferrer">{shown}</a>'


def emoji(text: str) -> str:
    """Replace the shortcodes that are known."""
    return SHORTCODE.sub(lambda found: EMOJI.get(found[1], found[0]), text)


def marks(escaped: str) -> str:
    """Wrap the emoji that mark a state, so that the style sheet can draw them."""
    return MARK.sub(lambda found: f'<i class="mark {MARKS[found[1]]}">{found[1]}</i>', escaped)


def unescape(text: str) -> str:
    """Undo the three escapes of Slack's texts."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


class _Held:
    """Keep finished HTML aside while the rest is worked on."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def keep(self, part: str) -> str:
        self.parts.append(part)
        return f"\x00{len(self.parts) - 1}\x00"

    def restore(self, text: str) -> str:
        while HELD.search(text):
            text = HELD.sub(lambda found: self.parts[int(found[1])], text)
        return text


def _angle(inside: str, names: Names) -> str:
    target, _, label = inside.partition("|")
    if target[0] in "@#!":
        shown = html.escape(unescape(names(inside)))
        return shown if target.startswith("!date") else f'<span class="mention">{shown}</span>'
    return link(unescape(target), unescape(label))


def _lines(text: str) -> str:
    """Turn line breaks into <br> and lines that start with > into quotes."""
    out: list[str] = []
    quoted = False
    for line in text.split("\n"):
        is_quote = line.startswith("&gt;")
        if is_quote and not quoted:
            out.append("<blockquote>")
        elif quoted and not is_quote:
            out.append("</blockquote>")
        elif out:
            out.append("<br>")
        out.append(line.removeprefix("&gt;").lstrip() if is_quote else line)
        quoted = is_quote
    return "".join(out) + ("</blockquote>" if quoted else "")


def mrkdwn(text: str, names: Names) -> Markup:
    """Return mrkdwn as HTML: bold, italic, strike, code, quotes, links, mentions, emoji."""
    held = _Held()
    text = text.replace("\x00", "")
    text = FENCE.sub(lambda found: held.keep(f"<pre>{html.escape(unescape(found[1]))}</pre>"), text)
    text = CODE.sub(
        lambda found: held.keep(f"<code>{html.escape(unescape(found[1]))}</code>"), text
    )
    text = ANGLE.sub(lambda found: held.keep(_angle(found[1], names)), text)
    text = html.escape(unescape(emoji(text)), quote=False)
    for pattern, tag in STYLES:
        text = pattern.sub(rf"<{tag}>\1</{tag}>", text)
    return Markup(held.restore(marks(_lines(text))))  # noqa: S704 - escaped above


def markdown(text: str) -> Markup:
    """Return a markdown block as HTML: headings, lists, bold, italic, code, links."""
    held = _Held()
    text = CODE.sub(
        lambda m: held.keep(f"<code>{html.escape(m[1])}</code>"), text.replace("\x00", "")
    )
    text = re.sub(r"\[([^\]\n]+)\]\(([^)\s]+)\)", lambda m: held.keep(link(m[2], m[1])), text)
    text = html.escape(emoji(text), quote=False)
    text = re.sub(r"\*\*([^*\n]+)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"(?<!\*)\*([^*\n]+)\*", r"<em>\1</em>", text)
    text = re.sub(r"(?m)^#{1,6} (.+)$", r"<strong>\1</strong>", text)
    text = re.sub(r"(?m)^[-*] ", "• ", text)
    return Markup(held.restore(marks(text.replace("\n", "<br>"))))  # noqa: S704 - escaped above
