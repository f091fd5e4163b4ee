"""Short answers: done, already done, not saved, not allowed, and fields to mend."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.errors import Conflict, GoodcopError, InvalidInput, NotAllowed, NotFound, TryAgain
from bot.domain.follow_ups import AlreadyHandled
from bot.rendering.environment import sentences
from bot.rendering.error_words import error_words
from bot.rendering.escaping import Mrkdwn, clean, escape
from bot.rendering.parts import Message, message, section
from bot.rendering.speech import speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import pattern_of


def you_(text: str) -> str:
    """Mark a text that addresses the reader for the catalogues, in both manners."""
    return text


# The messages of the domain about a field.
FIELD_ERRORS = (
    you_("Enter an amount such as 1234.50."),
    you_("Enter an amount above 0."),
    you_("This amount is too large."),
    you_("Enter the contact's name."),
    you_("Enter at most 3,000 characters."),
    you_("Say what is contested."),
    you_("Enter a date up to today."),
    you_("Say to whom to send the invoice."),
    you_("Say which document is awaited."),
    you_("Say what the client told you."),
    you_("Write what came out of it."),
    you_("Enter a date from today on."),
    you_("Enter a date within a year."),
    you_("Write your question."),
    you_("Give a reason."),
    you_("Enter a date after today."),
    you_("Enter more than 0 and at most what is owed."),
    you_("Nothing falls due before that day."),
    you_("Send a CSV or XLSX file."),
    you_("Say why."),
    you_("Texts are in fr or en."),
    you_("Write a text."),
    you_("The subject is one line."),
    you_("There is no field {name}."),
    you_("An invoice has no {name}."),
    you_("A text holds fields and the list of invoices only, not {what}."),
    you_("The only loop is over the invoices: for item in items."),
    you_("This text cannot be read: {problem}"),
    you_("Enter at most {most} characters."),
    you_("Enter a date within {days} days."),
    you_("Choose a person."),
    you_("This person is away too. Choose another one."),
    you_("Choose a client."),
    you_("Choose a channel."),
    you_("Choose what came out of it."),
    you_("Enter from 1 to 12 parts."),
    you_("Use percentages or amounts, not both."),
    you_("Put the parts in the order of their dates."),
    you_("Enter a date after the payment before."),
    you_("Enter less than what is contested."),
    you_("Enter a discount above 0 and up to 5 %."),
    you_("Choose a priority from 0 to 3."),
    you_("Each part is a percentage or an amount above 0."),
    you_("Raise the share paid at the order: the rest is more than this company may owe."),
    you_("These terms are longer than allowed for this company."),
    you_("The percentages must add up to 100."),
    you_("The amounts must add up to the total."),
    you_("The discount must end before the terms do."),
    you_("Terms are written 30, 30 FDM or FDM 45."),
    you_("Enter a percentage such as 2 or 1.5."),
    you_("Enter a number of days."),
    you_("The law does not allow terms that long."),
    you_("Enter an amount up to what is open."),
    you_("Enter a date after today."),
    you_("Retention money is a part of the invoice."),
    you_("This part is set apart already."),
    you_("A rate is written 12 %, 3 x legal or ECB + 10."),
    you_("This is more than you may give up."),
    you_("This is more than interest and fees come to."),
    you_("Say where the rates are published."),
    you_(
        "There is no late-payment rate for {half}: enter it with `goodcop rates add`, or leave the"
        " interest out."
    ),
    you_("Enter the day it was posted."),
    you_("It cannot be received before it was posted."),
    you_("Enter the day it came back."),
    you_("Say why this step is left out."),
    you_("Write something here."),
    you_("Choose an invoice."),
    you_("Choose an invoice, not credit notes alone."),
    you_("One of these is paid meanwhile: open the list again."),
    you_("The payment does not reach all of these: choose fewer."),
)
_PATTERNS = tuple((sentence, pattern_of(sentence)) for sentence in FIELD_ERRORS)

# Why nothing is posted in a channel, by the word of whoever checked it, and how to mend it.
_CHANNEL_TROUBLES = {
    "not_found": you_("{channel} cannot be found. Check it, and invite goodcop with /invite."),
    "archived": you_("{channel} is archived. Restore it, or choose another one."),
    "not_member": you_("goodcop is not in {channel}. Invite it with /invite @goodcop."),
    "public": you_("{channel} is public. Make it private, or choose a private channel."),
    "shared": you_("{channel} is shared with another company. Choose a channel of your own."),
    "guests": you_("{channel} has guests. Take them out, or choose another channel."),
}


def channel_refused(trouble: str, channel: str, voice: Voice) -> Message:
    """Say why client data is not posted in a channel (its Slack id), and how to mend it."""
    return _one(channel_trouble(trouble, channel, voice))


def channel_trouble(trouble: str, channel: str, voice: Voice) -> Mrkdwn:
    """Return the same as a sentence."""
    return speech(voice).you(_CHANNEL_TROUBLES[trouble], channel=named_channel(channel))


def named_channel(channel: str) -> Mrkdwn:
    """Return a channel as Slack shows one; what is no id stays a text."""
    return Mrkdwn(f"<#{channel}>") if channel.isalnum() else escape(channel)


def not_saved(voice: Voice) -> Message:
    """Say that the database was busy and nothing was kept."""
    return _one(sentences("refusal", voice).not_saved())


def too_late(voice: Voice) -> Message:
    """Say that a window came after the three seconds Slack waits for one."""
    return _one(sentences("refusal", voice).too_late())


def already_handled(name: str, at: datetime | None, voice: Voice) -> Message:
    """Say who answered first, and when."""
    return _one(sentences("refusal", voice).already_handled(name, at))


def failed(reference: str, voice: Voice) -> Message:
    """Say that something unexpected happened, with what to quote."""
    return _one(sentences("refusal", voice).failed(reference))


def stranger(voice: Voice) -> Message:
    """Say that this Slack user is nobody goodcop knows."""
    return _one(sentences("refusal", voice).stranger())


def saved(voice: Voice) -> Message:
    """Say that it is done."""
    return _one(sentences("refusal", voice).saved())


def on_its_way(voice: Voice) -> Message:
    """Say where the document asked for will come."""
    return _one(sentences("refusal", voice).on_its_way())


def activating(voice: Voice) -> Message:
    """Say that alerts are being turned on."""
    return _one(sentences("refusal", voice).activating())


def shared(voice: Voice) -> Message:
    """Say that the balance was shared."""
    return _one(sentences("refusal", voice).shared())


def refusal(error: GoodcopError, voice: Voice) -> Message:
    """Say why something a person asked was not done, and what they can do."""
    tell = sentences("refusal", voice)
    match error:
        case AlreadyHandled() if error.name:
            return already_handled(error.name, _instant(error.at), voice)
        case TryAgain():
            return not_saved(voice)
        case NotAllowed():
            return _one(tell.not_allowed())
        case NotFound():
            return _one(tell.not_found())
        case InvalidInput():
            return _one(escape(_mend(error.message, voice)))
        case _ if words := error_words(error.message, speech(voice)):
            return _one(escape(words))
        case Conflict():
            return _one(tell.over())
        case _:
            return failed(error.code, voice)


def field_errors(errors: Mapping[str, str], voice: Voice) -> dict[str, str]:
    """Return what to mend, by block id, in the reader's language (Slack's `errors`)."""
    return {field: _mend(text, voice) for field, text in errors.items()}


def _mend(text: str, voice: Voice) -> str:
    """Return a message of the domain in the reader's language; an unknown one as it is."""
    for sentence, pattern in _PATTERNS:
        if found := pattern.fullmatch(text):
            return speech(voice).addressed(sentence, **found.groupdict())
    return error_words(text, speech(voice)) or clean(text)


def _instant(at: str) -> datetime | None:
    try:
        return datetime.fromisoformat(at)
    except ValueError:
        return None


def _one(sentence: Mrkdwn) -> Message:
    return message(sentence, [section(sentence)])
