"""E-mails that came back: found by their Message-ID, marked, told to whose voice it was."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.domain.mailing import EmailState
from bot.services.mail.drawing import Kinds
from bot.services.mail.telling import tell_trouble
from bot.sources.bounces import read_bounces
from storage import emails
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class BounceReport:
    """What a report said: e-mails newly marked, of which the address is dead, and not ours."""

    marked: int = 0
    dead_addresses: int = 0
    unknown: int = 0


class BounceService:
    """Reads what mail servers report; reading one twice changes nothing."""

    def __init__(self, database: Database, clock: Callable[[], datetime], kinds: Kinds) -> None:
        self._database, self._clock, self._kinds = database, clock, kinds

    def take_file(self, workspace_id: int, path: Path) -> BounceReport:
        """Read a delivery report; raise `InvalidInput` when the file is none."""
        marked = dead = unknown = 0
        now = self._clock()
        bounces = read_bounces(path)
        with self._database.write() as uow:
            for bounce in bounces:
                email = emails.find_by_message_id(
                    uow.session, workspace_id=workspace_id, message_ids=bounce.message_ids
                )
                if email is None or email.to.lower() != bounce.recipient:
                    unknown += 1
                    continue
                if not emails.bounce(
                    uow.session,
                    workspace_id=workspace_id,
                    id=email.id,
                    error=bounce.reason,
                    now=now,
                    for_good=bounce.is_for_good,
                ):
                    continue
                marked, dead = marked + 1, dead + bounce.is_for_good
                came_back = replace(email, state=EmailState.BOUNCED, error=bounce.reason)
                kind = self._kinds.get(email.kind)
                if kind is not None and kind.settled is not None:
                    kind.settled(uow.session, came_back, now)
                tell_trouble(uow.session, came_back, now)
            uow.commit()
        return BounceReport(marked, dead, unknown)
