"""The page on which one acts as a person of the workspace: rendered here, kept live by htmx."""

from pathlib import Path

import httpx
from jinja2 import ChainableUndefined, Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.acts import Acts
from bot.playground.context import Slack
from bot.playground.downloads import Downloads
from bot.playground.events import Events
from bot.playground.interactions import Interactions
from bot.playground.shapes import Json
from bot.playground.state import Message
from bot.playground.viewer import Viewer

HERE = Path(__file__).parent
HOME, MAIL = "home", "mail"


class Pages:
    """Routes of the page."""

    def __init__(self, slack: Slack, interactions: Interactions, events: Events) -> None:
        self.slack = slack
        self.events = events
        self.acts = Acts(slack, interactions, events)
        self.templates = Environment(
            loader=PackageLoader("bot.playground"),
            autoescape=True,
            undefined=ChainableUndefined,  # keys of Slack’s blocks are optional
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the page."""
        return [
            Route("/", self.start),
            Route("/as/{user}/{place}", self.page),
            Route("/as/{user}/{place}/live", self.live),
            *self.acts.routes(),
            *Downloads(self.slack).routes(),
            Route("/archives/{channel}/p{digits}", self.permalink),
            Route("/banner", self.banner),
            Route("/controls/{index:int}", self.control, methods=["POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/vendor", StaticFiles(directory=HERE / "vendor")),
        ]

    def _first_place(self, user: str) -> str:
        config = self.slack.config
        channels = [c for c in self.slack.workspace.channels_of(user) if not c.with_user]
        ids = [channel.id for channel in channels]
        if config.first_channel in ids:
            return str(config.first_channel)
        return ids[0] if ids else HOME

    async def start(self, request: Request) -> Response:
        """Go to the first person's first channel, at what they have not read yet."""
        people = [user.id for user in self.slack.config.users if not user.is_bot]
        user = self.slack.config.first_user or people[0]
        place = self._first_place(user)
        unread = next(iter(self._unread(user, place)), None)
        at = f"#m{unread.ts.replace('.', '')}" if unread else ""
        return RedirectResponse(f"/as/{user}/{place}{at}")

    async def permalink(self, request: Request) -> Response:
        """Go to a message, as the person of `?as=` or the first who can read it."""
        channel = self.slack.workspace.channels.get(request.path_params["channel"])
        if channel is None:
            return Response(status_code=404)
        wanted = request.query_params.get("as") or self.slack.config.first_user
        people = [id for id in channel.members if id != self.slack.config.bot_user_id]
        user = wanted if wanted in people else next(iter(people), None)
        if user is None:
            return Response(status_code=404)
        digits = request.path_params["digits"]
        thread = request.query_params.get("thread_ts")
        query = f"?thread={thread}" if thread else ""
        return RedirectResponse(f"/as/{user}/{channel.id}{query}#m{digits}")

    def _parts(self, user: str, place: str, thread: str | None) -> Json:
        """Return what the templates draw."""
        workspace, viewer = self.slack.workspace, Viewer(self.slack, user)
        workspace.direct(user)
        channel = workspace.channels.get(place)
        messages = workspace.visible(place, user) if channel else []
        roots = [m for m in messages if m.thread_ts in (None, m.ts)]
        replies: dict[str, list[Message]] = {}
        for message in messages:
            if message.thread_ts and message.thread_ts != message.ts:
                replies.setdefault(message.thread_ts, []).append(message)
        if messages:
            workspace.read[(user, place)] = messages[-1].ts
        if place == MAIL:
            workspace.mails_read[user] = len(self.slack.mailbox.mails)
        stack = workspace.stacks.get(user) or []
        modal = stack[-1] if stack else None
        key = f"{modal.id}:{modal.hash}:{modal.notice}:{modal.errors}" if modal else ""
        parent = next((m for m in roots if m.ts == thread), None)
        return {
            "v": viewer,
            "slack": self.slack,
            "config": self.slack.config,
            "people": [p for p in workspace.users.values() if not p.is_bot and not p.deleted],
            "channels": [(c, len(self._unread(user, c.id))) for c in workspace.channels_of(user)],
            "place": place,
            "mails": self.slack.mailbox.mails,
            "new_mails": len(self.slack.mailbox.mails) - workspace.mails_read.get(user, 0),
            "channel": channel,
            "messages": roots,
            "replies": replies,
            "thread": [parent, *replies.get(parent.ts, [])] if parent else [],
            "modal": modal,
            "modal_key": key,
            "home": workspace.homes.get(user),
            "version": workspace.version,
            "base": f"/as/{user}/{place}",
            "first_place": self._first_place,
            "thread_ts": thread or "",
        }

    def _unread(self, user: str, place: str) -> list[Message]:
        last = self.slack.workspace.read.get((user, place), "")
        seen = self.slack.workspace.visible(place, user)
        return [message for message in seen if message.ts > last]

    def _known(self, request: Request) -> tuple[str, str] | None:
        user, place = request.path_params["user"], request.path_params["place"]
        readable = {channel.id for channel in self.slack.workspace.channels_of(user)} | {HOME}
        if self.slack.config.has_mailbox:
            readable.add(MAIL)
        known = user in self.slack.workspace.users and place in readable
        return (user, place) if known else None

    async def page(self, request: Request) -> Response:
        """Draw the whole page."""
        known = self._known(request)
        if known is None:
            return RedirectResponse("/")
        user, place = known
        if place == HOME:
            await self.events.open_home(user)
        parts = self._parts(user, place, request.query_params.get("thread"))
        return HTMLResponse(self.templates.get_template("page.html").render(parts))

    async def live(self, request: Request) -> Response:
        """Draw what changed since `?version=`; nothing when nothing did."""
        known, query = self._known(request), request.query_params
        if known is None or query.get("version") == str(self.slack.workspace.version):
            return Response(status_code=204)
        parts = self._parts(*known, query.get("thread"))
        parts["modal_changed"] = query.get("modal_key", "") != parts["modal_key"]
        return HTMLResponse(self.templates.get_template("live.html").render(parts))

    async def _fetch(self, method: str, url: str) -> Json:
        async with httpx.AsyncClient(trust_env=False, timeout=60.0) as client:
            try:
                response = await client.request(method, url)
                body = response.json()
            except (httpx.HTTPError, ValueError) as problem:
                return {"text": type(problem).__name__}
        return body if isinstance(body, dict) else {"text": str(body)}

    async def banner(self, request: Request) -> Response:
        """Draw the banner: the demo's text and clock."""
        url = self.slack.config.banner_url
        body = await self._fetch("GET", url) if url else {}
        template = self.templates.get_template("banner.html")
        return HTMLResponse(template.render(text=body.get("text", ""), clock=body.get("clock", "")))

    async def control(self, request: Request) -> Response:
        """Press a button of the demo panel and show what it answers."""
        control = self.slack.config.controls[request.path_params["index"]]
        body = await self._fetch("POST", control.url)
        template = self.templates.get_template("banner.html")
        headers = {"HX-Trigger": "refresh"}
        drawn = template.render(text=body.get("text", ""), clock="")
        return HTMLResponse(drawn, headers=headers)
