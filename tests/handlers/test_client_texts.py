"""Texts to clients in Slack: listed, refused at their field, kept, tried, set back."""

import pytest

from bot.playground.choices import Entered
from bot.rendering import ids, text_ids
from bot.rendering.client_writing import ClientText
from bot.services.mail.texts import TextService
from tests.follow_up_rows import Clock
from tests.handlers.conftest import ANNE, FIONA, Stage
from tests.handlers.test_scenarios import press

PLACE = {"key": "reminder_1", "language": "fr"}


def kept(stage: Stage) -> ClientText:
    """Return the text in force."""
    service = TextService(stage.database, Clock())
    return service.show(stage.company.workspace_id, "reminder_1", "fr").text


async def opened(stage: Stage, version: int = 0) -> str:
    """Open the first reminder; return the window's id."""
    await press(stage, FIONA, text_ids.CLIENT_TEXT, **PLACE, version=version)
    return str(stage.window(FIONA)["id"])


async def save(stage: Stage, **values: Entered) -> dict[str, str]:
    """Submit the first reminder with other values; return what is refused."""
    answer = await stage.slack.submit(FIONA, await opened(stage), values)
    return dict(answer.body.get("errors", {})) if answer.body else {}


async def test_the_list_names_every_text_in_both_languages(stage: Stage) -> None:
    await press(stage, FIONA, text_ids.CLIENT_TEXTS)
    shown = str(stage.window(FIONA)["blocks"])
    assert "Première relance" in shown
    assert shown.count("texte d’origine") == 16


async def test_a_changed_text_is_in_force(stage: Stage) -> None:
    assert await save(stage, subject="Rappel", body="Bonjour {{ contact }}") == {}
    assert kept(stage) == ClientText("Rappel", "Bonjour {{ contact }}\n")


@pytest.mark.parametrize(
    ("field", "typed"), [("subject", "{{ secret }}"), ("body", "{{ items.__class__ }}")]
)
async def test_what_a_text_may_not_hold_is_said_at_its_field(
    stage: Stage, field: str, typed: str
) -> None:
    before = kept(stage)
    assert list(await save(stage, **{field: typed})) == [field]
    assert kept(stage) == before


async def test_who_comes_second_keeps_their_words_and_is_told(stage: Stage) -> None:
    window = await opened(stage)
    fiona = stage.company.fiona
    mine = ClientText("Le mien", "Bonjour\n")
    TextService(stage.database, Clock()).set(fiona, "reminder_1", "fr", mine)
    answer = await stage.slack.submit(FIONA, window, {"subject": "Le second"})
    assert "entre-temps" in str(answer.body["errors"])
    assert kept(stage) == mine


async def test_what_is_typed_is_tried_on_a_client_and_not_kept(stage: Stage) -> None:
    window, before = await opened(stage), kept(stage)
    [client] = stage.rows("client")
    await stage.slack.suggest(FIONA, window, ids.CLIENT, client["name"])
    await stage.slack.click(FIONA, window, ids.CLIENT, str(client["id"]))
    await stage.slack.click(FIONA, window, ids.SUBJECT, "Essai {{ client }}")
    await stage.slack.click(FIONA, window, text_ids.TRY_TEXT)
    assert f"Essai {client['name']}" in str(stage.window(FIONA)["blocks"])
    assert kept(stage) == before


async def test_a_try_does_not_hide_that_somebody_wrote_meanwhile(stage: Stage) -> None:
    window = await opened(stage)
    mine = ClientText("Le mien", "Bonjour\n")
    texts = TextService(stage.database, Clock())
    texts.set(stage.company.fiona, "reminder_1", "fr", mine)
    await stage.slack.click(FIONA, window, text_ids.TRY_TEXT)
    answer = await stage.slack.submit(FIONA, window, {"subject": "Le second"})
    assert "entre-temps" in str(answer.body["errors"])


async def test_a_try_without_a_client_asks_for_one(stage: Stage) -> None:
    window = await opened(stage)
    await stage.slack.click(FIONA, window, text_ids.TRY_TEXT)
    assert "le client pour l’essayer" in str(stage.window(FIONA)["blocks"])


async def test_the_houses_own_text_comes_back(stage: Stage) -> None:
    house = kept(stage)
    await save(stage, subject="Rappel")
    await stage.slack.click(FIONA, await opened(stage, 1), text_ids.HOUSE_TEXT)
    assert kept(stage) == house


async def test_a_salesperson_opens_no_text(stage: Stage) -> None:
    await press(stage, ANNE, text_ids.CLIENT_TEXTS)
    assert stage.slack.modal_of(ANNE) is None
