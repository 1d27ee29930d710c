"""One parameter as it is compared with others: its name, its words, and what it measures."""

from dataclasses import dataclass
from functools import cached_property

from domain.parameters.intervals import Measure
from domain.parameters.names import canonical_words, name_key, split_name
from domain.parameters.rules import Rules
from domain.parameters.units import measure_class
from domain.parameters.values import find_measures
from domain.parameters.wording import in_digits
from domain.text import fold, plain


@dataclass(frozen=True)
class Requirement:
    """A parameter's text without its mark; everything else is worked out when it is first asked for."""

    written: str
    rules: Rules

    @cached_property
    def text(self) -> str:
        """The text in plain form; equal texts ask for the same."""
        return plain(self.written)

    @cached_property
    def name(self) -> str:
        """The name as written, "" when there is none."""
        return split_name(self.written)[0]

    @cached_property
    def name_key(self) -> str:
        """The canonical name, "" when there is none."""
        return name_key(self.name, self.rules) if self.name else ""

    @cached_property
    def words(self) -> str:
        """All of the text in canonical words."""
        return canonical_words(self.written)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The value's figures, in base units."""
        return self._measured[0]

    @cached_property
    def rest(self) -> str:
        """The value's words beside its figures, in canonical form."""
        return canonical_words(self._measured[1])

    @property
    def is_figure(self) -> bool:
        """Whether the value is a figure and nothing else."""
        return bool(self.measures) and not self.rest.replace(self.name_key, "")

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """What is measured, in units whatever their size."""
        return tuple(sorted(measure.dimension for measure in self.measures))

    @cached_property
    def _measured(self) -> tuple[tuple[Measure, ...], str]:
        value = split_name(self.written)[1]
        return find_measures(in_digits(fold(value)), measure_class(self.name or value), self.rules)
