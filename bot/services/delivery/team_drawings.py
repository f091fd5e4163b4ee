"""The drawings of lists: clients nobody owns, a first day, a morning, a refused channel."""

from datetime import date

from bot.rendering import messages as texts
from bot.rendering.team_views import UnownedView
from bot.services.alerts import list_views
from bot.services.bank.lagging import unbooked_view
from bot.services.bank.views import line_view, reopened_view
from bot.services.delivery.sheets import Sheet
from bot.services.mornings.digests import digest_view
from bot.services.workspaces.channels import refused_view
from storage.messages import EDIT
from storage.outgoing import Drawing


def unowned(sheet: Sheet) -> Drawing | None:
    """Draw the clients in alert that nobody looks after."""
    view = list_views.unowned_view(
        sheet.session,
        workspace_id=sheet.tenant,
        alert_ids=sheet.numbers("alert_ids"),
        today=sheet.today,
    )
    if view is None and sheet.message.method == EDIT:
        view = UnownedView((), ())
    return sheet.say(view, texts.unowned)


def backlog(sheet: Sheet) -> Drawing | None:
    """Draw a person's first day."""
    view = list_views.backlog_view(
        sheet.session,
        workspace_id=sheet.tenant,
        alert_ids=sheet.numbers("alert_ids"),
        today=sheet.today,
    )
    return sheet.say(view, texts.digest)


def digest(sheet: Sheet) -> Drawing | None:
    """Draw a morning."""
    view = digest_view(
        sheet.session,
        workspace_id=sheet.tenant,
        person_id=sheet.message.body.get("person_id"),
        today=date.fromisoformat(sheet.message.body["today"]),
        now=sheet.now,
    )
    return sheet.say(view, texts.digest)


def channel_refused(sheet: Sheet) -> Drawing | None:
    """Draw a channel in which nothing is posted."""
    view = refused_view(
        sheet.session,
        workspace_id=sheet.tenant,
        channel=str(sheet.message.body["channel"]),
        person_id=sheet.message.person_id,
    )
    return sheet.say(view, texts.channel_refused)


def payment_rejected(sheet: Sheet) -> Drawing | None:
    """Draw a payment that the bank, or the books, show to have come back."""
    body = sheet.message.body
    if "line_id" not in body:
        known = reopened_view(sheet.session, workspace_id=sheet.tenant, body=body)
        return texts.payment_rejected(known, sheet.voice)
    view = line_view(sheet.session, workspace_id=sheet.tenant, line_id=sheet.number("line_id"))
    return sheet.say(view, texts.payment_rejected)


def payment_question(sheet: Sheet) -> Drawing | None:
    """Draw a receipt that finance is asked about."""
    view = line_view(sheet.session, workspace_id=sheet.tenant, line_id=sheet.number("line_id"))
    return sheet.say(view, texts.payment_question)


def payments_unbooked(sheet: Sheet) -> Drawing | None:
    """Draw the payments that the books still lack."""
    view = unbooked_view(
        sheet.session, workspace_id=sheet.tenant, part_ids=sheet.numbers("part_ids")
    )
    return sheet.say(view, texts.payments_unbooked)
