"""Secrets and personal words at rest: AES-256-GCM bound to their tenant, keys that rotate.

The first key seals; every key opens. A sealed text moved to another tenant does not open.
"""

import base64
import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.domain.errors import GoodcopError

_NONCE_BYTES = 12


class SealBroken(GoodcopError):
    """A sealed text does not open with any of the keys, or belongs to another tenant."""

    code = "seal_broken"


class Vault:
    """Seals and opens short texts; `keys` are the operator's secrets, newest first."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        if not keys or not all(keys):
            raise ValueError("at least one secret key is needed")
        self._ciphers = {_name(key): AESGCM(hashlib.sha256(key.encode()).digest()) for key in keys}
        self._first = _name(keys[0])

    def seal(self, tenant: int | str, text: str) -> str:
        """Return `text` sealed for `tenant`; an empty text stays empty."""
        if not text:
            return ""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._ciphers[self._first].encrypt(nonce, text.encode(), str(tenant).encode())
        return f"{self._first}.{base64.b64encode(nonce + sealed).decode()}"

    def unseal(self, tenant: int | str, sealed: str) -> str:
        """Return the text sealed for `tenant`; raise `SealBroken` where it is not ours to read."""
        if not sealed:
            return ""
        name, _, body = sealed.partition(".")
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise SealBroken("sealed with a key that GOODCOP_SECRET_KEYS no longer lists")
        raw = base64.b64decode(body)
        try:
            text = cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], str(tenant).encode())
        except InvalidTag as broken:
            raise SealBroken("this text belongs to another workspace or was altered") from broken
        return text.decode()

    def is_current(self, sealed: str) -> bool:
        """Say whether the newest key sealed it (else sealing anew rotates it)."""
        return not sealed or sealed.startswith(self._first + ".")


def _name(key: str) -> str:
    return hashlib.sha256(b"name:" + key.encode()).hexdigest()[:8]
