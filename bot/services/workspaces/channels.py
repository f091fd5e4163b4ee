"""Channels refused because others would read there, and an administrator's recorded consent."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.domain.actors import Action, Actor, allow, may
from bot.domain.errors import Conflict, NotFound
from bot.domain.lifecycle import Role
from bot.domain.told import Told
from bot.rendering.channel_views import UnsafeChannelView
from storage import events, messages, people, unsafe_channels
from storage.sessions import Session
from storage.unit_of_work import Database
from storage.unsafe_channels import ChannelLine


class ChannelService:
    """Remembers unsafe channels, tells administrators how to mend them, keeps their consents."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def may_post(self, workspace_id: int, channel: str, troubles: Sequence[str]) -> bool:
        """Say whether client data may go to a channel with these troubles, which are kept.

        What is new is told once to the administrators, or to finance where there is none.
        """
        with self._database.read() as uow:
            known = unsafe_channels.find_channel(
                uow.session, workspace_id=workspace_id, channel=channel
            )
        if known is None and not troubles:
            return True
        if known and known.consent_to and set(troubles) <= set(known.consent_to):
            return True
        if known and tuple(sorted(troubles)) == known.troubles:
            return False
        with self._database.write() as uow:
            if troubles:
                self._keep(uow.session, workspace_id, channel, troubles)
            else:
                unsafe_channels.forget(uow.session, workspace_id=workspace_id, channel=channel)
            uow.commit()
        return not troubles

    def consent(self, actor: Actor, channel: str) -> None:
        """Let client data go to a channel all the same, for what was found there and no more.

        Raise `NotAllowed` unless an administrator asks, `NotFound` for a channel that was not
        refused, `Conflict` when its trouble can only be mended.
        """
        allow(actor, Action.CONSENT)
        now, tenant = self._clock(), actor.workspace_id
        with self._database.write(interactive=True) as uow:
            line = _line(uow.session, tenant, channel)
            if not is_consentable(line):
                raise Conflict("Only mending this channel helps.", code="only_mending")
            if line.is_consented:
                return
            to = ",".join(line.troubles)
            self._write(uow.session, actor, channel, to, "channel_consented", now)
            unsafe_channels.release(uow.session, workspace_id=tenant, channel=channel, now=now)
            uow.commit()

    def take_back(self, actor: Actor, channel: str) -> None:
        """Take a consent back: from now on the channel is refused again."""
        allow(actor, Action.CONSENT)
        with self._database.write(interactive=True) as uow:
            line = _line(uow.session, actor.workspace_id, channel)
            if not line.consent_to:
                return
            self._write(
                uow.session, actor, channel, "", "channel_consent_taken_back", self._clock()
            )
            uow.commit()

    def _keep(
        self, session: Session, workspace_id: int, channel: str, troubles: Sequence[str]
    ) -> None:
        now, words = self._clock(), ",".join(sorted(troubles))
        if not unsafe_channels.keep_troubles(
            session, workspace_id=workspace_id, channel=channel, troubles=words, now=now
        ):
            return
        team = people.list_people(session, workspace_id=workspace_id)
        admins = [one for one in team if Role.ADMIN in one.roles.split(",")]
        for one in admins or [one for one in team if Role.FINANCE in one.roles.split(",")]:
            if one.slack_user_id:
                messages.tell(
                    session,
                    workspace_id=workspace_id,
                    kind=Told.CHANNEL_REFUSED,
                    subject=f"channel:{channel}",
                    key=f"channel:{channel}:{words}:{now.isoformat()}:{one.id}",
                    now=now,
                    channel=one.slack_user_id,
                    person_id=one.id,
                    body={"channel": channel},
                )

    def _write(
        self, session: Session, actor: Actor, channel: str, to: str, kind: str, now: datetime
    ) -> None:
        tenant = actor.workspace_id
        unsafe_channels.set_consent(
            session,
            workspace_id=tenant,
            channel=channel,
            to=to,
            by_id=actor.person_id if to else None,
            at=now if to else None,
        )
        events.append(
            session,
            workspace_id=tenant,
            key=f"{kind}:{channel}:{now.isoformat()}",
            kind=kind,
            at=now,
            person_id=actor.person_id,
            source="slack",
            body={"channel": channel, "to": to},
        )


def channel_views(session: Session, actor: Actor) -> tuple[UnsafeChannelView, ...]:
    """Return the channels refused or consented to, as the settings show them."""
    lines = unsafe_channels.list_channels(session, workspace_id=actor.workspace_id)
    allowed = may(actor, Action.CONSENT)
    return tuple(_view(line, may_consent=allowed) for line in lines)


def refused_view(
    session: Session, *, workspace_id: int, channel: str, person_id: int | None
) -> UnsafeChannelView | None:
    """Return a channel as an administrator is told of it; None once mended or consented to."""
    line = unsafe_channels.find_channel(session, workspace_id=workspace_id, channel=channel)
    if line is None or line.is_consented:
        return None
    team = people.list_people(session, workspace_id=workspace_id)
    admins = {one.id for one in team if Role.ADMIN in one.roles.split(",")}
    return _view(line, may_consent=person_id in admins)


def is_consentable(line: ChannelLine) -> bool:
    """Say whether all that was found is what an administrator may consent to."""
    return all(trouble.is_consentable for trouble in line.troubles)


def _view(line: ChannelLine, *, may_consent: bool) -> UnsafeChannelView:
    return UnsafeChannelView(
        channel=line.channel,
        troubles=line.troubles,
        is_consented=line.is_consented,
        consent_by=line.consent_by,
        consent_at=line.consent_at,
        may_consent=may_consent and is_consentable(line),
    )


def _line(session: Session, workspace_id: int, channel: str) -> ChannelLine:
    line = unsafe_channels.find_channel(session, workspace_id=workspace_id, channel=channel)
    if line is None:
        raise NotFound("This channel was not refused.")
    return line
