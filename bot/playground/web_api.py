"""The HTTP side of the Web API: arguments, token, scope, pace, faults, answers."""

import asyncio
import json
import logging
import mimetypes
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.playground.api_chat import answer_reply
from bot.playground.api_people import missing_scope
from bot.playground.context import Call, Slack
from bot.playground.faults import Fault, FaultKind
from bot.playground.methods import METHODS, Method
from bot.playground.shapes import Json, SlackError

log = logging.getLogger(__name__)
DOES_THE_WORK = {FaultKind.ANSWER_LOST, FaultKind.ANSWER_502}
NESTED = {"blocks", "view", "metadata", "files", "attachments"}  # JSON inside a form value


class Dropped(Response):
    """Close the connection without a word, as a network failure does."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Abort uvicorn's transport; elsewhere (in-process transports) fail as a lost peer."""
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if transport is None:
            raise ConnectionResetError("dropped on purpose")
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass


def _nested(args: Json) -> Json:
    for name in NESTED & args.keys():
        if isinstance(args[name], str) and args[name]:
            try:
                args[name] = json.loads(args[name])
            except ValueError as problem:
                code = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
                raise SlackError(code) from problem
    return args


async def read_args(request: Request) -> Json:
    """Read arguments from the query string and a form or JSON body."""
    args: Json = dict(parse_qsl(request.url.query, keep_blank_values=True))
    body = (await request.body()).decode()
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json") and body:
        try:
            posted = json.loads(body)
        except ValueError as problem:
            raise SlackError("invalid_json") from problem
        if not isinstance(posted, dict):
            raise SlackError("json_not_object")
        args |= posted
    elif kind.startswith("multipart/form-data"):
        form = await request.form()
        args |= {key: value for key, value in form.items() if isinstance(value, str)}
    else:
        args |= dict(parse_qsl(body, keep_blank_values=True))
    return _nested(args)


class WebApi:
    """Answer `/api/<method>`, response URLs and uploads."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack

    def routes(self) -> list[Route]:
        """Return the routes of the Web API."""
        return [
            Route("/api/{method}", self.call, methods=["GET", "POST"]),
            Route("/response/{token}", self.reply, methods=["POST"]),
            Route("/upload/{file}", self.upload, methods=["POST", "PUT"]),
            Route("/files-pri/{file}/download/{name}", self.download, methods=["GET"]),
        ]

    async def call(self, request: Request) -> Response:
        """Answer one method call, or the fault it was to meet."""
        name = request.path_params["method"]
        if self.slack.faults.down:
            return PlainTextResponse("service unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            args = await read_args(request)
            method = self._authorised(name, request, args)
        except SlackError as refusal:
            return JSONResponse(refusal.answer())
        call = Call(name, args, self._token(request, args))
        fault = self.slack.faults.take(name, args.get("channel"))
        if fault and fault.kind not in DOES_THE_WORK:
            return await self._fail(fault)
        wait = self.slack.pace.refuse(name, method.tier, args.get("channel"))
        if wait is not None:
            return self._too_many(wait)
        answer = self._do(method, call)
        return await self._fail(fault) if fault else answer

    def _do(self, method: Method, call: Call) -> Response:
        self.slack.calls.append(call)
        try:
            return JSONResponse({"ok": True, **method.do(self.slack, call)})
        except SlackError as refusal:
            log.info("%s refused: %s %s", call.method, refusal.code, refusal.details)
            return JSONResponse(refusal.answer())

    @staticmethod
    def _token(request: Request, args: Json) -> str:
        header = request.headers.get("authorization", "")
        return header.removeprefix("Bearer ").strip() or str(args.get("token") or "")

    def _authorised(self, name: str, request: Request, args: Json) -> Method:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        token, config = self._token(request, args), self.slack.config
        if not token:
            raise SlackError("not_authed")
        if token not in (config.bot_token, config.app_token):
            raise SlackError("invalid_auth")
        if method.app_level != (token == config.app_token):
            raise SlackError("not_allowed_token_type")
        if method.scope and method.scope not in config.scopes:
            raise missing_scope(self.slack, method.scope)
        return method

    @staticmethod
    def _too_many(seconds: int) -> Response:
        body = {"ok": False, "error": "ratelimited"}
        return JSONResponse(body, 429, headers={"Retry-After": str(seconds)})

    async def _fail(self, fault: Fault) -> Response:
        match fault.kind:
            case FaultKind.RATE_LIMITED:
                return self._too_many(fault.retry_after)
            case FaultKind.ERROR_500:
                return PlainTextResponse("internal error", 500)
            case FaultKind.ERROR_502 | FaultKind.ANSWER_502:
                return PlainTextResponse("bad gateway", 502)
            case FaultKind.EMPTY_BODY:
                return PlainTextResponse("")
            case FaultKind.SLACK_ERROR:
                return JSONResponse({"ok": False, "error": fault.detail})
            case FaultKind.TIMEOUT | FaultKind.ANSWER_LOST:
                await asyncio.sleep(fault.hold_seconds)
                return Dropped()

    async def reply(self, request: Request) -> Response:
        """Take an answer sent to a response URL."""
        try:
            body = json.loads(await request.body())
            answer_reply(self.slack, self.slack.tickets.take_reply(self._name(request)), body)
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_payload"}, 400)
        except SlackError as refusal:
            status = 404 if refusal.code in ("expired_url", "used_url") else 400
            return JSONResponse(refusal.answer(), status)
        return PlainTextResponse("ok")

    @staticmethod
    def _name(request: Request) -> str:
        return str(request.path_params["token"])

    async def download(self, request: Request) -> Response:
        """Give the bytes of a file to the app; anybody else is sent to sign in, as Slack does."""
        config = self.slack.config
        id = request.path_params["file"].removeprefix(f"{config.team_id}-")
        file = self.slack.workspace.files.get(id)
        may = self._token(request, {}) == config.bot_token and "files:read" in config.scopes
        if not may:
            return RedirectResponse("/")
        if file is None or file.content is None:
            return PlainTextResponse("not found", 404)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return Response(file.content, media_type=kind)

    async def upload(self, request: Request) -> Response:
        """Take the bytes of a file."""
        file = self.slack.workspace.files.get(request.path_params["file"])
        content = await request.body()
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            uploaded = next(iter((await request.form()).values()), "")
            content = uploaded.encode() if isinstance(uploaded, str) else await uploaded.read()
        if file is None or len(content) != file.length:
            return PlainTextResponse("bad upload", 400)
        file.content = content
        return PlainTextResponse(f"OK - {len(content)}")
