from sqlalchemy import update

from bot.rendering import ids
from bot.services.workspaces.channels import ChannelService
from storage.schema import metadata
from tests.follow_up_rows import Clock
from tests.handlers.conftest import ANNE, CONFIG, FIONA, Stage
from tests.playground.conftest import button, client_of

ASKED = "CPUBLIC"


def refused(stage: Stage) -> None:
    """Have a public channel refused; Fiona is an administrator."""
    people = metadata.tables["person"]
    with stage.database.write() as uow:
        fiona = update(people).where(people.c.slack_user_id == FIONA)
        uow.session.execute(fiona.values(roles="finance,admin"))
        uow.commit()
    channels = ChannelService(stage.database, Clock())
    channels.may_post(stage.company.workspace_id, ASKED, ["public"])


async def post_consent(stage: Stage, action: str) -> str:
    """Post the button of a refused channel; return the message's ts."""
    blocks = [{"type": "actions", "elements": [button(action, ids.value(channel=ASKED))]}]
    client = client_of(stage.slack, CONFIG.bot_token)
    answer = await client.chat_postMessage(channel="CANNE", text="Canal", blocks=blocks)
    return str(answer["ts"])


async def test_an_administrator_consents_from_the_message(stage: Stage) -> None:
    refused(stage)
    await stage.slack.click(FIONA, await post_consent(stage, ids.CONSENT), ids.CONSENT)

    assert [row["consent_to"] for row in stage.rows("unsafe_channel")] == ["public"]


async def test_a_salesperson_cannot_consent(stage: Stage) -> None:
    refused(stage)
    await stage.slack.click(ANNE, await post_consent(stage, ids.CONSENT), ids.CONSENT)

    assert [row["consent_to"] for row in stage.rows("unsafe_channel")] == [""]


async def test_a_consent_is_taken_back_in_the_settings(stage: Stage) -> None:
    refused(stage)
    await stage.slack.click(FIONA, await post_consent(stage, ids.CONSENT), ids.CONSENT)
    window = await stage.open(FIONA, ids.SETTINGS)
    await stage.slack.click(FIONA, window["id"], ids.TAKE_CONSENT_BACK)

    assert [row["consent_to"] for row in stage.rows("unsafe_channel")] == [""]
    assert "Y écrire quand même" in str(stage.window(FIONA)["blocks"])
