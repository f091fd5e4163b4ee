"""The trade's words for a rating: rules, factors, sources, events, marked for translation."""

from bot.domain.solvency.dossier import CompanyState, EventKind, SourceName, SourceState
from bot.domain.solvency.hard_rules import Rule
from bot.domain.solvency.weights import FactorName
from bot.rendering.vocabulary import N_

RULES = {
    Rule.STOPPED: N_("we decided to stop selling to it"),
    Rule.CEASED: N_("the company has closed"),
    Rule.LIQUIDATION: N_("in compulsory liquidation"),
    Rule.CLOSED_UNPAID: N_("its liquidation closed without paying its creditors"),
    Rule.STRUCK_OFF: N_("struck off the register"),
    Rule.REDRESSEMENT: N_("in receivership"),
    Rule.SAUVEGARDE: N_("under court protection"),
    Rule.PERSONAL_RECOVERY: N_("in a personal recovery procedure"),
    Rule.AMICABLE_LIQUIDATION: N_("being wound up by its owners"),
    Rule.STRUCK_OFF_DOUBTFUL: N_("struck off at one court, active in the register"),
    Rule.FLAGGED: N_("in our register of doubtful payers"),
    Rule.UNPAID_LONG: N_("has left an invoice of ours unpaid for long"),
    Rule.OUTSIDE_GRADE_WORST: N_("has the worst grade of an insurer or agency"),
    Rule.UNREAD_NOTICE: N_("a legal notice is still to be read"),
    Rule.STATE_UNKNOWN: N_("not seen in the company register"),
    Rule.NOTICES_UNKNOWN: N_("its legal notices could not be read"),
    Rule.LEDGER_UNKNOWN: N_("our own ledger could not be read"),
    Rule.FLAGS_UNKNOWN: N_("our register of doubtful payers could not be read"),
    Rule.OUTSIDE_GRADES_UNKNOWN: N_("the insurers' and agencies' files could not be read"),
    Rule.DECIDED_CONDITIONS: N_("we decided to sell to it on conditions only"),
    Rule.PLAN: N_("a court-approved plan is running"),
    Rule.PLAN_ENDED: N_("its court-approved plan ended"),
    Rule.CONCILIATION: N_("a conciliation was published"),
    Rule.BUSINESS_SOLD: N_("has sold its business"),
    Rule.UNPAID: N_("an invoice of ours is overdue"),
    Rule.PROMISES_BROKEN: N_("has broken promises made to us"),
}
FACTORS = {
    FactorName.PAYMENT_HABIT: N_("Payment habit"),
    FactorName.UNPAID_NOW: N_("Overdue now"),
    FactorName.EXPERIENCE: N_("Invoices paid"),
    FactorName.SUPPLIER_DAYS: N_("Payment of suppliers"),
    FactorName.SUPPLIER_DAYS_IN_SECTOR: N_("Against its sector"),
    FactorName.EQUITY: N_("Equity"),
    FactorName.EQUITY_TREND: N_("Equity trend"),
    FactorName.LIQUIDITY: N_("Liquidity"),
    FactorName.LIQUIDITY_TREND: N_("Liquidity trend"),
    FactorName.RESULT: N_("Result"),
    FactorName.AGE: N_("Age"),
    FactorName.SIZE: N_("Size"),
    FactorName.FILING: N_("Accounts"),
    FactorName.INSURER_GRADE: N_("Insurer's grade"),
    FactorName.AGENCY_GRADE: N_("Agency's grade"),
    FactorName.SECTOR: N_("Sector"),
}
SOURCES = {
    SourceName.COMPANIES: N_("company register"),
    SourceName.NOTICES: N_("BODACC"),
    SourceName.RATIOS: N_("filed accounts"),
    SourceName.SIRENE: N_("Sirene"),
    SourceName.VIES: N_("VIES"),
    SourceName.LEDGER: N_("our ledger"),
    SourceName.INSURER: N_("insurer"),
    SourceName.AGENCY: N_("agency"),
    SourceName.REGISTER: N_("our register"),
    SourceName.DECISION: N_("our decision"),
}
SILENCES = {
    SourceState.STALE: N_("{source}: an older answer is used"),
    SourceState.SLOW: N_("{source}: no answer in time"),
    SourceState.DOWN: N_("{source}: does not answer"),
    SourceState.WRONG: N_("{source}: an answer nobody can read"),
    SourceState.NOT_ASKED: N_("{source}: not asked"),
}
STATES = {
    CompanyState.ACTIVE: N_("in business"),
    CompanyState.CEASED: N_("closed"),
    CompanyState.UNKNOWN: N_("state unknown"),
}
EVENTS = {
    EventKind.LIQUIDATION: N_("compulsory liquidation opened"),
    EventKind.REDRESSEMENT: N_("receivership opened"),
    EventKind.SAUVEGARDE: N_("court protection opened"),
    EventKind.CONVERSION: N_("procedure converted"),
    EventKind.PLAN: N_("plan adopted"),
    EventKind.PLAN_ENDED: N_("plan ended"),
    EventKind.CLOSED_UNPAID: N_("closed for lack of assets"),
    EventKind.CLOSED_PAID: N_("closed, debts paid"),
    EventKind.PERSONAL_RECOVERY: N_("personal recovery procedure"),
    EventKind.CONCILIATION: N_("conciliation"),
    EventKind.AMICABLE_LIQUIDATION: N_("winding up by its owners"),
    EventKind.STRUCK_OFF: N_("struck off"),
    EventKind.BUSINESS_SOLD: N_("business sold"),
    EventKind.ACCOUNTS_FILED: N_("accounts filed"),
    EventKind.ACCOUNTS_CONFIDENTIAL: N_("accounts filed, kept confidential"),
    EventKind.PROCEDURAL: N_("step of the procedure"),
    EventKind.OTHER: N_("other notice"),
    EventKind.UNREAD: N_("notice nobody could classify"),
}
