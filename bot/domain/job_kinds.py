"""The kinds of work done in the background, each asked for by a uniquely keyed row."""

from enum import StrEnum


class JobKind(StrEnum):
    """What a job does; `bot.app` ties each to the service that does it."""

    SCAN = "scan_clients"
    REFRESH = "refresh_alerts"
    PROMISES = "check_promises"
    DIGEST = "send_digests"
    ACTIVATE = "activate_alerts"
    WATCH = "watch_companies"
    LINKS = "suggest_links"
    RATE_LIST = "rate_list"
    STEPS = "plan_steps"
    WEBHOOK = "tell_webhook"
    SHARE_PAPER = "share_paper"
    CASE_FILE = "make_case_file"
