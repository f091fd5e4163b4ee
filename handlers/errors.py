"""The single place where what went wrong reaches the person who asked, in their words."""

import secrets
from functools import partial

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import GoodcopError, InvalidInput, NotAllowed
from bot.domain.follow_ups import InvalidForm
from bot.rendering import refusals
from bot.rendering.messages import Message
from bot.rendering.views import Voice
from handlers.desk import Desk, Reader
from handlers.payloads import Body, input_blocks, who_of
from handlers.replies import tell_person

log = structlog.get_logger()

# A window must be asked for within three seconds of the click, and once.
_TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired"})


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the one error listener."""
    app.error(partial(handle_error, desk=desk))


async def handle_error(
    error: Exception,
    body: Body,
    ack: AsyncAck,
    respond: AsyncRespond,
    client: AsyncWebClient,
    desk: Desk,
) -> BoltResponse | None:
    """Answer whatever a listener raised; Slack gets 200, or it would send the request again."""
    if isinstance(error, BoltUnhandledRequestError):
        log.info("request_unhandled", kind=body.get("type", "command"))
        return BoltResponse(status=200, body="")
    reader = await _find_reader(desk, body)
    voice = reader.voice if reader else Voice()
    said = _said(error, reader, voice)
    if body.get("type") == "view_submission" and (fields := input_blocks(body)):
        return await ack(response_action="errors", errors=_at_fields(error, said, fields, voice))
    try:
        return await tell_person(body, ack, respond, client, said, voice)
    except SlackApiError as refused:
        log.warning("refusal_not_shown", code=refused.response.get("error"))
        return BoltResponse(status=200, body="")


def _said(error: Exception, reader: Reader | None, voice: Voice) -> Message:
    if isinstance(error, NotAllowed) and reader and not reader.actor.roles:
        return refusals.stranger(voice)
    if isinstance(error, SlackApiError) and error.response.get("error") in _TOO_LATE:
        log.info("window_too_late")
        return refusals.too_late(voice)
    if isinstance(error, GoodcopError):
        log.info("request_refused", code=error.code)
        return refusals.refusal(error, voice)
    reference = secrets.token_hex(3).upper()
    log.error("request_failed", reference=reference, exc_info=error)
    return refusals.failed(reference, voice)


def _at_fields(error: Exception, said: Message, fields: list[str], voice: Voice) -> dict[str, str]:
    """Return what to mend by block id: what concerns no field shown is said at the first one."""
    if isinstance(error, InvalidForm):
        wrong = error.errors
    elif isinstance(error, InvalidInput):
        wrong = {error.field or "": error.message}
    else:
        return {fields[0]: said.text}
    placed = {field if field in fields else fields[0]: text for field, text in wrong.items()}
    return refusals.field_errors(placed, voice)


async def _find_reader(desk: Desk, body: Body) -> Reader | None:
    """Return who asked, or None when even that cannot be read now."""
    try:
        return await desk.reader(who_of(body))
    except Exception:
        log.exception("reader_unknown")
        return None
