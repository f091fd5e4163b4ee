"""Names that columns go by in French and English exports, and what they mean here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.errors import PermanentSourceError
from bot.sources import company_columns
from bot.sources.fec_header import plain

Columns = dict[str, tuple[str, ...]]

CLIENTS: Columns = {
    "code": (
        "code client, code tiers, n client, no client, numero client, compte client, compte, "
        "code compta, customer code, customer id, client id, client code, id client, reference",
    ),
    "name": (
        "nom, raison sociale, client, tiers, nom client, nom du client, societe, denomination, "
        "intitule, customer, customer name, client name, company, company name, libelle",
    ),
    "siren": ("siret, n siren, numero siren, siren siret",),
    "owner": (
        "commercial, vendeur, representant, responsable, responsable commercial, charge d affaires,"
        " sales rep, salesperson, sales person, account manager, mail commercial",
    ),
    "terms": (
        "conditions, conditions de paiement, condition de reglement, conditions de reglement, "
        "delai, delai de paiement, delai de reglement, mode de reglement, payment terms",
    ),
    "credit_limit": (
        "plafond, plafond de credit, limite de credit, limite credit, encours autorise, "
        "encours maximum, encours max, plafond encours, limit",
    ),
    "currency": ("devise, monnaie, code devise, currency code",),
    "phone": ("telephone, tel, mobile, portable, telephone fixe, phone number",),
    "email": ("mail, e mail, courriel, adresse mail, adresse e mail, email address",),
    "contact": ("interlocuteur, nom contact, nom du contact, contact name",),
    "function": ("fonction, service, poste, role, job title, position",),
    "parent_siren": ("siren parent, siren groupe, siren maison mere, siren mere, group siren",),
    "kind": ("type, type client, nature, categorie, type de client, account type",),
    "town": ("ville, commune, city, localite",),
    "retention_of_title": (
        "reserve de propriete, clause de reserve de propriete, crp, title retention",
    ),
    "late_rate": (
        "taux de penalites, taux de penalite, taux penalites, penalites de retard, "
        "taux de penalites de retard, taux de retard, late payment rate, late interest rate",
    ),
    "margin": ("marge, taux de marge, marge brute, marge commerciale, margin rate, gross margin",),
}
OPEN_ITEMS: Columns = {
    "client_code": (
        "code client, code tiers, compte, compte client, compte auxiliaire, n client, code, "
        "numero client, compauxnum, customer code, customer id",
    ),
    "client_name": (
        "client, tiers, raison sociale, nom, nom client, nom du client, nom tiers, intitule, "
        "societe, customer, customer name, company, name, contact, compauxlib",
    ),
    "number": (
        "numero, n facture, no facture, numero facture, numero de facture, facture, piece, "
        "n piece, no piece, numero piece, numero de piece, reference, ref, num, invoice, "
        "invoice number, invoice no, document number, doc number, pieceref",
    ),
    "issued_on": (
        "date, date facture, date de facture, date de la facture, date piece, date de piece, "
        "date d emission, date emission, issue date, invoice date, document date, piecedate",
    ),
    "due_on": (
        "echeance, date echeance, date d echeance, date de l echeance, due date, due, "
        "date limite de paiement, due on",
    ),
    "amount": (
        "montant, montant ttc, ttc, total ttc, total, montant facture, montant initial, "
        "invoice amount, original amount, total amount",
    ),
    "open_amount": (
        "reste du, reste a payer, restant du, solde, solde du, montant du, reste a regler, "
        "solde ttc, montant ouvert, open balance, balance, balance due, amount due, outstanding",
    ),
    "paid_amount": ("regle, paye, montant regle, montant paye, deja regle, paid, amount paid",),
    "currency": ("devise, monnaie, code devise, currency code",),
    "type": ("nature, type piece, type de piece, type document, transaction type, document type",),
    "siren": ("siret, n siren, numero siren",),
}
PEOPLE: Columns = {
    "email": ("mail, e mail, courriel, adresse mail, adresse e mail, email address",),
    "slack_user_id": ("slack, slack id, id slack, identifiant slack, slack user, user id",),
    "name": ("nom, nom complet, prenom nom, full name, personne",),
    "roles": ("role, fonction, profil",),
    "channel": ("canal, salon, canal slack, slack channel",),
    "manager": ("responsable, chef, superieur, manager email, n 1",),
}
# The kinds an import tells apart by itself; the others are named by their own command.
DETECTED: dict[str, Columns] = {"open_items": OPEN_ITEMS, "people": PEOPLE, "clients": CLIENTS}
KINDS: dict[str, Columns] = DETECTED | company_columns.KINDS
COMPANY_FILES = ("insurers", "grades", "links")
# Each kind needs one of each of these.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "clients": (("code",),),
    "people": (("email", "slack_user_id"),),
    "open_items": (
        ("client_code", "client_name"),
        ("issued_on",),
        ("amount", "open_amount"),
    ),
} | company_columns.NEEDED


@dataclass(frozen=True, slots=True)
class Mapped:
    """Where each canonical column stands, and the headers that mean nothing here."""

    at: dict[str, int]
    headers: tuple[str, ...]

    @property
    def names(self) -> dict[str, str]:
        """Return canonical column -> header of the file."""
        return {column: self.headers[place] for column, place in self.at.items()}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Return the file's headers that no column took."""
        taken = set(self.at.values())
        return tuple(name for place, name in enumerate(self.headers) if place not in taken and name)


def _synonyms(columns: Columns) -> dict[str, str]:
    names = {plain(column): column for column in columns}
    for column, lists in columns.items():
        for name in ",".join(lists).split(","):
            names.setdefault(plain(name), column)
    return names


_SYNONYMS = {kind: _synonyms(columns) for kind, columns in KINDS.items()}


def guess(kind: str, headers: Sequence[str]) -> Mapped:
    """Return the columns recognised by name; an exact canonical name goes first."""
    synonyms = _SYNONYMS[kind]
    at: dict[str, int] = {}
    cleaned = [plain(header) for header in headers]
    for column in KINDS[kind]:
        if plain(column) in cleaned:
            at[column] = cleaned.index(plain(column))
    for place, name in enumerate(cleaned):
        found = synonyms.get(name)
        if found and found not in at and place not in at.values():
            at[found] = place
    return Mapped(at, tuple(header.strip() for header in headers))


def override(kind: str, headers: Sequence[str], mapping: Mapping[str, str]) -> Mapped:
    """Return the guess corrected by `mapping` (canonical column -> header, empty for none).

    Raises PermanentSourceError `bad_mapping` for an unknown column or an absent header.
    """
    guessed = guess(kind, headers)
    at = dict(guessed.at)
    cleaned = [plain(header) for header in headers]
    for column, header in mapping.items():
        if column not in KINDS[kind]:
            raise PermanentSourceError(f"There is no column {column}.", code="bad_mapping")
        if not header:
            at.pop(column, None)
            continue
        if plain(header) not in cleaned:
            raise PermanentSourceError(f"The file has no column {header}.", code="bad_mapping")
        place = cleaned.index(plain(header))
        at = {other: where for other, where in at.items() if where != place}
        at[column] = place
    return Mapped(at, guessed.headers)


def lacking(kind: str, mapped: Mapped) -> list[str]:
    """Return the columns that a file of this kind must have and this one has not."""
    return [
        " or ".join(choice)
        for choice in NEEDED[kind]
        if not any(column in mapped.at for column in choice)
    ]
