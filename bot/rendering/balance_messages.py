"""The answer to "what do they owe us?": the card, the choice, the refusal, the history."""

from bot.rendering import formats, ids, limits
from bot.rendering.alert_messages import contact_line
from bot.rendering.answers import answer_buttons, warnings
from bot.rendering.card_views import (
    BalanceView,
    ChoicesView,
    CurrencyBalanceView,
    HistoryView,
    RefusedView,
    SharedBalanceView,
)
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn, dotted
from bot.rendering.fields import modal
from bot.rendering.items import item_table
from bot.rendering.parts import (
    BLANK,
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    lines,
    message,
    section,
)
from bot.rendering.speech import speech
from bot.rendering.thread_messages import event_sentence
from bot.rendering.views import FreshnessView, Voice
from bot.rendering.vocabulary import BUCKETS


def balance(view: BalanceView, voice: Voice) -> Message:
    """Draw a client's account, for the eyes of who asked."""
    tell = sentences("card", voice)
    if not view.balances:
        nothing = tell.nothing(view)
        return message(nothing, [section(nothing)])
    main = view.balances[0]
    headline = tell.headline(view, view.code, main)
    owner = tell.owner(view.owner) if view.owner else tell.no_owner()
    blocks = [
        section(lines(headline, *_figures(view.balances, voice), _habits(view, main, voice))),
        _people(view, voice),
        actions(_answers(view, voice)),
        context(dotted([books(view.freshness, voice), owner])),
        _items(main, voice),
    ]
    return message(headline, blocks)


def _figures(balances: tuple[CurrencyBalanceView, ...], voice: Voice) -> list[Mrkdwn]:
    tell = sentences("card", voice)
    main = balances[0]
    aged = dotted(
        tell.bucket(speech(voice).say(BUCKETS[bucket]), minor, main.currency)
        for bucket, minor in main.ageing
    )
    return [*(tell.other(balance) for balance in balances[1 : limits.ITEMS_SHOWN]), aged]


def _habits(view: BalanceView, main: CurrencyBalanceView, voice: Voice) -> Mrkdwn:
    tell = sentences("card", voice)
    said = [tell.last_receipt(main, view.today)]
    if view.payer:
        said.append(tell.payer(view.payer, view.usual))
    if view.usual and not (view.payer and view.payer.because.is_from_settlements):
        said.append(tell.usual(view.usual))
    if view.limit_minor is not None:
        said.append(tell.limit(view.limit_minor, main.currency))
    return Mrkdwn(" ".join(part for part in said if part))


def _people(view: BalanceView, voice: Voice) -> Block | None:
    """Return promises, disputes, whom to call, and the last notes."""
    tell, happened = sentences("card", voice), sentences("handover", voice)
    few = limits.NOTES_SHOWN
    disputes = [tell.dispute(dispute) for dispute in view.disputes[:few]]
    if view.promises and not disputes:
        disputes = [tell.no_dispute()]
    muted = [sentences("alert", voice).muted(view.mute, view.today)] if view.mute else []
    clock = [sentences("alert", voice).clock(view.clock, view.today)] if view.clock else []
    said = [
        *muted,
        *clock,
        *warnings(view.is_frozen, view.held, view.cover, view.today, voice),
        *(tell.granted(one, view.today) for one in view.granted[:few]),
        *(tell.promise(promise, view.today) for promise in view.promises[:few]),
        *disputes,
        *(contact_line(contact, voice) for contact in view.contacts[:few]),
        *(happened.said(note, view.today) for note in view.notes[:few]),
    ]
    text = lines(*said)
    return section(text) if text else None


def _answers(view: BalanceView, voice: Voice) -> list[Element]:
    shown = [ids.NOTE] if view.may_note else []
    if view.may_share:
        shown.append(ids.SHARE)
    if view.may_hand_over and view.alert_id is not None:
        shown.append(ids.HAND_OVER)
    menu: tuple[str, ...] = (ids.HISTORY,)
    if view.may_note:
        menu = (ids.PROMISE, ids.DISPUTE, ids.HISTORY)
    if view.may_note and not view.may_open_file:  # finance's menu is full: its alerts lead there
        menu = (ids.PROMISE, ids.DISPUTE, ids.GIVE_TIME, ids.HISTORY)
    if view.may_mute:
        menu = (*menu, ids.UNMUTE if view.mute else ids.MUTE)
    if view.may_open_file:
        menu = (*menu, ids.FINANCE_FILE)
    return answer_buttons(shown, view.alert_id, view.client_id, voice, menu=menu)


def _items(main: CurrencyBalanceView, voice: Voice) -> Block | None:
    """Return the items, what is not attributed, and the balance they add up to."""
    said = speech(voice)
    ending = []
    if main.unattributed_minor:
        amount = formats.exact(main.unattributed_minor, main.currency, voice.locale)
        ending.append((said.words("Not attributed"), BLANK, BLANK, amount))
    net = formats.exact(main.net_minor, main.currency, voice.locale)
    ending.append((said.words("Balance"), BLANK, BLANK, net))
    shown = limits.BALANCE_ITEMS_SHOWN
    return item_table(main.items, main.item_count, said, shown=shown, ending=ending)


def books(freshness: FreshnessView, voice: Voice) -> Mrkdwn:
    """Return how far the books go and where due dates come from."""
    return sentences("alert", voice).books(freshness)


def balance_choices(view: ChoicesView, voice: Voice) -> Message:
    """Draw the near matches as buttons: a choice, never a guess."""
    tell = sentences("card", voice)
    if not view.query:
        asked = tell.ask()
        return message(asked, [section(asked)])
    if not view.choices:
        headline = tell.missing(view)
        return message(headline, [section(lines(headline, tell.how()))])
    headline = tell.choose(view) if len(view.choices) > 1 else tell.one(view)
    label = speech(voice).words("See the account")
    rows = [
        section(
            tell.choice(choice),
            button(label, ids.CHOOSE_CLIENT, ids.value(client_id=choice.client_id)),
        )
        for choice in view.choices[: limits.CHOICES_MAX]
    ]
    return message(headline, [section(headline), *rows, context(tell.how())])


def balance_refused(view: RefusedView, voice: Voice) -> Message:
    """Draw that the client is somebody else's; totals only where the workspace shows them."""
    tell = sentences("card", voice)
    refusal = tell.refused(view)
    totals = (tell.other(total) for total in view.totals[: limits.ITEMS_SHOWN])
    return message(refusal, [section(lines(refusal, *totals))])


def shared_balance(view: SharedBalanceView, voice: Voice) -> Message:
    """Draw the figures shared into a channel: no notes, no contacts, no buttons."""
    tell = sentences("card", voice)
    headline = tell.headline(view, view.code, view.balances[0])
    seen = (tell.seen(balance, view.today) for balance in view.balances)
    blocks = [
        section(lines(headline, *_figures(view.balances, voice), *seen)),
        context(dotted([books(view.freshness, voice), tell.shared(view)])),
    ]
    return message(headline, blocks)


def history(view: HistoryView, voice: Voice) -> Message:
    """Draw what happened with a client, newest first; older lines are behind a button."""
    tell = sentences("card", voice)
    if not view.events:
        nothing = tell.no_history(view)
        return message(nothing, [section(nothing)])
    title = tell.history(view)
    dated = sentences("event", voice)
    told = [
        dated.dated(event, view.today, event_sentence(event, voice))
        for event in view.events[: limits.LINES_SHOWN]
    ]
    return message(title, [section(lines(title, *told)), _older(view, voice)])


def history_modal(view: HistoryView, voice: Voice) -> Block:
    """Draw the same history as a window to read; older lines replace these."""
    said = speech(voice)
    drawn = history(view, voice)
    carried = ids.value(client_id=view.client_id)
    title, close = said.words("History"), said.words("Close")
    return modal(title, None, close, ids.HISTORY_VIEW, carried, drawn.blocks)


def _older(view: HistoryView, voice: Voice) -> Block | None:
    if view.older_before is None:
        return None
    carried = ids.value(client_id=view.client_id, before=view.older_before)
    return actions([button(speech(voice).words("Older"), ids.HISTORY_OLDER, carried)])
