"""One drawing for each kind of message, made from the state as it is when the message leaves."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.told import Told
from bot.rendering import concessions as concession_texts
from bot.rendering import messages as texts
from bot.rendering.mail_messages import email_trouble
from bot.rendering.views import Voice
from bot.services.alerts import list_views
from bot.services.alerts import views as alert_views
from bot.services.alerts.leaving import alert_given_view
from bot.services.alerts.previews import preview_view
from bot.services.alerts.service import on_alert_sent, on_backlog_sent
from bot.services.delivery import company_drawings, team_drawings
from bot.services.delivery.sheets import Draw, Sheet, shown
from bot.services.follow_ups import views as follow_up_views
from bot.services.follow_ups.concession_views import concession_view
from bot.services.handovers import offers as handover_offers
from bot.services.handovers import views as handover_views
from bot.services.mail.trouble_views import email_trouble_view
from storage import client_files
from storage.messages import POST
from storage.outgoing import Drawing, OnSent, Outgoing, Render
from storage.sessions import Session


def drawings(clock: Callable[[], datetime]) -> dict[str, Render]:
    """Return the drawing of every kind of message; each gives None for what is no longer true."""
    return {kind.value: _render(draw, clock) for kind, draw in _DRAWN.items()}


def sent_hooks() -> dict[str, OnSent]:
    """Return what must be remembered once a message was posted, by kind."""
    return {
        Told.ALERT.value: on_alert_sent,
        Told.BACKLOG.value: on_backlog_sent,
        Told.HANDOVER.value: _on_handover_sent,
        Told.SOLVENCY_REQUEST.value: company_drawings.on_request_sent,
    }


def _render(draw: Draw, clock: Callable[[], datetime]) -> Render:
    def render(session: Session, message: Outgoing) -> Drawing | None:
        facts = client_files.get_voice(
            session, workspace_id=message.workspace_id, person_id=message.person_id
        )
        voice = Voice(facts.locale, facts.formal, facts.finance_name, facts.time_zone)
        now = clock()
        today = now.astimezone(ZoneInfo(facts.time_zone)).date()
        return draw(Sheet(session, message, voice, now, today))

    return render


def _on_handover_sent(session: Session, message: Outgoing, channel: str, ts: str) -> None:
    handover_offers.note_posted(
        session,
        workspace_id=message.workspace_id,
        handover_id=int(message.body["handover_id"]),
        channel=channel,
        ts=ts,
    )


def _alert(sheet: Sheet) -> Drawing | None:
    alert_id = sheet.number("alert_id")
    alert = client_files.find_alert(sheet.session, workspace_id=sheet.tenant, id=alert_id)
    posts = sheet.message.method == POST
    if alert is None or (posts and (alert.ts or alert.state.is_closed)):
        return None
    view = alert_views.alert_view(
        sheet.session, workspace_id=sheet.tenant, alert_id=alert_id, today=sheet.today
    )
    return sheet.say(view, texts.alert)


def _alert_given(sheet: Sheet) -> Drawing | None:
    body = sheet.message.body
    view = alert_given_view(
        sheet.session,
        workspace_id=sheet.tenant,
        alert_id=sheet.number("alert_id"),
        to_id=body["to_id"],
        by_id=body["by_id"],
    )
    return sheet.say(view, texts.alert_given)


def _alert_news(sheet: Sheet) -> Drawing | None:
    view = alert_views.alert_news_view(
        sheet.session,
        workspace_id=sheet.tenant,
        alert_id=sheet.number("alert_id"),
        news=str(sheet.message.body["news"]),
        before_minor=sheet.number("before_minor"),
        today=sheet.today,
    )
    return sheet.say(view, texts.alert_news)


def _alert_event(sheet: Sheet) -> Drawing | None:
    view = follow_up_views.alert_event_view(
        sheet.session,
        workspace_id=sheet.tenant,
        event_id=sheet.number("event_id"),
        mention_id=sheet.message.body.get("mention_id"),
    )
    return sheet.say(view, texts.alert_event)


def _window_ending(sheet: Sheet) -> Drawing | None:
    alert_id = sheet.number("alert_id")
    view = alert_views.window_view(
        sheet.session, workspace_id=sheet.tenant, alert_id=alert_id, today=sheet.today
    )
    of_the_manager = alert_views.is_of_the_manager(
        sheet.session,
        workspace_id=sheet.tenant,
        alert_id=alert_id,
        person_id=sheet.message.person_id,
    )
    return sheet.say(view, texts.team_leaving if of_the_manager else texts.window_ending)


def _limit(sheet: Sheet) -> Drawing | None:
    view = alert_views.limit_view(
        sheet.session,
        workspace_id=sheet.tenant,
        client_id=sheet.number("client_id"),
        percent=sheet.number("stage"),
        to_finance=sheet.message.person_id is None,
        today=sheet.today,
    )
    return sheet.say(view, texts.limit)


def _promise_broken(sheet: Sheet) -> Drawing | None:
    view = follow_up_views.promise_broken_view(
        sheet.session,
        workspace_id=sheet.tenant,
        promise_id=sheet.number("promise_id"),
        to_finance=bool(sheet.message.body["to_finance"]),
        today=sheet.today,
    )
    return sheet.say(view, texts.promise_broken)


def _task_done(sheet: Sheet) -> Drawing | None:
    task_id = sheet.number("task_id")
    view = follow_up_views.task_view(sheet.session, workspace_id=sheet.tenant, task_id=task_id)
    return texts.task_done(view, sheet.voice) if view and view.done_at else None


def _handover_reminder(sheet: Sheet) -> Drawing | None:
    view = handover_views.handover_reminder_view(
        sheet.session,
        workspace_id=sheet.tenant,
        handover_ids=sheet.numbers("handover_ids"),
        manager_id=sheet.message.body.get("manager_id"),
        today=sheet.today,
    )
    return sheet.say(view, texts.handover_reminder)


_DRAWN: dict[Told, Draw] = {
    Told.ALERT: _alert,
    Told.ALERT_GIVEN: _alert_given,
    Told.BACKLOG: team_drawings.backlog,
    Told.ALERT_NEWS: _alert_news,
    Told.ALERT_EVENT: _alert_event,
    Told.PROMISE_BROKEN: _promise_broken,
    Told.WINDOW_ENDING: _window_ending,
    Told.HANDOVER: shown(handover_views.handover_view, texts.handover, "handover_id", today=True),
    Told.HANDOVER_REMINDER: _handover_reminder,
    Told.UNOWNED: team_drawings.unowned,
    Told.LIMIT: _limit,
    Told.TASK: shown(follow_up_views.task_view, texts.task, "task_id"),
    Told.TASK_DONE: _task_done,
    Told.CONCESSION: shown(
        concession_view, concession_texts.concession, "concession_id", today=True
    ),
    Told.CONCESSION_ANSWER: shown(
        concession_view, concession_texts.concession_answer, "concession_id", today=True
    ),
    Told.DIGEST: team_drawings.digest,
    Told.FINANCE_DIGEST: team_drawings.digest,
    Told.PREVIEW: shown(preview_view, texts.preview, now=True),
    Told.STALE_BOOKS: shown(list_views.stale_books_view, texts.stale_books, "entity_id", now=True),
    Told.IMPORT_REPORT: shown(list_views.import_report_view, texts.import_report, "run_id"),
    Told.SHARED_BALANCE: shown(
        list_views.shared_balance_view, texts.shared_balance, "client_id", "by_id", today=True
    ),
    Told.CHANNEL_REFUSED: team_drawings.channel_refused,
    Told.PAYMENT_REJECTED: team_drawings.payment_rejected,
    Told.PAYMENT_QUESTION: team_drawings.payment_question,
    Told.PAYMENTS_UNBOOKED: team_drawings.payments_unbooked,
    Told.MANAGER_LEVEL3: shown(
        alert_views.urgent_view, texts.manager_level3, "alert_id", today=True
    ),
    Told.EMAIL_TROUBLE: shown(email_trouble_view, email_trouble, "email_id"),
    **company_drawings.DRAWN,
}
