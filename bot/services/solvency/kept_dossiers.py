"""A company's open-data dossier from kept answers alone: nobody is asked."""

from datetime import datetime

from bot.domain.solvency.dossier import Dossier
from bot.services.solvency.parts import asked_slots, dossier_of, sector_key, sector_name
from bot.services.solvency.shelf import Kept, Slot, load_kept
from storage.sessions import Session


def kept_dossier(session: Session, workspace_id: int, siren: str, now: datetime) -> Dossier:
    """Return what is kept of a company, stale answers named as such; in the caller's session."""
    slots = asked_slots(with_sirene=True)
    kept: dict[Slot, Kept] = load_kept(session, workspace_id, [(slot, siren) for slot in slots])
    wanted = sector_key(kept)
    if wanted:
        kept |= load_kept(session, workspace_id, [(Slot.SECTORS, sector_name(*wanted))])
    asked = slots if Slot.SIRENE in kept else asked_slots(with_sirene=False)
    return dossier_of(siren, kept, asked, now)
