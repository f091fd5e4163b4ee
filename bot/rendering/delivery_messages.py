"""What the owner of a client reads when its deliveries are held, and when they are free again."""

from bot.rendering import ids
from bot.rendering.answers import answer_buttons
from bot.rendering.environment import sentences
from bot.rendering.parts import Message, actions, message, section
from bot.rendering.views import HeldView, Voice


def deliveries_held(client_id: int, client: str, held: HeldView, voice: Voice) -> Message:
    """Draw that deliveries are to be held, and why."""
    said = sentences("file", voice).told(client, held)
    shown = answer_buttons((ids.BALANCE, ids.NOTE), None, client_id, voice)
    return message(said, [section(said), actions(shown)])


def deliveries_freed(client: str, by: str, voice: Voice) -> Message:
    """Draw that deliveries are free again: by whom, or because all was paid."""
    said = sentences("file", voice).freed(client, by)
    return message(said, [section(said)])
