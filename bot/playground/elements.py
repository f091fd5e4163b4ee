"""Check interactive elements, options, confirmations and text objects as Slack does."""

import re

from bot.playground import limits
from bot.playground.shapes import Json

BUTTON_STYLES = {None, "primary", "danger"}
PICKERS = {
    f"{how}{what}_select"
    for how in ("", "multi_")
    for what in ("static", "external", "users", "conversations", "channels")
}
WITH_PLACEHOLDER = PICKERS | {
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "datepicker",
    "timepicker",
    "rich_text_input",
}
IN_ACTIONS = (
    PICKERS
    | {"button", "overflow", "datepicker", "timepicker", "datetimepicker"}
    | {"checkboxes", "radio_buttons"}
)
IN_INPUT = (WITH_PLACEHOLDER | {"checkboxes", "radio_buttons", "datetimepicker", "file_input"}) - {
    "rich_text_input"
}
IN_SECTION = IN_ACTIONS | {"image"}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(r"\d{2}:\d{2}")


class Problems(list[str]):
    """Problems found in a message or view, each with the pointer of what is wrong."""

    def say(self, what: str, where: str) -> None:
        """Add one problem."""
        self.append(f"{what} [json-pointer:{where}]")

    def longest(self, value: object, most: int, where: str, *, required: bool = True) -> None:
        """Check a string's presence and length."""
        if value is None and not required:
            return
        if not isinstance(value, str) or (required and not value):
            self.say("must be a non-empty string", where)
        elif len(value) > most:
            self.say(f"must be less than {most + 1} characters", where)


def check_text(
    text: object, most: int, where: str, problems: Problems, *, kinds: tuple[str, ...]
) -> None:
    """Check one text object: its kind and 1 to `most` characters."""
    if not isinstance(text, dict):
        problems.say("missing required text object", where)
        return
    if str(text.get("type")) not in kinds:
        problems.say(f"unsupported text type: {text.get('type')}", where + "/type")
    problems.longest(text.get("text"), most, where + "/text")


def check_option(option: Json, where: str, problems: Problems, *, rich: bool) -> None:
    """Check one option; `rich` allows mrkdwn (checkboxes and radio buttons)."""
    kinds = ("plain_text", "mrkdwn") if rich else ("plain_text",)
    check_text(option.get("text"), limits.OPTION_TEXT, where + "/text", problems, kinds=kinds)
    problems.longest(option.get("value"), limits.OPTION_VALUE, where + "/value")
    if "description" in option:
        check_text(
            option["description"],
            limits.OPTION_DESCRIPTION,
            where + "/description",
            problems,
            kinds=kinds,
        )


def options_of(element: Json) -> list[Json]:
    """Return the options of an element, those of its groups included."""
    groups: list[Json] = element.get("option_groups") or []
    options: list[Json] = list(element.get("options") or [])
    return options + [option for group in groups for option in group.get("options", [])]


def check_options(
    options: list[Json], where: str, problems: Problems, *, rich: bool = False
) -> None:
    """Check the options offered by an element, or by the app as one types."""
    for index, option in enumerate(options):
        check_option(option, f"{where}/{index}", problems, rich=rich)
    values = [option.get("value") for option in options]
    if len(set(values)) != len(values):
        problems.say("option values must be unique", where)


def _check_external(element: Json, where: str, problems: Problems) -> None:
    shortest = element.get("min_query_length", 0)
    if not isinstance(shortest, int) or isinstance(shortest, bool) or shortest < 0:
        problems.say("must be a whole number", where + "/min_query_length")
    for name in ("options", "option_groups"):
        if name in element:
            problems.say("the app gives the options of an external select", f"{where}/{name}")


def _check_options(element: Json, where: str, problems: Problems) -> None:
    kind = element["type"]
    most = {
        "overflow": limits.OVERFLOW_OPTIONS,
        "checkboxes": limits.CHOICE_OPTIONS,
        "radio_buttons": limits.CHOICE_OPTIONS,
    }.get(kind, limits.OPTIONS)
    options = options_of(element)
    if not options:
        problems.say("no options", where + "/options")
    if len(element.get("options") or []) > most or len(element.get("option_groups") or []) > most:
        problems.say(f"no more than {most} items allowed", where + "/options")
    rich = kind in ("checkboxes", "radio_buttons")
    check_options(options, where + "/options", problems, rich=rich)
    first = element.get("initial_options") or [element.get("initial_option")]
    if any(option and option not in options for option in first):
        problems.say("initial option must be one of the options", where + "/initial_option")


def _check_button(element: Json, where: str, problems: Problems) -> None:
    check_text(
        element.get("text"), limits.BUTTON_TEXT, where + "/text", problems, kinds=("plain_text",)
    )
    problems.longest(element.get("value"), limits.BUTTON_VALUE, where + "/value", required=False)
    problems.longest(element.get("url"), limits.URL, where + "/url", required=False)
    if element.get("style") not in BUTTON_STYLES:
        problems.say("invalid style", where + "/style")


def _check_confirm(confirm: Json, where: str, problems: Problems) -> None:
    plain = ("plain_text",)
    check_text(confirm.get("title"), limits.CONFIRM_TITLE, where + "/title", problems, kinds=plain)
    check_text(
        confirm.get("text"),
        limits.CONFIRM_TEXT,
        where + "/text",
        problems,
        kinds=("plain_text", "mrkdwn"),
    )
    for name in ("confirm", "deny"):
        check_text(
            confirm.get(name), limits.CONFIRM_LABEL, f"{where}/{name}", problems, kinds=plain
        )


def _check_dates(element: Json, where: str, problems: Problems) -> None:
    date = element.get("initial_date")
    if date is not None and not (isinstance(date, str) and DATE.fullmatch(date)):
        problems.say("must be YYYY-MM-DD", where + "/initial_date")
    time = element.get("initial_time")
    if time is not None and not (isinstance(time, str) and TIME.fullmatch(time)):
        problems.say("must be HH:mm", where + "/initial_time")


def _check_typed(element: Json, where: str, problems: Problems) -> None:
    kind = element["type"]
    if kind == "number_input":
        if not isinstance(element.get("is_decimal_allowed"), bool):
            problems.say("missing required field: is_decimal_allowed", where)
        for name in ("min_value", "max_value", "initial_value"):
            if name in element and not isinstance(element[name], str):
                problems.say("must be a string", f"{where}/{name}")
    if kind == "plain_text_input":
        if element.get("max_length", 1) > limits.INPUT_LENGTH:
            problems.say(f"must be at most {limits.INPUT_LENGTH}", where + "/max_length")
        value = element.get("initial_value")
        if isinstance(value, str) and len(value) > limits.INPUT_LENGTH:
            problems.say("initial value is too long", where + "/initial_value")


def _check_file_input(element: Json, where: str, problems: Problems) -> None:
    most, kinds = element.get("max_files", 1), element.get("filetypes")
    if not isinstance(most, int) or not 1 <= most <= limits.FILES:
        problems.say(f"must be between 1 and {limits.FILES}", where + "/max_files")
    if kinds is not None and not (isinstance(kinds, list) and all(map(str.isalnum, kinds))):
        problems.say("must be file extensions", where + "/filetypes")


def check_element(element: object, allowed: set[str], where: str, problems: Problems) -> None:
    """Check one element of a section, actions or input block."""
    if not isinstance(element, dict) or element.get("type") not in allowed:
        kind = element.get("type") if isinstance(element, dict) else element
        problems.say(f"unsupported type: {kind}", where + "/type")
        return
    kind = element["type"]
    if kind == "image":
        return
    problems.longest(
        element.get("action_id"), limits.IDENTIFIER, where + "/action_id", required=False
    )
    if kind == "button":
        _check_button(element, where, problems)
    elif kind in ("static_select", "multi_static_select", "overflow", "checkboxes") or (
        kind == "radio_buttons"
    ):
        _check_options(element, where, problems)
    elif kind in ("external_select", "multi_external_select"):
        _check_external(element, where, problems)
    elif kind == "file_input":
        _check_file_input(element, where, problems)
    _check_dates(element, where, problems)
    _check_typed(element, where, problems)
    if "placeholder" in element:
        if kind not in WITH_PLACEHOLDER:
            problems.say("placeholder is not allowed here", where + "/placeholder")
        check_text(
            element["placeholder"],
            limits.PLACEHOLDER,
            where + "/placeholder",
            problems,
            kinds=("plain_text",),
        )
    if "confirm" in element:
        _check_confirm(element["confirm"], where + "/confirm", problems)
