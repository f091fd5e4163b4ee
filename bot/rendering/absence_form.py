"""The window in which people say until when they are away, and who stands in."""

from bot.rendering import ids
from bot.rendering.environment import sentences
from bot.rendering.fields import chosen, dated, modal
from bot.rendering.form_views import AbsenceFormView
from bot.rendering.parts import Block, option, section
from bot.rendering.speech import speech
from bot.rendering.views import Voice


def absence_form(view: AbsenceFormView, voice: Voice) -> Block:
    """Draw one's own absence; an emptied date means being back."""
    said = speech(voice)
    others = [option(one.name, str(one.id)) for one in view.others]
    blocks = [
        section(sentences("form", voice).absence()),
        dated(
            ids.UNTIL,
            said.words("Last day away"),
            optional=True,
            initial=view.until,
            hint=said.words("empty: back at work") if view.until else None,
        ),
        chosen(
            ids.STAND_IN,
            said.words("Who stands in"),
            others,
            initial=str(view.stand_in_id) if view.stand_in_id else None,
            optional=True,
        ),
    ]
    title, save, close = said.words("Absence"), said.words("Save"), said.words("Cancel")
    return modal(title, save, close, ids.ABSENCE_FORM, ids.value(), blocks)
