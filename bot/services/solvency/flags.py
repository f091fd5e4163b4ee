"""The register of doubtful payers, and the companies a person follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Actor
from bot.domain.errors import NotAllowed
from bot.domain.search import normalise
from bot.domain.solvency import flags as rules
from bot.domain.solvency.flags import FlagForm
from bot.services.journal.writing import write_action
from bot.services.solvency.assessing import solvency_policy
from bot.services.solvency.kept_dossiers import kept_dossier
from bot.services.solvency.ratings import rate_again
from bot.services.solvency.targets import company_name, of_siren
from storage import agency_files, own_records, risk_flags, watches
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class FlagService:
    """Puts companies into the register and takes them out; follows prospects."""

    database: Database
    clock: Callable[[], datetime]

    def flag(self, actor: Actor, siren: str, form: FlagForm, *, today: date) -> None:
        """Flag a company, for a reason and a limited time; a sole trader's is erased at its end.

        Raises NotAllowed for somebody without a role, InvalidForm naming the fields to mend.
        """
        if not actor.roles:
            raise NotAllowed("not_allowed")
        tenant, now = actor.workspace_id, self.clock()
        with self.database.write(interactive=True) as work:
            session = work.session
            made = rules.flag(actor, siren, form, solvency_policy(session, tenant), today)
            name, is_person = _named(session, tenant, siren, now)
            risk_flags.add_flag(
                session,
                workspace_id=tenant,
                siren=siren,
                name=name,
                search_name=normalise(name),
                group_siren=_group(session, tenant, siren),
                is_person=is_person,
                reason=made.reason,
                by_id=actor.person_id,
                flagged_on=made.flagged_on,
                expires_on=made.expires_on,
            )
            _write(session, actor, "company_flagged", siren, now, is_person=is_person)
            work.commit()

    def lift(self, actor: Actor, siren: str) -> bool:
        """Take a company out of the register; return False when it was not in it."""
        if not rules.may_lift(actor, None):
            raise NotAllowed("not_allowed")
        now = self.clock()
        with self.database.write(interactive=True) as work:
            lifted = risk_flags.lift_flags(
                work.session, workspace_id=actor.workspace_id, siren=siren, at=now
            )
            if lifted:
                _, is_person = _named(work.session, actor.workspace_id, siren, now)
                _write(work.session, actor, "flag_lifted", siren, now, is_person=is_person)
            work.commit()
        if lifted:
            rate_again(self.database, actor.workspace_id, siren, now.date(), now)
        return lifted > 0

    def erase_persons(self, workspace_id: int, today: date) -> int:
        """Erase for good the flags on sole traders that are over, lifted or paid."""
        with self.database.write() as work:
            session = work.session
            named = risk_flags.list_persons_flagged(session, workspace_id=workspace_id)
            settled = [
                siren for siren in named if _owes_nothing(session, workspace_id, siren, today)
            ]
            erased = risk_flags.erase_flags_of_persons(
                session, workspace_id=workspace_id, today=today, settled_sirens=tuple(settled)
            )
            work.commit()
        return erased

    def watch(self, actor: Actor, siren: str) -> bool:
        """Follow a company; return False when the person already does."""
        if actor.person_id is None or not actor.roles:
            raise NotAllowed("not_allowed")
        now = self.clock()
        with self.database.write(interactive=True) as work:
            name, is_person = _named(work.session, actor.workspace_id, siren, now)
            added = watches.watch(
                work.session,
                workspace_id=actor.workspace_id,
                siren=siren,
                name=name,
                person_id=actor.person_id,
                at=now,
            )
            if added:
                _write(work.session, actor, "company_followed", siren, now, is_person=is_person)
            work.commit()
        return added

    def unwatch(self, actor: Actor, siren: str) -> bool:
        """Stop following a company; return False when the person did not."""
        if actor.person_id is None:
            raise NotAllowed("not_allowed")
        now = self.clock()
        with self.database.write(interactive=True) as work:
            gone = watches.unwatch(
                work.session,
                workspace_id=actor.workspace_id,
                siren=siren,
                person_id=actor.person_id,
            )
            if gone:
                _, is_person = _named(work.session, actor.workspace_id, siren, now)
                _write(work.session, actor, "company_unfollowed", siren, now, is_person=is_person)
            work.commit()
        return gone


def _write(
    session: Session, actor: Actor, kind: str, siren: str, now: datetime, *, is_person: bool
) -> None:
    """Write into the journal, which keeps for ever: a sole trader, whom a flag forgets, unnamed."""
    body = {} if is_person else {"siren": siren}
    write_action(session, actor, kind, now, body)


def _named(session: Session, tenant: int, siren: str, now: datetime) -> tuple[str, bool]:
    """Return a company's name, and whether it is a person: a sole trader or a masked one."""
    company = kept_dossier(session, tenant, siren, now).company
    name = company_name(of_siren(session, tenant, siren), company)
    return name, company is not None and (company.is_sole_trader or company.is_masked)


def _group(session: Session, tenant: int, siren: str) -> str | None:
    known = of_siren(session, tenant, siren).group_siren
    return known or agency_files.find_parent(session, workspace_id=tenant, siren=siren)


def _owes_nothing(session: Session, tenant: int, siren: str, today: date) -> bool:
    """Say whether a client of ours has paid all of it; of a stranger we know nothing."""
    record = own_records.find_own_record(session, workspace_id=tenant, siren=siren, today=today)
    return record is not None and record.open_minor <= 0
