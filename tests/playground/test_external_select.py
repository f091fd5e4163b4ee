"""A list whose options the app finds as one types."""

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.acts import field_name
from bot.playground.server import Playground
from bot.playground.shapes import Json
from tests.playground.conftest import ANNE, SALES, App, a_modal

SEARCH: Json = {
    "type": "input",
    "block_id": "client",
    "label": {"type": "plain_text", "text": "Client"},
    "element": {"type": "external_select", "action_id": "client", "min_query_length": 2},
}


def offers(*names: str) -> Json:
    return {"options": [{"text": {"type": "plain_text", "text": n}, "value": n} for n in names]}


async def open_modal(playground: Playground, client: AsyncWebClient, view: Json) -> str:
    trigger = playground.slack.tickets.give_trigger(ANNE)
    return str((await client.views_open(trigger_id=trigger, view=view))["view"]["id"])


async def test_an_external_select_asks_the_app_what_is_typed(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    app.say("block_suggestion", offers("Roy", "Royal"))
    view_id = await open_modal(playground, client, a_modal(SEARCH))
    offered = await playground.suggest(ANNE, view_id, "client", "ro")
    assert [option["value"] for option in offered] == ["Roy", "Royal"]
    assert (app.payloads[-1]["value"], app.payloads[-1]["view"]["id"]) == ("ro", view_id)


async def test_an_offered_option_can_be_submitted(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    app.say("block_suggestion", offers("Roy"))
    view_id = await open_modal(playground, client, a_modal(SEARCH))
    await playground.suggest(ANNE, view_id, "client", "ro")
    await playground.submit(ANNE, view_id, {"client": "Roy"})
    chosen = app.payloads[-1]["view"]["state"]["values"]["client"]["client"]
    assert (chosen["type"], chosen["selected_option"]["value"]) == ("external_select", "Roy")


async def test_what_the_app_never_offered_cannot_be_chosen(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    view_id = await open_modal(playground, client, a_modal(SEARCH))
    with pytest.raises(ValueError, match="no option"):
        await playground.submit(ANNE, view_id, {"client": "Roy"})


async def test_the_app_is_not_asked_below_the_shortest_query(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    view_id = await open_modal(playground, client, a_modal(SEARCH))
    before = len(app.payloads)
    assert await playground.suggest(ANNE, view_id, "client", "r") == []
    assert len(app.payloads) == before


@pytest.mark.parametrize(
    "answer",
    [offers(*map(str, range(101))), offers("a", "a"), offers("x" * 76), {"options": [{}]}],
)
async def test_options_slack_would_refuse_are_not_offered(
    playground: Playground, app: App, client: AsyncWebClient, answer: Json
) -> None:
    app.say("block_suggestion", answer)
    view_id = await open_modal(playground, client, a_modal(SEARCH))
    assert await playground.suggest(ANNE, view_id, "client", "ro") == []


async def post(playground: Playground, act: str, form: Json) -> str:
    url = f"{playground.slack.base_url}/as/{ANNE}/{SALES}/{act}"
    async with httpx.AsyncClient(trust_env=False) as browser:
        return (await browser.post(url, data=form)).text


async def test_the_page_shows_what_is_offered(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    app.say("block_suggestion", offers("Roy & fils"))
    view_id = await open_modal(playground, client, a_modal(SEARCH))
    form = {"where": view_id, "action_id": "client", "block_id": "client", "query": "ro"}
    shown = await post(playground, "suggest", form)
    assert '<option value="Roy &amp; fils">Roy &amp; fils</option>' in shown


async def test_the_page_says_that_nothing_was_found(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    app.say("block_suggestion", {"options": []})
    view_id = await open_modal(playground, client, a_modal(SEARCH))
    form = {"where": view_id, "action_id": "client", "block_id": "client", "query": "zz"}
    assert "Aucun résultat" in await post(playground, "suggest", form)


async def test_the_present_choice_stays_while_one_searches_on(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    view_id = await open_modal(playground, client, a_modal(SEARCH))
    form = {"where": view_id, "action_id": "client", "block_id": "client", "query": "ro"}
    app.say("block_suggestion", offers("Roy"))
    await post(playground, "suggest", form)
    app.say("block_suggestion", offers("Lemoine"))
    chosen = {field_name("client", "client"): "Roy"}
    shown = await post(playground, "suggest", {**form, **chosen, "query": "le"})
    assert '<option value="Roy" selected>Roy</option>' in shown
    await post(playground, "submit", {"where": view_id, **chosen})
    assert app.payloads[-1]["type"] == "view_submission"


async def test_a_list_of_a_window_that_is_gone_answers_nothing(playground: Playground) -> None:
    form = {"where": "V0", "action_id": "client", "block_id": "client", "query": "ro"}
    assert await post(playground, "suggest", form) == ""


async def test_the_page_draws_a_search_and_its_list(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    await open_modal(playground, client, a_modal(SEARCH))
    async with httpx.AsyncClient(trust_env=False) as browser:
        page = (await browser.get(f"{playground.slack.base_url}/as/{ANNE}/{SALES}")).text
    assert 'type="search" name="query"' in page


@pytest.mark.parametrize(
    "wrong", [{"min_query_length": "2"}, {"options": [{"text": "a", "value": "a"}]}]
)
async def test_a_list_slack_would_refuse_is_refused(
    playground: Playground, client: AsyncWebClient, wrong: Json
) -> None:
    view = a_modal({**SEARCH, "element": {**SEARCH["element"], **wrong}})
    with pytest.raises(SlackApiError):
        await open_modal(playground, client, view)
