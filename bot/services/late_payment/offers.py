"""Offers to give fees and interest up: made within an authority, judged each morning, said once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow, system
from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.domain.late_payment.waivers import (
    MOST_DAYS,
    Waiver,
    WaiverState,
    check_waiver,
    judge_waiver,
)
from bot.domain.told import Told
from bot.domain.typed_amounts import read_amount
from bot.rendering.late_payment_views import WaiverView
from bot.services.letters.views import noticeable
from storage import alerts, client_files, events, late_items, messages, policies, waivers
from storage.promise_receipts import books_until
from storage.sessions import Session
from storage.unit_of_work import Database
from storage.waivers import WaiverLine


@dataclass(frozen=True, slots=True)
class OfferService:
    """Makes, withdraws and judges offers; each click and each run is safe twice."""

    database: Database
    clock: Callable[[], datetime]

    def offer(
        self,
        actor: Actor,
        client_id: int,
        *,
        amount: str,
        until: date | None,
        key: str,
        today: date,
    ) -> None:
        """Offer to give an amount up, as typed, if all that is overdue is in by a day.

        Raise `NotAllowed` unless finance asks, `InvalidInput` naming `amount` or `until`,
        `Conflict` in a proceeding, when nothing is overdue or when an offer is live.
        """
        allow(actor, Action.WAIVE)
        tenant = actor.workspace_id
        with self.database.write(interactive=True) as uow:
            session = uow.session
            if alerts.has_event(session, workspace_id=tenant, key=key):
                return
            if waivers.find_live(session, workspace_id=tenant, client_id=client_id):
                raise Conflict("An offer is made already.", code="offered")
            offer = _checked(session, actor, client_id, amount, until, today)
            made = waivers.add_waiver(
                session,
                workspace_id=tenant,
                key=key,
                client_id=client_id,
                offer=offer,
                item_ids=_items_of(session, tenant, client_id, offer),
                by_id=actor.person_id,
                at=self.clock(),
            )
            if made is not None:
                _say(session, actor, made, key, self.clock())
            uow.commit()

    def withdraw(self, actor: Actor, waiver_id: int, *, key: str) -> None:
        """Take an offer back; raise `Conflict` when it is over already."""
        allow(actor, Action.WAIVE)
        with self.database.write(interactive=True) as uow:
            if alerts.has_event(uow.session, workspace_id=actor.workspace_id, key=key):
                return
            if not _end(uow.session, actor, waiver_id, WaiverState.WITHDRAWN, key, self.clock()):
                raise Conflict("This offer is over.", code="offer_over")
            uow.commit()

    def judge(self, workspace_id: int, today: date) -> int:
        """End each offer that books and bank show taken up, or too late; return how many ended."""
        with self.database.read() as uow:
            live = waivers.list_live(uow.session, workspace_id=workspace_id)
        ended = 0
        for line in live:
            with self.database.write() as uow:
                state = _verdict(uow.session, workspace_id, line, today)
                if state is not WaiverState.OFFERED:
                    key, actor = f"waiver:{line.id}:{state}", system(workspace_id)
                    ended += _end(uow.session, actor, line.id, state, key, self.clock())
                uow.commit()
        return ended


def waiver_view(session: Session, *, workspace_id: int, waiver_id: int) -> WaiverView | None:
    """Return an offer as it is told."""
    line = waivers.get_waiver(session, workspace_id=workspace_id, id=waiver_id)
    return view_of(line) if line else None


def view_of(line: WaiverLine) -> WaiverView:
    """Return an offer as it is shown."""
    offer = line.offer
    return WaiverView(
        line.id,
        line.client_id,
        line.client,
        line.by,
        line.state,
        offer.given_up_minor,
        offer.principal_minor,
        offer.currency,
        offer.until,
    )


def _checked(
    session: Session,
    actor: Actor,
    client_id: int,
    amount: str,
    until: date | None,
    today: date,
) -> Waiver:
    tenant = actor.workspace_id
    _, figures = noticeable(session, workspace_id=tenant, client_id=client_id, today=today)
    given_up = read_amount(amount, figures.currency)
    if until is None:
        raise InvalidInput(f"Enter a date within {MOST_DAYS} days.", field="until")
    offer = Waiver(given_up, figures.principal_minor, figures.currency, today, until)
    authority = policies.get_policy(session, workspace_id=tenant).waiver_authority
    check_waiver(offer, actor.roles, authority, today)
    if given_up > figures.interest_minor + figures.fee_minor:
        raise InvalidInput("This is more than interest and fees come to.", field="amount")
    return offer


def _items_of(session: Session, tenant: int, client_id: int, offer: Waiver) -> list[int]:
    """Return what the offer is about: what is overdue, and the credits taken off it."""
    every = late_items.list_items(session, workspace_id=tenant, client_id=client_id)
    return [
        item.id
        for item in every
        if item.currency == offer.currency and (item.open_minor < 0 or item.due_on < offer.made_on)
    ]


def _verdict(session: Session, tenant: int, line: WaiverLine, today: date) -> WaiverState:
    still_open, paid_on = waivers.paid_of(
        session,
        workspace_id=tenant,
        client_id=line.client_id,
        currency=line.offer.currency,
        item_ids=line.item_ids,
    )
    if still_open <= 0 and paid_on is None:
        paid_on = today  # closed without a trace: by today at the latest
    until = books_until(session, workspace_id=tenant, client_ids={line.client_id})
    return judge_waiver(line.offer, still_open, paid_on, today, until.get(line.client_id))


def _end(
    session: Session, actor: Actor, waiver_id: int, state: WaiverState, key: str, now: datetime
) -> bool:
    tenant = actor.workspace_id
    if waivers.get_waiver(session, workspace_id=tenant, id=waiver_id) is None:
        raise NotFound("There is no such offer.")
    ended = waivers.settle(session, workspace_id=tenant, id=waiver_id, state=state, at=now)
    if ended:
        _say(session, actor, waiver_id, key, now)
    return ended


def _say(session: Session, actor: Actor, waiver_id: int, key: str, now: datetime) -> None:
    """Write what became of an offer; finance hears what the books say, the owner what people do."""
    tenant = actor.workspace_id
    line = waivers.get_waiver(session, workspace_id=tenant, id=waiver_id)
    if line is None:
        return
    events.append(
        session,
        workspace_id=tenant,
        key=key,
        kind=f"waiver_{line.state}",
        at=now,
        client_id=line.client_id,
        person_id=actor.person_id,
        source="slack" if actor.person_id else "clock",
        body={
            "waiver_id": waiver_id,
            "minor": line.offer.given_up_minor,
            "currency": line.offer.currency,
            "day": line.offer.until.isoformat(),
        },
    )
    house = client_files.get_house(session, workspace_id=tenant)
    judged = line.state in (WaiverState.FULFILLED, WaiverState.LAPSED)
    readers: list[tuple[int | None, str]] = [(line.owner_id, "")] if line.owner_id else []
    if judged and house.finance_channel:
        readers.append((None, house.finance_channel))
    for person_id, channel in readers:
        messages.tell(
            session,
            workspace_id=tenant,
            kind=Told.WAIVER,
            subject=f"waiver:{waiver_id}:{person_id or 'finance'}",
            key=f"waiver:{waiver_id}:{line.state}:{person_id or 'finance'}",
            now=now,
            channel=channel,
            person_id=person_id,
            body={"waiver_id": waiver_id, "state": line.state.value},
        )
