"""One spelling for every JSON value, so that the same fact always has the same bytes and the same hash."""

import hashlib
import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> str:
    """Return `value` as JSON with sorted keys, no spaces and Chinese left readable.

    Raises:
        ValueError: for NaN and infinities, which JSON does not know.
        TypeError: for anything that is not plain JSON data (a date must be written as text by the caller).
    """
    return _ENCODER.encode(value)


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 of `content` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
