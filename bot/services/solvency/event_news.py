"""A published event told to those concerned: finance, the owners, whoever follows the company."""

from collections.abc import Iterator
from datetime import date, datetime

from bot.domain.solvency.dossier import Event, EventKind
from bot.domain.told import Told
from bot.services.workspaces.working_days import Day
from storage import event_decisions, messages, notices, scan_settings, watches
from storage.scan_settings import Recipient
from storage.sessions import Session


def ask_about(
    session: Session, workspace_id: int, event: Event, day: Day, now: datetime
) -> int | None:
    """Ask what to do after an event, once; all are told at their first working minute."""
    made = event_decisions.ask_decision(
        session,
        workspace_id=workspace_id,
        siren=event.siren,
        notice_id=event.notice_id,
        at=now,
    )
    if made is not None:
        tell_event(session, workspace_id, made, event, day, now)
    return made


def tell_event(
    session: Session, workspace_id: int, decision_id: int, event: Event, day: Day, now: datetime
) -> None:
    """Tell an event and what it asks; one that could not be read is finance's to read."""
    subject, house = event_subject(decision_id), day.house
    if house.finance_channel and is_active(session, workspace_id):
        messages.tell(
            session,
            workspace_id=workspace_id,
            kind=Told.COMPANY_EVENT,
            subject=subject,
            key=subject,
            now=now,
            channel=house.finance_channel,
            proactive=True,
            pierces=True,
            body={"decision_id": decision_id},
            not_before=day.calendar.next_working_minute(now, house.time_zone),
        )
    if event.kind is EventKind.UNREAD:
        return
    for person in concerned(session, workspace_id, event.siren, day.today):
        own = event_subject(decision_id, person.id)
        messages.tell(
            session,
            workspace_id=workspace_id,
            kind=Told.COMPANY_EVENT,
            subject=own,
            key=own,
            now=now,
            person_id=person.id,
            proactive=True,
            pierces=True,
            body={"decision_id": decision_id},
            not_before=day.calendar.next_working_minute(now, person.time_zone),
        )


def tell_undecided(session: Session, workspace_id: int, day: Day, now: datetime) -> None:
    """Tell whoever could not be told yet: alerts were off, a channel or an owner was missing."""
    for asked in event_decisions.list_undecided(session, workspace_id=workspace_id):
        events = notices.list_events(session, workspace_id=workspace_id, sirens=(asked.siren,))
        event = next((one for one in events if one.notice_id == asked.notice_id), None)
        if event is not None:
            tell_event(session, workspace_id, asked.id, event, day, now)


def is_active(session: Session, workspace_id: int) -> bool:
    """Say whether alerts are on for anybody: the first import sends nothing."""
    people = scan_settings.list_recipients(session, workspace_id=workspace_id)
    settings = scan_settings.get_settings(session, workspace_id=workspace_id)
    since = (settings.activated_at, *(person.activated_at for person in people.values()))
    return any(at is not None for at in since)


def tell_decided(
    session: Session, workspace_id: int, decision_id: int, siren: str, day: Day, now: datetime
) -> None:
    """Edit what was told, and tell the decision to the owners and followers."""
    people = list(concerned(session, workspace_id, siren, day.today))
    for person_id in (None, *(person.id for person in people)):
        subject = event_subject(decision_id, person_id)
        messages.tell(
            session,
            workspace_id=workspace_id,
            kind=Told.COMPANY_EVENT,
            subject=subject,
            key=f"{subject}:decided",
            now=now,
            version=2,
            channel=day.house.finance_channel if person_id is None else "",
            person_id=person_id,
            body={"decision_id": decision_id},
            method=messages.EDIT,
        )
    for person in people:
        subject = f"course:{decision_id}:{person.id}"
        messages.tell(
            session,
            workspace_id=workspace_id,
            kind=Told.COMPANY_COURSE,
            subject=subject,
            key=subject,
            now=now,
            person_id=person.id,
            body={"decision_id": decision_id},
        )


def tell_lifted(
    session: Session, workspace_id: int, decision_id: int, siren: str, day: Day, now: datetime
) -> None:
    """Tell the owners and followers that a decision no longer stands."""
    for person in concerned(session, workspace_id, siren, day.today):
        messages.tell(
            session,
            workspace_id=workspace_id,
            kind=Told.COMPANY_COURSE,
            subject=f"course_lifted:{decision_id}:{person.id}",
            key=f"course_lifted:{decision_id}:{person.id}",
            now=now,
            person_id=person.id,
            body={"decision_id": decision_id},
        )


def event_subject(decision_id: int, person_id: int | None = None) -> str:
    """Return what a message about an event speaks of, for finance or for one person."""
    whose = "" if person_id is None else f":{person_id}"
    return f"company_event:{decision_id}{whose}"


def concerned(session: Session, workspace_id: int, siren: str, today: date) -> Iterator[Recipient]:
    """Yield the owners whose alerts are on and the people who follow a company, once each.

    Somebody away is stood in for.
    """
    people = scan_settings.list_recipients(session, workspace_id=workspace_id)
    settings = scan_settings.get_settings(session, workspace_id=workspace_id)
    told: set[int] = set()
    for one in watches.list_followers(session, workspace_id=workspace_id, siren=siren):
        person = people.get(one.person_id or 0)
        if person is None:
            continue
        active = settings.activated_at is not None or person.activated_at is not None
        if one.client_id is not None and not active:
            continue
        if person.absent_until is not None and person.absent_until >= today:
            person = people.get(person.stand_in_id or 0, person)
        if person.id not in told:
            told.add(person.id)
            yield person
