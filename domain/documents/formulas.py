"""Simple arithmetic of a sheet recomputed, for workbooks written by programs that leave formulas without a result.

Covers + - * /, brackets, SUM, PRODUCT, ROUND and cell references in the same sheet. Everything else is left unread,
which the rules turn into 需人工, never into zero.
"""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, Overflow

from domain.documents.sheetscan import column_number

_TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?)|(\$?[A-Z]{1,3}\$?\d{1,7})(?![\w(])|(SUM|PRODUCT|ROUND)(?=\s*\()|([-+*/(),:]))",
    re.IGNORECASE,
)
_RANGE_LIMIT = 10_000
_DEPTH_LIMIT = 50

Lookup = Callable[[int, int, int], "Decimal | None"]


class _NotSimple(Exception):  # noqa: N818
    """The formula needs more than simple arithmetic."""


def compute(formula: str, lookup: Lookup, depth: int = 0) -> Decimal | None:
    """Compute a formula's value, None when it is not simple arithmetic.

    `lookup(row, column, depth)` gives the value of a cell: zero when blank, None when it is not a number.
    """
    if depth > _DEPTH_LIMIT or len(formula) > 1000:
        return None
    try:
        parser = _Parser(_tokens(formula.lstrip("=")), lookup, depth)
        value = parser.sum()
    except (_NotSimple, DivisionByZero, InvalidOperation, Overflow):
        return None
    return value if parser.ended else None


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens = []
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _NotSimple
        kind = ("number", "cell", "function", "sign")[(match.lastindex or 1) - 1]
        tokens.append((kind, match[match.lastindex or 1].upper()))
        position = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]], lookup: Lookup, depth: int) -> None:
        self.tokens, self.lookup, self.depth, self.position, self.nesting = tokens, lookup, depth, 0, 0

    @property
    def ended(self) -> bool:
        return self.position == len(self.tokens)

    def sum(self) -> Decimal:
        value = self._product()
        while sign := self._sign("+", "-"):
            value = value + self._product() if sign == "+" else value - self._product()
        return value

    def _product(self) -> Decimal:
        value = self._factor()
        while sign := self._sign("*", "/"):
            value = value * self._factor() if sign == "*" else value / self._factor()
        return value

    def _factor(self) -> Decimal:
        self.nesting += 1
        if self.nesting > _DEPTH_LIMIT:
            raise _NotSimple
        try:
            return self._atom()
        finally:
            self.nesting -= 1

    def _atom(self) -> Decimal:
        if self._sign("-"):
            return -self._factor()
        if self._sign("("):
            value = self.sum()
            self._expect(")")
            return value
        kind, text = self._next()
        if kind == "number":
            return Decimal(text)
        if kind == "cell":
            return self._cell(*_row_column(text))
        if kind == "function":
            return self._call(text)
        raise _NotSimple

    def _call(self, name: str) -> Decimal:
        self._expect("(")
        values = self._argument()
        while self._sign(","):
            values += self._argument()
        self._expect(")")
        if name == "SUM":
            return sum(values, Decimal(0))
        if name == "ROUND" and len(values) == 2 and abs(values[1]) <= 10:
            return values[0].quantize(Decimal(1).scaleb(-int(values[1])), ROUND_HALF_UP)
        if name == "PRODUCT":
            product = Decimal(1)
            for value in values:
                product *= value
            return product
        raise _NotSimple

    def _argument(self) -> list[Decimal]:
        here = self.tokens[self.position : self.position + 3]
        if [kind for kind, _ in here] == ["cell", "sign", "cell"] and here[1][1] == ":":
            self.position += 3
            return self._range(*_row_column(here[0][1]), *_row_column(here[2][1]))
        return [self.sum()]

    def _range(self, top: int, left: int, bottom: int, right: int) -> list[Decimal]:
        if (bottom - top + 1) * (right - left + 1) > _RANGE_LIMIT:
            raise _NotSimple
        return [self._cell(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]

    def _cell(self, row: int, column: int) -> Decimal:
        value = self.lookup(row, column, self.depth + 1)
        if value is None:
            raise _NotSimple
        return value

    def _sign(self, *wanted: str) -> str:
        if not self.ended and self.tokens[self.position][1] in wanted and self.tokens[self.position][0] == "sign":
            self.position += 1
            return self.tokens[self.position - 1][1]
        return ""

    def _expect(self, sign: str) -> None:
        if not self._sign(sign):
            raise _NotSimple

    def _next(self) -> tuple[str, str]:
        if self.ended:
            raise _NotSimple
        self.position += 1
        return self.tokens[self.position - 1]


def _row_column(reference: str) -> tuple[int, int]:
    match = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", reference)
    if match is None:
        raise _NotSimple
    return int(match[2]), column_number(match[1])
