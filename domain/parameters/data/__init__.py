"""Dictionaries of the comparison as data: units, levels, directions, synonyms, brands."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Read one dictionary, `load("units")` for `units.toml`."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def digest() -> str:
    """A digest of every dictionary, which changes when any of them does."""
    found = sorted(entry.name for entry in files(__package__).iterdir() if entry.name.endswith(".toml"))
    content = b"\x1f".join(files(__package__).joinpath(name).read_bytes() for name in found)
    return hashlib.sha256(content).hexdigest()
