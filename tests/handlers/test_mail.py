"""An e-mail nobody is sure of, settled by a click in Slack."""

import pytest

from bot.domain.mailing import EmailState
from bot.rendering import ids
from storage import emails
from storage.tables.mail import Email
from tests.follow_up_rows import AT_TEN
from tests.handlers.conftest import ANNE, CHANNEL, CONFIG, KARIM, Stage
from tests.playground.conftest import button, client_of


@pytest.fixture
def email_id(stage: Stage) -> int:
    """An e-mail to the client, in Anne's voice, that may have arrived."""
    company = stage.company
    with stage.database.write() as uow:
        made = emails.queue(
            uow.session,
            workspace_id=company.workspace_id,
            key="note:1",
            kind="none",
            client_id=company.client_id,
            contact_id=None,
            to="compta@client.example",
            person_id=None,
            now=AT_TEN,
        )
        assert made is not None
        row = uow.session.get_one(Email, (company.workspace_id, made))
        row.state = EmailState.UNKNOWN.value
        uow.session.add(row)
        uow.commit()
    return made


async def press(stage: Stage, user: str, action: str, email_id: int) -> None:
    """Press a button about the e-mail in the client's channel."""
    elements = [button(action, ids.value(email_id=email_id))]
    answer = await client_of(stage.slack, CONFIG.bot_token).chat_postMessage(
        channel=CHANNEL, text="E-mail", blocks=[{"type": "actions", "elements": elements}]
    )
    await stage.slack.click(user, str(answer["ts"]), action)


def state(stage: Stage) -> str:
    """Return where the e-mail stands."""
    return str(stage.rows("email")[0]["state"])


async def test_who_knows_that_it_arrived_says_so(stage: Stage, email_id: int) -> None:
    await press(stage, ANNE, ids.EMAIL_ARRIVED, email_id)
    assert state(stage) == "sent"


async def test_it_leaves_again_when_asked_and_delivery_is_woken(
    stage: Stage, email_id: int
) -> None:
    await press(stage, ANNE, ids.EMAIL_AGAIN, email_id)
    assert (state(stage), len(stage.wakes)) == ("pending", 1)


async def test_a_second_press_says_that_it_is_settled(stage: Stage, email_id: int) -> None:
    await press(stage, ANNE, ids.EMAIL_ARRIVED, email_id)
    await press(stage, ANNE, ids.EMAIL_AGAIN, email_id)
    assert (state(stage), "déjà réglé" in stage.said_to(ANNE)) == ("sent", True)


async def test_a_salesperson_does_not_settle_somebody_else_s(stage: Stage, email_id: int) -> None:
    await press(stage, KARIM, ids.EMAIL_ARRIVED, email_id)
    assert state(stage) == "unknown"
