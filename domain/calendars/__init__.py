"""The State Council's holiday notices, one file a year. A new year is a new file; nothing else changes."""

import json
from functools import cache
from importlib import resources

from domain.workdays import Calendar, calendar_of


@cache
def published() -> Calendar:
    """Return the calendar of all years that are on file."""
    files = (file for file in resources.files(__package__).iterdir() if file.name.endswith(".json"))
    return calendar_of(json.loads(file.read_text(encoding="utf-8")) for file in files)
