"""Words and sentences in the reader's language, with the workspace's manners."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import assert_never

from bot.domain.follow_ups import TaskKind
from bot.domain.lifecycle import Means, Outcome
from bot.rendering import formats
from bot.rendering.catalogues import catalogue
from bot.rendering.escaping import NAME_MAX, Mrkdwn, as_mrkdwn, clean
from bot.rendering.views import SumView, Voice
from bot.rendering.vocabulary import CAME_OUT, DOCUMENTS, FUNCTIONS, MEANS


class Speech:
    """One voice: plain words for labels, escaped sentences for messages."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.language = voice.locale
        self._catalogue = catalogue(voice.locale)

    def words(self, text: str, /, **values: str | int) -> str:
        """Return plain words for a label, a title or a button: never markup."""
        cleaned = {name: self._plain(value) for name, value in values.items()}
        return self._catalogue.ugettext(text).format(**cleaned)

    def counted(self, one: str, many: str, count: int) -> str:
        """Return plain words that agree with `count` ("{n} jours")."""
        chosen = self._catalogue.ungettext(one, many, count)
        return chosen.format(n=formats.number(count, self.language))

    def addressed(self, text: str, /, **values: str | int) -> str:
        """Return plain words that speak to the reader as the workspace does."""
        cleaned = {name: self._plain(value) for name, value in values.items()}
        return self._address(text).format(**cleaned)

    def say(self, text: str, /, **values: object) -> Mrkdwn:
        """Return a translated sentence, every value escaped."""
        return _fill(self._catalogue.ugettext(text), values)

    def say_count(self, one: str, many: str, count: int, /, **values: object) -> Mrkdwn:
        """Return a translated sentence that agrees with `count`, shown as {n}."""
        chosen = self._catalogue.ungettext(one, many, count)
        return _fill(chosen, {"n": formats.number(count, self.language)} | values)

    def you(self, text: str, /, **values: object) -> Mrkdwn:
        """Return a sentence that speaks to the reader: "vous", or "tu" where they agreed to."""
        return _fill(self._address(text), values)

    def finance(self) -> str:
        """Return what the workspace calls its finance team, article included."""
        return clean(self.voice.finance_name)[:NAME_MAX] or self.words("the finance team")

    def to_finance(self) -> str:
        """Return "to the finance team", with French contractions ("au service financier")."""
        text = self.words("to {finance}", finance=self.finance())
        if text.startswith("à le "):
            return f"au {text[5:]}"
        return f"aux {text[6:]}" if text.startswith("à les ") else text

    def _address(self, text: str) -> str:
        context = "vous" if self.voice.formal else "tu"
        return str(self._catalogue.upgettext(context, text))

    def _plain(self, value: str | int) -> str:
        return formats.number(value, self.language) if isinstance(value, int) else clean(value)

    def means(self, means: Means) -> Mrkdwn:
        """Return how somebody was reached."""
        return self.say(MEANS[means])

    def outcome(self, outcome: Outcome) -> Mrkdwn:
        """Return what came out of an exchange."""
        return self.say(CAME_OUT[outcome])

    def document(self, text: str) -> Mrkdwn:
        """Return the name of an awaited document; other words are taken as they are."""
        known = {document.value: words for document, words in DOCUMENTS.items()}
        return self.say(known[text]) if text in known else as_mrkdwn(text)

    def task(self, kind: TaskKind, text: str) -> Mrkdwn:
        """Return what is to be done; `text` is what was said when it was asked."""
        match kind:
            case TaskKind.CHECK_PAYMENT:
                said = self._paid(text)
                return self.say("find the payment said to be made ({said})", said=said)
            case TaskKind.SEND_INVOICE:
                return self.say("send the invoice again to {who}", who=text)
            case TaskKind.PROVIDE_DOCUMENT:
                return self.say("provide {document}", document=self.document(text))
            case TaskKind.ADVISE:
                return self.say("advise on a cash difficulty: “{text}”", text=text)
            case TaskKind.CALL_AGAIN:
                return self.say("call again")
        assert_never(kind)

    def on_day(self, day: Mrkdwn) -> Mrkdwn:
        """Return "on Friday 27 November"."""
        return self.say("on {date}", date=day)

    def count(self, number: int) -> str:
        """Return a whole number with its thousands."""
        return formats.number(number, self.language)

    def capital(self, sentence: str) -> Mrkdwn:
        """Return the words with a capital first letter."""
        said = as_mrkdwn(sentence)
        return Mrkdwn(said[:1].upper() + said[1:])

    def amounts(self, sums: Iterable[SumView]) -> Mrkdwn:
        """Return amounts in several currencies, never added up."""
        amounts = [formats.rounded(one.minor, one.currency, self.language) for one in sums]
        return Mrkdwn(" + ".join(amounts))

    def _paid(self, text: str) -> Mrkdwn:
        """Return "20 novembre · virement · VIR-33": the date comes first, as ISO 8601."""
        first, dot, rest = text.partition(" · ")
        try:
            on = formats.calendar_day(date.fromisoformat(first), self.language)
        except ValueError:
            return as_mrkdwn(text)
        return Mrkdwn(on + dot + as_mrkdwn(rest))

    def function(self, function: str) -> Mrkdwn:
        """Return what a contact does; other words are taken as they are."""
        return self.say(FUNCTIONS[function]) if function in FUNCTIONS else as_mrkdwn(function)

    def terms(self, terms: str) -> Mrkdwn:
        """Return payment terms in words ("30", "45 FDM", "FDM 45"); others as they are."""
        parts = terms.upper().split()
        days = next((part for part in parts if part.isdigit()), "")
        match parts:
            case [_] if days:
                return self.say("{n} days", n=days)
            case [first, "FDM"] if first == days:
                return self.say("{n} days, then end of month", n=days)
            case ["FDM", last] if last == days:
                return self.say("end of month, then {n} days", n=days)
            case _:
                return as_mrkdwn(terms)


def _fill(text: str, values: dict[str, object]) -> Mrkdwn:
    return Mrkdwn(text.format(**{name: as_mrkdwn(value) for name, value in values.items()}))


@lru_cache(maxsize=256)
def speech(voice: Voice) -> Speech:
    """Return the speech of a voice; few exist, so they are kept."""
    return Speech(voice)
