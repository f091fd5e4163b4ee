"""The words of scenarios: who pays how, who acts, in which tone, what pauses them, their texts."""

from bot.domain.dunning.facts import PauseKind
from bot.domain.dunning.scenarios import Channel, Mode, StepActor, Tone
from bot.domain.profiles import Profile
from bot.rendering.vocabulary import N_

PAYERS = {
    Profile.PUNCTUAL: N_("Punctual payers"),
    Profile.LATE_BY_HABIT: N_("Late by habit"),
    Profile.DRIFTING: N_("Later and later"),
    Profile.ERRATIC: N_("Erratic payers"),
    Profile.NEW: N_("New payers"),
    Profile.DISPUTING: N_("Payers who dispute"),
    Profile.IN_DIFFICULTY: N_("Payers in difficulty"),
}
ACTORS = {
    StepActor.GOODCOP: N_("goodcop"),
    StepActor.SALES: N_("the salesperson"),
    StepActor.FINANCE: N_("finance"),
}
CHANNELS = {
    Channel.EMAIL: N_("e-mail"),
    Channel.CALL: N_("call"),
    Channel.LETTER: N_("letter"),
    Channel.DECISION: N_("decision"),
}
TONES = {
    Tone.COURTEOUS: N_("courteous"),
    Tone.FRIENDLY: N_("friendly"),
    Tone.FIRM: N_("firm"),
    Tone.FORMAL: N_("formal"),
}
MODES = {
    Mode.DRAFT: N_("draft to approve"),
    Mode.AUTOMATIC: N_("automatic"),
    Mode.OFF: N_("off"),
}
PAUSES = {
    PauseKind.NOT_ACTIVE: N_("alerts are not activated"),
    PauseKind.STALE_BOOKS: N_("the books are behind"),
    PauseKind.ACCOUNT_KIND: N_("this account is no client to remind"),
    PauseKind.MUTED: N_("the client is kept out of alerts"),
    PauseKind.PROCEEDING: N_("the client is in insolvency proceedings"),
    PauseKind.MANUAL: N_("somebody paused the reminders"),
    PauseKind.FACTORED: N_("the factor has these invoices"),
    PauseKind.DISPUTE: N_("a dispute"),
    PauseKind.PROMISE: N_("a promise"),
    PauseKind.EXTENSION: N_("more time was given"),
    PauseKind.WINDOW: N_("the salesperson has the file"),
}
TEXT_NAMES = {
    "courtesy": N_("Courtesy before the due date"),
    "reminder_1": N_("First reminder"),
    "reminder_2": N_("Second reminder"),
    "last_reminder": N_("Last reminder"),
    "formal_notice_cover": N_("E-mail with a formal notice"),
    "statement": N_("E-mail with a statement"),
    "broken_promise": N_("Promise not kept"),
    "thank_you": N_("Thanks for a payment"),
}
