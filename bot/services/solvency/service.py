"""May we sell to them: asked by number, code or name, answered from what is known in time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.actors import Action, Actor, may
from bot.domain.errors import NotAllowed
from bot.domain.solvency.dossier import Dossier, SourceAnswer, SourceName, SourceState
from bot.domain.solvency.question import read_question
from bot.rendering.solvency_views import CompanyChoicesView, CompanyChoiceView, SolvencyView
from bot.services.lookups.names import Names
from bot.services.solvency import ratings
from bot.services.solvency.assessing import assess, solvency_policy
from bot.services.solvency.gathering import Gathered, Gatherer
from bot.services.solvency.shelf import AnswerShelf
from bot.services.solvency.targets import ByName, Target, find_target, of_client, of_siren
from storage.unit_of_work import Database

Answer = SolvencyView | CompanyChoicesView
_PUBLIC = (SourceName.COMPANIES, SourceName.NOTICES, SourceName.RATIOS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whose company is known, or only its name; `order_minor` None without an order."""

    meant: Target | ByName
    order_minor: int | None
    today: date


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer; `completed` gives the one that replaces it when sources were late."""

    view: Answer
    completed: "asyncio.Task[SolvencyView] | None" = None


class SolvencyService:
    """Reads in worker threads what the database knows, and asks the sources on the event loop.

    Without a gatherer no source is asked, and the answer says so.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        names: Names,
        gatherer: Gatherer | None = None,
    ) -> None:
        self._database, self._clock, self._names = database, clock, names
        self._gatherer = gatherer

    def read(self, actor: Actor, text: str, *, today: date) -> Asked | CompanyChoicesView:
        """Return what a text asks; an empty one gives a choice without a query.

        Raises NotAllowed for somebody without a role, InvalidInput for an unreadable amount.
        """
        if not actor.roles:
            raise NotAllowed("not_allowed")
        with self._database.read() as work:
            currency = solvency_policy(work.session, actor.workspace_id).currency
            question = read_question(text, currency)
            if not question.company.strip():
                return CompanyChoicesView("")
            meant = find_target(work.session, self._names, actor, question.company)
        return Asked(meant, question.order_minor, today)

    def answer(self, actor: Actor, text: str, *, today: date) -> Answer | Asked:
        """Return the answer to a text when nobody has to be asked, else what to ask about."""
        asked = self.read(actor, text, today=today)
        return self._at_once(actor, asked)

    def answer_click(
        self,
        actor: Actor,
        *,
        siren: str,
        client_id: int | None,
        order_minor: int | None,
        today: date,
    ) -> Answer | Asked:
        """Return the answer to a button when nobody has to be asked, else what to ask about."""
        asked = self._of_click(actor, siren, client_id, order_minor, today)
        return self._at_once(actor, asked)

    def _at_once(self, actor: Actor, asked: Asked | CompanyChoicesView) -> Answer | Asked:
        if isinstance(asked, CompanyChoicesView):
            return asked
        return self.recall(actor, asked) or asked

    def _of_click(
        self,
        actor: Actor,
        siren: str,
        client_id: int | None,
        order_minor: int | None,
        today: date,
    ) -> Asked | CompanyChoicesView:
        if not actor.roles:
            raise NotAllowed("not_allowed")
        with self._database.read() as work:
            meant: Target | ByName | None = None
            if siren:
                meant = of_siren(work.session, actor.workspace_id, siren)
            elif client_id is not None:
                meant = of_client(work.session, actor.workspace_id, client_id)
        return CompanyChoicesView("") if meant is None else Asked(meant, order_minor, today)

    def recall(self, actor: Actor, asked: Asked) -> SolvencyView | None:
        """Return the card when every source's answer is kept and fresh; None when one must ask."""
        target = asked.meant
        if self._gatherer is None or isinstance(target, ByName):
            return None
        shelf = AnswerShelf(self._database, actor.workspace_id)
        published = self._gatherer.recall(target.siren, shelf)
        return None if published is None else self._card(actor, asked, target, published)

    async def ask(self, actor: Actor, asked: Asked) -> Answered:
        """Return what is known at the deadline; `completed` follows when sources were late."""
        target = asked.meant
        if isinstance(target, ByName):
            return Answered(await self._search(actor, asked, target))
        shelf = AnswerShelf(self._database, actor.workspace_id)
        if self._gatherer is None:
            published = Dossier(target.siren, sources=_nobody_asked())
            card = await asyncio.to_thread(self._card, actor, asked, target, published)
            return Answered(card)
        gathered = await self._gatherer.gather(target.siren, shelf)
        if gathered.late is None:
            return Answered(
                await asyncio.to_thread(self._whole_card, actor, asked, target, gathered.dossier)
            )
        card = await asyncio.to_thread(
            self._card, actor, asked, target, gathered.dossier, waiting=True
        )
        late = asyncio.create_task(self._complete(actor, asked, target, gathered))
        return Answered(card, late)

    async def settle(self) -> None:
        """Wait until late answers are in and kept."""
        if self._gatherer is not None:
            await self._gatherer.settle()

    async def _complete(
        self, actor: Actor, asked: Asked, target: Target, gathered: Gathered
    ) -> SolvencyView:
        assert gathered.late is not None  # noqa: S101 — only asked where something is late
        published = await gathered.late
        return await asyncio.to_thread(self._whole_card, actor, asked, target, published)

    async def _search(self, actor: Actor, asked: Asked, named: ByName) -> CompanyChoicesView:
        meant = named.client_id if may(actor, Action.LINK) else None
        view = CompanyChoicesView(
            named.shown, asked.order_minor, named.clients, link_client_id=meant
        )
        if self._gatherer is None:
            return replace(view, register_answered=False)
        shelf = AnswerShelf(self._database, actor.workspace_id)
        found = await self._gatherer.search(named.name, shelf)
        known = {choice.siren for choice in named.clients}
        listed = found.value.companies if found.value else ()
        others = tuple(
            CompanyChoiceView(
                company.name,
                company.siren,
                company.town.title(),
                is_active=company.closed_on is None,
            )
            for company in listed
            if company.siren not in known
        )
        return replace(view, choices=(*named.clients, *others), register_answered=found.is_settled)

    def _whole_card(
        self, actor: Actor, asked: Asked, target: Target, published: Dossier
    ) -> SolvencyView:
        """Return the card of freshly gathered answers, and keep its rating."""
        view = self._card(actor, asked, target, published)
        ratings.keep_rating(self._database, actor.workspace_id, view, self._clock())
        return view

    def _card(
        self,
        actor: Actor,
        asked: Asked,
        target: Target,
        published: Dossier,
        *,
        waiting: bool = False,
    ) -> SolvencyView:
        now = self._clock()
        with self._database.read() as work:
            view = assess(
                work.session,
                actor,
                target,
                published,
                order_minor=asked.order_minor,
                today=asked.today,
                now=now,
            )
        if waiting:
            late = [a.name for a in published.sources if a.state is SourceState.SLOW]
            return replace(view, waiting=tuple(late))
        return view


def _nobody_asked() -> tuple[SourceAnswer, ...]:
    return tuple(SourceAnswer(name, SourceState.NOT_ASKED) for name in _PUBLIC)
