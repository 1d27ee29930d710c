"""What protects every page: response headers, the CSRF token, and the vault for what must not lie about in clear."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Self

from cryptography.fernet import Fernet
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    # bpmn-js and form-js position what they draw by style attributes; style elements stay forbidden.
    "style-src-attr 'unsafe-inline'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
HSTS = "max-age=31536000; includeSubDomains"


class SecurityHeaders:
    """ASGI middleware that gives every answer the security headers, and `no-store` where nothing else was said."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = HEADERS | ({"Strict-Transport-Security": HSTS} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the start of the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Vault:
    """Encrypts credentials at rest and derives CSRF tokens, with a key in the installation's secrets folder."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)
        self._csrf_key = hashlib.sha256(b"csrf" + key).digest()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the vault of a data folder, making its key (mode 0600) on the first start."""
        path = folder / "gateway.key"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _write_once(path, Fernet.generate_key())
        return cls(path.read_bytes())

    def seal(self, text: str) -> bytes:
        """Encrypt a text."""
        return self._fernet.encrypt(text.encode())

    def unseal(self, sealed: bytes) -> str:
        """Decrypt what `seal` gave.

        Raises:
            cryptography.fernet.InvalidToken: it was sealed with another key or changed.
        """
        return self._fernet.decrypt(sealed).decode()

    def csrf_token(self, cookie: str) -> str:
        """Return the token that a form must carry to be believed to come from the holder of this cookie."""
        return hmac.digest(self._csrf_key, cookie.encode(), hashlib.sha256).hex()

    def is_csrf_token(self, token: str, cookie: str) -> bool:
        """Whether the token belongs to the cookie; takes the same time either way."""
        return hmac.compare_digest(token.encode(), self.csrf_token(cookie).encode())


def new_cookie_value() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def _write_once(path: Path, content: bytes) -> None:
    """Write a secret so that no reader ever sees half of it and two first starts agree on one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # Another process was first; its key is the installation's.
    finally:
        draft.unlink()
