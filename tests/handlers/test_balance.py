from bot.rendering import ids
from tests.books import AT, add
from tests.handlers.conftest import ANNE, CHANNEL, KARIM, STRANGER, Stage


async def test_balance_is_the_answer_to_the_command_itself(stage: Stage) -> None:
    answer = await stage.slack.type_command(ANNE, CHANNEL, "/balance Menuiserie Roy")

    assert answer.body["response_type"] == "ephemeral"
    assert "Menuiserie Roy" in answer.body["text"]


async def test_solde_is_the_same_command(stage: Stage) -> None:
    answer = await stage.slack.type_command(ANNE, CHANNEL, "/solde C0412")

    assert "Menuiserie Roy" in answer.body["text"]


async def test_several_matches_are_choices_whose_button_shows_the_account(stage: Stage) -> None:
    _add_namesake(stage)
    await stage.slack.type_command(ANNE, CHANNEL, "/balance menuiserie")
    shown = stage.slack.ephemerals(ANNE)[-1]
    carried = ids.value(client_id=stage.company.client_id)
    await stage.slack.click(ANNE, shown["ts"], ids.CHOOSE_CLIENT, carried)

    assert "Menuiserie Roy " in stage.said_to(ANNE)
    assert len(stage.slack.ephemerals(ANNE)) == 2


async def test_nothing_typed_is_answered_with_what_to_type(stage: Stage) -> None:
    answer = await stage.slack.type_command(ANNE, CHANNEL, "/balance")

    assert answer.body["text"]
    assert "Menuiserie" not in answer.body["text"]


async def test_somebody_elses_client_is_refused_without_figures(stage: Stage) -> None:
    answer = await stage.slack.type_command(KARIM, CHANNEL, "/balance Menuiserie Roy")

    assert "12" not in answer.body["text"]


async def test_stranger_is_refused(stage: Stage) -> None:
    answer = await stage.slack.type_command(STRANGER, CHANNEL, "/balance Menuiserie Roy")

    assert "Roy" not in str(answer.body)


async def test_history_opens_in_a_window(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.HISTORY)

    assert window["callback_id"] == ids.HISTORY_VIEW


async def test_sharing_queues_the_figures_once_for_the_channel(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.SHARE)
    await stage.slack.submit(ANNE, window["id"], {})

    assert [row["channel"] for row in stage.rows("message")] == [CHANNEL]
    assert stage.wakes


def _add_namesake(stage: Stage) -> None:
    with stage.database.write() as uow:
        add(
            uow.session,
            "client",
            workspace_id=stage.company.workspace_id,
            entity_id=stage.company.entity_id,
            owner_id=stage.company.anne.person_id,
            code="C0500",
            name="Menuiserie Lebrun",
            search_name="menuiserie lebrun",
            created_at=AT,
        )
        uow.commit()


async def test_a_client_named_exactly_again_is_answered_the_same(stage: Stage) -> None:
    first = await stage.slack.type_command(ANNE, CHANNEL, "/balance C0412")
    second = await stage.slack.type_command(ANNE, CHANNEL, "/balance C0412")

    assert second.body == first.body
