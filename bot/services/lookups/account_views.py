"""An account as read from the database, made into what is shown of it."""

from collections.abc import Sequence
from datetime import date

from bot.domain.actors import Action, Actor, may
from bot.domain.ageing import BUCKETS, AgeingBucket, days_overdue
from bot.domain.delivery_holds import Scope
from bot.domain.escalation import may_offer
from bot.domain.ledger import DueFrom, ItemKind
from bot.domain.lifecycle import AlertState, Means, Outcome, PromiseState
from bot.domain.solvency.cover import CoverStep
from bot.domain.window import Window
from bot.rendering.card_views import BalanceView, CurrencyBalanceView, GrantedView, UsualDelayView
from bot.rendering.views import (
    ClockView,
    ContactView,
    CoverView,
    DisputeView,
    FreshnessView,
    HeldView,
    ItemView,
    MuteView,
    NoteView,
    PersonView,
    PromiseView,
)
from bot.services.alerts.clocks import clock_view
from bot.services.lookups.said import Said
from storage.client_warnings import COVER, DELIVERIES, EXTENSION, FROZEN, OFFER, WarningRow
from storage.exchanges import ContactRow, DisputeRow, NoteRow, PromiseRow
from storage.lookups import AccountRow, BalanceRow, ItemRow
from storage.promises import read_plan

TO_DECLARE = (CoverStep.MAX_CREDIT, CoverStep.DECLARE)
_LEAST_SURE_LAST = (DueFrom.STATED, DueFrom.TERMS, DueFrom.ESTIMATED)


def in_order(account: AccountRow, rows: Sequence[BalanceRow]) -> list[BalanceRow]:
    """Return the client's own currency first, others by code; empty other currencies are left out.

    A client without any account has an empty one in its currency.
    """
    kept = [
        row
        for row in rows
        if row.currency == account.currency
        or row.net_minor
        or row.unattributed_minor
        or row.item_count
    ]
    kept.sort(key=lambda row: (row.currency != account.currency, row.currency))
    return kept or [_empty(account.currency)]


def overdue_minor(row: BalanceRow) -> int:
    """Return every bucket but the one not due; credits count from their issue date."""
    return sum(
        minor
        for bucket, minor in zip(BUCKETS, row.ageing, strict=True)
        if bucket is not AgeingBucket.NOT_DUE
    )


def currency_view(
    row: BalanceRow, items: Sequence[ItemRow] = (), today: date | None = None
) -> CurrencyBalanceView:
    """Return one currency of an account, with those of `items` that are in it."""
    shown = [item for item in items if item.currency == row.currency] if today else []
    return CurrencyBalanceView(
        currency=row.currency,
        net_minor=row.net_minor,
        overdue_minor=overdue_minor(row),
        ageing=tuple(zip(BUCKETS, row.ageing, strict=True)),
        items=tuple(_item(item, today) for item in shown if today),
        item_count=row.item_count,
        unattributed_minor=row.unattributed_minor,
        deposits_minor=-row.on_account_minor,
        credit_notes_minor=-row.credit_notes_minor,
        last_receipt_minor=row.last_receipt_minor,
        last_receipt_on=row.last_receipt_on,
    )


def freshness_view(account: AccountRow, items: Sequence[ItemRow] = ()) -> FreshnessView:
    """Return how far the books go, and the least sure way a due date of them is known."""
    days = [day for day in (account.receipts_until, account.receipts_stated_until) if day]
    ways = {DueFrom(item.due_from) for item in items if item.open_minor > 0}
    least_sure = [way for way in _LEAST_SURE_LAST if way in ways]
    return FreshnessView(
        receipts_until=max(days, default=None),
        due_from=least_sure[-1] if least_sure else DueFrom.STATED,
        terms=account.terms or account.entity_terms,
    )


def owner_view(account: AccountRow) -> PersonView | None:
    """Return who follows the client, if somebody does."""
    if account.owner_id is None:
        return None
    return PersonView(account.owner_id, account.owner_name or "", account.owner_slack_id or "")


def balance_view(
    actor: Actor,
    account: AccountRow,
    balances: Sequence[BalanceRow],
    items: Sequence[ItemRow],
    said: Said,
    today: date,
) -> BalanceView:
    """Return everything shown of a client; the buttons are those `actor` may press."""
    contacts, notes, promises, disputes, warnings = said
    cover = _cover(warnings)
    ordered = in_order(account, balances)
    state = AlertState(account.alert_state) if account.alert_state else None
    owner_id = account.owner_id
    return BalanceView(
        client_id=account.client_id,
        code=account.code,
        client=account.name,
        today=today,
        balances=tuple(currency_view(row, items, today) for row in ordered),
        siren=account.siren or "",
        owner=owner_view(account),
        usual=_usual(ordered[0]),
        limit_minor=account.credit_limit_minor,
        contacts=tuple(map(contact_view, contacts)),
        notes=tuple(map(note_view, notes)),
        promises=tuple(map(_promise, promises)),
        disputes=tuple(map(dispute_view, disputes)),
        alert_id=account.alert_id,
        alert_state=state,
        freshness=freshness_view(account, items),
        may_note=may(actor, Action.NOTE, owner_id=owner_id),
        may_hand_over=state is not None
        and may_offer(state)
        and may(actor, Action.HAND_OVER, owner_id=owner_id),
        may_share=may(actor, Action.SEE, owner_id=owner_id),
        may_mute=may(actor, Action.MUTE),
        mute=_mute(account, today),
        is_frozen=any(row.kind == FROZEN for row in warnings),
        held=held_of(warnings),
        cover=cover,
        clock=clock_of(actor, account, today),
        granted=_granted(warnings, today),
        may_open_file=actor.is_finance,
        may_declare=actor.is_finance and cover is not None and cover.step in TO_DECLARE,
    )


def clock_of(actor: Actor, account: AccountRow, today: date) -> ClockView | None:
    """Return the good-cop window of a client, named unless `actor` does its owner's work."""
    if account.alert_state is None or _mute(account, today):
        return None
    window = Window(account.window_ends_on, suspended_until=account.window_suspended_until)
    owner = "" if account.owner_id in actor.served else account.owner_name or ""
    return clock_view(window, AlertState(account.alert_state), today, owner=owner)


def held_of(warnings: Sequence[WarningRow]) -> HeldView | None:
    """Return the hold on a client's deliveries, if there is one."""
    row = next((row for row in warnings if row.kind == DELIVERIES), None)
    return HeldView(Scope(row.step), row.why, row.by or "") if row and row.step else None


def _granted(warnings: Sequence[WarningRow], today: date) -> tuple[GrantedView, ...]:
    """Return more time and offers that run on `today`."""
    return tuple(
        GrantedView(
            row.minor or 0, row.currency or "", row.until_on, row.kind == OFFER, row.by or ""
        )
        for row in warnings
        if row.kind in (EXTENSION, OFFER) and row.until_on and row.until_on >= today
    )


def _cover(warnings: Sequence[WarningRow]) -> CoverView | None:
    row = next((row for row in warnings if row.kind == COVER), None)
    if row is None or row.until_on is None or row.covered_until is None:
        return None
    step = CoverStep(row.step or "")
    return CoverView(step, row.until_on, row.covered_until, row.minor or 0, row.currency or "")


def _mute(account: AccountRow, today: date) -> MuteView | None:
    if account.muted_until is None or account.muted_until < today:
        return None
    return MuteView(account.muted_until, account.muted_reason, account.muted_by_name or "")


def note_view(row: NoteRow) -> NoteView:
    """Return an exchange as it is shown."""
    return NoteView(
        by=row.by_name or "",
        at=row.at,
        outcome=Outcome(row.outcome),
        means=Means(row.means),
        reached=row.reached,
        text=row.text,
        orders=row.orders,
        gesture=row.gesture,
    )


def _item(row: ItemRow, today: date) -> ItemView:
    return ItemView(
        number=row.number,
        due_on=row.due_on,
        days=days_overdue(row.due_on, today) if row.open_minor > 0 else 0,
        open_minor=row.open_minor,
        currency=row.currency,
        due_from=DueFrom(row.due_from),
        kind=ItemKind(row.kind),
        id=row.item_id,
    )


def _usual(row: BalanceRow) -> UsualDelayView | None:
    if row.usual_delay_days is None or not row.paid_count:
        return None
    days = row.usual_delay_days
    return UsualDelayView(
        days=days,
        count=row.paid_count,
        least=days if row.least_delay_days is None else row.least_delay_days,
        most=days if row.most_delay_days is None else row.most_delay_days,
    )


def contact_view(row: ContactRow) -> ContactView:
    """Return a person at a client as messages and forms show them."""
    return ContactView(
        id=row.contact_id,
        name=row.name,
        function=row.function,
        phone=row.phone,
        email=row.email,
        do_not_contact=row.do_not_contact,
    )


def _promise(row: PromiseRow) -> PromiseView:
    return PromiseView(
        minor=row.minor,
        currency=row.currency,
        due_on=row.due_on,
        by=row.by_name or "",
        state=PromiseState(row.state),
        received_minor=row.received_minor,
        plan=read_plan(row.plan),
        judged_at=row.judged_at,
    )


def dispute_view(row: DisputeRow) -> DisputeView:
    """Return an open dispute as it is shown."""
    return DisputeView(
        reason=row.reason,
        minor=row.minor,
        currency=row.currency,
        due_on=row.due_on,
        owner=row.owner_name or "",
    )


def _empty(currency: str) -> BalanceRow:
    return BalanceRow(currency, 0, 0, None, 0, 0, None, None, None, 0, 0, 0, (0,) * len(BUCKETS))
