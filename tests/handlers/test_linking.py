"""Finance says which company a client without a SIREN is, in a window or beside `/solvency`."""

from dataclasses import asdict

from sqlalchemy import update

from bot.demo.ledger import siren_for
from bot.domain.solvency.linking import Evidence, NameMatch, TownMatch
from bot.rendering import ids
from storage import siren_links
from storage.schema import metadata
from tests.handlers.conftest import ANNE, CHANNEL, FIONA, Stage
from tests.handlers.test_prospects import home_id
from tests.handlers.test_solvency import shown_in_window
from tests.services.solvency.open_data_desk import REGISTER

SIREN = siren_for("C0412")


def suggest(stage: Stage) -> str:
    """Suggest a company for the client; return what the button carries."""
    company = stage.company
    with stage.database.write() as work:
        siren_links.add_link(
            work.session,
            workspace_id=company.workspace_id,
            client_id=company.client_id,
            siren=SIREN,
            name="MENUISERIE ROY",
            evidence=asdict(Evidence(NameMatch.SAME, TownMatch.UNKNOWN, is_active=True)),
        )
        work.commit()
    return ids.value(client_id=company.client_id, siren=SIREN)


def siren_of_client(stage: Stage) -> object:
    return stage.rows("client")[0]["siren"]


async def test_finance_links_from_home_and_the_page_follows(stage: Stage) -> None:
    suggest(stage)
    await stage.slack.click(FIONA, await home_id(stage, FIONA), ids.LINKS)
    await stage.slack.click(FIONA, stage.window(FIONA)["id"], ids.LINK)

    assert siren_of_client(stage) == SIREN
    assert "Aucun client n’attend" in str(stage.window(FIONA))
    assert "Rattacher à un SIREN" not in str(stage.slack.home_of(FIONA))


async def test_the_settings_lead_to_the_clients_that_wait(stage: Stage) -> None:
    suggest(stage)
    await stage.slack.type_command(FIONA, CHANNEL, "/goodcop réglages")
    await stage.slack.click(FIONA, stage.window(FIONA)["id"], ids.LINKS)

    assert stage.window(FIONA)["callback_id"] == ids.LINKS_VIEW


async def test_none_of_them_is_kept(stage: Stage) -> None:
    suggest(stage)
    await stage.slack.click(FIONA, await home_id(stage, FIONA), ids.LINKS)
    await stage.slack.click(FIONA, stage.window(FIONA)["id"], ids.LINK_NONE)

    assert siren_of_client(stage) is None
    assert [row["state"] for row in stage.rows("siren_link")] == ["rejected"]


async def test_a_salesperson_is_not_shown_them(stage: Stage) -> None:
    suggest(stage)
    await stage.slack.click(ANNE, await stage.post(ids.LINKS), ids.LINKS)

    assert stage.slack.modal_of(ANNE) is None
    assert stage.said_to(ANNE)


def rename_client(stage: Stage) -> None:
    """Call the client as a company of the register."""
    named = REGISTER.companies[SIREN].name
    client = metadata.tables["client"]
    with stage.database.write() as work:
        work.session.execute(update(client).values(name=named))
        work.commit()


async def test_finance_links_beside_the_answer_about_a_client(stage: Stage) -> None:
    rename_client(stage)
    await stage.slack.type_command(FIONA, CHANNEL, "/solvency C0412")
    await shown_in_window(stage, FIONA, "Rattacher le client")
    await stage.slack.click(FIONA, stage.window(FIONA)["id"], ids.LINK)

    assert siren_of_client(stage) == SIREN
    assert "a maintenant le SIREN" in str(stage.window(FIONA))


async def test_a_salesperson_only_chooses(stage: Stage) -> None:
    rename_client(stage)
    await stage.slack.type_command(ANNE, CHANNEL, "/solvency C0412")

    assert "Rattacher" not in await shown_in_window(stage, ANNE, "Celle-ci")
