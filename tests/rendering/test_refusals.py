"""Why something was not done, in the reader's words."""

import pytest

from bot.domain.errors import (
    Conflict,
    GoodcopError,
    InvalidInput,
    NotAllowed,
    NotFound,
    SourceError,
    TryAgain,
)
from bot.domain.follow_ups import AlreadyHandled
from bot.rendering.refusals import already_handled, channel_refused, field_errors, refusal
from tests.rendering.views import FAMILIAR, FRENCH


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            AlreadyHandled("Fiona", "2026-11-24T09:42:00+00:00"),
            "Déjà traité par Fiona le 24 novembre à 10 h 42.",
        ),
        (AlreadyHandled("Fiona", "?"), "Déjà traité par Fiona."),
        (TryAgain("busy"), "Rien n’a été enregistré : la base était occupée. Réessayez."),
        (NotFound("client"), "Introuvable : supprimé ou remplacé depuis."),
        (
            Conflict("Only the last import can be undone.", code="not_the_last"),
            "Seul le dernier import peut être annulé.",
        ),
        (SourceError("The file is empty."), "Le fichier est vide."),
        (Conflict("closed"), "La situation a changé entre-temps : rien à faire."),
        (InvalidInput("Give a reason."), "Indiquez un motif."),
        (InvalidInput("<no words> for this"), "&lt;no words&gt; for this"),
    ],
)
def test_a_refusal_says_why(error: GoodcopError, said: str) -> None:
    assert refusal(error, FRENCH).text.replace("\u00a0", " ") == said


def test_who_may_not_is_told_whom_to_ask() -> None:
    said = refusal(NotAllowed("not_allowed"), FAMILIAR).text
    assert said.endswith("Vois avec la personne qui suit ce client, ou avec la compta.")


def test_an_error_nobody_foresaw_has_a_reference() -> None:
    assert "Citez source" in refusal(SourceError("x"), FRENCH).text


def test_an_answer_whose_hour_is_unknown_names_who_gave_it() -> None:
    assert already_handled("Fiona", None, FRENCH).text == "Déjà traité par Fiona."


def test_fields_to_mend_are_said_in_the_readers_manners() -> None:
    errors = {"promised_on": "Enter a date from today on.", "other": "As it came."}
    assert field_errors(errors, FAMILIAR) == {
        "promised_on": "Indique une date à partir d’aujourd’hui.",
        "other": "As it came.",
    }


def test_figures_in_a_field_error_are_kept() -> None:
    errors = {"until": "Enter a date within 14 days."}
    assert field_errors(errors, FRENCH) == {"until": "Indiquez une date dans les 14 jours."}


@pytest.mark.parametrize(
    "trouble", ["not_found", "archived", "not_member", "public", "shared", "guests"]
)
def test_a_refused_channel_is_named_with_how_to_mend_it(trouble: str) -> None:
    assert "<#C0ANNE>" in channel_refused(trouble, "C0ANNE", FRENCH).text


def test_what_is_no_channel_id_is_only_shown() -> None:
    assert "&lt;!here&gt;" in channel_refused("public", "<!here>", FRENCH).text
