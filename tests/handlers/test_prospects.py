"""The prospects of Home: a card opens, a manager's choice reorders the page, a list is taken."""

from bot.demo.ledger import siren_for
from bot.playground.faults import Fault, FaultKind
from bot.rendering import ids
from bot.rendering.parts import option, overflow
from tests.handlers.conftest import ANNE, CHANNEL, CONFIG, FIONA, Stage
from tests.handlers.test_solvency import shown_in_window
from tests.playground.conftest import client_of
from tests.storage.rated_rows import a_prospect

SIREN = siren_for("C0412")


async def home_id(stage: Stage, user: str) -> str:
    """Open somebody's Home; return its view's id."""
    await stage.slack.open_home(user)
    page = stage.slack.home_of(user)
    assert page is not None
    return str(page["id"])


def a_prospect_of_anne(stage: Stage) -> None:
    company = stage.company
    a_prospect(stage.database, company.workspace_id, SIREN, owner_id=company.anne.person_id)


async def test_a_salesperson_opens_the_card_from_home(stage: Stage) -> None:
    a_prospect_of_anne(stage)
    await stage.slack.click(ANNE, await home_id(stage, ANNE), ids.SOLVENCY)

    assert "confiance" in await shown_in_window(stage, ANNE, "confiance")


async def test_a_card_already_known_opens_at_once(stage: Stage) -> None:
    a_prospect_of_anne(stage)
    home = await home_id(stage, ANNE)
    await stage.slack.click(ANNE, home, ids.SOLVENCY)
    await shown_in_window(stage, ANNE, "confiance")
    await stage.slack.close(ANNE, stage.window(ANNE)["id"])
    await stage.slack.click(ANNE, home, ids.SOLVENCY)

    assert "confiance" in str(stage.window(ANNE))


async def test_a_priority_is_kept_and_shown(stage: Stage) -> None:
    a_prospect_of_anne(stage)
    chosen = ids.value(siren=SIREN, priority=1)
    await stage.slack.click(FIONA, await home_id(stage, FIONA), ids.PROSPECT, chosen)

    assert "Priorité haute" in str(stage.slack.home_of(FIONA))


async def test_the_menu_of_a_prospect_leads_to_its_card(stage: Stage) -> None:
    a_prospect_of_anne(stage)
    chosen = ids.value(do=ids.SOLVENCY, siren=SIREN)
    await stage.slack.click(FIONA, await home_id(stage, FIONA), ids.PROSPECT, chosen)

    assert "confiance" in await shown_in_window(stage, FIONA, "confiance")


async def test_a_salesperson_who_forges_the_menu_changes_nothing(stage: Stage) -> None:
    a_prospect_of_anne(stage)
    chosen = ids.value(siren=SIREN, priority=1)
    menu = overflow(ids.PROSPECT, [option("Haute", chosen)])
    slack = client_of(stage.slack, CONFIG.bot_token)
    blocks = [{"type": "actions", "elements": [menu]}]
    posted = await slack.chat_postMessage(channel=CHANNEL, text="Prospects", blocks=blocks)
    await stage.slack.click(ANNE, str(posted["ts"]), ids.PROSPECT, chosen)

    assert [row["priority"] for row in stage.rows("company_rating")] == [0]


async def sent(stage: Stage, user: str, name: str = "prospects.csv") -> None:
    """Send a list from Home."""
    await stage.slack.click(user, await home_id(stage, user), ids.PROSPECT_LIST)
    view_id = str(stage.window(user)["id"])
    await stage.slack.send_file(user, view_id, ids.PROSPECT_FILE, name, b"siren\n552032534\n")
    await stage.slack.submit(user, view_id, {})


async def test_a_list_sent_from_home_is_taken(stage: Stage) -> None:
    await sent(stage, ANNE)
    kept = [(row["file_name"], row["state"]) for row in stage.rows("prospect_list")]
    assert (kept, stage.slack.modal_of(ANNE)) == ([("prospects.csv", "waiting")], None)


async def test_a_list_taken_is_a_job_at_once(stage: Stage) -> None:
    await sent(stage, ANNE)
    assert [row["kind"] for row in stage.rows("job")] == ["rate_list"]


async def test_without_the_right_to_read_files_one_reads_how_that_is_mended(stage: Stage) -> None:
    stage.slack.faults.add(Fault("views.open", FaultKind.SLACK_ERROR, detail="missing_scope"))
    await stage.slack.click(ANNE, await home_id(stage, ANNE), ids.PROSPECT_LIST)
    assert "files:read" in str(stage.window(ANNE))
