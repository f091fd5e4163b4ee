"""An account's name says what it is, when the whole name says it."""

import pytest

from bot.domain.account_kinds import propose_kind
from bot.domain.ledger import ClientKind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Caisse", ClientKind.TILL),
        ("Recettes CB", ClientKind.TILL),
        ("Caisse d'Epargne", ClientKind.ORDINARY),
        ("Clients divers", ClientKind.COLLECTIVE),
        ("Divers", ClientKind.COLLECTIVE),
        ("Facturation intragroupe", ClientKind.INTRA_GROUP),
        ("Ventes au personnel", ClientKind.STAFF),
        ("Clients douteux", ClientKind.DOUBTFUL),
        ("Menuiserie Lemoine", ClientKind.ORDINARY),
        ("", ClientKind.ORDINARY),
    ],
)
def test_a_name_proposes_a_kind(name: str, kind: ClientKind) -> None:
    assert propose_kind(name) is kind
