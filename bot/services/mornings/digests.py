"""Each working morning, one digest a person and one for finance; nothing said, nothing sent."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.told import Told
from bot.rendering.digest_messages import digest as draw
from bot.rendering.team_views import DigestView, SectionView
from bot.rendering.views import Voice
from bot.services.mornings.finance import finance_digest
from bot.services.mornings.personal import person_digest, team_leaving, with_section
from bot.services.workspaces.working_days import Day, day_of
from storage import client_files, messages, scan_settings
from storage.scan_settings import Recipient
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest: for whom (`person_id` None is finance), where, and its first line."""

    person_id: int | None
    person: str
    channel: str
    text: str
    view: DigestView

    def to_document(self) -> dict[str, object]:
        """Return it as the command line prints it."""
        return {
            "person": self.person,
            "channel": self.channel,
            "text": self.text,
            "sections": [_section(part) for part in self.view.sections],
        }


@dataclass(frozen=True, slots=True)
class DigestReport:
    """The digests of a morning."""

    digests: tuple[Digest, ...] = ()

    def to_document(self) -> dict[str, object]:
        """Return `{"digests": [...]}`, ready for JSON."""
        return {"digests": [one.to_document() for one in self.digests]}


class DigestService:
    """Makes the digests of a morning and, when asked, queues them: one per person and day."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def digest(
        self,
        workspace_id: int,
        today: date,
        now: datetime | None = None,
        *,
        person_id: int | None = None,
        write: bool,
    ) -> DigestReport:
        """Return the digests of `today`, for everyone or one person; `write` queues them.

        None on days nobody works, nor before activation. Queued for the set hour in each person's
        own time zone; a second call the same day queues nothing more.
        """
        now = now or self._clock()
        with self._database.write() if write else self._database.read() as work:
            made = _digests(work.session, workspace_id, today, now, person_id)
            if write:
                for one in made:
                    _queue(work.session, workspace_id, one, today, now)
                work.commit()
        return DigestReport(tuple(made))


def digest_view(
    session: Session, *, workspace_id: int, person_id: int | None, today: date, now: datetime
) -> DigestView | None:
    """Return one digest as it stands when it leaves (None is finance's, or nothing to say)."""
    made = _digests(session, workspace_id, today, now, person_id, finance_alone=person_id is None)
    return next((one.view for one in made if one.person_id == person_id), None)


def _digests(
    session: Session,
    workspace_id: int,
    today: date,
    now: datetime,
    person_id: int | None,
    *,
    finance_alone: bool = False,
) -> list[Digest]:
    day = day_of(session, workspace_id=workspace_id, now=now, today=today)
    if not day.calendar.is_business_day(today):
        return []
    settings = scan_settings.get_settings(session, workspace_id=workspace_id)
    people = scan_settings.list_recipients(session, workspace_id=workspace_id)
    everyone = settings.activated_at is not None
    active = {id: p for id, p in people.items() if everyone or p.activated_at is not None}
    made = []
    for person in sorted(active.values(), key=lambda one: (one.name, one.id)):
        asked = not finance_alone and person_id in (None, person.id)
        if asked and _reader(person, people, today) is person:
            made += _of_person(session, workspace_id, person, active, day)
    if active and person_id is None:
        made += _of_finance(session, workspace_id, day)
    return made


def _reader(person: Recipient, people: Mapping[int, Recipient], today: date) -> Recipient:
    """Return who reads a person's digest: their stand-in while they are away, if there is one."""
    if person.absent_until is None or person.absent_until < today or person.stand_in_id is None:
        return person
    return people.get(person.stand_in_id, person)


def _of_person(
    session: Session,
    workspace_id: int,
    person: Recipient,
    active: Mapping[int, Recipient],
    day: Day,
) -> list[Digest]:
    owners = [one.id for one in active.values() if _reader(one, active, day.today) is person]
    team = [one.id for one in active.values() if one.manager_id == person.id]
    view = person_digest(session, workspace_id=workspace_id, owners=owners, day=day)
    if team:
        leaving = team_leaving(session, workspace_id=workspace_id, team=team, day=day)
        view = with_section(view, leaving, day=day)
    if view is None:
        return []
    voice = client_files.get_voice(session, workspace_id=workspace_id, person_id=person.id)
    return [Digest(person.id, person.name, person.channel, _text(view, voice), view)]


def _of_finance(session: Session, workspace_id: int, day: Day) -> list[Digest]:
    view = finance_digest(session, workspace_id=workspace_id, day=day)
    if view is None:
        return []
    voice = client_files.get_voice(session, workspace_id=workspace_id, person_id=None)
    name = day.house.finance_name or "finance"
    return [Digest(None, name, day.house.finance_channel, _text(view, voice), view)]


def _text(view: DigestView, voice: client_files.VoiceFacts) -> str:
    return draw(view, Voice(voice.locale, voice.formal, voice.finance_name, voice.time_zone)).text


def _queue(session: Session, workspace_id: int, one: Digest, today: date, now: datetime) -> None:
    facts = client_files.get_voice(session, workspace_id=workspace_id, person_id=one.person_id)
    house = client_files.get_house(session, workspace_id=workspace_id)
    hour = time.fromisoformat(house.digest_at)
    who = "finance" if one.person_id is None else str(one.person_id)
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.FINANCE_DIGEST if one.person_id is None else Told.DIGEST,
        subject=f"digest:{who}:{today}",
        key=f"digest:{who}:{today}",
        now=now,
        channel=one.channel if one.person_id is None else "",
        person_id=one.person_id,
        body={"today": today.isoformat(), "person_id": one.person_id},
        not_before=datetime.combine(today, hour, ZoneInfo(facts.time_zone)).astimezone(UTC),
    )


def _section(part: SectionView) -> dict[str, object]:
    rows = [*(asdict(line) for line in part.lines), *(asdict(task) for task in part.tasks)]
    lines = [
        {name: _plain(value) for name, value in row.items() if value not in (None, "", 0)}
        for row in rows
    ]
    return {"section": part.section.value, "count": part.count, "lines": lines}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
