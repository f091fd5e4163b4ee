"""A person's own page in Slack, and the help."""

from collections.abc import Sequence

from slack_sdk.models.views import View

from bot.rendering import ids, limits, scenario_ids, text_ids
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.finance_messages import check_accounts, entity_line
from bot.rendering.home_page import HomeView
from bot.rendering.link_views import links_button
from bot.rendering.parts import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    divider,
    header,
    lines,
    message,
    section,
)
from bot.rendering.prospect_views import prospect_list
from bot.rendering.speech import speech
from bot.rendering.team_views import LineView
from bot.rendering.views import Voice

_BUTTONS_IN_A_ROW = 4


def home(view: HomeView, voice: Voice) -> Block:
    """Draw the App Home: own figures, alerts, promises, tasks, clients; finance sees all."""
    tell = sentences("home", voice)
    blocks = [
        header(view.name or "goodcop"),
        section(
            lines(
                tell.headline(view),
                Mrkdwn() if view.is_active else tell.not_active(),
                tell.away(view.away_until, view.today) if view.away_until else Mrkdwn(),
            )
        ),
        context(sentences("alert", voice).books(view.freshness)),
        *_doors(view, voice),
        *_handovers(view, voice),
        *_alerts(view, voice),
        _list("promises", [tell.promise(line, view.today) for line in view.promises], voice),
        *_steps(view, voice),
        *_tasks(view, voice),
        *(prospect_list(view.prospects, voice) if view.prospects else []),
        _list(
            "others" if view.alerts else "clients",
            [_client(line, view, voice) for line in view.clients],
            voice,
        ),
        _list("imports", [entity_line(status, voice) for status in view.entities], voice),
    ]
    drawn = View(type="home", blocks=[block for block in blocks if block is not None])
    built: Block = drawn.to_dict()
    return built


def _doors(view: HomeView, voice: Voice) -> list[Block | None]:
    said = speech(voice)
    doors: list[Element] = []
    if (view.is_finance or view.is_admin) and not view.is_active:
        doors.append(button(said.words("See the preview"), ids.PREVIEW, ids.value(), primary=True))
    if view.is_finance and view.unowned_count:
        doors.append(button(said.words("Assign clients"), ids.ASSIGN, ids.value()))
    if view.is_finance and view.proposed_count:
        doors.append(check_accounts(voice))
    if view.is_finance and view.link_count:
        doors.append(links_button(voice))
    if view.rates_lists:
        doors.append(button(said.words("Rate a list"), ids.PROSPECT_LIST, ids.value()))
    if view.may_be_away:
        doors.append(button(said.words("Absence"), ids.ABSENCE, ids.value()))
    if view.is_finance:
        doors.append(button(said.words("Scenarios"), scenario_ids.SCENARIOS, ids.value()))
        doors.append(button(said.words("Texts to clients"), text_ids.CLIENT_TEXTS, ids.value()))
    if view.is_admin:
        doors.append(button(said.words("Settings"), ids.SETTINGS, ids.value()))
    return [actions(doors[:_BUTTONS_IN_A_ROW]), actions(doors[_BUTTONS_IN_A_ROW:])]


def _handovers(view: HomeView, voice: Voice) -> list[Block | None]:
    tell = sentences("home", voice)
    unowned = section(tell.unowned(view.unowned_count)) if view.unowned_count else None
    label = speech(voice).words("Take it")
    rows = [
        section(tell.handover(line), button(label, ids.TAKE, _carried(line)))
        for line in view.handovers[: limits.LINES_SHOWN]
    ]
    return [unowned, section(tell.title("handovers")) if rows else None, *rows]


def _alerts(view: HomeView, voice: Voice) -> list[Block | None]:
    tell = sentences("home", voice)
    label = speech(voice).words("Note the exchange")
    shown = view.alerts[: limits.LINES_SHOWN]
    rows = [
        section(_client(line, view, voice), button(label, ids.NOTE, _carried(line)))
        for line in shown
    ]
    left = max(view.alert_count, len(view.alerts)) - len(shown)
    more = context(tell.others(left)) if left else None
    return [divider(), section(tell.title("alerts")), *rows, more] if rows else []


def _client(line: LineView, view: HomeView, voice: Voice) -> Mrkdwn:
    whose = sentences("lists", voice).whose(line, view.today)
    return sentences("home", voice).client(line, whose)


def _steps(view: HomeView, voice: Voice) -> list[Block | None]:
    if view.steps is None or not view.steps.lines:
        return []
    tell = sentences("lists", voice)
    label = speech(voice).words("Prepare")
    shown = view.steps.lines[: limits.LINES_SHOWN]
    rows = [
        section(
            tell.line("steps", line, view.today),
            button(label, ids.STEP, ids.value(step_id=line.step_id, client_id=line.client_id)),
        )
        for line in shown
    ]
    left = view.steps.count - len(shown)
    more = context(sentences("home", voice).others(left)) if left > 0 else None
    return [section(sentences("home", voice).title("steps")), *rows, more]


def _tasks(view: HomeView, voice: Voice) -> list[Block | None]:
    tell = sentences("lists", voice)
    label = speech(voice).words("Done")
    rows = [
        section(
            tell.task_line(task, view.today),
            button(label, ids.TASK_DONE, ids.value(task_id=task.task_id, client_id=task.client_id)),
        )
        for task in view.tasks[: limits.LINES_SHOWN]
    ]
    return [section(sentences("home", voice).title("tasks")), *rows] if rows else []


def _list(title: str, said: Sequence[Mrkdwn], voice: Voice) -> Block | None:
    if not said:
        return None
    tell = sentences("home", voice)
    shown = said[: limits.LINES_SHOWN]
    left = len(said) - len(shown)
    more = tell.others(left) if left else Mrkdwn()
    return section(lines(tell.title(title), *(Mrkdwn(f"• {line}") for line in shown), more))


def _carried(line: LineView) -> str:
    return ids.value(handover_id=line.handover_id, alert_id=line.alert_id, client_id=line.client_id)


def help_message(
    voice: Voice,
    *,
    is_admin: bool = False,
    is_finance: bool = False,
    orders_prospects: bool = False,
) -> Message:
    """Draw what goodcop does and what can be typed, by what the reader may do."""
    tell = sentences("home", voice)
    headline = tell.help()
    said = [tell.help_commands(), tell.help_solvency(), tell.help_today(), tell.help_import()]
    if orders_prospects:
        said += [tell.help_prospects(), tell.help_export()]
    if is_finance:
        said.append(tell.help_links())
    if is_admin:
        said.append(tell.help_settings())
    return message(headline, [section(lines(headline, *said)), context(tell.help_note())])
