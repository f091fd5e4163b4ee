"""What finance reads in its channel: clients without owner, imports, books too old."""

from collections.abc import Sequence

from bot.rendering import formats, ids, limits
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn, dotted
from bot.rendering.parts import (
    Block,
    Element,
    Message,
    actions,
    button,
    confirmation,
    context,
    lines,
    menu,
    message,
    option,
    section,
    table,
)
from bot.rendering.source_words import source_words
from bot.rendering.speech import speech
from bot.rendering.team_views import (
    EntityStatusView,
    ImportReportView,
    LineView,
    PreviewPersonView,
    PreviewView,
    StaleBooksView,
    UnownedView,
)
from bot.rendering.views import PersonView, Voice
from bot.rendering.vocabulary import KINDS, WHY_HELD


def unowned(view: UnownedView, voice: Voice) -> Message:
    """Draw the clients in alert that nobody owns, worst first, each with who could own it."""
    tell = sentences("lists", voice)
    headline = tell.unowned(view)
    shown = view.clients[: limits.UNOWNED_SHOWN]
    rows = [section(tell.unowned_line(line), _assign(line, view.people, voice)) for line in shown]
    left = len(view.clients) - len(shown)
    many = button(speech(voice).words("Assign several"), ids.ASSIGN, ids.value())
    ending = [
        context(tell.others(left)) if left else None,
        actions([many]) if len(view.clients) > 1 else None,
    ]
    return message(headline, [section(headline), *rows, *ending])


def _assign(line: LineView, people: tuple[PersonView, ...], voice: Voice) -> Element:
    """Return a menu of people, or a button that opens one when they are many."""
    label = speech(voice).words("Assign")
    if not 1 <= len(people) <= limits.PEOPLE_IN_LINE:
        carried = ids.value(client_id=line.client_id, alert_id=line.alert_id)
        return button(label, ids.ASSIGN, carried)
    options = [
        option(person.name, ids.value(client_id=line.client_id, person_id=person.id))
        for person in people
    ]
    return menu(ids.ASSIGN_TO, label, options)


def preview(view: PreviewView, voice: Voice) -> Message:
    """Draw the first import before anything is sent: who would get what, and "Activate"."""
    tell = sentences("team", voice)
    headline = tell.preview_headline(view)
    kinds = dotted(tell.kind(count, speech(voice).say(KINDS[kind])) for kind, count in view.kinds)
    facts = lines(
        headline,
        tell.preview_unowned(view),
        tell.due_dates(view),
        tell.kinds(kinds) if kinds else Mrkdwn(),
    )
    people = [
        section(tell.preview_person(line), _activate_one(line, view, voice))
        for line in view.people[: limits.PEOPLE_IN_LINE]
    ]
    blocks = [
        section(facts),
        context(tell.preview_facts(view)),
        *people,
        actions(_decisions(view, voice)),
        _worst(view, voice),
    ]
    return message(headline, blocks)


def _activate_one(line: PreviewPersonView, view: PreviewView, voice: Voice) -> Element | None:
    if line.is_active or view.is_active or line.person.id is None:
        return None
    label = speech(voice).words("Activate {name}", name=line.person.name)
    return button(label, ids.ACTIVATE_PERSON, ids.value(person_id=line.person.id))


def _decisions(view: PreviewView, voice: Voice) -> list[Element]:
    said = speech(voice)
    buttons: list[Element] = []
    if not view.is_active:
        confirm = confirmation(
            title=said.words("Activate for everyone?"),
            text=said.words("Each salesperson gets their clients, the worst first."),
            confirm=said.words("Activate"),
            deny=said.words("Not yet"),
        )
        label = said.words("Activate for everyone")
        activate = button(label, ids.ACTIVATE, ids.value(), primary=True, confirm=confirm)
        buttons.append(activate)
    if view.unowned_count:
        buttons.append(button(said.words("Assign clients"), ids.ASSIGN, ids.value()))
    if view.kinds:
        buttons.append(check_accounts(voice))
    buttons.append(button(said.words("Settings"), ids.SETTINGS, ids.value()))
    return buttons


def check_accounts(voice: Voice) -> Element:
    """Return the button to the accounts that imports propose to keep out of alerts."""
    return button(speech(voice).words("Check the accounts"), ids.KINDS, ids.value())


def _worst(view: PreviewView, voice: Voice) -> Block | None:
    said = speech(voice)
    rows = [
        (
            said.words("Client"),
            said.words("Owner"),
            said.words("Late"),
            said.words("Overdue"),
        )
    ]
    rows += [
        (
            line.client,
            line.person or "–",
            said.counted("{n} day", "{n} days", line.days),
            formats.rounded(line.minor, line.currency, voice.locale),
        )
        for line in view.worst[: limits.LINES_SHOWN]
    ]
    return table(rows, numbers_from=2)


def stale_books(view: StaleBooksView, voice: Voice) -> Message:
    """Draw that alerts wait for newer books, and what resumes them."""
    tell = sentences("team", voice)
    headline = tell.stale(view, speech(voice).say(WHY_HELD[view.why]))
    return message(headline, [section(lines(headline, tell.stale_more(view)))])


def import_report(view: ImportReportView, voice: Voice) -> Message:
    """Draw what an import brought, what it refused, and how to undo it."""
    tell = sentences("team", voice)
    headline = tell.import_headline(view)
    if view.undone:
        return message(headline, [section(headline)])
    totals = lines(*(tell.import_total(total) for total in view.totals))
    warned = _warnings(view.warnings, voice)
    asked = [tell.to_check(view.proposed_count)] if view.proposed_count else []
    check = [check_accounts(voice)] if view.proposed_count else []
    blocks = [
        section(lines(headline, tell.import_facts(view), totals, *warned, *asked)),
        _refused(view, voice),
        actions([*check, _undo(view, voice)]),
    ]
    return message(headline, blocks)


def _warnings(warnings: Sequence[str], voice: Voice) -> list[Mrkdwn]:
    """Return what a reader of files noticed, a line each."""
    tell, said = sentences("team", voice), speech(voice)
    return [tell.noticed(source_words(text, said)) for text in warnings[: limits.ITEMS_SHOWN]]


def _refused(view: ImportReportView, voice: Voice) -> Block | None:
    tell = sentences("team", voice)
    said = speech(voice)
    shown = [
        tell.rejected(row, source_words(row.reason, said))
        for row in view.rejected[: limits.ITEMS_SHOWN]
    ]
    left = view.rejected_count - len(shown)
    more = tell.others(left) if shown and left > 0 else Mrkdwn()
    return section(lines(*shown, more)) if shown else None


def _undo(view: ImportReportView, voice: Voice) -> Element:
    said = speech(voice)
    confirm = confirmation(
        title=said.words("Undo this import?"),
        text=said.words("The books come back to what they were before."),
        confirm=said.words("Undo"),
        deny=said.words("Keep it"),
    )
    carried = ids.value(run_id=view.run_id)
    return button(said.words("Undo this import"), ids.UNDO_IMPORT, carried, confirm=confirm)


def import_status(entities: tuple[EntityStatusView, ...], voice: Voice) -> Message:
    """Draw how fresh each company's books are."""
    tell = sentences("team", voice)
    if not entities:
        nothing = tell.no_import()
        return message(nothing, [section(nothing)])
    told = [
        lines(entity_line(status, voice), *_warnings(status.warnings, voice))
        for status in entities[: limits.LINES_SHOWN]
    ]
    title = tell.import_title()
    first = dotted([title, entity_line(entities[0], voice)])
    return message(first, [section(lines(title, *told))])


def entity_line(status: EntityStatusView, voice: Voice) -> Mrkdwn:
    """Return one company's last import, in one line."""
    why = speech(voice).say(WHY_HELD[status.held_why]) if status.held_why else Mrkdwn()
    return sentences("team", voice).entity(status, why)
