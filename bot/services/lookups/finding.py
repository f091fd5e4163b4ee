"""Which one client a person means, of those they may see; several near ones stay a choice."""

from dataclasses import dataclass

from bot.domain.actors import Action, Actor, may
from bot.domain.errors import NotFound
from bot.domain.search import Query
from bot.services.lookups.name_index import BEGINS
from bot.services.lookups.names import Names
from storage import names
from storage.sessions import Session

MOST_CHOICES = 10


@dataclass(frozen=True, slots=True)
class One:
    """The client meant."""

    client_id: int


@dataclass(frozen=True, slots=True)
class Several:
    """The clients that may be meant, best first, with a score out of 100; none when nothing is."""

    choices: tuple[tuple[names.ChoiceRow, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OthersOnly:
    """Only clients this person may not see; `client_id` is one when they have one owner."""

    client_id: int | None


Found = One | Several | OthersOnly


def find_settings(session: Session, *, workspace_id: int) -> names.SearchSettings:
    """Return the workspace's settings; raise `NotFound` when there is no such workspace."""
    settings = names.find_settings(session, workspace_id=workspace_id)
    if settings is None:
        raise NotFound("no such workspace")
    return settings


def list_suggested(
    session: Session, known: Names, actor: Actor, query: Query, settings: names.SearchSettings
) -> list[names.ChoiceRow]:
    """Return the clients `query` may mean that `actor` may write about, best first."""
    match = known.match(
        session, query, workspace_id=actor.workspace_id, names_version=settings.names_version
    )
    ids = [hit.client_id for hit in match.hits]
    return writable(session, actor, ids)


def writable(session: Session, actor: Actor, client_ids: list[int]) -> list[names.ChoiceRow]:
    """Return those of these clients that `actor` may write about, in the same order."""
    tenant = actor.workspace_id
    rows = names.list_choices(session, workspace_id=tenant, client_ids=client_ids)
    found = (rows[id] for id in client_ids if id in rows)
    return [row for row in found if may(actor, Action.NOTE, owner_id=row.owner_id)]


def find_client(
    session: Session, known: Names, actor: Actor, query: Query, settings: names.SearchSettings
) -> Found:
    """Return whom `query` means for `actor`.

    Near names of clients the person may not see are not shown: of several that begin as typed,
    the only one of theirs is the one meant; one that merely resembles stays a choice.
    """
    workspace_id = actor.workspace_id
    match = known.match(
        session, query, workspace_id=workspace_id, names_version=settings.names_version
    )
    if match.sure:
        return One(match.hits[0].client_id)
    rows = names.list_choices(
        session, workspace_id=workspace_id, client_ids=[hit.client_id for hit in match.hits]
    )
    choices = [(rows[hit.client_id], hit.score) for hit in match.hits if hit.client_id in rows]
    if settings.sales_see_totals or not choices:
        return Several(tuple(choices[:MOST_CHOICES]))
    own = [(row, score) for row, score in choices if may(actor, Action.SEE, owner_id=row.owner_id)]
    if not own:
        owners = {row.owner_id for row, _ in choices}
        return OthersOnly(choices[0][0].client_id if len(owners) == 1 else None)
    if len(own) == 1 and own[0][1] >= BEGINS:
        return One(own[0][0].client_id)
    return Several(tuple(own[:MOST_CHOICES]))
