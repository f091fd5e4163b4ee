"""Jinja writes the sentences: strict, escaped, in the reader's language and manners."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.rendering import filters
from bot.rendering.escaping import Mrkdwn, as_mrkdwn, dotted
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice

_TEMPLATES = Path(__file__).parent / "templates"


class Sentences:
    """The macros of one template bound to one voice; each returns markup on one line."""

    def __init__(self, name: str, said: Speech) -> None:
        self._module = (
            _environment()
            .get_template(f"{name}.j2")
            .make_module(
                {
                    "speech": said,
                    "_": said.say,
                    "_n": said.say_count,
                    "you": said.you,
                    "finance": said.finance,
                    "to_finance": said.to_finance,
                    "means": said.means,
                    "outcome": said.outcome,
                    "document": said.document,
                    "function": said.function,
                    "terms": said.terms,
                    "task": said.task,
                    "on_day": said.on_day,
                    "dotted": dotted,
                    "capital": said.capital,
                    "count": said.count,
                    "amounts": said.amounts,
                }
            )
        )

    def __getattr__(self, name: str) -> Callable[..., Mrkdwn]:
        macro = getattr(self._module, name)

        def call(*values: object, **named: object) -> Mrkdwn:
            return Mrkdwn(" ".join(part for part in _ascii_split(macro(*values, **named)) if part))

        return call


def _ascii_split(text: str) -> list[str]:
    return text.replace("\n", " ").split(" ")


@lru_cache(maxsize=1024)
def sentences(name: str, voice: Voice) -> Sentences:
    """Return the macros of a template in a voice, ready to be called with a view."""
    return Sentences(name, speech(voice))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        finalize=as_mrkdwn,
        autoescape=False,  # noqa: S701 - the output is Slack markup, escaped by finalize
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    environment.filters |= {
        "money": filters.money,
        "exact": filters.exact,
        "day": filters.day,
        "date": filters.calendar_day,
        "full_date": filters.full_day,
        "decimal": filters.decimal,
        "ago": filters.ago,
        "moment": filters.moment,
        "late": filters.late,
        "left": filters.left,
        "phone": filters.phone,
        "mention": filters.mention,
        "name": filters.name,
        "quote": filters.quote,
        "bold": filters.bold,
        "linked": filters.linked,
    }
    return environment
