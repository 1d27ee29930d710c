"""What every format's reader hands to the table layer: grids, prose, the texts beside them, and its own warnings."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.documents.grid import Grid
from domain.documents.table import Clause, Notice


@dataclass(slots=True)
class Source:
    """A document of any format, taken apart.

    `sides` are (text, place) of headers, footers, notes and properties: they are searched for secrecy markings and
    never read as content. `closing` are notices about the file as a whole, told after those about its text.
    """

    grids: list[Grid] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    sides: Iterable[tuple[str, str]] = ()
    closing: list[Notice] = field(default_factory=list)
