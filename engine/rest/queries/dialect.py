"""Which version of the API an answer is written for.

Camunda 8.8 leaves out what has no value, and its description allows no null there. Since 8.9 every property is present,
null when it has no value; a client made from the newer description (the official Python SDK 10 is one) refuses an
answer that lacks one. No answer can satisfy both, and no header of the API names a version, so:

* `Accept: application/json; version=8.8` (or `8.9`, `8.10`) decides, when a client sends it;
* otherwise a client that gives itself away as `python-httpx`, which is all that the official SDK says of itself, is
  answered in the newer way, and everybody else as 8.8 does.
"""

import re
from enum import Enum, auto
from typing import Final

from starlette.requests import Request

_VERSION: Final = re.compile(r"application/json\s*;\s*version=8\.(\d+)")
_OFFICIAL_SDK: Final = "python-httpx/"


class Dialect(Enum):
    """How an answer spells what has no value, and which properties it has."""

    OF_8_8 = auto()
    """What has no value is left out; properties of the 8.8 description only."""
    NEWER = auto()
    """What has no value is null; properties of later descriptions too."""


def dialect_of(request: Request) -> Dialect:
    """Return the dialect in which the request is to be answered."""
    version = _VERSION.search(request.headers.get("accept", ""))
    if version is not None:
        return Dialect.OF_8_8 if int(version[1]) <= 8 else Dialect.NEWER
    from_sdk = request.headers.get("user-agent", "").startswith(_OFFICIAL_SDK)
    return Dialect.NEWER if from_sdk else Dialect.OF_8_8
