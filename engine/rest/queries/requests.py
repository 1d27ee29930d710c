"""Checks of search requests, derived from what the entities say of themselves."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from engine.readmodel.fields import OPERATORS, Entity, Field, Kind, Match
from engine.readmodel.paging import LARGEST_LIMIT
from engine.readmodel.values import milliseconds
from engine.rest.checks import EVALUATION, KEY, TAGS, Check, flag, nullable, record, several, text, unparsable, whole
from engine.rest.problems import ProblemError, invalid

_CURSOR: Final = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=)?"
_EDGES: Final = ("from", "after", "before")


def choice(*allowed: str) -> Check:
    """Check a text of a closed list, refused in Camunda's words."""

    def check(value: Any, where: str) -> None:
        if value not in allowed:
            name = where.rpartition(".")[2].partition("[")[0]
            options = ", ".join(allowed)
            raise ProblemError(
                400,
                "Bad Request",
                f"Unexpected value '{value}' for enum field '{name}'. Use any of the following values: [{options}]",
            )

    return check


def moment(value: Any, where: str) -> None:
    """Check a date and time of RFC 3339 with its offset."""
    if not isinstance(value, str):
        raise unparsable(where)
    wrong = f"The provided {where} '{value}' cannot be parsed as a date according to RFC 3339, section 5.6."
    if "[" in value:
        raise invalid(wrong)
    try:
        milliseconds(value)
    except (ValueError, OverflowError) as error:
        raise invalid(wrong) from error


_OF_KIND: Final[Mapping[Kind, Check]] = {
    Kind.KEY: KEY,
    Kind.EVALUATION: EVALUATION,
    Kind.TEXT: text(),
    Kind.INTEGER: whole(bits=32),
    Kind.FLAG: flag,
    Kind.MOMENT: moment,
    Kind.JSON: text(),
}


def search_body(entity: Entity, *, filtered: bool = True) -> Check:
    """Return the check of a search request for the entity; without `filtered` it may sort and page only."""
    properties = {"sort": nullable(several(_sort(entity))), "page": nullable(_page)}
    if filtered:
        properties["filter"] = nullable(filter_of(entity.filters, alternatives=entity.table == "process_instance"))
    return record(properties)


def filter_of(fields: Iterable[Field], *, alternatives: bool = False) -> Check:
    """Return the check of a filter over the fields; with `alternatives` it may hold `$or`."""
    properties = {each.name: nullable(_criterion(each)) for each in fields}
    if alternatives:
        properties["$or"] = nullable(several(record(dict(properties))))
    return record(properties)


def _sort(entity: Entity) -> Check:
    check_field = choice(*(each.name for each in entity.sorts))
    check_order = nullable(choice("ASC", "DESC"))

    def check(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise unparsable(where)
        for name in value:
            if name not in {"field", "order"}:
                raise unparsable(f"{where}.{name}")
        if value.get("field") is None:
            raise invalid("Sort field must not be null.")
        check_field(value["field"], f"{where}.field")
        check_order(value.get("order"), f"{where}.order")

    return check


_PAGE: Final = record(
    {
        "from": nullable(whole(bits=32, least=0)),
        "limit": nullable(whole(bits=32, least=1, most=LARGEST_LIMIT)),
        "after": nullable(text(least=2, most=300, pattern=_CURSOR)),
        "before": nullable(text(least=2, most=300, pattern=_CURSOR)),
    }
)


def _page(value: Any, where: str) -> None:
    _PAGE(value, where)
    if sum(value.get(edge) is not None for edge in _EDGES) > 1:
        raise ProblemError(400, "Bad Request", f"Only one of [{', '.join(_EDGES)}] is allowed.")


def _criterion(of: Field) -> Check:
    if of.match is Match.ALL_OF:
        return TAGS
    if of.match is Match.VARIABLES:
        return several(
            record({"name": text(), "value": _simple_or_operators(text(), Match.LIKE)}, required=("name", "value"))
        )
    return _simple_or_operators(_value(of), of.match)


def _value(of: Field) -> Check:
    return choice(*of.choices) if of.choices else _OF_KIND[of.kind]


def _simple_or_operators(value: Check, match: Match) -> Check:
    several_values = several(value)
    special: dict[str, Check] = {"$exists": flag, "$in": several_values, "$notIn": several_values, "$like": text()}
    operators = {name: nullable(special.get(name, value)) for name in OPERATORS[match]}
    if not operators:
        return value
    check_operators = record(operators)

    def check(given: Any, where: str) -> None:
        if isinstance(given, dict):
            check_operators(given, where)
        else:
            value(given, where)

    return check
