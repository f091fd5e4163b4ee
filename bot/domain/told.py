"""What goodcop can tell; each kind has one drawing, made when it is sent."""

from enum import StrEnum


class Told(StrEnum):
    """The kinds of outgoing messages."""

    ALERT = "alert"  # the parent message of an alert, in the owner's channel (post, then edits)
    ALERT_GIVEN = "alert_given"  # what the old owner's message becomes once the client is another's
    BACKLOG = "backlog"  # at activation: a person's clients in alert, worst first
    ALERT_NEWS = "alert_news"  # a line in its thread: new level, +25 %, new bucket
    ALERT_EVENT = "alert_event"  # a line in its thread: note, pause, hand-over, answers
    PROMISE_BROKEN = "promise_broken"  # in the thread, and to finance
    WINDOW_ENDING = "window_ending"  # two business days before the window ends
    HANDOVER = "handover"  # the file in the finance channel (post, then edits)
    HANDOVER_REMINDER = "handover_reminder"  # not taken in time: finance, then its manager
    UNOWNED = "unowned"  # clients in alert that nobody owns, one message
    LIMIT = "limit"  # credit limit reached
    TASK = "task"  # a question or a task for finance or a person
    TASK_DONE = "task_done"
    CONCESSION = "concession"  # more time or a gesture asked of finance (post, then edits)
    CONCESSION_ANSWER = "concession_answer"  # finance's decision, to who asked
    DIGEST = "digest"
    FINANCE_DIGEST = "finance_digest"
    PREVIEW = "preview"  # the first import's preview, with "Activer"
    STALE_BOOKS = "stale_books"  # alerts wait, finance is told once
    IMPORT_REPORT = "import_report"
    SHARED_BALANCE = "shared_balance"
    CHANNEL_REFUSED = "channel_refused"  # nothing is posted in a channel others can read
    MANAGER_LEVEL3 = "manager_level3"
    SOLVENCY_REQUEST = "solvency_request"  # may we sell? in the finance channel (post, then edits)
    SOLVENCY_ANSWER = "solvency_answer"  # finance's decision, to who asked
    COMPANY_EVENT = "company_event"  # a bad event: what now? to finance, owners, followers
    EMAIL_TROUBLE = "email_trouble"  # an e-mail that did not arrive, to whose voice it is
    WAIVER = "waiver"  # fees given up if paid by a day: to the owner, its end to finance too
    CASE_FILE = "case_file"  # the file for the lawyer under way (post, then edits), to finance
    DELIVERIES = "deliveries"  # hold deliveries, or free again: to the client's owner
    SENT_LIST = "sent_list"  # a list of companies under way, to who sent it (post, then edits)
    SENT_LIST_RATED = "sent_list_rated"  # and what came of it
    PAYMENT_REJECTED = "payment_rejected"  # the bank took a payment back: owner and finance
    PAYMENT_QUESTION = "payment_question"  # whose payment is it? finance (post, then edits)
    PAYMENTS_UNBOOKED = "payments_unbooked"  # money of the bank that the books still lack: finance
    COVER_LOST = "cover_lost"  # insurers' cover lost, or ten days off: finance, with its clients
    COMPANY_COURSE = "company_course"  # what was decided after it
