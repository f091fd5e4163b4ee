"""Another program told by HTTP: one signed JSON document, any answer of 2xx is a yes."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import httpx

from bot.domain.errors import PermanentSourceError, TemporarySourceError

_SECONDS = 10.0
_REFUSED = range(400, 500)
_WORTH_RETRYING = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where to tell, and the secret that signs what is told."""

    url: str
    secret: str = field(repr=False)
    transport: httpx.BaseTransport | None = None

    def send(self, document: Mapping[str, Any], *, key: str) -> None:
        """Tell once; the receiver knows a repeat by its `Idempotency-Key`.

        `X-Goodcop-Signature` is `sha256=` and the HMAC of the body. Raise `TemporarySourceError`
        when it is worth another try, `PermanentSourceError` when the receiver refuses it.
        """
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        signed = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"goodcop/{version('goodcop')}",
            "Idempotency-Key": key,
            "X-Goodcop-Signature": f"sha256={signed}",
        }
        try:
            with httpx.Client(timeout=_SECONDS, transport=self.transport) as client:
                answer = client.post(self.url, content=body, headers=headers)
        except httpx.HTTPError as error:
            raise TemporarySourceError(
                "The webhook does not answer.", code=type(error).__name__
            ) from error
        if answer.status_code in _REFUSED and answer.status_code not in _WORTH_RETRYING:
            raise PermanentSourceError("The webhook refuses.", code=str(answer.status_code))
        if not answer.is_success:
            raise TemporarySourceError("The webhook does not answer.", code=str(answer.status_code))
