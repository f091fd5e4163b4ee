"""A list of companies sent in Slack: the window that takes it, its progress, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.ledger import RejectedRow
from bot.domain.lifecycle import SentListState
from bot.rendering import fields, ids, limits
from bot.rendering.environment import sentences
from bot.rendering.error_words import error_words
from bot.rendering.escaping import Mrkdwn, as_mrkdwn
from bot.rendering.parts import Block, Message, button, context, lines, message, section
from bot.rendering.prospect_views import PRIORITIES, ProspectView
from bot.rendering.source_words import source_words
from bot.rendering.speech import speech
from bot.rendering.views import Voice

KINDS = ("csv", "xlsx")
NOT_READ = "goodcop may not read files in this Slack."


@dataclass(frozen=True, slots=True)
class NameToChooseView:
    """A line without a SIREN, and the companies it may mean, as "SIREN name (town)"."""

    line: int
    name: str
    candidates: tuple[str, ...] = ()
    register_answered: bool = True


@dataclass(frozen=True, slots=True)
class SentListView:
    """A list as it stands; `prospects` are the first of `count` rated, the best first."""

    file_name: str
    state: SentListState
    today: date
    done: int = 0
    total: int = 0
    refusal: str = ""
    prospects: tuple[ProspectView, ...] = ()
    count: int = 0
    choices: tuple[NameToChooseView, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()


def sent_list_form(voice: Voice) -> Block:
    """Draw the window that takes a list."""
    said, tell = speech(voice), sentences("sent_list", voice)
    file = fields.sent(
        ids.PROSPECT_FILE,
        said.words("List (CSV or XLSX)"),
        KINDS,
        hint=said.words("One company a line, with its SIREN; owner and priority when known."),
    )
    title, send, close = said.words("Rate a list"), said.words("Rate"), said.words("Cancel")
    blocks = [section(tell.ask()), file]
    return fields.modal(title, send, close, ids.PROSPECT_LIST_FORM, ids.value(), blocks)


def files_not_read(voice: Voice) -> Message:
    """Draw that the app may not read files here, and how that is mended."""
    tell = sentences("sent_list", voice)
    headline = tell.not_read()
    return message(headline, [section(lines(headline, tell.mend()))])


def sent_list(view: SentListView, voice: Voice) -> Message:
    """Draw how far a list is."""
    tell = sentences("sent_list", voice)
    said = tell.progress(view) if view.total else tell.taken(view)
    return message(said, [section(said)])


def sent_list_rated(view: SentListView, voice: Voice) -> Message:
    """Draw what came of a list: verdicts, then the lines that a person has to mend."""
    tell, said = sentences("sent_list", voice), speech(voice)
    if view.refusal:
        headline = tell.refused(view)
        mend = tell.mend() if view.refusal == NOT_READ else Mrkdwn()
        return message(
            headline,
            [
                section(
                    lines(
                        headline, as_mrkdwn(error_words(view.refusal, said) or view.refusal), mend
                    )
                )
            ],
        )
    headline = tell.rated(view)
    row = sentences("prospect", voice)
    card = said.words("See the card")
    companies = [
        section(
            lines(row.line(one, said.say(PRIORITIES[one.priority])), row.verdict(one, view.today)),
            button(card, ids.SOLVENCY, ids.value(siren=one.siren)),
        )
        for one in view.prospects[: limits.LINES_SHOWN]
    ]
    left = max(view.count, len(view.prospects)) - len(companies)
    more = context(sentences("home", voice).others(left)) if left > 0 else None
    to_mend = [tell.choice(one) for one in view.choices]
    to_mend += [tell.rejected(one, source_words(one.reason, said)) for one in view.rejected]
    return message(headline, [section(headline), *companies, more, *_to_mend(to_mend, voice)])


def _to_mend(said: Sequence[Mrkdwn], voice: Voice) -> list[Block | None]:
    if not said:
        return []
    shown = said[: limits.LINES_SHOWN]
    left = len(said) - len(shown)
    return [
        section(sentences("sent_list", voice).to_mend()),
        *(section(line) for line in shown),
        context(sentences("home", voice).others(left)) if left else None,
    ]
