"""The page on which one acts as a person of the workspace."""

from starlette.routing import BaseRoute

from bot.playground.context import Slack
from bot.playground.events import Events
from bot.playground.interactions import Interactions


class Pages:
    """Routes of the page."""

    def __init__(self, slack: Slack, interactions: Interactions, events: Events) -> None:
        self.slack = slack
        self.interactions = interactions
        self.events = events

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the page."""
        return []
