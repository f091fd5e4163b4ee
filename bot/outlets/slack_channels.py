"""Whether a channel may hold client data: private, ours alone, without guests, the bot inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.channel_troubles import Trouble
from bot.domain.errors import PermanentDeliveryError
from bot.outlets.slack import SlackClient


@dataclass(frozen=True, slots=True)
class ChannelProblem:
    """One thing wrong with a channel, how an administrator mends it, and who is concerned."""

    trouble: Trouble
    mend: str
    people: tuple[str, ...] = ()


_MEND = {
    Trouble.NOT_FOUND: "Check the channel's id, and invite the app with /invite @goodcop.",
    Trouble.ARCHIVED: "Restore the channel, or choose another one.",
    Trouble.NOT_MEMBER: "Invite the app with /invite @goodcop.",
    Trouble.PUBLIC: "Make the channel private in its settings, or choose a private one.",
    Trouble.SHARED: "Stop sharing the channel with other organisations, or choose another one.",
    Trouble.GUESTS: "Take the guests out of the channel, or choose another one.",
}
_SHARED = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")


async def check_channel(slack: SlackClient, channel: str) -> list[ChannelProblem]:
    """Return what forbids posting client data in a channel; nothing means it is safe.

    A direct conversation (`U…`, `D…`) is safe. Raises `TemporaryDeliveryError` or
    `AmbiguousDelivery` when Slack does not answer.
    """
    if channel.startswith(("U", "W", "D")):
        return []
    try:
        described = await slack.channel(channel)
    except PermanentDeliveryError as refused:
        if refused.slack_code not in ("channel_not_found", "not_in_channel"):
            raise
        return [_problem(Trouble.NOT_FOUND)]
    problems = [_problem(trouble) for trouble in _troubles(described)]
    if Trouble.NOT_MEMBER in (problem.trouble for problem in problems):
        return problems
    outsiders = await _outsiders(slack, channel)
    return problems + ([_problem(Trouble.GUESTS, outsiders)] if outsiders else [])


def _troubles(described: Mapping[str, Any]) -> list[Trouble]:
    checks = {
        Trouble.ARCHIVED: bool(described.get("is_archived")),
        Trouble.NOT_MEMBER: not described.get("is_member"),
        Trouble.PUBLIC: not described.get("is_private"),
        Trouble.SHARED: any(described.get(word) for word in _SHARED),
    }
    return [trouble for trouble, is_so in checks.items() if is_so]


async def _outsiders(slack: SlackClient, channel: str) -> tuple[str, ...]:
    people = [await slack.person(member) for member in await slack.members(channel)]
    return tuple(person.id for person in people if person.is_outsider)


def _problem(trouble: Trouble, people: tuple[str, ...] = ()) -> ChannelProblem:
    return ChannelProblem(trouble, _MEND[trouble], people)
