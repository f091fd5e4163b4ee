"""The house's own scenarios, one per sort of payer: what a careful French creditor does.

First kind and by goodcop, then the salesperson who knows the client, then finance: a reminder, a
last one, the formal notice, and a decision. Nothing goes on for ever: the decision is the last.
Every e-mail waits for approval: only what finance put into force itself may leave by itself.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.domain.dunning.scenarios import Channel, Mode, Scenario, Step, StepActor, Tone
from bot.domain.profiles import Profile

_LARGE_MINOR = 5_000_00  # the courtesy of DESIGN section 3
_NOTICE_MINOR = 150_00  # a registered letter costs more than a little invoice is worth
_ACCOUNTS = "accounts"

_COURTESY_CALL = Step(
    "courtesy_call", -5, StepActor.SALES, Channel.CALL, Tone.COURTEOUS, minimum_minor=_LARGE_MINOR
)
_COURTESY_MAIL = Step(
    "courtesy", -7, StepActor.GOODCOP, Channel.EMAIL, Tone.COURTEOUS, mode=Mode.DRAFT,
    contact=_ACCOUNTS, minimum_days=14, text="courtesy",
)  # fmt: skip
_FRIENDLY = Step(
    "reminder_1", 4, StepActor.GOODCOP, Channel.EMAIL, Tone.FRIENDLY, mode=Mode.DRAFT,
    contact=_ACCOUNTS, minimum_days=7, text="reminder_1",
)  # fmt: skip
_CALL = Step("call", 10, StepActor.SALES, Channel.CALL, Tone.FRIENDLY, minimum_days=5)
_REMINDER = Step(
    "reminder_2", 25, StepActor.GOODCOP, Channel.EMAIL, Tone.FIRM, mode=Mode.DRAFT,
    contact=_ACCOUNTS, minimum_days=8, text="reminder_2",
)  # fmt: skip
_LAST = Step(
    "last_reminder", 38, StepActor.FINANCE, Channel.EMAIL, Tone.FIRM, mode=Mode.DRAFT,
    contact=_ACCOUNTS, minimum_days=8, text="last_reminder",
)  # fmt: skip
_NOTICE = Step(
    "formal_notice", 52, StepActor.FINANCE, Channel.LETTER, Tone.FORMAL, mode=Mode.DRAFT,
    contact="management", minimum_days=10, minimum_minor=_NOTICE_MINOR,
    text="formal_notice_cover",
)  # fmt: skip
_DECISION = Step("decision", 75, StepActor.FINANCE, Channel.DECISION, Tone.FORMAL, minimum_days=12)

_USUAL = (_COURTESY_CALL, _FRIENDLY, _CALL, _REMINDER, _LAST, _NOTICE, _DECISION)
_HABITUAL = (_COURTESY_MAIL, *_USUAL[1:])
_QUICK = (
    _COURTESY_MAIL,
    replace(_FRIENDLY, offset_days=2),
    replace(_CALL, offset_days=7),
    replace(_REMINDER, offset_days=15),
    replace(_LAST, offset_days=25),
    replace(_NOTICE, offset_days=38),
    replace(_DECISION, offset_days=60),
)
# One who contests is asked why before anything firm is written.
_TALKING = (
    replace(_COURTESY_CALL, minimum_minor=0),
    replace(_CALL, key="call_first", offset_days=3),
    replace(_FRIENDLY, offset_days=10),
    *_USUAL[3:],
)
# One in difficulty is finance's from the first day: nothing leaves without being read.
_CAREFUL = (
    replace(_FRIENDLY, offset_days=1, actor=StepActor.FINANCE),
    replace(_CALL, key="finance_call", offset_days=5, actor=StepActor.FINANCE, minimum_days=3),
    replace(_LAST, offset_days=12),
    replace(_NOTICE, offset_days=20, minimum_days=8),
    replace(_DECISION, offset_days=30, minimum_days=8),
)

DEFAULTS: Mapping[Profile, Scenario] = MappingProxyType(
    {
        profile: Scenario(profile, steps)
        for profile, steps in (
            (Profile.PUNCTUAL, _USUAL),
            (Profile.LATE_BY_HABIT, _HABITUAL),
            (Profile.DRIFTING, _QUICK),
            (Profile.ERRATIC, _HABITUAL),
            (Profile.NEW, _QUICK),
            (Profile.DISPUTING, _TALKING),
            (Profile.IN_DIFFICULTY, _CAREFUL),
        )
    }
)
