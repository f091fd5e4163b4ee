from bot.rendering import ids
from tests.handlers.conftest import ANNE, CHANNEL, FIONA, Stage


async def test_finance_keeps_a_client_out_of_alerts(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.MUTE)
    answer = await stage.slack.submit(FIONA, window["id"], {ids.REASON: "procès"})

    assert answer.ok
    (client,) = stage.rows("client")
    assert client["muted_until"] is not None
    assert "procès" not in str(client)


async def test_salesperson_is_not_shown_the_window(stage: Stage) -> None:
    await stage.slack.click(ANNE, await stage.post(ids.MUTE), ids.MUTE)

    assert stage.said_to(ANNE)
    assert [row["muted_until"] for row in stage.rows("client")] == [None]


async def test_an_end_too_far_keeps_the_window_with_its_error(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.MUTE)
    typed = {ids.UNTIL: "2029-01-01", ids.REASON: "procès"}
    await stage.slack.submit(FIONA, window["id"], {**typed})

    assert list(stage.window(FIONA)["errors"]) == [ids.UNTIL]


async def test_a_client_is_put_back_with_one_click(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.MUTE)
    await stage.slack.submit(FIONA, window["id"], {ids.REASON: "procès"})
    await stage.slack.click(FIONA, await stage.post(ids.UNMUTE), ids.UNMUTE)

    assert [row["muted_until"] for row in stage.rows("client")] == [None]
    assert [row["kind"] for row in stage.rows("event")] == ["muted", "unmuted"]
    assert stage.said_to(FIONA) == "Enregistré."


async def test_the_balance_offers_it_to_finance_alone(stage: Stage) -> None:
    for_fiona = await stage.slack.type_command(FIONA, CHANNEL, "/balance roy")
    for_anne = await stage.slack.type_command(ANNE, CHANNEL, "/balance roy")

    assert "Mettre hors alertes" in str(for_fiona.body)
    assert "Mettre hors alertes" not in str(for_anne.body)
