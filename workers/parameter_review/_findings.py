"""What the comparing steps hand to the one that joins their findings."""

from dataclasses import dataclass

from domain.parameters import Finding


@dataclass(frozen=True)
class Findings:
    """The findings of one step, not yet joined with those of the others."""

    findings: tuple[Finding, ...]
