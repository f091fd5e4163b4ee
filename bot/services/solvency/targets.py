"""Which company a question means: a number is sure, a client of ours too; a name is a choice."""

from dataclasses import dataclass

from bot.domain.actors import Actor
from bot.domain.search import Query, read_query
from bot.domain.solvency.dossier import Company
from bot.rendering.solvency_views import CompanyChoiceView
from bot.services.lookups.finding import MOST_CHOICES, find_settings
from bot.services.lookups.name_index import EXACT
from bot.services.lookups.names import Names
from storage import client_targets
from storage.client_targets import ClientTarget
from storage.names import SearchSettings
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Target:
    """The company meant, and our account of it when it is a client."""

    siren: str
    name: str = ""
    town: str = ""
    client_id: int | None = None
    code: str = ""
    owner_id: int | None = None
    group_siren: str | None = None


def company_name(target: Target, registered: Company | None) -> str:
    """Return what a company is called: by our books, else by the register, else its number."""
    return target.name or (registered.name if registered else "") or target.siren


@dataclass(frozen=True, slots=True)
class ByName:
    """Only a name was given: our own clients near it; the register is to be searched for `name`.

    `client_id` is the client meant for sure, which has no SIREN.
    """

    shown: str
    name: str
    clients: tuple[CompanyChoiceView, ...] = ()
    client_id: int | None = None


def find_target(session: Session, names: Names, actor: Actor, text: str) -> Target | ByName:
    """Return the company `text` means. A client without a SIREN leads to a search by its name."""
    query = read_query(text)
    if query.siren:
        return of_siren(session, actor.workspace_id, query.siren)
    settings = find_settings(session, workspace_id=actor.workspace_id)
    found = _clients(session, names, actor, query, settings)
    if isinstance(found, ClientTarget) and found.siren:
        return _target(found, found.siren)
    if isinstance(found, ClientTarget):
        return ByName(query.shown, found.name, (_choice(found),), found.client_id)
    return ByName(query.shown, query.shown, tuple(_choice(client) for client in found))


def of_siren(session: Session, workspace_id: int, siren: str) -> Target:
    """Return a company by its SIREN, with our account of it when there is one."""
    client = client_targets.find_by_siren(session, workspace_id=workspace_id, siren=siren)
    return Target(siren) if client is None else _target(client, siren)


def of_client(session: Session, workspace_id: int, client_id: int) -> Target | ByName | None:
    """Return a client's company; without a SIREN it has to be searched by its name."""
    found = client_targets.list_targets(session, workspace_id=workspace_id, ids=[client_id])
    if not found:
        return None
    client = found[0]
    if client.siren:
        return _target(client, client.siren)
    return ByName(client.name, client.name, (_choice(client),), client.client_id)


def _clients(
    session: Session, names: Names, actor: Actor, query: Query, settings: SearchSettings
) -> ClientTarget | tuple[ClientTarget, ...]:
    """Return the one client named exactly, else those near it; what they owe is not shown here.

    A beginning or a near spelling stays a choice: the register may know others of that name.
    """
    tenant = actor.workspace_id
    match = names.match(session, query, workspace_id=tenant, names_version=settings.names_version)
    ids = [hit.client_id for hit in match.hits[:MOST_CHOICES]]
    near = client_targets.list_targets(session, workspace_id=tenant, ids=ids)
    exactly = match.sure and bool(near) and match.hits[0].score >= EXACT
    return near[0] if exactly else near


def _target(client: ClientTarget, siren: str) -> Target:
    return Target(
        siren,
        client.name,
        client.town,
        client.client_id,
        client.code,
        client.owner_id,
        client.group_siren,
    )


def _choice(client: ClientTarget) -> CompanyChoiceView:
    return CompanyChoiceView(
        client.name, client.siren or "", client.town, 100, client.client_id, client.code
    )
