"""Measured requirements in a text: found, joined where two bounds limit one figure, and taken out of the words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from domain.numerals import has_endless_number
from domain.parameters.grammar import JOINT, SIZE, UNLIMITED, measure_pattern, product_pattern
from domain.parameters.intervals import Measure, read_figure, read_product, read_size
from domain.parameters.rules import Rules
from domain.parameters.units import MeasureClass

_INFINITY = Decimal("Infinity")
_BETWEEN = re.compile(rf"[{JOINT},且并和、\s]*")


@lru_cache(maxsize=32768)
def find_measures(text: str, kind: MeasureClass, rules: Rules) -> tuple[tuple[Measure, ...], str]:
    """Find the measures of a text in digits; give them and the text that is left when they are taken out.

    A text with an endless number has none.
    """
    if has_endless_number(text):
        return (), text
    found: list[tuple[tuple[int, int], Measure]] = [
        (match.span(), Measure(_INFINITY, None, "any", "unlimited", match[0])) for match in UNLIMITED.finditer(text)
    ]
    found.extend((match.span(), read_size(match)) for match in SIZE.finditer(text))
    taken = _mask(text, found)
    products = [(match.span(), read_product(match, kind, rules)) for match in product_pattern().finditer(text)]
    found.extend((span, one) for span, one in products if one is not None and not any(taken[slice(*span)]))
    taken = _mask(text, found)
    for match in measure_pattern().finditer(text):
        if not any(taken[slice(*match.span())]):
            found.extend((match.span(), measure) for measure in read_figure(match, text, kind, rules))
    found.sort(key=lambda one: one[0])
    rest = list(text)
    for (start, end), _ in found:
        rest[start:end] = " " * (end - start)
    measures = tuple(replace(one, text=one.text.strip()) for one in _joined(text, found))
    return measures, "".join(rest).replace(JOINT, " ")


def _mask(text: str, found: list[tuple[tuple[int, int], Measure]]) -> bytearray:
    """One byte for each character, 1 where a measure has been found."""
    taken = bytearray(len(text))
    for (start, end), _ in found:
        taken[start:end] = b"\1" * (end - start)
    return taken


def _joined(text: str, found: list[tuple[tuple[int, int], Measure]]) -> Iterator[Measure]:
    """Two opposite bounds of one figure are one range: `≥10且≤50`, `10以上50以下`."""
    waiting: tuple[tuple[int, int], Measure] | None = None
    for span, measure in found:
        if waiting and _BETWEEN.fullmatch(text[waiting[0][1] : span[0]]) and (whole := _range_of(waiting[1], measure)):
            waiting = ((waiting[0][0], span[1]), whole)
            continue
        if waiting:
            yield waiting[1]
        waiting = (span, measure)
    if waiting:
        yield waiting[1]


def _range_of(one: Measure, other: Measure) -> Measure | None:
    lower, upper = (one, other) if one.high is None else (other, one)
    if {one.kind, other.kind} != {"bound"} or lower.high is not None or upper.low is not None:
        return None
    dimensions = {one.dimension, other.dimension}
    if len(dimensions - {"number"}) > 1 or lower.low is None or upper.high is None or lower.low > upper.high:
        return None
    dimension = next(iter(dimensions - {"number"}), "number")
    return replace(
        lower, high=upper.high, high_open=upper.high_open, dimension=dimension, kind="range",
        text=f"{one.text}且{other.text}".replace(JOINT, ""),
    )  # fmt: skip
