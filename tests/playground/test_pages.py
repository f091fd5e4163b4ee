from datetime import UTC, datetime

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.mrkdwn import mrkdwn
from bot.playground.server import Playground
from bot.playground.shapes import Json
from bot.playground.viewer import Viewer
from tests.playground.conftest import ANNE, KARIM, SALES, App, a_modal, an_input, button, section

HOSTILE = '<script>alert("x")</script>'
PLAIN = {"type": "plain_text", "text": "Choix"}
OPTIONS = [{"text": PLAIN, "value": "a"}]


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def names(inside: str) -> str:
    return {"@U1": "@Anne", "#C1": "#ventes"}.get(inside, inside)


async def page(playground: Playground, user: str = ANNE, place: str = SALES) -> str:
    async with httpx.AsyncClient(trust_env=False, base_url=playground.slack.base_url) as http:
        response = await http.get(f"/as/{user}/{place}")
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize(
    ("block", "drawn"),
    [
        (section("*gras*"), "<strong>gras</strong>"),
        ({"type": "section", "fields": [{"type": "mrkdwn", "text": "_un_"}]}, "<em>un</em>"),
        (section("à", accessory=button()), 'value="1"'),
        ({"type": "header", "text": PLAIN}, "<h3>Choix</h3>"),
        ({"type": "context", "elements": [PLAIN]}, "<span>Choix</span>"),
        ({"type": "actions", "elements": [button(style="danger")]}, "b danger"),
        (
            {"type": "actions", "elements": [{"type": "overflow", "options": OPTIONS}]},
            '<details class="overflow">',
        ),
        (
            {"type": "actions", "elements": [{"type": "static_select", "options": OPTIONS}]},
            '<option value="a">Choix</option>',
        ),
        ({"type": "actions", "elements": [{"type": "datepicker"}]}, 'type="date"'),
        ({"type": "actions", "elements": [{"type": "users_select"}]}, "Karim Haddad</option>"),
        ({"type": "divider"}, "<hr>"),
        ({"type": "image", "image_url": "http://127.0.0.1/a.png", "alt_text": "mieux"}, "mieux"),
        ({"type": "markdown", "text": "**fort**"}, "<strong>fort</strong>"),
        ({"type": "table", "rows": [[raw("Facture")], [raw("F-1")]]}, "F-1</td>"),
        (
            {"type": "data_table", "caption": "Postes", "rows": [[raw("N")], [raw("F-2")]]},
            "<caption>Postes</caption>",
        ),
        (
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "text", "text": "vu", "style": {"bold": True}}],
                    }
                ],
            },
            "<strong>vu</strong>",
        ),
    ],
)
async def test_block_is_drawn(
    client: AsyncWebClient, playground: Playground, block: Json, drawn: str
) -> None:
    await client.chat_postMessage(channel=SALES, text="un", blocks=[block])
    assert drawn in await page(playground)


@pytest.mark.parametrize(
    ("element", "drawn"),
    [
        ({"type": "plain_text_input", "multiline": True}, "<textarea"),
        ({"type": "email_text_input"}, 'type="email"'),
        ({"type": "number_input", "is_decimal_allowed": True}, 'inputmode="decimal"'),
        ({"type": "checkboxes", "options": OPTIONS}, 'type="checkbox"'),
        ({"type": "radio_buttons", "options": OPTIONS}, 'type="radio"'),
        ({"type": "multi_static_select", "options": OPTIONS}, 'class="choices multi"'),
        ({"type": "conversations_select"}, "#ventes-anne</option>"),
        ({"type": "timepicker"}, 'type="time"'),
    ],
)
async def test_input_is_drawn_in_a_modal(
    client: AsyncWebClient, playground: Playground, element: Json, drawn: str
) -> None:
    trigger = playground.slack.tickets.give_trigger(ANNE)
    view = a_modal(an_input(element=element))
    await client.views_open(trigger_id=trigger, view=view)
    assert drawn in await page(playground)


async def test_hostile_text_is_escaped_everywhere(
    client: AsyncWebClient, playground: Playground
) -> None:
    blocks: list[Json] = [
        section(HOSTILE),
        {"type": "header", "text": {"type": "plain_text", "text": HOSTILE}},
        {"type": "markdown", "text": HOSTILE},
        {"type": "table", "rows": [[raw(HOSTILE)]]},
        {"type": "image", "image_url": "javascript:alert(1)", "alt_text": '"><script>'},
        {"type": "actions", "elements": [button('"><script>', '"><script>')]},
    ]
    await client.chat_postMessage(channel=SALES, text=HOSTILE, blocks=blocks)
    await client.chat_postMessage(channel=SALES, text=HOSTILE)
    drawn = await page(playground)
    assert "<script>" not in drawn
    assert "javascript:" not in drawn


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("<@U1> dans <#C1>", '<span class="mention">@Anne</span>'),
        ("<https://exemple.fr|lien>", 'href="https://exemple.fr"'),
        ("<javascript:alert(1)|lien>", "lien"),
        ("`*brut*`", "<code>*brut*</code>"),
        ("&gt; cité\nsuite", "<blockquote>cité</blockquote>suite"),
        ("a*b*c et 2*3*4", "a*b*c et 2*3*4"),
        (":handshake:", '<i class="mark hands">🤝</i>'),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        ("\x000\x00", "0"),
    ],
)
def test_mrkdwn_becomes_safe_html(text: str, drawn: str) -> None:
    html = str(mrkdwn(text, names))
    assert drawn in html
    assert "javascript" not in html


async def test_page_speaks_the_language_of_the_person(playground: Playground) -> None:
    assert "Canaux" in await page(playground)
    assert "Channels" in await page(playground, KARIM, playground.direct_channel(KARIM))


def test_days_are_written_as_each_language_does(playground: Playground) -> None:
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    said = [Viewer(playground.slack, user).day(at) for user in (ANNE, KARIM)]
    assert said == ["Mardi 24 novembre", "Tuesday 24 November"]


async def test_errors_are_shown_at_their_field_and_input_is_kept(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    app.say("view_submission", {"response_action": "errors", "errors": {"what": "Trop court."}})
    trigger = playground.slack.tickets.give_trigger(ANNE)
    view = (await client.views_open(trigger_id=trigger, view=a_modal()))["view"]
    base = f"{playground.slack.base_url}/as/{ANNE}/{SALES}"
    async with httpx.AsyncClient(trust_env=False) as http:
        form = {"where": view["id"], "field|what|text": "oui"}
        await http.post(f"{base}/submit", data=form)
    drawn = await page(playground)
    assert '<p class="error" role="alert">Trop court.</p>' in drawn
    assert 'value="oui"' in drawn


async def test_form_click_reaches_the_app(
    playground: Playground, app: App, client: AsyncWebClient
) -> None:
    blocks = [{"type": "actions", "block_id": "row", "elements": [button("note", "42")]}]
    posted = await client.chat_postMessage(channel=SALES, text="un", blocks=blocks)
    form = {"where": posted["ts"], "action_id": "note", "block_id": "row", "value": "42"}
    async with httpx.AsyncClient(trust_env=False) as http:
        await http.post(f"{playground.slack.base_url}/as/{ANNE}/{SALES}/click", data=form)
    assert app.payloads[0]["actions"][0]["value"] == "42"


async def test_live_answers_nothing_until_something_changes(
    playground: Playground, client: AsyncWebClient
) -> None:
    url = f"{playground.slack.base_url}/as/{ANNE}/{SALES}/live"
    await client.chat_postMessage(channel=SALES, text="un")
    version = playground.slack.workspace.version
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(url, params={"version": version})).status_code == 204
        await client.chat_postMessage(channel=SALES, text="deux")
        assert "deux" in (await http.get(url, params={"version": version})).text


async def test_channel_of_others_is_not_shown(playground: Playground) -> None:
    url = f"{playground.slack.base_url}/as/{KARIM}/{SALES}"
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(url)).status_code == 307


async def test_the_first_page_opens_at_what_was_not_read(
    playground: Playground, client: AsyncWebClient
) -> None:
    first = await client.chat_postMessage(channel=SALES, text="un")
    await client.chat_postMessage(channel=SALES, text="deux")
    async with httpx.AsyncClient(trust_env=False) as http:
        sent_to = (await http.get(f"{playground.slack.base_url}/")).headers["location"]
    assert sent_to.endswith(f"/{SALES}#m{str(first['ts']).replace('.', '')}")


async def test_permalink_leads_to_the_message(
    playground: Playground, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=SALES, text="un")
    link = (await client.chat_getPermalink(channel=SALES, message_ts=posted["ts"]))["permalink"]
    async with httpx.AsyncClient(trust_env=False) as http:
        target = (await http.get(link)).headers["location"]
    assert target == f"/as/{ANNE}/{SALES}#m{posted['ts'].replace('.', '')}"
