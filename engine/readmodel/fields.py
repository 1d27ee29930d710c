"""The small language in which every searchable entity describes itself.

An entity is a table and a list of fields. A field says how the API names it, where it stands in SQL, what kind of value
it is, and what the interface description allows to be done with it: filter (with which operators) and sort. Everything
else (checks of requests, SQL, rendering of answers) is derived from these lines.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Kind(Enum):
    """What a value is, in SQLite and in JSON."""

    KEY = auto()
    """Engine key: INTEGER in SQLite, a string of digits in JSON."""
    EVALUATION = auto()
    """Key of one decision of an evaluation: TEXT `<key>-<index>`."""
    TEXT = auto()
    INTEGER = auto()
    FLAG = auto()
    """0 or 1 in SQLite, true or false in JSON."""
    MOMENT = auto()
    """Milliseconds since 1970 in SQLite, ISO 8601 in UTC with milliseconds in JSON."""
    JSON = auto()
    """JSON text in SQLite, the value itself in JSON."""


class Match(Enum):
    """Which filter the interface description allows on a field."""

    NONE = auto()
    EXACT = auto()
    """The value alone, no operators."""
    BASIC = auto()
    """The value, or `$eq $neq $exists $in $notIn`."""
    LIKE = auto()
    """As BASIC, and `$like`."""
    CHOICE = auto()
    """The value, or `$eq $neq $exists $in $like`; values from a closed list."""
    ORDER = auto()
    """The value, or `$eq $neq $exists $gt $gte $lt $lte $in`."""
    ALL_OF = auto()
    """A list whose every item must be in the entity's list (tags)."""
    VARIABLES = auto()
    """A list of `{name, value}`, each of which some variable must satisfy."""


OPERATORS: Mapping[Match, tuple[str, ...]] = {
    Match.NONE: (),
    Match.EXACT: (),
    Match.BASIC: ("$eq", "$neq", "$exists", "$in", "$notIn"),
    Match.LIKE: ("$eq", "$neq", "$exists", "$in", "$notIn", "$like"),
    Match.CHOICE: ("$eq", "$neq", "$exists", "$in", "$like"),
    Match.ORDER: ("$eq", "$neq", "$exists", "$gt", "$gte", "$lt", "$lte", "$in"),
    Match.ALL_OF: (),
    Match.VARIABLES: (),
}
"""The operators that each kind of filter knows."""


@dataclass(frozen=True, slots=True)
class Via:
    """A filter that looks at rows beside the entity, such as the candidates of a task.

    Attributes:
        rows: `SELECT` of the related rows of the entity `t`, open for a further `AND`.
        shared: whether several filters through it must meet in one row (an element that is active and has an incident);
            otherwise each stands alone and a negated operator means that no row matches.
    """

    rows: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One property of an entity.

    Attributes:
        name: its JSON name.
        sql: its value, an expression over the entity's alias `t` (or the rows of `via`).
        kind: what it is.
        match: how it may be filtered.
        sort: whether results may be sorted by it.
        choices: the closed list of its values, when there is one.
        shown: whether it is part of the answer (some fields serve to filter only).
        newer: whether only API versions after 8.8 show it.
        via: related rows that the filter looks at.
    """

    name: str
    sql: str
    kind: Kind
    match: Match = Match.NONE
    sort: bool = False
    choices: tuple[str, ...] = ()
    shown: bool = True
    newer: bool = False
    via: Via | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A searchable thing.

    Attributes:
        label: its name in messages, as Camunda writes it.
        table: its table.
        key: the column that identifies a row and settles the order of equals.
        fields: its properties, in the order of the interface description.
    """

    label: str
    table: str
    key: str
    fields: tuple[Field, ...]
    by_name: Mapping[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {each.name: each for each in self.fields})

    @property
    def filters(self) -> tuple[Field, ...]:
        """The fields that may be filtered."""
        return tuple(each for each in self.fields if each.match is not Match.NONE)

    @property
    def sorts(self) -> tuple[Field, ...]:
        """The fields that results may be sorted by."""
        return tuple(each for each in self.fields if each.sort)

    @property
    def shown(self) -> tuple[Field, ...]:
        """The fields of an answer."""
        return tuple(each for each in self.fields if each.shown)
