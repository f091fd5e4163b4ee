"""What is decided about a company: asked of finance, granted or refused, followed, flagged."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import InvalidInput
from bot.domain.solvency.flags import FlagForm
from bot.domain.solvency.requests import AskForm, GrantForm
from bot.domain.typed_amounts import read_amount
from bot.rendering import ids, messages, solvency_requests
from bot.rendering.solvency_views import CompanyFormView
from handlers.desk import Desk, Reader
from handlers.openings import show_window
from handlers.payloads import Body, Click, Submission, parse_click, parse_submission
from handlers.replies import notice, tell_person

_FORMS = {
    ids.ASK_FINANCE: solvency_requests.ask_finance_form,
    ids.FLAG: solvency_requests.flag_form,
}
_ANSWERS = {ids.GRANT: solvency_requests.grant_form, ids.REFUSE: solvency_requests.refuse_form}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id in (*_FORMS, ids.SOLVENCY_MORE):
        app.action(action_id)(partial(handle_company_menu, desk=desk))
    for action_id in _ANSWERS:
        app.action(action_id)(partial(handle_answer_click, desk=desk))
    for action_id in (ids.WATCH, ids.UNWATCH):
        app.action(action_id)(partial(handle_watch_click, desk=desk))
    app.action(ids.WITHDRAW_REQUEST)(partial(handle_withdraw_click, desk=desk))
    app.view(ids.ASK_FINANCE_FORM)(partial(handle_ask_submission, desk=desk))
    app.view(ids.GRANT_FORM)(partial(handle_grant_submission, desk=desk))
    app.view(ids.REFUSE_FORM)(partial(handle_refuse_submission, desk=desk))
    app.view(ids.FLAG_FORM)(partial(handle_flag_submission, desk=desk))


async def handle_company_menu(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Open the form a button or the menu names, take the flag away, or sell again."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    about = await desk.work(_about, desk, reader, click)
    do = str(click.ids.get("do") or click.action_id)
    if do in _FORMS:
        await show_window(client, click, _FORMS[do](about, reader.voice))
        await ack()
        return
    done = await desk.work(_undone, desk, reader, do, about.siren)
    desk.wake()
    said = messages.company_done(done, about, reader.voice)
    await tell_person(body, ack, respond, client, said, reader.voice)


def _undone(desk: Desk, reader: Reader, do: str, siren: str) -> str:
    """Sell again to a company, or take its flag away; return the sentence that says so."""
    if do == ids.RESUME_SALES:
        desk.services.company_events.resume(reader.actor, siren, today=reader.today)
        return "resumed"
    desk.services.flags.lift(reader.actor, siren)
    return "unflagged"


async def handle_watch_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Follow a company, or stop."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    about = await desk.work(_about, desk, reader, click)
    follows = click.action_id == ids.WATCH
    flags = desk.services.flags
    await desk.work(flags.watch if follows else flags.unwatch, reader.actor, about.siren)
    done = "watching" if follows else "unwatched"
    said = messages.company_done(done, about, reader.voice)
    await tell_person(body, ack, respond, client, said, reader.voice)


async def handle_answer_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Open finance's yes or no."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.requests.view,
        reader.actor,
        click.number("request_id"),
        today=reader.today,
    )
    await show_window(client, click, _ANSWERS[click.action_id](view, reader.voice))
    await ack()


async def handle_withdraw_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Take back a question that finance has not answered."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    about = await desk.work(_about, desk, reader, click)
    await desk.work(
        desk.services.requests.withdraw,
        reader.actor,
        click.number("request_id"),
        today=reader.today,
    )
    desk.wake()
    said = messages.company_done("withdrawn", about, reader.voice)
    await tell_person(body, ack, respond, client, said, reader.voice)


async def handle_ask_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Send the question to finance."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    about = await desk.work(_about, desk, reader, form)
    typed = form.text(ids.ORDER)
    order = read_amount(typed, about.currency, field=ids.ORDER) if typed else None
    asked = AskForm(order, form.text(ids.QUESTION))
    await desk.work(
        desk.services.requests.ask,
        reader.actor,
        about.siren,
        asked,
        key=form.key,
        today=reader.today,
    )
    await _done(ack, desk, "request_sent", about, reader)


async def handle_grant_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Write finance's yes."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    view = await desk.work(
        desk.services.requests.view, reader.actor, form.number("request_id"), today=reader.today
    )
    granted = _granted(form, view.currency)
    await desk.work(
        desk.services.requests.grant, reader.actor, view.request_id, granted, today=reader.today
    )
    desk.wake()
    await ack(response_action="clear")


async def handle_refuse_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Write finance's no."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.requests.refuse,
        reader.actor,
        form.number("request_id"),
        form.text(ids.REASON),
        today=reader.today,
    )
    desk.wake()
    await ack(response_action="clear")


async def handle_flag_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Put the company into the register."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    about = await desk.work(_about, desk, reader, form)
    flag = FlagForm(form.text(ids.REASON), form.day(ids.EXPIRES_ON))
    await desk.work(desk.services.flags.flag, reader.actor, about.siren, flag, today=reader.today)
    await _done(ack, desk, "flagged", about, reader)


async def _done(
    ack: AsyncAck, desk: Desk, done: str, about: CompanyFormView, reader: Reader
) -> None:
    """Say in the window that it is done, and wake the outbox."""
    desk.wake()
    said = messages.company_done(done, about, reader.voice)
    await ack(response_action="update", view=notice(said, reader.voice))


def _about(desk: Desk, reader: Reader, pressed: Click | Submission) -> CompanyFormView:
    return desk.services.requests.form(
        reader.actor,
        str(pressed.ids["siren"]),
        pressed.find_number("order"),
        today=reader.today,
    )


def _granted(form: Submission, currency: str) -> GrantForm:
    return GrantForm(
        read_amount(form.text(ids.GRANTED), currency, field=ids.GRANTED),
        _days(form.text(ids.TERMS_DAYS)),
        form.day(ids.UNTIL),
        form.text(ids.CONDITION),
    )


def _days(typed: str) -> int:
    if not typed.strip().isdigit():
        raise InvalidInput("Enter a number of days.", field=ids.TERMS_DAYS)
    return int(typed)
