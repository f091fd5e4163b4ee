"""The drawings about selling to a company: requests, events, deliveries on hold."""

from dataclasses import replace

from bot.domain.told import Told
from bot.rendering import messages as texts
from bot.rendering.company_event_views import CompanyEventView
from bot.services.delivery.sheets import Draw, Sheet, shown
from bot.services.items.finance_file import held_view
from bot.services.late_payment.offers import waiver_view
from bot.services.letters.papers import paper_view
from bot.services.solvency import company_events, requests
from bot.services.solvency.cover_news import cover_lost_view
from bot.services.solvency.sent_list_views import sent_list_view
from storage import delivery_holds, papers
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


def _event(sheet: Sheet) -> CompanyEventView | None:
    view = company_events.event_view(
        sheet.session,
        workspace_id=sheet.tenant,
        decision_id=sheet.number("decision_id"),
        today=sheet.today,
        now=sheet.now,
    )
    return view and replace(view, to_finance=sheet.message.person_id is None)


def _company_event(sheet: Sheet) -> Drawing | None:
    return sheet.say(_event(sheet), texts.company_event)


def _company_course(sheet: Sheet) -> Drawing | None:
    view = _event(sheet)
    return sheet.say(view if view and view.course else None, texts.company_course)


def _deliveries(sheet: Sheet) -> Drawing | None:
    hold = delivery_holds.get_hold(
        sheet.session, workspace_id=sheet.tenant, id=sheet.number("delivery_hold_id")
    )
    if hold is None:
        return None
    client = delivery_holds.find_client(sheet.session, workspace_id=sheet.tenant, id=hold.client_id)
    if client is None:
        return None
    if sheet.message.body["is_lifted"]:
        return texts.deliveries_freed(client.name, hold.lifted_by, sheet.voice)
    if hold.lifted_at is not None:
        return None
    return texts.deliveries_held(client.client_id, client.name, held_view(hold), sheet.voice)


def _cover_lost(sheet: Sheet) -> Drawing | None:
    view = cover_lost_view(
        sheet.session,
        workspace_id=sheet.tenant,
        client_ids=sheet.numbers("client_ids"),
        today=sheet.today,
    )
    return sheet.say(view, texts.cover_lost)


def _case_file(sheet: Sheet) -> Drawing | None:
    paper = papers.find_paper(sheet.session, workspace_id=sheet.tenant, id=sheet.number("paper_id"))
    return sheet.say(paper_view(paper) if paper else None, texts.case_file)


def _waiver(sheet: Sheet) -> Drawing | None:
    view = waiver_view(
        sheet.session, workspace_id=sheet.tenant, waiver_id=sheet.number("waiver_id")
    )
    if view is None or view.state != sheet.message.body["state"]:
        return None
    return texts.waiver_news(view, sheet.today, sheet.voice)


DRAWN: dict[Told, Draw] = {
    Told.CASE_FILE: _case_file,
    Told.WAIVER: _waiver,
    Told.DELIVERIES: _deliveries,
    Told.COMPANY_EVENT: _company_event,
    Told.COMPANY_COURSE: _company_course,
    Told.SOLVENCY_REQUEST: shown(
        requests.request_view, texts.solvency_request, "request_id", today=True, now=True
    ),
    Told.SOLVENCY_ANSWER: shown(
        requests.request_view, texts.solvency_answer, "request_id", today=True, now=True
    ),
    Told.COVER_LOST: _cover_lost,
    Told.SENT_LIST: shown(sent_list_view, texts.sent_list, "list_id", today=True),
    Told.SENT_LIST_RATED: shown(sent_list_view, texts.sent_list_rated, "list_id", today=True),
}
