"""Every message and modal, drawn once in each of its shapes."""

from tests.rendering.balance_samples import balances
from tests.rendering.bank_samples import bank
from tests.rendering.company_event_samples import company_events
from tests.rendering.concession_samples import conceded
from tests.rendering.file_samples import files
from tests.rendering.link_samples import links
from tests.rendering.mail_samples import mails
from tests.rendering.paper_samples import papers
from tests.rendering.promise_samples import promised
from tests.rendering.prospect_samples import prospects, sent_lists
from tests.rendering.sample import Sample
from tests.rendering.scenario_samples import scenario_windows
from tests.rendering.solvency_samples import cards
from tests.rendering.step_samples import step_windows
from tests.rendering.talk_samples import alerts, events, handovers, news, threads
from tests.rendering.team_samples import every_form, finance, homes, short_answers
from tests.rendering.text_samples import text_windows

SAMPLES: dict[str, Sample] = {
    **alerts(),
    **events(),
    **news(),
    **threads(),
    **handovers(),
    **finance(),
    **balances(),
    **cards(),
    **company_events(),
    **homes(),
    **prospects(),
    **sent_lists(),
    **links(),
    **bank(),
    **files(),
    **papers(),
    **mails(),
    **promised(),
    **conceded(),
    **scenario_windows(),
    **text_windows(),
    **step_windows(),
    **short_answers(),
    **every_form(),
}
