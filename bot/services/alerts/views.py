"""An alert, its news and its warnings, as they stand when a message about them leaves."""

from dataclasses import replace
from datetime import date

from bot.domain.lifecycle import AlertState, HandoverState, PromiseState
from bot.domain.reliability import reliability
from bot.rendering.card_views import BalanceView
from bot.rendering.follow_up_views import LeavingView
from bot.rendering.team_views import LimitView
from bot.rendering.views import (
    AlertNewsView,
    AlertView,
    ClockView,
    DisputeView,
    News,
    NoteView,
    PromiseView,
)
from bot.services.alerts.clocks import clock_view
from bot.services.follow_ups.views import UNKEPT, oldest_days, person_view, resolution_view
from bot.services.handovers.views import client_account
from bot.services.lookups.seen import find_seen
from bot.services.workspaces.working_days import day_of
from storage import alert_cards, client_files, handovers, promise_records
from storage.alert_cards import AlertCard
from storage.client_files import AlertTurn
from storage.sessions import Session

_MOST_ITEMS = 5
_ANSWERED = (AlertState.TAKEN, AlertState.RETURNED)
_OF_THE_FILE = (HandoverState.OFFERED, HandoverState.TAKEN)


def alert_view(
    session: Session, *, workspace_id: int, alert_id: int, today: date
) -> AlertView | None:
    """Return an alert as its parent message shows it, None when it is gone."""
    alert = client_files.find_alert(session, workspace_id=workspace_id, id=alert_id)
    card = alert_cards.find_card(session, workspace_id=workspace_id, id=alert_id)
    if alert is None or card is None:
        return None
    account = client_account(session, workspace_id, alert.client_id, today)
    if account is None:
        return None
    judged = promise_records.list_judged(
        session, workspace_id=workspace_id, client_id=alert.client_id
    )
    latest = _latest(account, card)
    first = account.balances[0]
    here = next((one for one in account.balances if one.currency == alert.currency), None)
    disputed = sum(one.minor for one in account.disputes if one.currency == alert.currency)
    view = AlertView(
        alert_id=alert.id,
        client_id=alert.client_id,
        client=account.client,
        currency=alert.currency,
        overdue_minor=alert.overdue_minor,
        oldest_days=oldest_days(alert, today),
        level=alert.level,
        state=alert.state,
        today=today,
        reasons=card.reasons,
        usual_delay_days=account.usual.days if account.usual and here is first else None,
        exposure_minor=max(0, here.net_minor) if here else 0,
        limit_minor=account.limit_minor,
        disputed_minor=disputed,
        clock=_clock(session, workspace_id, alert, today),
        contact=account.contacts[0] if account.contacts else None,
        items=here.items[:_MOST_ITEMS] if here else (),
        item_count=here.item_count if here else 0,
        latest=latest,
        promise=_promise(account, alert),
        unkept=_unkept(account, card, latest),
        reliability=reliability(judged),
        freshness=account.freshness,
        resolution=resolution_view(alert),
        mute=account.mute,
        is_frozen=account.is_frozen,
        held=account.held,
        cover=account.cover,
    )
    return _with_standing(session, workspace_id, view, alert, card, account)


def _clock(session: Session, workspace_id: int, alert: AlertTurn, today: date) -> ClockView | None:
    """Return the window's clock; a first post says the end it will have once it is shown."""
    is_first = not alert.ts and alert.state is AlertState.OPEN and alert.owner_id is not None
    if alert.window.ends_on is not None or not is_first:
        return clock_view(alert.window, alert.state, today)
    day = day_of(session, workspace_id=workspace_id, now=alert.state_at, today=today)
    return ClockView(day.after(day.policy.window_days))


def alert_news_view(
    session: Session, *, workspace_id: int, alert_id: int, news: str, before_minor: int, today: date
) -> AlertNewsView | None:
    """Return why an open alert speaks again, None once it is over or with finance."""
    alert = _with_owner(session, workspace_id, alert_id)
    if alert is None:
        return None
    client = client_files.find_client(session, workspace_id=workspace_id, id=alert.client_id)
    if client is None:
        return None
    return AlertNewsView(
        alert_id=alert.id,
        client_id=client.id,
        client=client.name,
        currency=alert.currency,
        news=News(news),
        level=alert.level,
        overdue_minor=alert.overdue_minor,
        oldest_days=oldest_days(alert, today),
        before_minor=before_minor,
        mention=person_view(session, workspace_id, alert.owner_id),
    )


def window_view(
    session: Session, *, workspace_id: int, alert_id: int, today: date
) -> LeavingView | None:
    """Return a client about to go to finance, None when its clock stopped or it went."""
    alert = _with_owner(session, workspace_id, alert_id)
    if alert is None or alert.window.ends_on is None or alert.window.is_suspended(today):
        return None
    return _leaving(session, workspace_id, alert, alert.window.ends_on, today)


def urgent_view(
    session: Session, *, workspace_id: int, alert_id: int, today: date
) -> LeavingView | None:
    """Return a client at level 3, None when it is not any more."""
    alert = client_files.find_alert(session, workspace_id=workspace_id, id=alert_id)
    if alert is None or alert.state.is_closed or alert.level < 3:
        return None
    return _leaving(session, workspace_id, alert, alert.window.ends_on or today, today)


def is_of_the_manager(
    session: Session, *, workspace_id: int, alert_id: int, person_id: int | None
) -> bool:
    """Say whether a person reads of an alert as the manager of its owner."""
    alert = client_files.find_alert(session, workspace_id=workspace_id, id=alert_id)
    if alert is None or person_id is None or person_id == alert.owner_id:
        return False
    owner = client_files.find_person(session, workspace_id=workspace_id, id=alert.owner_id)
    return owner is not None and owner.manager_id == person_id


def limit_view(
    session: Session,
    *,
    workspace_id: int,
    client_id: int,
    percent: int,
    to_finance: bool,
    today: date,
) -> LimitView | None:
    """Return a client at `percent` of its limit, None when exposure fell back under it."""
    account = client_account(session, workspace_id, client_id, today)
    if account is None or not account.limit_minor:
        return None
    main = account.balances[0]
    exposure = max(0, main.net_minor)
    if exposure * 100 < account.limit_minor * percent:
        return None
    return LimitView(
        client_id=client_id,
        client=account.client,
        currency=main.currency,
        exposure_minor=exposure,
        limit_minor=account.limit_minor,
        percent=percent,
        overdue_minor=max(0, main.overdue_minor),
        owner=account.owner,
        to_finance=to_finance,
    )


def _with_standing(
    session: Session,
    workspace_id: int,
    view: AlertView,
    alert: AlertTurn,
    card: AlertCard,
    account: BalanceView,
) -> AlertView:
    """Return the view with who put the alert where it stands, why and until when."""
    file = handovers.find_latest_handover(session, workspace_id=workspace_id, alert_id=alert.id)
    answered_by = file.answered_by_id if file and alert.state in _ANSWERED else None
    who = answered_by or alert.state_by_id
    by = client_files.find_person_name(session, workspace_id=workspace_id, id=who)
    dispute = _dispute(account, alert)
    seen = find_seen(session, workspace_id, alert.client_id, alert.currency)
    return replace(
        view,
        state_until=alert.state_ends_on,
        state_reason=card.state_reason or (dispute.reason if dispute else ""),
        state_by=by or (dispute.owner if dispute else ""),
        settler=dispute.owner if dispute else "",
        state_at=alert.state_at,
        question=file.question if file and alert.state is AlertState.RETURNED else "",
        handover_id=file.id if file and file.state in _OF_THE_FILE else None,
        seen_minor=seen.minor,
        seen_on=seen.last_on,
    )


def _latest(account: BalanceView, card: AlertCard) -> NoteView | None:
    """Return the latest exchange of this episode; older ones do not hide why it speaks."""
    return next((note for note in account.notes if note.at >= card.opened_at), None)


def _unkept(account: BalanceView, card: AlertCard, latest: NoteView | None) -> PromiseView | None:
    """Return the promise of this episode found not kept last, unless somebody noted more since."""
    since = latest.at if latest else card.opened_at
    unkept = [
        one
        for one in account.promises
        if one.state in UNKEPT and one.judged_at is not None and one.judged_at >= since
    ]
    return max(unkept, key=lambda one: one.judged_at or since, default=None)


def _promise(account: BalanceView, alert: AlertTurn) -> PromiseView | None:
    live = [one for one in account.promises if one.state is PromiseState.LIVE]
    live.sort(key=lambda one: (one.currency != alert.currency, one.due_on))
    return live[0] if live else None


def _dispute(account: BalanceView, alert: AlertTurn) -> DisputeView | None:
    disputed = alert.state is AlertState.DISPUTED and account.disputes
    return account.disputes[-1] if disputed else None


def _with_owner(session: Session, workspace_id: int, alert_id: int) -> AlertTurn | None:
    """Return an alert that still waits for its owner, or None."""
    alert = client_files.find_alert(session, workspace_id=workspace_id, id=alert_id)
    if alert is None or alert.state.is_closed or alert.state.is_with_finance:
        return None
    return alert


def _leaving(
    session: Session, workspace_id: int, alert: AlertTurn, ends_on: date, today: date
) -> LeavingView | None:
    client = client_files.find_client(session, workspace_id=workspace_id, id=alert.client_id)
    if client is None:
        return None
    return LeavingView(
        alert_id=alert.id,
        client_id=client.id,
        client=client.name,
        currency=alert.currency,
        overdue_minor=alert.overdue_minor,
        oldest_days=oldest_days(alert, today),
        ends_on=ends_on,
        owner=person_view(session, workspace_id, alert.owner_id),
        may_extend=not alert.window.extended,
    )
