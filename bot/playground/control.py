"""`/control/*`: the same acts and looks as JSON over HTTP, for other processes."""

import dataclasses

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.playground.context import Slack
from bot.playground.delivery import Answer
from bot.playground.events import Events
from bot.playground.faults import Fault, FaultKind
from bot.playground.interactions import Interactions
from bot.playground.shapes import Json, SlackError


def _shown(answer: Answer) -> JSONResponse:
    return JSONResponse({"ok": answer.ok, **dataclasses.asdict(answer)})


class Control:
    """Routes under `/control/`; bodies and answers are JSON."""

    def __init__(self, slack: Slack, interactions: Interactions, events: Events) -> None:
        self.slack = slack
        self.interactions = interactions
        self.events = events

    def routes(self) -> list[Route]:
        """Return the control routes."""
        acts = (
            "command",
            "click",
            "submit",
            "close",
            "shortcut",
            "suggest",
            "home",
            "say",
            "event",
            "redeliver",
        )
        return [
            Route("/control/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/control/request_urls", self.request_urls, methods=["POST"]),
            Route("/control/posts", self.posts, methods=["GET"]),
            Route("/control/state", self.state, methods=["GET"]),
            *(Route(f"/control/{act}", self.act, methods=["POST"]) for act in acts),
        ]

    async def faults(self, request: Request) -> JSONResponse:
        """Ask for a fault: `{"method", "kind", "times", "retry_after", "hold_seconds"…}`.

        `{"down_for": seconds}` takes Slack down; DELETE clears everything.
        """
        faults = self.slack.faults
        if request.method == "DELETE":
            faults.clear()
        elif request.method == "POST":
            body = await request.json()
            if "down_for" in body:
                faults.go_down(float(body.pop("down_for")))
            if body:
                faults.add(Fault(**{**body, "kind": FaultKind(body["kind"])}))
        return JSONResponse({"faults": faults.listed(), "down": faults.down})

    async def request_urls(self, request: Request) -> JSONResponse:
        """Set where signed requests go: `{"urls": [...]}`."""
        self.slack.request_urls[:] = (await request.json())["urls"]
        return JSONResponse({"ok": True})

    async def posts(self, request: Request) -> JSONResponse:
        """Return the record of posts, from `?after=N` on."""
        after = int(request.query_params.get("after", "0"))
        return JSONResponse({"posts": self.slack.workspace.posts[after:]})

    async def state(self, request: Request) -> JSONResponse:
        """Return what `?user=` sees: messages by channel, modals, Home."""
        user, workspace = request.query_params["user"], self.slack.workspace
        home, config = workspace.homes.get(user), self.slack.config
        channels = {
            channel.id: [
                message.as_json(config, with_metadata=True) | {"ephemeral": message.ephemeral_for}
                for message in workspace.visible(channel.id, user)
            ]
            for channel in workspace.channels_of(user)
        }
        modals = [
            view.as_json(config) | {"errors": view.errors, "notice": view.notice}
            for view in workspace.stacks.get(user, [])
        ]
        return JSONResponse(
            {
                "channels": channels,
                "modals": modals,
                "home": home.as_json(config) if home else None,
            }
        )

    async def act(self, request: Request) -> JSONResponse:
        """Act as a user; the body holds the arguments of the method of the same name."""
        act, body = request.url.path.rsplit("/", 1)[-1], await request.json()
        try:
            return await self._act(act, body)
        except (LookupError, ValueError) as problem:
            return JSONResponse({"ok": False, "error": str(problem)}, 400)
        except SlackError as refusal:
            return JSONResponse(refusal.answer(), 400)

    async def _act(self, act: str, body: Json) -> JSONResponse:
        do = self.interactions
        match act:
            case "command":
                answer = await do.type_command(body["user"], body["channel"], body["line"])
            case "click":
                answer = await do.click(
                    body["user"],
                    body["where"],
                    body["action_id"],
                    body.get("value"),
                    block_id=body.get("block_id"),
                )
            case "submit":
                answer = await do.submit(body["user"], body["view_id"], body.get("values", {}))
            case "close":
                answer = await do.close(body["user"], body["view_id"])
            case "shortcut":
                answer = await do.shortcut(body["user"], body["ts"], body["callback_id"])
            case _:
                return await self._event(act, body)
        return _shown(answer)

    async def _event(self, act: str, body: Json) -> JSONResponse:
        if act == "suggest":
            options = await self.interactions.suggest(
                body["user"], body["view_id"], body["action_id"], body.get("query", "")
            )
            return JSONResponse({"ok": True, "options": options})
        if act == "redeliver":
            found = [e for e in self.events.sent if e.payload["event_id"] == body["event_id"]]
            return _shown(await self.events.redeliver(found[0], retry=body.get("retry", 1)))
        if act == "say":
            message = await self.events.say(
                body["user"], body["channel"], body["text"], thread_ts=body.get("thread_ts")
            )
            return JSONResponse({"ok": True, "ts": message.ts})
        if act == "home":
            event = await self.events.open_home(body["user"])
        else:
            event = await self.events.send(body["event"])
        return JSONResponse({"ok": True, "event_id": event.payload["event_id"] if event else None})
