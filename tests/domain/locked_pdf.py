"""PDF documents under a password, or with rights taken away: the standard handler, revision 2 (ISO 32000, 7.6)."""

import hashlib
import re
from collections.abc import Callable

from tests.domain.pdf_files import written

_FILLED = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_OWNER = hashlib.sha256(b"owner").digest()
_RIGHTS = -64
"""No right but to look: neither printing nor copying nor changing."""
_IDENTITY = b"0123456789abcdef"
_KEY_BYTES = 5


def locked(document: bytes, password: str = "") -> bytes:
    """Encrypt a document of `pdf_files.pdf`; without a password it opens for everybody, its rights taken away."""
    bodies = re.findall(rb"\d+ 0 obj\n(.*?)\nendobj\n", document, re.DOTALL)
    opened = (password.encode("latin-1") + _FILLED)[:32]
    rights = _RIGHTS.to_bytes(4, "little", signed=True)
    key = hashlib.md5(opened + _OWNER + rights + _IDENTITY, usedforsecurity=False).digest()[:_KEY_BYTES]
    objects = [_encrypted(body, key, number) for number, body in enumerate(bodies, 1)]
    user = _rc4(key, _FILLED)
    objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{_OWNER.hex()}> /U <{user.hex()}> /P {_RIGHTS} >>")
    return written(objects, f"/Encrypt {len(objects)} 0 R /ID [<{_IDENTITY.hex()}> <{_IDENTITY.hex()}>]")


def _encrypted(body: bytes, key: bytes, number: int) -> str:
    """One object with its strings and its stream encrypted; what a stream holds is no string."""
    salted = key + number.to_bytes(3, "little") + b"\0\0"
    own = hashlib.md5(salted, usedforsecurity=False).digest()[: _KEY_BYTES + 5]
    head, mark, stream = body.partition(b"stream\n")
    head = _replaced(rb"\(([^()]*)\)", head, lambda said: f"<{_rc4(own, said).hex()}>".encode())
    if mark:
        stream = _rc4(own, stream.removesuffix(b"endstream")) + b"endstream"
    return (head + mark + stream).decode("latin-1")


def _replaced(pattern: bytes, text: bytes, new: Callable[[bytes], bytes]) -> bytes:
    return re.sub(pattern, lambda match: new(match[1]), text)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, second = list(range(256)), 0
    for first in range(256):
        second = (second + state[first] + key[first % len(key)]) % 256
        state[first], state[second] = state[second], state[first]
    given, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        given.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(given)
