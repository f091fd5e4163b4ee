"""What the page's forms do: say, click, submit, close, use a shortcut."""

from collections.abc import Awaitable, Callable

from markupsafe import escape
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.playground.blocks import elements_of
from bot.playground.choices import Entered
from bot.playground.context import Slack
from bot.playground.events import Events
from bot.playground.interactions import Interactions, find_element
from bot.playground.modals import enter
from bot.playground.shapes import Json, SlackError
from bot.playground.state import View
from bot.playground.viewer import Viewer

FIELD = "field"


def field_name(block_id: str, action_id: str) -> str:
    """Return the form name of an input."""
    return f"{FIELD}|{block_id}|{action_id}"


class Acts:
    """Routes of the page's forms; each answers 204 and asks the page to look again."""

    def __init__(self, slack: Slack, interactions: Interactions, events: Events) -> None:
        self.slack = slack
        self.interactions = interactions
        self.events = events

    def routes(self) -> list[Route]:
        """Return the routes of the forms."""
        base = "/as/{user}/{place}"
        acts: dict[str, Callable[[str, str, FormData], Awaitable[object]]] = {
            "say": self.say,
            "click": self.click,
            "submit": self.submit,
            "close": self.close,
            "shortcut": self.shortcut,
        }
        return [
            Route(f"{base}/suggest", self.suggest, methods=["POST"]),
            Route(f"{base}/file", self.file, methods=["POST"]),
            *(
                Route(f"{base}/{name}", self._route(act), methods=["POST"])
                for name, act in acts.items()
            ),
        ]

    @staticmethod
    def _route(
        act: Callable[[str, str, FormData], Awaitable[object]],
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            form = await request.form()
            try:
                await act(request.path_params["user"], request.path_params["place"], form)
            except (LookupError, ValueError, SlackError):
                # The page was older than what is there now: drawing it again is the answer.
                return Response(status_code=204, headers={"HX-Trigger": "refresh"})
            return Response(status_code=204, headers={"HX-Trigger": "refresh"})

        return answer

    async def say(self, user: str, place: str, form: FormData) -> None:
        """Send a message, or a command when it starts with a slash."""
        text = str(form.get("text", "")).strip()
        if not text or place not in self.slack.workspace.channels:
            return
        thread = str(form.get("thread_ts") or "") or None
        if text.startswith("/"):
            await self.interactions.type_command(user, place, text)
            return
        await self.events.say(user, place, text, thread_ts=thread)

    async def click(self, user: str, place: str, form: FormData) -> None:
        """Press or choose; in a modal, what is in its other fields is kept first."""
        where, action_id = str(form["where"]), str(form["action_id"])
        block_id = str(form["block_id"])
        name = field_name(block_id, action_id)
        value: Entered = [str(one) for one in form.getlist(name)] if name in form else None
        if "value" in form:
            value = str(form["value"]) or None
        if where.startswith("V"):
            view = self.slack.workspace.find_view(where)
            self._keep(view, form)
            _, element = find_element(view.body["blocks"], action_id, None, block_id)
        else:
            element = {}
        if element.get("type") == "button":
            value = None
        await self.interactions.click(user, where, action_id, value, block_id=block_id)

    def _keep(self, view: View, form: FormData) -> dict[str, Entered]:
        entered = self._entered(view, form)
        for block_id, value in entered.items():
            enter(view, {block_id: value}, self._offered(view.user))
        return entered

    def _offered(self, user: str) -> Callable[[str], list[Json]]:
        return lambda action_id: self.interactions.offered.get((user, action_id), [])

    @staticmethod
    def _entered(view: View, form: FormData) -> dict[str, Entered]:
        entered: dict[str, Entered] = {}
        for block in view.body["blocks"]:
            for element in elements_of(block) if block["type"] == "input" else ():
                if element["type"] == "file_input":
                    continue
                values = form.getlist(field_name(block["block_id"], element["action_id"]))
                texts = [str(value) for value in values if value != ""]
                plain = element["type"] == "plain_text_input"
                entered[block["block_id"]] = (
                    "\n".join("".join(texts).splitlines()) if plain else texts
                )
        return entered

    async def submit(self, user: str, place: str, form: FormData) -> None:
        """Submit the modal."""
        view = self.slack.workspace.find_view(str(form["where"]))
        await self.interactions.submit(user, view.id, self._entered(view, form))

    async def suggest(self, request: Request) -> Response:
        """Type in an external select; answer what the list now offers, the present choice first."""
        user, form = request.path_params["user"], await request.form()
        action_id, block_id = str(form["action_id"]), str(form["block_id"])
        present = str(form.get(field_name(block_id, action_id), ""))
        known = self._offered(user)(action_id)
        try:
            view = self.slack.workspace.find_view(str(form["where"]))
            offered = await self.interactions.suggest(
                user, view.id, action_id, str(form.get("query", "")), block_id=block_id
            )
        except (LookupError, SlackError):
            return Response(status_code=204)
        if present not in {option["value"] for option in offered}:
            offered += [option for option in known if option["value"] == present]
        return HTMLResponse(Viewer(self.slack, user).offered(offered, present))

    async def file(self, request: Request) -> Response:
        """Choose a file; answer its name, or why the field does not take it."""
        user, form = request.path_params["user"], await request.form()
        viewer, given = Viewer(self.slack, user), form.get("file")
        try:
            if isinstance(given, UploadFile) and given.filename:
                where, action_id = str(form["where"]), str(form["action_id"])
                self.interactions.send_file(
                    user,
                    where,
                    action_id,
                    given.filename,
                    await given.read(),
                    block_id=str(form["block_id"]),
                )
                view = self.slack.workspace.find_view(where)
                wrong = view.errors.get(str(form["block_id"]))
                return HTMLResponse(escape(viewer.error(wrong) if wrong else given.filename))
        except (LookupError, SlackError):
            pass
        return Response(status_code=204)

    async def close(self, user: str, place: str, form: FormData) -> None:
        """Close the modal."""
        await self.interactions.close(user, str(form["where"]))

    async def shortcut(self, user: str, place: str, form: FormData) -> None:
        """Use a message shortcut."""
        await self.interactions.shortcut(user, str(form["ts"]), str(form["callback_id"]))
