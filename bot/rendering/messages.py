"""Every message goodcop sends, in one place: a view and a voice in, text and blocks out."""

from bot.rendering.alert_messages import alert, alert_given
from bot.rendering.balance_messages import (
    balance,
    balance_choices,
    balance_refused,
    history,
    history_modal,
    shared_balance,
)
from bot.rendering.bank_lag_views import payments_unbooked
from bot.rendering.bank_views import payment_question, payment_rejected
from bot.rendering.channel_views import channel_refused
from bot.rendering.company_event_messages import company_course, company_event
from bot.rendering.cover_messages import cover_lost
from bot.rendering.delivery_messages import deliveries_freed, deliveries_held
from bot.rendering.digest_messages import digest
from bot.rendering.finance_messages import (
    import_report,
    import_status,
    preview,
    stale_books,
    unowned,
)
from bot.rendering.handover_messages import handover, handover_reminder
from bot.rendering.home_views import help_message, home
from bot.rendering.late_payment_views import waiver_news
from bot.rendering.paper_views import case_file
from bot.rendering.parts import Message, without_tables
from bot.rendering.sent_list_views import sent_list, sent_list_rated
from bot.rendering.solvency_messages import (
    company_choices,
    company_done,
    solvency,
    solvency_looking,
    solvency_refused,
)
from bot.rendering.solvency_requests import solvency_answer, solvency_request
from bot.rendering.thread_messages import (
    alert_event,
    alert_news,
    limit,
    manager_level3,
    promise_broken,
    task,
    task_done,
    team_leaving,
    window_ending,
)

__all__ = [
    "Message",
    "alert",
    "alert_event",
    "alert_given",
    "alert_news",
    "balance",
    "balance_choices",
    "balance_refused",
    "case_file",
    "channel_refused",
    "company_choices",
    "company_course",
    "company_done",
    "company_event",
    "cover_lost",
    "deliveries_freed",
    "deliveries_held",
    "digest",
    "handover",
    "handover_reminder",
    "help_message",
    "history",
    "history_modal",
    "home",
    "import_report",
    "import_status",
    "limit",
    "manager_level3",
    "payment_question",
    "payment_rejected",
    "payments_unbooked",
    "preview",
    "promise_broken",
    "sent_list",
    "sent_list_rated",
    "shared_balance",
    "solvency",
    "solvency_answer",
    "solvency_looking",
    "solvency_refused",
    "solvency_request",
    "stale_books",
    "task",
    "task_done",
    "team_leaving",
    "unowned",
    "waiver_news",
    "window_ending",
    "without_tables",
]
