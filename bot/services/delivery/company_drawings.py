"""The drawings about companies to sell to: requests to finance and their answers."""

from collections.abc import Callable

from bot.domain.told import Told
from bot.rendering import messages as texts
from bot.rendering.solvency_views import SolvencyRequestView
from bot.rendering.views import Voice
from bot.services.delivery.sheets import Draw, Sheet
from bot.services.solvency import requests
from storage.outgoing import Drawing, Outgoing
from storage.sessions import Session


def on_request_sent(session: Session, message: Outgoing, channel: str, ts: str) -> None:
    """Remember where a request was posted."""
    requests.note_posted(
        session,
        workspace_id=message.workspace_id,
        request_id=int(message.body["request_id"]),
        channel=channel,
        ts=ts,
    )


def _request(sheet: Sheet, draw: Callable[[SolvencyRequestView, Voice], Drawing]) -> Drawing | None:
    view = requests.request_view(
        sheet.session,
        workspace_id=sheet.tenant,
        request_id=sheet.number("request_id"),
        today=sheet.today,
        now=sheet.now,
    )
    return sheet.say(view, draw)


def _solvency_request(sheet: Sheet) -> Drawing | None:
    return _request(sheet, texts.solvency_request)


def _solvency_answer(sheet: Sheet) -> Drawing | None:
    return _request(sheet, texts.solvency_answer)


DRAWN: dict[Told, Draw] = {
    Told.SOLVENCY_REQUEST: _solvency_request,
    Told.SOLVENCY_ANSWER: _solvency_answer,
}
