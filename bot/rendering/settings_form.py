"""The workspace's settings, as an administrator changes them."""

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    TimePickerElement,
)

from bot.rendering import ids
from bot.rendering.channel_views import channel_sections
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.fields import chosen, field, modal, typed
from bot.rendering.finance_messages import check_accounts
from bot.rendering.form_views import SettingsFormView
from bot.rendering.link_views import links_button
from bot.rendering.parts import Block, option, section
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice

YES, NO = "yes", "no"
_ZONES = (
    "Europe/Paris",
    "Europe/Brussels",
    "Europe/Zurich",
    "Europe/London",
    "America/Montreal",
    "America/Guadeloupe",
    "America/Cayenne",
    "Indian/Reunion",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "UTC",
)


def settings_form(view: SettingsFormView, voice: Voice) -> Block:
    """Draw the settings of a workspace."""
    said = speech(voice)
    blocks = [
        _channel(view, said),
        typed(
            ids.FINANCE_NAME,
            said.words("Name of the finance team"),
            optional=True,
            initial=view.finance_name,
            placeholder=said.words("the finance team"),
        ),
        typed(ids.CURRENCY, said.words("Main currency"), initial=view.currency),
        _language(view, said),
        _zone(view, said),
        _hour(view, said),
        _manners(view, said),
        _totals(view, said),
        *channel_sections(view.channels, voice),
        section(_accounts(view, voice), check_accounts(voice)),
        section(_links(view, voice), links_button(voice)),
    ]
    title, close = said.words("Settings"), said.words("Cancel")
    return modal(title, said.words("Save"), close, ids.SETTINGS_FORM, ids.value(), blocks)


def _accounts(view: SettingsFormView, voice: Voice) -> Mrkdwn:
    """Return what the accounts kept out of alerts wait for."""
    if view.proposed_count:
        return sentences("team", voice).to_check(view.proposed_count)
    return sentences("form", voice).no_kinds()


def _links(view: SettingsFormView, voice: Voice) -> Mrkdwn:
    """Return how many clients wait for a SIREN."""
    tell = sentences("link", voice)
    return tell.waiting(view.link_count) if view.link_count else tell.nothing()


def _channel(view: SettingsFormView, said: Speech) -> Block:
    element = ConversationSelectElement(
        action_id=ids.FINANCE_CHANNEL,
        initial_conversation=view.finance_channel or None,
        filter=ConversationFilter(include=["private"], exclude_external_shared_channels=True),
    )
    hint = said.words("A private channel without guests; invite goodcop to it first.")
    return field(ids.FINANCE_CHANNEL, said.words("Finance channel"), element, hint=hint)


def _language(view: SettingsFormView, said: Speech) -> Block:
    options = [option("Français", "fr"), option("English", "en")]
    label = said.words("Language of the channels")
    return chosen(ids.LOCALE, label, options, initial=view.locale)


def _zone(view: SettingsFormView, said: Speech) -> Block:
    zones = _ZONES if view.time_zone in _ZONES else (view.time_zone, *_ZONES)
    options = [option(zone, zone) for zone in zones]
    return chosen(ids.TIME_ZONE, said.words("Time zone"), options, initial=view.time_zone)


def _hour(view: SettingsFormView, said: Speech) -> Block:
    element = TimePickerElement(action_id=ids.DIGEST_AT, initial_time=view.digest_at)
    return field(ids.DIGEST_AT, said.words("Hour of the digest"), element)


def _manners(view: SettingsFormView, said: Speech) -> Block:
    options = [option("vous", YES), option("tu", NO)]
    label = said.words("How goodcop speaks in French")
    return chosen(ids.FORMAL, label, options, initial=YES if view.formal else NO)


def _totals(view: SettingsFormView, said: Speech) -> Block:
    yes = option(said.words("Salespeople see the totals of each other's clients"), YES)
    element = CheckboxesElement(
        action_id=ids.SALES_SEE_TOTALS,
        options=[yes],
        initial_options=[yes] if view.sales_see_totals else None,
    )
    label = said.words("Sharing between salespeople")
    return field(ids.SALES_SEE_TOTALS, label, element, optional=True)
