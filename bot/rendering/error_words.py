"""What goodcop refuses outside of forms (files, settings, policy, database), for its reader."""

from bot.rendering.dunning_words import DUNNING, DUNNING_VALUE_FIRST
from bot.rendering.source_words import WORDS
from bot.rendering.speech import Speech
from bot.rendering.vocabulary import N_, pattern_of

# The braces are values; a value that is itself one of these texts is said in the same language.
# What begins with a value comes last: it would take the sentences of others.
_FILES = (
    N_("The file is empty."),
    N_("The file holds no entry."),
    N_("This is not a text file."),
    N_("This spreadsheet cannot be opened."),
    N_("The file is not written in {encoding}: choose another encoding."),
    N_("There is no encoding called {name}."),
    N_("This is an XML file: export the FEC as text with separators."),
    N_("This is not a FEC: its first line does not name the fields of the law."),
    N_("The first line lacks these fields: {fields}."),
    N_("The last line is cut off: export the file again."),
    N_("The quoted cells cannot be read: {problem}."),
    N_("Line {line} cannot be read: {problem}."),
    N_("Debits and credits differ by {gap}: the file is not whole."),
    N_("This file is no FEC, and its columns are not those of clients, people or open items."),
    N_("Its columns are not those of an insurer's, an agency's or a shareholders' file."),
    N_("This is an aged balance without invoices: import the list of open items."),
    N_("These columns are missing: {columns}."),
    N_("This file is too large."),
    N_("There is no such offer."),
    N_("This offer is over."),
    N_("An offer is made already."),
    N_("There is no such e-mail."),
    N_("This e-mail was settled before."),
    N_("This e-mail is no delivery report of a mail server."),
    N_("This e-mail is too large to be a delivery report."),
    N_("goodcop may not read files in this Slack."),
    N_("Slack no longer has this file."),
    N_("Slack does not answer."),
    N_("This XML file cannot be read."),
    N_("This PDF cannot be opened."),
    N_("This PDF has no electronic invoice inside (Factur-X)."),
    N_("This XML file is no electronic invoice in CII or UBL."),
    N_("This file is no bank statement in camt.053 or CFONB 120."),
    N_("The account {number} is another company's here: {siren}."),
    N_(
        "Whose account is {number}? Import that company's books first, or say whose it is with"
        " --entity SIREN."
    ),
    N_("This invoice does not state {term} as the norm EN 16931 asks."),
    N_("There is no column {column}."),
    N_("The file has no column {column}."),
    N_("The total row says {text}, which is {problem}."),
    N_("The total row says {text}, but its rows add up to {found} {currency}."),
)
_BOOKS = (
    N_("A SIREN has nine digits."),
    N_("There are several companies here. Whose file is it? Say it with --entity SIREN."),
    N_(
        "This file is named after the company {siren}, which has no books here. Is it another"
        " company's file? Say whose it is with --entity SIREN."
    ),
    N_(
        "Whose invoice is it? Import that company's books first, or say whose it is with --entity"
        " SIREN."
    ),
    N_(
        "Another document is already here for the invoice {number}. Does this one replace it? If"
        " so, import it again with --force."
    ),
    N_(
        "The books of a later year are already here: a file of the year that starts on {day}"
        " cannot go under them. Undo the later import first."
    ),
    N_("This file has {rows} lines, the previous one had {before}."),
    N_("This file ends on {day}, the previous one on {before}."),
    N_("There is no import to undo."),
    N_("Several companies have a client of this code."),
    N_("Name one file, or: mute CODE, unmute CODE."),
    N_(
        "Part of an invoice was put back since that import: it cannot be undone."
        " Import the right books instead."
    ),
    N_("This invoice is not open any more."),
    N_("This part was put back before."),
    N_("Deliveries are held already."),
    N_("A proceeding protects this company: what it owes is to be declared, not asked for."),
    N_("Nothing of this client is overdue."),
    N_("Only a formal notice goes by registered post."),
    N_("There is no such letter."),
    N_("Deliveries are free already."),
    N_("The webhook does not answer."),
    N_("The webhook refuses."),
    N_("Companies rated: {count}. Lines to mend: {lines}."),
    N_("This client already has the SIREN {siren}."),
    N_("Only the last import can be undone."),
    N_("The items would not add up to the accounts: nothing was changed."),
    N_("The items of {client} do not add up to its account."),
    N_("The disk is full: nothing was changed. Make room, then try again."),
    N_("The database failed: nothing was changed."),
)
_WORKSPACE = (
    N_("the public holidays of {year} are not known"),
    N_("There are several companies: say which one."),
    N_("There are several workspaces: say which one."),
    N_("This database belongs to the Slack team {held}, not {team}."),
    N_("Settings are written KEY=VALUE, not {pair}."),
    N_("There is no setting {key}. There are: {known}."),
    N_("yes or no"),
    N_("at most {most} characters"),
    N_("three letters, as EUR"),
    N_("fr or en"),
    N_("a time zone, as Europe/Paris"),
    N_("an hour, as 09:00"),
    N_("a channel's id, as C0123456789"),
    N_("a valid IBAN"),
    N_("a rate, as 12 %, 3 x legal or ECB + 10"),
    N_("one of {names}"),
    N_("terms, as 30, 30 FDM or FDM 45"),
    N_("a number of working days, 1 to 99"),
    N_("a day, as 2026-11-24"),
    N_("Terms are written 30, 30 FDM or FDM 45."),
)
_POLICY = (
    N_("policy: {key}: {why}"),
    N_("the levels must be in rising order of oldest_days"),
    N_("not below level 1's oldest_days"),
    N_("must be later than opens_hour"),
    N_("is by_law or principal_first"),
    N_("must not be below limit_near_percent"),
    N_("must not be below level_1_minor"),
    N_("there are exactly three levels"),
    N_("is missing"),
    N_("each is [first day, last day], as YYYY-MM-DD"),
    N_("from 1 to {most} days, in order"),
    N_("must be a whole number"),
    N_("must be between {least} and {most}"),
    N_("must be text"),
    N_("must be an object"),
    N_("must be a list"),
    N_("is not an ISO 4217 currency"),
    N_("is not a role"),
    N_("is not a family of products"),
    N_("is not a key of the policy"),
    N_("must not be below unpaid_conditions_days"),
    N_("at least one factor must give points"),
    N_("has at least one step"),
    N_("the steps go from the best value to the worst"),
    N_("a worse value must not give more points"),
    N_("each step is [bound, points]"),
    N_("A needs the most points, then B, then C"),
    N_("there is no credit below C"),
    N_("a worse grade must not allow more"),
    N_("a beginning of a NAF code is not empty"),
    N_("the levels rise"),
    N_("each policy is named once"),
    N_("is not a half-year such as 2026-1"),
    N_("is a percentage such as 2.15, as text"),
)
_SALES = (
    N_("BODACC does not answer."),
    N_("The company register does not answer."),
    N_("Nothing may be sold to this company."),
    N_("The law does not allow terms that long."),
    N_("These terms are longer than allowed for this company."),
    N_("Each part is a percentage or an amount above 0."),
    N_("The percentages must add up to 100."),
    N_("The amounts must add up to the total."),
    N_("The discount must end before the terms do."),
    N_("A half-year is written 2026-1 or 2026-2."),
)
_STORIES = (
    N_("This window was already extended once."),
    N_("This alert is closed."),
    N_("Only mending this channel helps."),
    N_("A promise has an amount and a date."),
    N_("--map takes COLUMN=HEADER."),
    N_("Name at least one file to import."),
)
_VALUE_FIRST = (
    N_(
        "{n} entries are in this file twice, the first is {first}. Was it exported twice?"
        " Export it again; if it is right, import it again with --force."
    ),
    N_("{count} clients who owe money are missing from this file."),
    N_("{question} Is it the whole file? If so, import it again with --force."),
    N_("{key} wants {what}."),
    N_("{file} cannot be read: {problem}."),
    N_("{file} cannot be written: {problem}."),
    N_("{file} is not JSON: {problem}."),
    N_("{file} holds no JSON object."),
)
_SENTENCES = (
    *_FILES,
    *_BOOKS,
    *_WORKSPACE,
    *_POLICY,
    *_SALES,
    *_STORIES,
    *DUNNING,
    *DUNNING_VALUE_FIRST,
    *_VALUE_FIRST,
)
_PATTERNS = tuple((sentence, pattern_of(sentence)) for sentence in _SENTENCES)


def error_words(text: str, speech: Speech) -> str | None:
    """Return a refusal in the reader's language, plain words; None when it is not a known one."""
    if text in WORDS:
        return speech.words(text)
    for sentence, pattern in _PATTERNS:
        if found := pattern.fullmatch(text):
            values = {
                name: error_words(value, speech) or value
                for name, value in found.groupdict().items()
            }
            return speech.words(sentence, **values)
    return None
