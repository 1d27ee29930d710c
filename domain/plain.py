"""Frozen dataclasses to and from plain JSON values: one step's result is stored, the next loads it."""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Thing = TypeVar("Thing")


def to_plain(value: object) -> Any:
    """Give `value` as dicts, lists, strings, numbers and None; a Decimal becomes its text, an Enum its value."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    return value


def from_plain(kind: type[Thing], value: object) -> Thing:
    """Rebuild an object of the dataclass `kind` from what `to_plain` gave.

    Raises:
        KeyError: a field without a default is absent from `value`.
        ValueError: a value does not fit its field's type.
    """
    return cast("Thing", _restore(kind, value))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _restore(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _restore_optional(kind, value)
    if origin is tuple:
        return _restore_tuple(get_args(kind), value)
    if origin is dict:
        return {key: _restore(get_args(kind)[1], item) for key, item in value.items()}
    if is_dataclass(kind):
        hints = _hints(cast("type", kind))
        return cast("Any", kind)(**{name: _restore(hints[name], value[name]) for name in hints if name in value})
    if isinstance(kind, type) and issubclass(kind, Enum | Decimal | float):
        return kind(value)
    return value


def _restore_optional(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    return _restore(next(option for option in get_args(kind) if option is not NoneType), value)


def _restore_tuple(arguments: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_restore(arguments[0], item) for item in value)
    return tuple(_restore(argument, item) for argument, item in zip(arguments, value, strict=True))
