"""What the readers of files say of a row or a file, in the reader's language."""

from bot.rendering.escaping import Mrkdwn, as_mrkdwn
from bot.rendering.speech import Speech
from bot.rendering.vocabulary import N_, pattern_of

WORDS = frozenset(
    {
        N_("not a date"),
        N_("not an amount"),
        N_("ambiguous amount"),
        N_("too many decimals"),
        N_("neither debit nor credit"),
        N_("no client"),
        N_("no client code"),
        N_("no issue date"),
        N_("no amount"),
        N_("no e-mail address and no Slack id"),
        N_("not a type of document"),
        N_("not a currency"),
        N_("not a SIREN"),
        N_("not payment terms"),
        N_("not an e-mail address"),
        N_("not a Slack id"),
        N_("not a kind of client"),
        N_("not a role"),
        N_("neither yes nor no"),
        N_("not a rate such as 12 %, 3 x legal or ECB + 10"),
        N_("below zero"),
        N_("longer than 120 signs"),
        N_("not a record of CFONB 120"),
        N_("a complement without its operation"),
        N_("not an account number"),
        N_("no grade"),
        N_("a company does not hold itself"),
        N_("no SIREN and no name"),
        N_("not a priority of 1 to 3"),
        N_("not a share of 0 to 100 %"),
        N_("nobody has this e-mail address or Slack id: import the people first"),
        N_("the e-mail address and the Slack id are two different people's"),
        N_("nobody else has this e-mail address or Slack id"),
        N_("Nothing is matched in this file: payments go to the oldest invoices."),
        N_("This year has no opening entries yet: last year's open items are carried over."),
    }
)
# Sentences with figures inside: the braces are what changes.
_SENTENCES = (
    N_("{found} columns instead of {expected}"),
    N_(
        "The balances and movements of the account {number} do not agree: part of its statement is"
        " missing."
    ),
    N_("The encoding looks like {name}: check the accents, or state another one."),
    N_("{n} entries do not balance, the first is {first}."),
    N_("{n} entries are in this file twice, the first is {first}."),
    N_(
        "{n} entries touch accounts of class 41 that are not counted as owed (418, to be invoiced,"
        " and the like)."
    ),
    N_("Debits and credits differ by {gap} without the rejected lines."),
    N_(
        "The invoice {number} is to the company {siren}, but its client has the SIREN {other}: say"
        " which is right."
    ),
)


_PATTERNS = tuple((sentence, pattern_of(sentence)) for sentence in _SENTENCES)


def source_words(text: str, speech: Speech) -> Mrkdwn:
    """Return what a reader of files said; words it never used before come as they are."""
    if text in WORDS:
        return speech.say(text)
    for sentence, pattern in _PATTERNS:
        if found := pattern.fullmatch(text):
            return speech.say(sentence, **found.groupdict())
    return as_mrkdwn(text)
