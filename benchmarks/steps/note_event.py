"""The smallest step that keeps every promise: once per element instance, audited, in one durable transaction."""

from typing import Any

from workers.registry import Registry
from workers.step import Occasion, job_type


class NoteEvent:
    """Write an audit event; a second run finds the step record of the first."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def handle(self, at: Occasion) -> dict[str, Any]:
        """Return no variables."""

        def work(books: Any) -> dict[str, Any]:
            books.note("benchmark.noted", {})
            return {}

        return self._registry.once(at, job_type(self), work)
