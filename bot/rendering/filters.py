"""What templates may do to a value: the only place where texts become markup."""

from datetime import date, datetime
from decimal import Decimal

from jinja2 import pass_context
from jinja2.runtime import Context

from bot.rendering import formats
from bot.rendering.escaping import NAME_MAX, TEXT_MAX, Mrkdwn, as_mrkdwn, escape, shorten
from bot.rendering.speech import Speech
from bot.rendering.team_views import LineView
from bot.rendering.views import PersonView


def _speech(context: Context) -> Speech:
    found: Speech = context["speech"]
    return found


@pass_context
def money(context: Context, minor: int, currency: str) -> Mrkdwn:
    """Write an amount rounded to the main unit."""
    return Mrkdwn(formats.rounded(minor, currency, _speech(context).language))


@pass_context
def exact(context: Context, minor: int, currency: str) -> Mrkdwn:
    """Write an amount to its last minor unit."""
    return Mrkdwn(formats.exact(minor, currency, _speech(context).language))


@pass_context
def day(context: Context, on: date, today: date | None = None) -> Mrkdwn:
    """Write a date with its weekday."""
    return Mrkdwn(formats.day(on, _speech(context).language, today=today))


@pass_context
def calendar_day(context: Context, on: date, today: date | None = None) -> Mrkdwn:
    """Write a date without its weekday."""
    return Mrkdwn(formats.calendar_day(on, _speech(context).language, today=today))


@pass_context
def full_day(context: Context, on: date) -> Mrkdwn:
    """Write a date with its year."""
    return Mrkdwn(formats.full_day(on, _speech(context).language))


@pass_context
def decimal(context: Context, value: Decimal) -> Mrkdwn:
    """Write a number with its decimals."""
    return Mrkdwn(formats.decimal(value, _speech(context).language))


@pass_context
def ago(context: Context, at: datetime, today: date) -> Mrkdwn:
    """Write when something was said: today, yesterday, or its date."""
    speech = _speech(context)
    on = formats.local_day(at, speech.voice.time_zone)
    if on == today:
        return speech.say("today")
    if formats.is_yesterday(on, today):
        return speech.say("yesterday")
    said = formats.calendar_day(on, speech.language, today=today)
    return speech.say("on {date}", date=said)


@pass_context
def moment(context: Context, at: datetime) -> Mrkdwn:
    """Write an instant: its date and hour in the reader's time zone."""
    speech = _speech(context)
    zone = speech.voice.time_zone
    said = formats.calendar_day(formats.local_day(at, zone), speech.language)
    return speech.say(
        "on {date} at {hour}", date=said, hour=formats.hour(at, speech.language, zone)
    )


@pass_context
def late(context: Context, days: int) -> Mrkdwn:
    """Write a delay in days."""
    speech = _speech(context)
    return speech.say_count("{n} day", "{n} days", days)


@pass_context
def left(context: Context, days: int) -> Mrkdwn:
    """Write how many days are left, the last one as today."""
    speech = _speech(context)
    if days <= 0:
        return speech.say("today")
    return speech.say_count("{n} day left", "{n} days left", days)


def phone(written: str) -> Mrkdwn:
    """Write a number to tap; a text that is no number stays a text."""
    digits = "".join(c for c in written if c.isdigit() or c == "+")
    shown = escape(shorten(written, NAME_MAX))
    if not 4 <= len(digits) <= 20 or "+" in digits[1:]:
        return shown
    return Mrkdwn(f"<tel:{digits}|{shown}>")


def mention(person: PersonView) -> Mrkdwn:
    """Mention a colleague, or write their name when they are not known in Slack."""
    if person.slack_user_id.isalnum() and person.slack_user_id.isascii():
        return Mrkdwn(f"<@{person.slack_user_id}>")
    return name(person.name)


def name(text: str) -> Mrkdwn:
    """Write a name, cut in its middle when it is long."""
    return escape(shorten(text, NAME_MAX) or "—")


def quote(text: str) -> Mrkdwn:
    """Write what somebody said, cut in its middle when it is long."""
    return escape(shorten(text, TEXT_MAX))


def bold(text: object) -> Mrkdwn:
    """Write something in bold."""
    return Mrkdwn(f"*{as_mrkdwn(text)}*")


def linked(line: LineView) -> Mrkdwn:
    """Write a client's name as a link to its alert, when it has one."""
    shown = name(line.client)
    if not (line.channel.isalnum() and line.ts):
        return shown
    digits = "".join(letter for letter in line.ts if letter.isdigit())
    return Mrkdwn(f"<https://slack.com/archives/{line.channel}/p{digits}|{shown}>")
