"""Check cards and charts."""

from bot.playground import limits
from bot.playground.elements import Problems, check_element, check_text
from bot.playground.shapes import Json


def check_card(block: Json, where: str, problems: Problems) -> None:
    """Check a card: texts, at most three buttons, something to show."""
    texts = ("plain_text", "mrkdwn")
    for name, most in (
        ("title", limits.CARD_TITLE),
        ("subtitle", limits.CARD_TITLE),
        ("body", limits.CARD_TEXT),
    ):
        if name in block:
            check_text(block[name], most, f"{where}/{name}", problems, kinds=texts)
    if not any(block.get(name) for name in ("hero_image", "title", "actions", "body")):
        problems.say("a card needs a hero_image, title, body or actions", where)
    actions = block.get("actions") or []
    if len(actions) > 3:
        problems.say("no more than 3 buttons", where + "/actions")
    for index, element in enumerate(actions):
        check_element(element, {"button"}, f"{where}/actions/{index}", problems)


def check_chart(block: Json, where: str, problems: Problems) -> None:
    """Check a data_visualization: a title and one known kind of chart."""
    problems.longest(block.get("title"), limits.CHART_TITLE, where + "/title")
    kind = (block.get("chart") or {}).get("type")
    if kind not in ("pie", "bar", "line", "area"):
        problems.say(f"unsupported chart type: {kind}", where + "/chart/type")
