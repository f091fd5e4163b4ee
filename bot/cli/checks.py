"""`goodcop migrate` and `goodcop doctor`: the schema, and whether all is well."""

import argparse
import asyncio
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from bot.cli.opening import Opened, bring_up_to_date, keys, opened, read_settings
from bot.cli.printing import say, say_json
from bot.domain.errors import DeliveryError, GoodcopError
from bot.services.workspaces.health import HealthService
from bot.services.workspaces.service import WorkspaceService
from bot.settings import Settings
from storage.unit_of_work import Database
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `fix` says what to do when it is not `ok`."""

    name: str
    ok: bool
    detail: str
    fix: str = ""


def run_migrate(arguments: argparse.Namespace) -> int:
    """Bring the database to this version's schema."""
    settings = read_settings()
    database = Database(settings.database_url, Vault(keys(settings)))
    try:
        migrated = bring_up_to_date(database)
    finally:
        database.close()
    if arguments.json:
        say_json({"migrated": migrated})
    else:
        say("The schema is now current." if migrated else "The schema was current.")
    return 0


def run_doctor(arguments: argparse.Namespace) -> int:
    """Check settings, database, people, freshness, the outbox and Slack; exit 1 if any fails."""
    try:
        settings = read_settings()
        with opened(arguments) as goodcop:
            checks = [
                Check("settings", True, "every setting reads"),
                Check("database", True, f"{_hidden(settings.database_url)}, schema current"),
                *_workspace(goodcop),
                asyncio.run(_mail(settings)),
                *asyncio.run(_slack(goodcop, settings)),
            ]
    except GoodcopError as refusal:
        checks = [Check("settings and database", False, refusal.message, "Mend what it names.")]
    if arguments.json:
        say_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            say(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
            if not check.ok:
                say(f"      {check.fix}")
    return 0 if all(check.ok for check in checks) else 1


def _workspace(goodcop: Opened) -> Iterator[Check]:
    state = HealthService(goodcop.database, goodcop.clock).look(goodcop.workspace_id)
    yield Check(
        "finance channel",
        bool(state.finance_channel),
        state.finance_channel or "not set: handovers and unowned clients have nowhere to go",
        "goodcop settings set finance_channel=C0123456789",
    )
    yield Check(
        "people",
        state.people_count > 0,
        f"{state.people_count} people",
        "goodcop people people.csv",
    )
    yield Check(
        "books",
        state.client_count > 0,
        f"{state.client_count} clients, last import as of {state.as_of or 'never'}",
        "goodcop import FILE",
    )
    yield Check(
        "activation",
        state.is_active,
        "alerts go out" if state.is_active else "nothing is sent yet",
        "Finance presses “Activer”, or: goodcop activate",
    )
    consented = ", ".join(state.consented_channels)
    yield Check(
        "channels",
        not state.refused_channels,
        ", ".join(state.refused_channels)
        or (f"consented to by an administrator: {consented}" if consented else "none refused"),
        "Make it private and free of guests; an administrator may consent in the settings.",
    )
    yield Check(
        "outbox",
        state.dead_count == 0,
        f"{state.dead_count} messages given up, {state.unsent_count} waiting",
        "See why with the logs of `goodcop run`; mend the channel or token they name.",
    )
    yield Check(
        "e-mails",
        state.stuck_email_count == 0,
        f"{state.stuck_email_count} e-mails to clients did not arrive, or perhaps did not",
        "Each was told in Slack to whose voice it was: what happened, and what helps.",
    )


async def _mail(settings: Settings) -> Check:
    """Check that the mail server lets us in; without one nothing is wrong, e-mails wait."""
    from bot.cli.serve import mail_server
    from bot.outlets.smtp import knock

    server = mail_server(settings)
    if server is None:
        return Check("mail", True, "off: GOODCOP_SMTP_HOST is not set, e-mails to clients wait")
    try:
        await knock(server)
    except DeliveryError as refused:
        fix = "Check GOODCOP_SMTP_HOST, _PORT, _SECURITY, _USER and _PASSWORD."
        return Check("mail", False, f"{server.host}: {refused.message}", fix)
    return Check("mail", True, f"{server.host} takes e-mails from {server.sender}")


async def _slack(goodcop: Opened, settings: Settings) -> list[Check]:
    if settings.slack_bot_token is None:
        return [Check("slack", True, "no token set: the command line works without Slack")]
    from slack_sdk.errors import SlackApiError
    from slack_sdk.web.async_client import AsyncWebClient

    client = AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url
    )
    fix = "Check SLACK_BOT_TOKEN, and that this machine reaches Slack."
    try:
        answer = await client.auth_test()
    except SlackApiError as refused:
        return [Check("slack", False, str(refused.response.get("error", refused)), fix)]
    except OSError as error:
        return [Check("slack", False, f"Slack cannot be reached: {error}", fix)]
    workspaces = WorkspaceService(goodcop.database, goodcop.clock)
    team = workspaces.get(goodcop.workspace_id).team_id
    same = team in (None, answer["team_id"])
    return [
        Check(
            "slack",
            same,
            f"team {answer.get('team')} ({answer['team_id']})",
            f"This database belongs to team {team}: use its token, or another database.",
        )
    ]


def _hidden(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
