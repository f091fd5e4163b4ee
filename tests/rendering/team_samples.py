"""Digests, imports, Home, answers and modals, in each of their shapes."""

from dataclasses import replace
from datetime import date

from bot.domain.channel_troubles import Trouble
from bot.domain.ledger import ClientKind, RejectedRow
from bot.domain.lifecycle import Outcome
from bot.domain.reasons import Why
from bot.rendering import forms, messages, modals, refusals
from bot.rendering.absence_form import absence_form
from bot.rendering.channel_views import UnsafeChannelView
from bot.rendering.form_views import (
    AbsenceFormView,
    AssignFormView,
    ClientPickerView,
    NoteFormView,
    SettingsFormView,
)
from bot.rendering.home_page import HomeView
from bot.rendering.kind_views import AccountView, KindsView, MutedView, kinds_form
from bot.rendering.settings_form import settings_form
from bot.rendering.team_views import (
    DigestView,
    EntityStatusView,
    ImportReportView,
    PreviewPersonView,
    PreviewView,
    Section,
    SectionView,
    StaleBooksView,
    StepDoing,
    TotalView,
    UnownedView,
)
from bot.rendering.views import (
    MuteView,
    PersonView,
    SumView,
)
from tests.rendering.sample import Sample
from tests.rendering.talk_samples import FRIDAY
from tests.rendering.views import (
    ANNE,
    BOOKS,
    KARIM,
    NOW,
    TODAY,
    a_form,
    a_line,
    a_task,
)

DIGEST = DigestView(
    TODAY,
    (
        SectionView(
            Section.DECIDE,
            (a_line(until=date(2026, 12, 8)), a_line(client="Garage Lemoine", days=1)),
            count=2,
        ),
        SectionView(Section.PROMISES, (a_line(on=TODAY, person="Anne"), a_line()), count=2),
        SectionView(Section.NEW, (a_line(client="Atelier Baudry", days=9),), count=1),
        SectionView(Section.TASKS, tasks=(a_task(),), count=1),
        SectionView(Section.LATE, (a_line(days=3),), count=4),
        SectionView(Section.SOON, (a_line(usual_delay_days=10),), count=1),
        SectionView(Section.GOOD_NEWS, (a_line(days=2), a_line(days=0)), count=2),
        SectionView(Section.CURRENCY),
    ),
    (SumView(8_200_00, "EUR"),),
    freshness=BOOKS,
)
FINANCE_DIGEST = DigestView(
    TODAY,
    (
        SectionView(Section.HANDOVERS, (a_line(person="Anne"),), count=1),
        SectionView(
            Section.STEPS, tuple(a_line(step=doing, step_id=11) for doing in StepDoing), count=7
        ),
        SectionView(Section.BROKEN, (a_line(person="Anne"),), count=1),
        SectionView(Section.LEAVING, (a_line(person="Anne"),), count=1),
        SectionView(Section.UNOWNED, (a_line(),), count=1),
        SectionView(
            Section.DISPUTES, (a_line(on=TODAY, person="Anne"), a_line(minor=0, on=FRIDAY)), count=2
        ),
        SectionView(Section.EVENTS, (a_line(on=FRIDAY),), count=1),
        SectionView(
            Section.CLAIMS,
            (a_line(on=FRIDAY, also_on=FRIDAY, days=3), a_line(on=None, also_on=FRIDAY, days=3)),
            count=2,
        ),
        SectionView(
            Section.COVER,
            (a_line(on=FRIDAY, days=3, person="Anne"), a_line(on=None, also_on=TODAY)),
            count=2,
        ),
        SectionView(Section.USAGE, (a_line(percent=70, person="Anne"),), count=1),
        SectionView(Section.REVIEWS, (a_line(grade="C", on=TODAY),), count=1),
        SectionView(Section.LIMITATION, (a_line(on=FRIDAY, also_on=date(2027, 1, 4)),), count=1),
        SectionView(Section.CURRENCY, (a_line(currency="USD"),), count=1),
        SectionView(Section.WRITE_OFF, (a_line(minor=4_20, detail="FA-3"),), count=1),
    ),
    held_why=Why.RECEIPTS_LAG,
    freshness=BOOKS,
)
UNOWNED = UnownedView((a_line(), a_line(client_id=202, client="Garage Lemoine")), (ANNE, KARIM))
PREVIEW = PreviewView(
    TODAY,
    120,
    34,
    (SumView(412_000_00, "EUR"), SumView(9_000_00, "USD")),
    (
        PreviewPersonView(ANNE, 12, (SumView(120_000_00, "EUR"),)),
        PreviewPersonView(KARIM, 1, (SumView(4_000_00, "EUR"),), is_active=True),
    ),
    (a_line(person="Anne"), a_line(client="Garage Lemoine", days=12)),
    unowned_count=5,
    due_stated=120,
    due_terms=30,
    due_estimated=1,
    terms="30 FDM",
    kinds=((ClientKind.TILL, 2), (ClientKind.COLLECTIVE, 1)),
    receipts_until=date(2026, 11, 20),
)
REPORT = ImportReportView(
    501,
    "fec",
    "123456789FEC20261231.txt",
    2_040,
    2_038,
    2,
    TODAY,
    (RejectedRow(12, "EcritureDate", "not a date", "31/02"),),
    118,
    640,
    (TotalView("EUR", 512_345_67, 510_000_00, 2_345_67),),
    date(2026, 11, 20),
    12,
    ("3 entries do not balance, the first is VE 12.", "Deux comptes sans nom"),
)
ENTITY = EntityStatusView(
    "Bois & Fils",
    "123456789",
    "ecritures.txt",
    NOW,
    TODAY,
    date(2026, 11, 20),
    Why.STALE_BOOKS,
    2,
    ("3 entries do not balance, the first is VE 12.",),
)


REFUSED = UnsafeChannelView("C0ANNE", (Trouble.GUESTS, Trouble.PUBLIC), may_consent=True)
CONSENTED = UnsafeChannelView("C0KARIM", (Trouble.PUBLIC,), True, "Nadia", NOW, may_consent=True)


def finance() -> dict[str, Sample]:
    stale = StaleBooksView("Bois & Fils", Why.RECEIPTS_LAG, date(2026, 11, 4), FRIDAY, 7)
    return {
        "digest": Sample(messages.digest, DIGEST),
        "finance_digest": Sample(messages.digest, FINANCE_DIGEST),
        "unowned": Sample(messages.unowned, UNOWNED),
        "preview": Sample(messages.preview, PREVIEW),
        "stale_books": Sample(messages.stale_books, stale),
        "import_report": Sample(messages.import_report, REPORT),
        "import_report_to_check": Sample(
            messages.import_report, replace(REPORT, rejected=(), proposed_count=3)
        ),
        "import_status": Sample(messages.import_status, (ENTITY,)),
        "import_status_empty": Sample(messages.import_status, ()),
        "channel_refused": Sample(messages.channel_refused, REFUSED),
        "channel_to_mend": Sample(
            messages.channel_refused, UnsafeChannelView("C0ANNE", (Trouble.NOT_MEMBER,))
        ),
        "help": Sample(lambda _, voice: messages.help_message(voice, is_admin=True), None),
    }


HOME = HomeView(
    TODAY,
    "Anne Morel",
    (SumView(32_480_00, "EUR"),),
    (SumView(98_900_00, "EUR"),),
    14,
    (a_line(until=date(2026, 12, 8)), a_line(until=date(2026, 12, 8), person="Karim")),
    3,
    (a_line(),),
    (a_task(),),
    (a_line(),),
    freshness=BOOKS,
)
FINANCE_HOME = HomeView(
    TODAY,
    "Fiona Leroy",
    (SumView(32_480_00, "EUR"),),
    (SumView(98_900_00, "EUR"),),
    120,
    handovers=(a_line(handover_id=301, person="Anne"),),
    unowned_count=2,
    proposed_count=3,
    entities=(ENTITY,),
    is_finance=True,
    is_admin=True,
    is_active=False,
)
ABSENCE = AbsenceFormView(None, None, (PersonView(2, "Karim Benali", "UKARIM"),), TODAY)
STEPS = SectionView(
    Section.STEPS, (a_line(step=StepDoing.EMAIL, step_id=11), a_line(step=StepDoing.CALL)), count=2
)


def homes() -> dict[str, Sample]:
    return {
        "home": Sample(messages.home, HOME),
        "home_away": Sample(
            messages.home, replace(HOME, may_be_away=True, away_until=date(2026, 12, 4))
        ),
        "absence_form": Sample(absence_form, ABSENCE),
        "absence_form_away": Sample(
            absence_form, replace(ABSENCE, until=date(2026, 12, 4), stand_in_id=2)
        ),
        "home_finance": Sample(messages.home, FINANCE_HOME),
        "home_steps": Sample(messages.home, replace(HOME, steps=STEPS)),
        "home_more_steps": Sample(messages.home, replace(HOME, steps=replace(STEPS, count=40))),
    }


def short_answers() -> dict[str, Sample]:
    return {
        "not_saved": Sample(lambda _, voice: refusals.not_saved(voice), None),
        "already_handled": Sample(
            lambda name, voice: refusals.already_handled(name, NOW, voice), "Fiona"
        ),
        "failed": Sample(refusals.failed, "K7Q2"),
        "stranger": Sample(lambda _, voice: refusals.stranger(voice), None),
        "saved": Sample(lambda _, voice: refusals.saved(voice), None),
        "on_its_way": Sample(lambda _, voice: refusals.on_its_way(voice), None),
        "activating": Sample(lambda _, voice: refusals.activating(voice), None),
        "shared": Sample(lambda _, voice: refusals.shared(voice), None),
    }


MUTED = MutedView(203, "Garage Lemoine", MuteView(date(2026, 12, 24), "procès", "Fiona"))
KINDS = KindsView(
    TODAY,
    (
        *(
            AccountView(300 + n, f"Caisse {n}", f"CAI{n}", ClientKind.TILL, 1_200_00 * n, "EUR")
            for n in range(1, 13)
        ),
        AccountView(401, "Clients divers", "DIV", ClientKind.COLLECTIVE, -35_00, "EUR"),
    ),
    (MUTED,),
)


def every_form() -> dict[str, Sample]:
    drawn: dict[str, Sample] = {
        f"note_form_{outcome or 'first'}": Sample(modals.note_form, NoteFormView(a_form(), outcome))
        for outcome in (None, *Outcome)
    }
    people = (ANNE, KARIM)
    assign = AssignFormView(((201, "Menuiserie Roy"), (202, "Garage Lemoine")), people, (201,))
    picker = ClientPickerView("Mme Roy a appelé")
    return drawn | {
        "promise_form": Sample(forms.promise_form, a_form()),
        "dispute_form": Sample(forms.dispute_form, a_form()),
        "snooze_form": Sample(forms.snooze_form, a_form()),
        "hand_over_form": Sample(forms.hand_over_form, a_form()),
        "return_form": Sample(forms.return_form, a_form(handover_id=301)),
        "extend_form": Sample(forms.extend_form, a_form()),
        "mute_form": Sample(forms.mute_form, a_form()),
        "kinds_form": Sample(kinds_form, KINDS),
        "kinds_nothing": Sample(kinds_form, KindsView(TODAY)),
        "assign_form": Sample(forms.assign_form, assign),
        "share_form": Sample(lambda view, voice: forms.share_form(view, "C0ANNE", voice), a_form()),
        "pick_client_form": Sample(forms.pick_client_form, picker),
        "settings_form": Sample(settings_form, SettingsFormView()),
        "settings_accounts": Sample(settings_form, SettingsFormView(proposed_count=3)),
        "settings_channels": Sample(
            settings_form,
            SettingsFormView(channels=(REFUSED, CONSENTED, replace(REFUSED, may_consent=False))),
        ),
        "settings_channels_for_finance": Sample(
            settings_form, SettingsFormView(channels=(replace(CONSENTED, may_consent=False),))
        ),
    }
