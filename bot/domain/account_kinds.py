"""What a client account really is, by the evidence of its name: proposed, never imposed."""

import re
import unicodedata

from bot.domain.ledger import ClientKind

_WORD = re.compile(r"[a-z]+")
_LONGEST = 200
_SMALL = frozenset({"de", "des", "du", "d", "et", "le", "la", "les", "en", "par", "a", "au", "l"})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TILL = _words(
    "cb carte cartes bancaire bancaires bleue espece especes esp caisse caisses"
    " comptoir cheque cheques chq recette recettes virement virements tpe amex ticket"
    " tickets"
)
_TILL_FRAME = _words(
    "vente ventes remise remises jour journaliere journalieres restaurant magasin"
    " boutique encaissement encaissements reglement reglements centrale"
)
_COLLECTIVE = _words(
    "divers diverse diverses comptoir passage attente occasionnel occasionnels"
    " particulier particuliers"
)
_COLLECTIVE_FRAME = _words("client clients compte comptes france export")
_INTRA_GROUP = re.compile(r"\b(?:intra ?groupe|inter ?co(?:mpany)?|intercompagnies?|intragroup)\b")
_STAFF = re.compile(
    r"\b(?:salaries?|(?:ventes?|clients?) (?:au )?personnel|personnel de l entreprise|staff)\b"
)
_DOUBTFUL = re.compile(r"\b(?:douteux|litigieux|doubtful)\b")


def propose_kind(name: str, account_label: str = "") -> ClientKind:
    """Return what a name says the account is; the whole name must say it.

    "Caisse" is a till, "Caisse d'Epargne" a client.
    """
    text = _plain(name)
    both = f"{text} {_plain(account_label)}"
    if _INTRA_GROUP.search(both):
        return ClientKind.INTRA_GROUP
    if _STAFF.search(both):
        return ClientKind.STAFF
    if _DOUBTFUL.search(both):
        return ClientKind.DOUBTFUL
    words = set(_WORD.findall(text)) - _SMALL
    if words & _COLLECTIVE and words <= _COLLECTIVE | _COLLECTIVE_FRAME and len(words) > 1:
        return ClientKind.COLLECTIVE
    if words & _TILL and words <= _TILL | _TILL_FRAME:
        return ClientKind.TILL
    if words and words <= _COLLECTIVE:
        return ClientKind.COLLECTIVE
    return ClientKind.ORDINARY


def _plain(text: str) -> str:
    """Return words in small letters without accents, one space between them."""
    decomposed = unicodedata.normalize("NFKD", text[:_LONGEST].casefold())
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"[\u0300-\u036f]", "", decomposed)).strip()
