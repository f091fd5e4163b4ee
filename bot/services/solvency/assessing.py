"""One company judged: its open-data dossier joined to what we know, by the rules in force."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.domain.actors import Action, Actor, may
from bot.domain.solvency.credit_limit import GroupExposure, group_exposure
from bot.domain.solvency.dossier import Course, Decision, Dossier
from bot.domain.solvency.grants import Grant
from bot.domain.solvency.verdict import Assessment, decide
from bot.domain.solvency.weights import SolvencyPolicy
from bot.domain.solvency.weights_document import solvency_policy_from_document
from bot.rendering.solvency_views import CourseView, SolvencyView
from bot.services.lookups.account_views import clock_of, held_of
from bot.services.lookups.said import read_warnings
from bot.services.solvency.kept_dossiers import kept_dossier
from bot.services.solvency.own_facts import OwnFacts, own_facts
from bot.services.solvency.targets import Target, company_name, of_siren
from bot.services.workspaces.working_days import day_of, is_outside_metropole
from storage import (
    client_files,
    company_ratings,
    event_decisions,
    lookups,
    own_records,
    policies,
    solvency_requests,
    watches,
)
from storage.sessions import Session


def solvency_policy(session: Session, workspace_id: int) -> SolvencyPolicy:
    """Return the rules of `/solvency` in force."""
    document = policies.get_solvency_document(session, workspace_id=workspace_id)
    return solvency_policy_from_document(document)


def assess(
    session: Session,
    actor: Actor,
    target: Target,
    published: Dossier,
    *,
    order_minor: int | None,
    today: date,
    now: datetime,
) -> SolvencyView:
    """Return a company's card from its open-data dossier and what we know of it."""
    tenant = actor.workspace_id
    company = published.company
    name = company_name(target, company)
    facts = own_facts(
        session,
        workspace_id=tenant,
        siren=target.siren,
        name=name,
        group_siren=target.group_siren,
        today=today,
    )
    decided = _decided(session, tenant, target.siren, today)
    decision = Decision(decided.course, decided.on, decided.until) if decided else None
    published = replace(published, decision=decision)
    assessment = _judge(session, tenant, published, facts, order_minor, today, now)
    person = actor.person_id
    view = SolvencyView(
        assessment=assessment,
        name=name,
        today=today,
        town=target.town or (company.town if company else "").title(),
        closed_on=company.closed_on if company else None,
        flags=facts.flags,
        decided=decided,
        group_minor=assessment.group.exposure_minor if assessment.group else None,
        insured_percent=facts.cover.insured_percent if facts.cover else None,
        is_watched=person is not None
        and watches.is_watched(session, workspace_id=tenant, siren=target.siren, person_id=person),
        may_decide=actor.is_finance,
        is_public_body=company is not None and company.is_public_body,
        request_id=solvency_requests.find_open_id(
            session, workspace_id=tenant, siren=target.siren, by_id=person
        ),
    )
    return _with_client(session, actor, view, target)


def _with_client(
    session: Session, actor: Actor, view: SolvencyView, target: Target
) -> SolvencyView:
    """Return the card with what our own client adds.

    That deliveries are on hold is for every seller; its account and its good-cop window are for
    who may see it.
    """
    view, tenant = replace(view, code=target.code), actor.workspace_id
    of_it = target.client_id
    account = of_it and lookups.find_account(session, workspace_id=tenant, client_id=of_it)
    if not account:
        return view
    view = replace(view, held=held_of(read_warnings(session, tenant, account)))
    if not may(actor, Action.SEE, owner_id=target.owner_id):
        return view
    return replace(view, client_id=of_it, clock=clock_of(actor, account, view.today))


def _decided(session: Session, tenant: int, siren: str, today: date) -> CourseView | None:
    """Return what was decided after the company's last event, while it stands."""
    line = event_decisions.find_latest_course(session, workspace_id=tenant, siren=siren)
    if line is None or line.decided_at is None:
        return None
    on = line.decided_at.date()
    until = on + timedelta(days=solvency_policy(session, tenant).recent_event_days)
    if until < today:
        return None
    by = client_files.find_person_name(session, workspace_id=tenant, id=line.decided_by_id)
    return CourseView(Course(line.course), line.words, by, on, until)


def kept_card(
    session: Session,
    actor: Actor,
    siren: str,
    order_minor: int | None,
    today: date,
    now: datetime,
) -> SolvencyView:
    """Return a company's card from kept answers alone: nobody is asked."""
    published = kept_dossier(session, actor.workspace_id, siren, now)
    target = of_siren(session, actor.workspace_id, siren)
    return assess(session, actor, target, published, order_minor=order_minor, today=today, now=now)


def _judge(
    session: Session,
    tenant: int,
    published: Dossier,
    facts: OwnFacts,
    order_minor: int | None,
    today: date,
    now: datetime,
) -> Assessment:
    policy = solvency_policy(session, tenant)
    day = day_of(session, workspace_id=tenant, now=now, today=today)
    dossier = replace(
        published,
        own_record=facts.own_record,
        cover=facts.cover,
        outside_grades=facts.outside_grades,
        flags=facts.flags,
        sources=(*published.sources, *facts.sources),
    )
    judge = partial(
        decide,
        dossier,
        order_minor,
        policy,
        today,
        calendar=day.calendar,
        outside_metropole=is_outside_metropole(day.policy),
        grant=_grant(session, tenant, dossier.siren, today),
    )
    alone = judge()
    group = _group(session, tenant, facts.group_siren, alone)
    return alone if group is None else judge(group=group)


def _group(
    session: Session, tenant: int, parent: str | None, alone: Assessment
) -> GroupExposure | None:
    """Return what the company's group owes; its limit is the largest that a member has."""
    if parent is None:
        return None
    owed = own_records.list_group(
        session, workspace_id=tenant, parent_siren=parent, currency=alone.currency
    )
    kept = company_ratings.find_largest_limit(
        session, workspace_id=tenant, sirens={parent, *owed}, currency=alone.currency
    )
    return group_exposure(parent, owed, max(alone.limit.minor, kept))


def _grant(session: Session, tenant: int, siren: str, today: date) -> Grant | None:
    line = solvency_requests.find_grant(session, workspace_id=tenant, siren=siren, today=today)
    if line is None or line.valid_until is None or line.decided_at is None:
        return None
    days = int(line.terms) if line.terms.isdigit() else 0
    return Grant(
        line.granted_minor or 0,
        line.currency,
        days,
        line.decided_at.date(),
        line.valid_until,
        line.words,
    )
