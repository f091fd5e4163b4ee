"""rich_text blocks as safe HTML."""

import html

from markupsafe import Markup

from bot.playground.mrkdwn import Names, emoji, link, marks
from bot.playground.shapes import Json

TAGS = {"bold": "strong", "italic": "em", "strike": "s", "code": "code"}


def _part(part: Json, names: Names) -> str:
    match part.get("type"):
        case "text":
            shown = marks(html.escape(str(part.get("text", "")))).replace("\n", "<br>")
        case "link":
            shown = link(str(part.get("url", "")), str(part.get("text", "")))
        case "user":
            shown = _mention(f"@{part.get('user_id')}", names)
        case "channel":
            shown = _mention(f"#{part.get('channel_id')}", names)
        case "broadcast":
            shown = _mention(f"!{part.get('range')}", names)
        case "emoji":
            shown = marks(html.escape(emoji(f":{part.get('name')}:")))
        case "date":
            inside = f"!date^{part.get('timestamp')}^{part.get('format')}|{part.get('fallback')}"
            shown = html.escape(names(inside))
        case _:
            shown = ""
    for style, tag in TAGS.items():
        if (part.get("style") or {}).get(style):
            shown = f"<{tag}>{shown}</{tag}>"
    return shown


def _mention(inside: str, names: Names) -> str:
    return f'<span class="mention">{html.escape(names(inside))}</span>'


def _element(element: Json, names: Names) -> str:
    inner = element.get("elements") or []
    match element.get("type"):
        case "rich_text_list":
            tag = "ol" if element.get("style") == "ordered" else "ul"
            items = "".join(f"<li>{_element(item, names)}</li>" for item in inner)
            return f"<{tag}>{items}</{tag}>"
        case "rich_text_quote":
            return f"<blockquote>{''.join(_part(part, names) for part in inner)}</blockquote>"
        case "rich_text_preformatted":
            return f"<pre>{''.join(_part(part, names) for part in inner)}</pre>"
        case _:
            return "".join(_part(part, names) for part in inner)


def rich_text(block: Json, names: Names) -> Markup:
    """Return a rich_text block as HTML."""
    parts = [_element(element, names) for element in block.get("elements") or []]
    return Markup("".join(f"<div>{part}</div>" for part in parts))  # noqa: S704 - escaped above
