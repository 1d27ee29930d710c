"""Figures and dictionaries of the reasonableness check as data, each with what it rests on."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Read one dictionary, `load("figures")` for `figures.toml`."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
