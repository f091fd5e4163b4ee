"""What the workspace itself knows of a company: its record with us, cover, grades, flags."""

from dataclasses import dataclass
from datetime import date

from bot.domain.search import normalise
from bot.domain.solvency.dossier import (
    Cover,
    Flag,
    OutsideGrade,
    OwnRecord,
    SourceAnswer,
    SourceName,
    SourceState,
)
from bot.domain.solvency.flags import live_flags
from storage import agency_files, insurer_covers, own_records, risk_flags
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """Our side of a dossier; a part nobody ever gave us is None or empty, and said so."""

    group_siren: str | None
    own_record: OwnRecord | None
    cover: Cover | None
    outside_grades: tuple[OutsideGrade, ...]
    flags: tuple[Flag, ...]
    sources: tuple[SourceAnswer, ...]


def own_facts(
    session: Session,
    *,
    workspace_id: int,
    siren: str,
    name: str,
    group_siren: str | None,
    today: date,
) -> OwnFacts:
    """Return what we know of a company; its group is the client file's, else a shareholders'."""
    group = group_siren or agency_files.find_parent(session, workspace_id=workspace_id, siren=siren)
    record = own_records.find_own_record(
        session, workspace_id=workspace_id, siren=siren, today=today
    )
    cover = insurer_covers.find_cover(session, workspace_id=workspace_id, siren=siren, today=today)
    grades = agency_files.list_grades(session, workspace_id=workspace_id, siren=siren)
    found = risk_flags.list_flags(
        session,
        workspace_id=workspace_id,
        siren=siren,
        group_siren=group,
        search_name=normalise(name),
        today=today,
    )
    flags = live_flags((_flag(line, siren, group) for line in found), today)
    return OwnFacts(group, record, cover, grades, flags, _sources(record, cover, grades, today))


def _flag(line: risk_flags.FlagLine, siren: str, group: str | None) -> Flag:
    """Say by which way a flag names the company: itself, its group, or its name alone."""
    of_group = line.siren != siren and bool(
        {line.siren, line.group_siren} & ({siren, group} - {None})
    )
    return Flag(
        siren=line.siren,
        reason=line.reason,
        author=line.author,
        flagged_on=line.flagged_on,
        expires_on=line.expires_on,
        by_group=of_group,
        by_name=line.siren != siren and not of_group,
    )


def _sources(
    record: OwnRecord | None,
    cover: Cover | None,
    grades: tuple[OutsideGrade, ...],
    today: date,
) -> tuple[SourceAnswer, ...]:
    graded = {grade.source for grade in grades}
    known = {
        SourceName.LEDGER: record is not None,
        SourceName.INSURER: cover is not None or SourceName.INSURER in graded,
        SourceName.AGENCY: SourceName.AGENCY in graded,
        SourceName.REGISTER: True,
    }
    return tuple(
        SourceAnswer(name, SourceState.ANSWERED if has else SourceState.NOTHING_KNOWN, today)
        for name, has in known.items()
    )
