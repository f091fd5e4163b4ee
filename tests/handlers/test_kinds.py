from datetime import UTC, datetime

from sqlalchemy import insert

from bot.domain.ledger import ClientKind
from bot.rendering import ids
from storage.ids import new_id
from storage.schema import metadata
from tests.handlers.conftest import ANNE, CHANNEL, FIONA, Stage

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def propose(stage: Stage, count: int, kind: ClientKind = ClientKind.TILL) -> list[str]:
    """Write accounts proposed as no clients; return their ids as boxes carry them."""
    rows = [
        {
            "workspace_id": stage.company.workspace_id,
            "id": new_id(),
            "entity_id": stage.company.entity_id,
            "code": f"T{number}",
            "name": f"Caisse {number}",
            "kind": kind.value,
            "created_at": AT,
        }
        for number in range(count)
    ]
    with stage.database.write() as uow:
        uow.session.execute(insert(metadata.tables["client"]), rows)
        uow.commit()
    return [str(row["id"]) for row in rows]


def kinds_of(stage: Stage) -> list[tuple[str, bool]]:
    """Return the kind of each proposed account, and whether it is confirmed."""
    rows = stage.rows("client")
    return [(row["kind"], row["kind_confirmed"]) for row in rows if row["code"].startswith("T")]


async def test_what_is_left_ticked_is_confirmed(stage: Stage) -> None:
    till, _ = propose(stage, 2)
    window = await stage.open(FIONA, ids.KINDS)
    await stage.slack.submit(FIONA, window["id"], {ids.KIND_TILL: [till]})

    assert kinds_of(stage) == [("till", True), ("ordinary", True)]


async def test_the_next_accounts_follow_in_the_same_window(stage: Stage) -> None:
    propose(stage, 12)
    window = await stage.open(FIONA, ids.KINDS)
    await stage.slack.submit(FIONA, window["id"], {})

    assert kinds_of(stage).count(("till", True)) == 10
    boxes = stage.window(FIONA)["blocks"][1]["element"]["options"]
    assert len(boxes) == 2


async def test_a_salesperson_is_not_shown_the_accounts(stage: Stage) -> None:
    propose(stage, 1)
    await stage.slack.click(ANNE, await stage.post(ids.KINDS), ids.KINDS)

    assert stage.slack.modal_of(ANNE) is None
    assert stage.said_to(ANNE)


async def test_the_settings_lead_to_them(stage: Stage) -> None:
    propose(stage, 1)
    await stage.slack.type_command(FIONA, CHANNEL, "/goodcop réglages")
    await stage.slack.click(FIONA, stage.window(FIONA)["id"], ids.KINDS)

    assert stage.window(FIONA)["callback_id"] == ids.KINDS_FORM


async def test_a_client_put_back_leaves_the_list(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.MUTE)
    await stage.slack.submit(FIONA, window["id"], {ids.REASON: "procès"})
    listed = await stage.open(FIONA, ids.KINDS)
    await stage.slack.click(FIONA, listed["id"], ids.UNMUTE)

    assert "procès" not in str(stage.window(FIONA)["blocks"])
