"""Automatic numbers of a `.docx`: what Word shows before a paragraph although the text does not hold it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.documents.limits import Limits
from domain.documents.markup import parse
from domain.documents.package import Package
from domain.documents.wordtext import W

_DEPTH = 10
_LEVELS = 9
_LABEL_LENGTH = 40
_TENS = ("", "十", "二十", "三十", "四十", "五十", "六十", "七十", "八十", "九十")
_ONES = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_CHINESE = frozenset({
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
    "ideographDigital", "koreanDigital", "japaneseDigitalTenThousand", "chineseLegalSimplified",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    pattern: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The numbering of one document; `label` counts on with every paragraph it is asked about."""

    lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, paragraph: Any) -> str:
        """Give the number shown before a paragraph (`1、`, `（二）`, `1.1 `), "" when it has none."""
        number, level = self._of(paragraph)
        if number not in self.lists or not 0 <= level < _LEVELS:
            return ""
        name, levels = self.lists[number]
        counts = self.counts.setdefault(name, [0] * _LEVELS)
        start = levels.get(level, _Level()).start
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        return _shown(levels, level, counts)

    def _of(self, paragraph: Any) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", 0
        style = properties.find(f"{W}pStyle")
        number, level = self.styles.get("" if style is None else style.get(f"{W}val", ""), ("", 0))
        own = properties.find(f"{W}numPr")
        if own is None:
            return number, level
        return _value(own, "numId") or number, _whole(_value(own, "ilvl"), level)


def read_numbering(package: Package, limits: Limits) -> Numbering:
    """Read the numbering and the styles that use it; a document without either has no labels.

    Raises:
        DocumentRefused: damaged, too_deep or too_much_markup.
    """
    found = Numbering()
    if "word/numbering.xml" not in package.parts:
        return found
    root = parse(package, "word/numbering.xml", limits)
    shared = {one.get(f"{W}abstractNumId", ""): one for one in root.iter(f"{W}abstractNum")}
    named = {_value(one, "styleLink"): one for one in shared.values() if _value(one, "styleLink")}
    for one in root.iter(f"{W}num"):
        key = _value(one, "abstractNumId")
        abstract = _followed(shared.get(key), named)
        levels = dict(_levels(abstract)) if abstract is not None else {}
        restarts = {
            _whole(override.get(f"{W}ilvl", ""), 0): _whole(_value(override, "startOverride"), 1)
            for override in one.iter(f"{W}lvlOverride")
            if _value(override, "startOverride")
        }
        for level, start in restarts.items():
            held = levels.get(level, _Level())
            levels[level] = _Level(held.form, held.pattern, start)
        number = one.get(f"{W}numId", "")
        found.lists[number] = (f"num {number}" if restarts else f"abstract {key}", levels)
    found.styles = dict(_styles(package, limits))
    return found


def _followed(abstract: Any, named: dict[str, Any]) -> Any:
    """Follow links between list styles a few steps; a circle ends."""
    for _ in range(_DEPTH):
        link = _value(abstract, "numStyleLink") if abstract is not None else ""
        if not link or link not in named or named[link] is abstract:
            break
        abstract = named[link]
    return abstract


def _levels(abstract: Any) -> Iterator[tuple[int, _Level]]:
    for one in abstract.iter(f"{W}lvl"):
        level = _whole(one.get(f"{W}ilvl", ""), 0)
        form = _value(one, "numFmt") or "decimal"
        yield level, _Level(form, _value(one, "lvlText")[:_LABEL_LENGTH], _whole(_value(one, "start"), 1))


def _styles(package: Package, limits: Limits) -> Iterator[tuple[str, tuple[str, int]]]:
    if "word/styles.xml" not in package.parts:
        return
    for style in parse(package, "word/styles.xml", limits).iter(f"{W}style"):
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None and _value(properties, "numId"):
            yield style.get(f"{W}styleId", ""), (_value(properties, "numId"), _whole(_value(properties, "ilvl"), 0))


def _shown(levels: dict[int, _Level], level: int, counts: list[int]) -> str:
    own = levels.get(level, _Level())
    if own.form in {"bullet", "none"} or "%" not in own.pattern:
        return ""
    label = own.pattern
    for index in range(level + 1):
        count = counts[index] or levels.get(index, _Level()).start
        label = label.replace(f"%{index + 1}", _numeral(count, levels.get(index, _Level()).form))
    if label.isdigit():
        label += "、"
    return label if label[-1:] in "、）．：" else f"{label} "


def _numeral(number: int, form: str) -> str:
    if form in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + _ONES[ones]
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x245F + number)
    return str(number)


def _value(element: Any, name: str) -> str:
    held = element.find(f"{W}{name}")
    return "" if held is None else str(held.get(f"{W}val", ""))


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default
