"""A step that does nothing: what is left is the price of our framework around pyzeebe."""

from typing import Any

from workers.step import Occasion


class Nothing:
    """Return no variables."""

    def handle(self, _at: Occasion) -> dict[str, Any]:
        """Do nothing."""
        return {}
