"""What templates know about the person who looks: names, language, dates, texts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from bot.playground.blocks import elements_of
from bot.playground.choices import KEYS
from bot.playground.context import Slack
from bot.playground.elements import options_of
from bot.playground.mrkdwn import emoji, markdown, marks, mrkdwn
from bot.playground.rich_text import rich_text
from bot.playground.shapes import Json
from bot.playground.state import SLACKBOT, Channel
from bot.playground.words import DAYS, MONTHS, WORDS, language, word


def _marked(escaped: Markup) -> Markup:
    return Markup(marks(str(escaped)))  # noqa: S704 - escaped by the caller


class Viewer:
    """Read the workspace with the eyes of one person."""

    def __init__(self, slack: Slack, user: str) -> None:
        self.slack = slack
        self.user = user
        self.person = slack.workspace.users[user]
        self.lang = language(self.person.locale)

    def t(self, key: str, **values: object) -> str:
        """Return a word of the page."""
        return word(key, self.lang, **values)

    def name_of(self, user: str) -> str:
        """Return a person's name."""
        if user == SLACKBOT:
            return "Slackbot"
        person = self.slack.workspace.users.get(user)
        return person.real_name if person else user

    def initials(self, user: str) -> str:
        """Return the letters of an avatar."""
        return "".join(part[0] for part in self.name_of(user).split()[:2]).upper()

    def colour(self, user: str) -> int:
        """Return a hue that stays a person's own."""
        return sum(map(ord, user)) * 47 % 360

    def channel_name(self, channel: Channel) -> str:
        """Return the name of a channel or of the app for a direct conversation."""
        return self.slack.config.app_name if channel.with_user else channel.name

    def local(self, at: datetime) -> datetime:
        """Return an instant in this person's time zone."""
        return at.astimezone(ZoneInfo(self.person.tz))

    def hour(self, at: datetime) -> str:
        """Return the time of day."""
        return self.local(at).strftime("%H:%M")

    def day(self, at: datetime) -> str:
        """Return the day in words."""
        local = self.local(at)
        day = DAYS[self.lang].split()[local.weekday()]
        month = MONTHS[self.lang].split()[local.month - 1]
        number = "1er" if self.lang == "fr" and local.day == 1 else str(local.day)
        said = f"{day} {number} {month}"
        return said[:1].upper() + said[1:]

    def _mention(self, inside: str) -> str:
        target, _, label = inside.partition("|")
        if target.startswith("@"):
            return f"@{self.name_of(target[1:])}"
        if target.startswith("#"):
            channel = self.slack.workspace.channels.get(target[1:])
            return f"#{channel.name if channel else label or target[1:]}"
        if target.startswith("!date^"):
            return self.date(target, label)
        return label or f"@{target[1:].partition('^')[0]}"

    def date(self, target: str, fallback: str) -> str:
        """Return `!date^unix^format` in words, or its fallback."""
        parts = target.split("^")
        try:
            at = self.local(datetime.fromtimestamp(int(parts[1]), ZoneInfo("UTC")))
        except (ValueError, IndexError, OverflowError):
            return fallback
        shown = parts[2] if len(parts) > 2 else "{date}"
        for token in ("date_num", "date_pretty", "date_short_pretty", "date_long_pretty"):
            shown = shown.replace(f"{{{token}}}", "{date}")
        for token in ("date_short", "date_long", "date"):
            shown = shown.replace(f"{{{token}}}", self.day(at).lower())
        return shown.replace("{time_secs}", "{time}").replace("{time}", self.hour(at))

    def mrkdwn(self, text: str) -> Markup:
        """Return mrkdwn as safe HTML."""
        return mrkdwn(text, self._mention)

    def text(self, thing: Json | None) -> Markup:
        """Return a text object as safe HTML."""
        if not thing:
            return Markup("")
        if thing["type"] == "mrkdwn":
            return self.mrkdwn(thing["text"])
        return _marked(escape(emoji(thing["text"])))

    def rich(self, block: Json) -> Markup:
        """Return a rich_text block as safe HTML."""
        return rich_text(block, self._mention)

    def markdown(self, text: str) -> Markup:
        """Return a markdown block as safe HTML."""
        return markdown(text)

    def cell(self, cell: Json) -> Markup:
        """Return one cell of a table."""
        if cell["type"] == "rich_text":
            return self.rich(cell)
        return _marked(escape(cell.get("text") or cell.get("value", "")))

    def numeric(self, cell: Json) -> bool:
        """Say whether a cell holds a number, to draw it on the right."""
        return bool(cell["type"] == "raw_number")

    def options(self, element: Json) -> list[tuple[str, Markup, str]]:
        """Return value, label and description of what an element offers."""
        kind = element["type"].removeprefix("multi_")
        workspace = self.slack.workspace
        if kind == "users_select":
            people = [p for p in workspace.users.values() if not p.is_bot and not p.deleted]
            return [(person.id, escape(person.real_name), "") for person in people]
        if kind in ("conversations_select", "channels_select"):
            channels = [c for c in workspace.channels_of(self.user) if not c.with_user]
            return [(channel.id, escape(f"#{channel.name}"), "") for channel in channels]
        return [
            (o["value"], self.text(o["text"]), str(self.text(o.get("description"))))
            for o in options_of(element)
        ]

    def offered(self, options: list[Json], present: str) -> Markup:
        """Return what a list offers once the app answered; `present` is the value chosen."""
        first = self.t("choose" if options else "nothing_found")
        shown = [("", escape(first)), *((o["value"], self.text(o["text"])) for o in options)]
        drawn = (
            Markup('<option value="{}"{}>{}</option>').format(
                value, Markup(" selected") if value == present else "", label
            )
            for value, label in shown
        )
        return Markup("").join(drawn)

    def picked(self, element: Json, values: Json, block_id: str) -> list[tuple[str, Markup]]:
        """Return value and label of what was chosen in an external select."""
        state = values.get(block_id, {}).get(element["action_id"]) or {}
        held = state.get("selected_options") or [state.get("selected_option")]
        return [(one["value"], self.text(one["text"])) for one in held if one]

    def chosen(self, element: Json, values: Json, block_id: str) -> list[str]:
        """Return the values an element holds, as strings."""
        state = values.get(block_id, {}).get(element["action_id"])
        if state is None or element["type"] not in KEYS:
            return []
        value = state.get(KEYS[element["type"]])
        found = value if isinstance(value, list) else [] if value is None else [value]
        if element["type"] == "file_input":
            return [str(file["name"]) for file in found]
        return [one["value"] if isinstance(one, dict) else str(one) for one in found]

    def error(self, text: str) -> str:
        """Return what is shown at a field: a word of the page, or the app's own text."""
        return self.t(text[1:]) if text.startswith("!") else text

    def notice(self, text: str) -> str:
        """Return what Slack says when the app fails."""
        return self.t(text if text in WORDS else "trouble")

    def interactive(self, block: Json) -> list[Json]:
        """Return the interactive elements of a block."""
        return elements_of(block)
