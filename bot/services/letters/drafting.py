"""A letter drawn up from the books as they are: its number, its figures, its pages."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.domain.actors import Actor
from bot.domain.errors import InvalidInput
from bot.domain.late_payment.interest import HalfYear
from bot.domain.papers import PaperKind
from bot.rendering.formal_notices import formal_notice, statement
from bot.rendering.letters import pdf_of
from bot.services.letters import views
from storage import papers
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Drafted:
    """A letter ready to be kept; amounts in minor units of `currency`."""

    kind: PaperKind
    reference: str
    language: str
    currency: str
    minor: int
    content: bytes
    deadline_on: date | None = None

    @property
    def values(self) -> dict[str, Any]:
        """Return it as what is written down."""
        return asdict(self)


def draft_notice(
    session: Session,
    actor: Actor,
    client_id: int,
    today: date,
    deadline: date,
    *,
    with_interest: bool,
) -> Drafted:
    """Return a formal notice; raise as `LetterService.make_notice` does."""
    tenant = actor.workspace_id
    found, figures = views.noticeable(
        session, workspace_id=tenant, client_id=client_id, today=today
    )
    if with_interest:
        _check_rates(figures.missing)
    sides = views.both_sides(
        session, workspace_id=tenant, client_id=client_id, by_id=actor.person_id
    )
    kind = PaperKind.FORMAL_NOTICE
    reference = papers.next_reference(session, workspace_id=tenant, kind=kind, year=today.year)
    view = views.notice_view(
        sides,
        found,
        figures,
        reference=reference,
        today=today,
        deadline=deadline,
        with_interest=with_interest,
    )
    return Drafted(
        kind,
        reference,
        sides.language,
        figures.currency,
        figures.total_minor if with_interest else figures.principal_minor,
        pdf_of(formal_notice(view, sides.language)),
        deadline,
    )


def draft_statement(session: Session, actor: Actor, client_id: int, today: date) -> Drafted:
    """Return a statement of account; raise `NotFound` for a client nobody knows."""
    tenant = actor.workspace_id
    sides = views.both_sides(
        session, workspace_id=tenant, client_id=client_id, by_id=actor.person_id
    )
    view = views.statement_view(
        session, sides, workspace_id=tenant, client_id=client_id, today=today
    )
    kind = PaperKind.STATEMENT
    return Drafted(
        kind,
        papers.next_reference(session, workspace_id=tenant, kind=kind, year=today.year),
        sides.language,
        view.currency,
        sum(minor for *_, minor in view.items),
        pdf_of(statement(view, sides.language)),
    )


def _check_rates(missing: tuple[HalfYear, ...]) -> None:
    if missing:
        raise InvalidInput(
            f"There is no late-payment rate for {missing[0]}: enter it with"
            " `goodcop rates add`, or leave the interest out.",
            field="with_interest",
        )
