"""What finance's file of a client shows and offers."""

from dataclasses import dataclass
from datetime import date

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import NotFound
from bot.domain.lifecycle import HoldKind
from bot.rendering.file_views import ApartView, FinanceFileView, PausedView
from bot.rendering.paper_views import PaperView
from bot.rendering.views import HeldView
from bot.services.follow_ups.forms import FormService
from bot.services.letters.papers import paper_view
from bot.services.lookups.account_views import TO_DECLARE
from storage import client_files, client_warnings, delivery_holds, item_states, papers, tasks
from storage.delivery_holds import HoldLine
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class FinanceFileService:
    """Reads a client's file, for finance alone."""

    database: Database

    def view(self, actor: Actor, client_id: int, *, today: date) -> FinanceFileView:
        """Return the file; raise `NotAllowed` unless finance asks, `NotFound` for nobody."""
        about = FormService(self.database).client_form(
            actor, client_id, today=today, action=Action.SET_APART
        )
        of_client = {"workspace_id": actor.workspace_id, "client_id": client_id}
        with self.database.read() as uow:
            apart = item_states.list_lines(uow.session, **of_client)
            held = delivery_holds.find_hold(uow.session, **of_client)
            made = papers.list_of_client(uow.session, **of_client)
            holds = tasks.list_holds(uow.session, **of_client, today=today)
            clocks = client_warnings.list_clocks(uow.session, **of_client)
            paused = tuple(
                PausedView(hold.id, hold.reason, hold.until_on, _name(uow.session, actor, hold))
                for hold in holds
                if hold.kind is HoldKind.MANUAL
            )
        return FinanceFileView(
            about=about,
            apart=tuple(
                ApartView(
                    line.id,
                    line.number,
                    line.state.kind,
                    line.state.minor,
                    about.currency,
                    line.state.due_on,
                    line.note,
                )
                for line in apart
            ),
            held=held_view(held) if held else None,
            papers=tuple(map(paper_view, made)),
            paused=paused,
            may_declare=any(clock.step in TO_DECLARE for clock in clocks),
        )

    def paper(self, actor: Actor, paper_id: int) -> PaperView:
        """Return a document; raise `NotFound` when there is none."""
        allow(actor, Action.NOTICE)
        with self.database.read() as uow:
            line = papers.find_paper(uow.session, workspace_id=actor.workspace_id, id=paper_id)
        if line is None:
            raise NotFound("There is no such letter.")
        return paper_view(line)


def _name(session: Session, actor: Actor, hold: tasks.HoldLine) -> str:
    return client_files.find_person_name(session, workspace_id=actor.workspace_id, id=hold.by_id)


def held_view(line: HoldLine) -> HeldView:
    """Return a hold as it is shown."""
    return HeldView(line.scope, line.reason, line.by, line.made_at.date())
