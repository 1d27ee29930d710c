"""Small declarative checks of request bodies.

A check is a callable `(value, where) -> None` that raises the 400 problem naming the field. The checks state what the
interface description says of each request; the tests read the description and hold these against it, property by
property. They are plain functions because the program has to be up in seconds and a check in microseconds.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from engine.rest.problems import ProblemError, invalid

Check = Callable[[Any, str], None]


def unparsable(where: str) -> ProblemError:
    """Return the problem of a property whose type is wrong or that the operation does not know."""
    return ProblemError(400, "Bad Request", f"Request property [{where}] cannot be parsed")


def text(*, least: int = 0, most: int | None = None, pattern: str | None = None) -> Check:
    """Check a string, its length in characters and its whole form."""
    form = re.compile(pattern) if pattern else None

    def check(value: Any, where: str) -> None:
        if not isinstance(value, str):
            raise unparsable(where)
        if len(value) < least:
            raise invalid(f"No {where} provided.")
        if most is not None and len(value) > most:
            raise invalid(f"The provided {where} exceeds the limit of {most} characters.")
        if form and not form.fullmatch(value):
            raise invalid(f"The provided {where} contains illegal characters. It must match the pattern '{pattern}'.")

    return check


def whole(*, bits: int = 64, least: int | None = None, most: int | None = None) -> Check:
    """Check an integer of 32 or 64 bits within limits; true and false are not numbers."""
    bound = 1 << (bits - 1)

    def check(value: Any, where: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not -bound <= value < bound:
            raise unparsable(where)
        if least is not None and value < least:
            raise invalid(f"The value for {where} is '{value}' but must be greater than or equal to {least}.")
        if most is not None and value > most:
            raise invalid(f"The value for {where} is '{value}' but must be less than or equal to {most}.")

    return check


def flag(value: Any, where: str) -> None:
    """Check true or false."""
    if not isinstance(value, bool):
        raise unparsable(where)


def mapping(value: Any, where: str) -> None:
    """Check a JSON object of any content, such as variables."""
    if not isinstance(value, dict):
        raise unparsable(where)


def moment(value: Any, where: str) -> None:
    """Check a date and time of RFC 3339 with its offset; the empty text, which removes a date, passes."""
    if not isinstance(value, str):
        raise unparsable(where)
    if not value:
        return
    try:
        offset = datetime.fromisoformat(value).utcoffset()
    except ValueError:
        offset = None
    if offset is None:
        raise invalid(f"The provided {where} '{value}' cannot be parsed as a date according to RFC 3339, section 5.6.")


def nullable(check: Check) -> Check:
    """Let null pass beside what `check` allows."""

    def or_null(value: Any, where: str) -> None:
        if value is not None:
            check(value, where)

    return or_null


def one_of(*allowed: str) -> Check:
    """Check a text of a closed list."""

    def check(value: Any, where: str) -> None:
        if not isinstance(value, str):
            raise unparsable(where)
        if value not in allowed:
            options = ", ".join(f"'{option}'" for option in allowed)
            raise invalid(
                f"Unexpected value '{value}' for enum field '{where}'. Use any of the following values: {options}"
            )

    return check


def several(check: Check, *, most: int | None = None, distinct: bool = False) -> Check:
    """Check a list whose every item passes `check`."""

    def check_all(value: Any, where: str) -> None:
        if not isinstance(value, list):
            raise unparsable(where)
        if most is not None and len(value) > most:
            raise invalid(f"The provided {where} exceeds the limit of {most} items.")
        for position, item in enumerate(value):
            check(item, f"{where}[{position}]")
        if distinct and len({repr(item) for item in value}) < len(value):
            raise invalid(f"The provided {where} contains an item twice.")

    return check_all


def record(properties: Mapping[str, Check], *, required: tuple[str, ...] = (), closed: bool = True) -> Check:
    """Check an object: required properties there, each known one right, unknown ones refused when `closed`."""

    def check(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise unparsable(where)
        prefix = f"{where}." if where else ""
        for name in required:
            if value.get(name) is None:
                raise invalid(f"No {prefix}{name} provided.")
        for name, content in value.items():
            if name in properties:
                properties[name](content, prefix + name)
            elif closed:
                raise unparsable(prefix + name)

    return check


def exactly_one(first: str, second: str) -> Check:
    """Check that one of two properties is given and not both."""

    def check(value: Any, _where: str) -> None:
        given = [name for name in (first, second) if value.get(name) is not None]
        if not given:
            raise invalid(f"At least one of [{first}, {second}] is required.")
        if len(given) > 1:
            raise invalid(f"Only one of [{first}, {second}] is allowed.")

    return check


def all_of(*checks: Check) -> Check:
    """Apply several checks in order."""

    def check(value: Any, where: str) -> None:
        for each in checks:
            each(value, where)

    return check


KEY: Final = text(least=1, most=25, pattern=r"-?[0-9]+")
EVALUATION: Final = text(least=1, most=30, pattern=r"-?[0-9]+(-[0-9]+)?")
"""Key of one decision of an evaluation, `<key>-<index>` or digits only."""
TENANT: Final = text(least=1, most=256, pattern=r"<default>|[A-Za-z0-9_@.+-]+")
REFERENCE: Final = whole(least=1)
TAGS: Final = several(text(least=1, most=100, pattern=r"[A-Za-z][A-Za-z0-9_\-:.]{0,99}"), most=10, distinct=True)
TEXTS: Final = several(text())
