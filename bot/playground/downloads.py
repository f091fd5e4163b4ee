"""What a person can save from the page: files of their channels, files that came with e-mails."""

import mimetypes
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.playground.context import Slack


class Downloads:
    """Routes that give a file's bytes under its name."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack

    def routes(self) -> list[Route]:
        """Return the routes of downloads."""
        base = "/as/{user}/{place}"
        return [
            Route(f"{base}/files/{{file}}", self.file),
            Route(f"{base}/enclosed/{{mail:int}}/{{file:int}}", self.enclosed),
        ]

    async def file(self, request: Request) -> Response:
        """Give a file to somebody who reads the channel it was put into."""
        workspace, user = self.slack.workspace, request.path_params["user"]
        file = workspace.files.get(request.path_params["file"])
        readable = {channel.id for channel in workspace.channels_of(user)}
        if file is None or file.content is None or file.channel not in readable:
            return _not_found()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return _saved(file.name, kind, file.content)

    async def enclosed(self, request: Request) -> Response:
        """Give a file that came with an e-mail."""
        mail, file = request.path_params["mail"], request.path_params["file"]
        try:
            found = self.slack.mailbox.mails[mail].enclosed[file]
        except IndexError:
            return _not_found()
        return _saved(found.name, found.kind, found.content)


def _saved(name: str, kind: str, content: bytes) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}"}
    return Response(content, media_type=kind, headers=headers)


def _not_found() -> Response:
    return PlainTextResponse("not found", 404)
