"""The accounts kept out of alerts: imports propose, finance confirms or says they are clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import CheckboxesElement, Option

from bot.domain.ledger import ClientKind
from bot.rendering import formats, ids, limits
from bot.rendering.environment import sentences
from bot.rendering.escaping import shorten
from bot.rendering.fields import field, modal
from bot.rendering.parts import Block, button, option, section
from bot.rendering.speech import Speech, speech
from bot.rendering.views import MuteView, Voice
from bot.rendering.vocabulary import KINDS

ACCOUNTS_SHOWN = 10  # of each kind: Slack takes ten boxes to tick together


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account whose name says that it is no client to alert on."""

    client_id: int
    client: str
    code: str
    kind: ClientKind
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class MutedView:
    """A client that finance keeps out of alerts."""

    client_id: int
    client: str
    mute: MuteView


@dataclass(frozen=True, slots=True)
class KindsView:
    """The proposals to answer, by kind, and the clients kept out of alerts."""

    today: date
    accounts: tuple[AccountView, ...] = ()
    muted: tuple[MutedView, ...] = ()

    @property
    def groups(self) -> dict[ClientKind, list[AccountView]]:
        """Return the proposals that one window holds, by kind."""
        held: dict[ClientKind, list[AccountView]] = {}
        for account in self.accounts:
            of_kind = held.setdefault(account.kind, [])
            if len(of_kind) < ACCOUNTS_SHOWN:
                of_kind.append(account)
        return held


def kinds_form(view: KindsView, voice: Voice) -> Block:
    """Draw the proposals, each to leave ticked or not, then the clients out of alerts."""
    said, tell = speech(voice), sentences("form", voice)
    groups = view.groups
    shown = [account.client_id for accounts in groups.values() for account in accounts]
    left = len(view.accounts) - len(shown)
    blocks = [section(tell.kinds(left) if shown else tell.no_kinds())]
    blocks += [_group(kind, accounts, said) for kind, accounts in groups.items()]
    blocks += [_muted(one, view.today, voice) for one in view.muted[: limits.LINES_SHOWN]]
    carried = ids.value(client_ids=shown)
    submit = said.words("Save") if shown else None
    close = said.words("Cancel") if shown else said.words("Close")
    return modal(said.words("Out of alerts"), submit, close, ids.KINDS_FORM, carried, blocks)


def _group(kind: ClientKind, accounts: Sequence[AccountView], said: Speech) -> Block:
    options = Option.parse_all([_box(account, said) for account in accounts])
    boxes = CheckboxesElement(
        action_id=ids.KIND_FIELDS[kind], options=options, initial_options=options
    )
    label = str(said.capital(said.words(KINDS[kind])))
    return field(ids.KIND_FIELDS[kind], label, boxes, optional=True)


def _box(account: AccountView, said: Speech) -> Block:
    amount = formats.rounded(account.minor, account.currency, said.language)
    room = limits.OPTION_MAX - len(amount) - 3
    named = shorten(f"{account.client} ({account.code})", room)
    return option(f"{named} · {amount}", str(account.client_id))


def _muted(one: MutedView, today: date, voice: Voice) -> Block:
    muted = sentences("alert", voice).muted(one.mute, today)
    back = button(
        speech(voice).words("Back into alerts"), ids.UNMUTE, ids.value(client_id=one.client_id)
    )
    return section(sentences("event", voice).named(one.client, muted), back)
