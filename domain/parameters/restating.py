"""Figures that a sentence beside the list gives for what the list asks for: values, quantities, prices of one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.documents.table import Quantity
from domain.formats import amount as written
from domain.money import find_amounts
from domain.parameters.directions import compare_measures, direction_of
from domain.parameters.intervals import Measure
from domain.parameters.levels import find_levels
from domain.parameters.listed import Asked, Entry, Listed, Mention, said
from domain.parameters.names import split_name
from domain.parameters.outcomes import Effect
from domain.parameters.phrases import phrase
from domain.parameters.rules import Rules
from domain.parameters.units import measure_class
from domain.parameters.values import find_measures
from domain.parameters.verdicts import Side
from domain.parameters.wording import in_digits
from domain.text import fold

_END = re.compile("[;。\n]")
_REACH, _BEFORE, _CLOSE, _FEW = 36, 14, 8, 3
_AROUND = re.compile(
    r"^[\s::]*(?:(?:均|统一|可|应|改|调整|变更|降低?|放宽)*(?:按照?|为|至|到|采用))?|(?:进行)?(?:执行|配置|计算|考虑|报价|投标|即可|设置|满足要求|采购)+[,]?$"
)
_TURNS = re.compile(r"(?:降低?|改|调[整低高]?|变更?|修[改订])(?:为|到|至|成)")
_OPENS = re.compile(r"(?:[^;。]*[;。:])?\s*[(（]?\d{0,2}[)）.、]?\s*")
_PER = re.compile(r"\s*/\s*[台套个项块只箱路点对根组部辆条张件㎡米]")


@dataclass(frozen=True, slots=True)
class Restated:
    """What a sentence gives otherwise: of which entries, what was approved, how to say it, and the words themselves."""

    entries: frozenset[int]
    approved: Side
    told: str
    exceeds: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence, and the items that each stretch of it is about; `everywhere` holds where it names none."""

    text: str
    mentions: tuple[Mention, ...]
    everywhere: frozenset[int]

    def about(self, position: int) -> frozenset[int]:
        """The items that what stands at a position is said of: the last named before it, else the first after it."""
        before = [one for one in self.mentions if one.start <= position]
        if before:
            return before[-1].which
        return self.mentions[0].which if self.mentions else self.everywhere

    def stretches(self) -> Iterator[tuple[frozenset[int], str]]:
        """The text about each mention, up to the next one."""
        if not self.mentions:
            yield self.everywhere, self.text
        starts = [0, *(one.start for one in self.mentions[1:])]
        ends = [*starts[1:], len(self.text)]
        for one, start, end in zip(self.mentions, starts, ends, strict=False):
            yield one.which, self.text[start:end]


def restated(spoken: Spoken, listed: Listed, rules: Rules) -> Iterator[Restated]:
    """Everything that a sentence gives otherwise than both lists do."""
    yield from _values(spoken, listed, rules)
    priced = phrase("stated_price").search(spoken.text) is not None
    for which, stretch in spoken.stretches():
        # A count or a price in a sentence about everything is that of no single device.
        if not any(char.isdigit() for char in stretch) or (len(which) > _FEW and not spoken.mentions):
            continue
        counted = phrase("stated_quantity").search(stretch) is not None
        for at in sorted(which):
            if counted:
                yield from _quantity(at, listed.entries[at], stretch)
            if priced:
                yield from _price(at, listed.entries[at], stretch)


def _values(spoken: Spoken, listed: Listed, rules: Rules) -> Iterator[Restated]:
    named = listed.parameters_in(spoken.text)
    stops = sorted({one.start for one in (*named, *spoken.mentions)})
    for one in named:
        end = min((stop for stop in stops if stop >= one.end), default=len(spoken.text))
        rest = _AROUND.sub("", _END.split(spoken.text[one.end : min(end, one.end + _REACH)])[0])
        before = spoken.text[max(0, one.start - _BEFORE) : one.start].rstrip("的")
        if phrase("of_service").search(before):
            continue
        scope = spoken.about(one.start)
        asked = [listed.asked[at] for at in sorted(one.which) if listed.asked[at].item in scope or not scope]
        told = {
            _texts(each): _is_other(each, rest, before, rules) for each in {_texts(one): one for one in asked}.values()
        }
        other = [each for each in asked if told[_texts(each)]]
        if not scope and (len(other) < len(asked) or not _OPENS.fullmatch(before)):
            # A sentence that names nothing may be about any device that asks for this: it is told where none does.
            continue
        for each in other:
            place = Side(each.approved.text, each.approved.place)
            yield Restated(frozenset({each.item}), place, f"“{spoken.text[one.start : one.end]}”", said=rest)


def _is_other(asked: Asked, rest: str, before: str, rules: Rules) -> bool:
    """Whether a figure or level said of a parameter is neither the approved nor the list's own."""
    texts = _texts(asked)
    kind = measure_class(f"{next(iter(asked.names), '')} {asked.approved.text}")
    figures = find_measures(rest, kind, rules)[0]
    if not figures:
        figures = tuple(one for one in find_measures(before, kind, rules)[0] if before.endswith(one.text))
    lists = [find_measures(in_digits(fold(split_name(text)[1])), kind, rules)[0] for text in texts]
    # 512G降为256G: what it turns into is what is asked for.
    for figure in figures[-1:] if _TURNS.search(rest) else figures[:1]:
        alike = [[one for one in measures if one.dimension == figure.dimension] for measures in lists]
        if alike[0]:
            same = any(_is_same(one, figure, texts[0], rules) for measures in alike for one in measures)
            return not same or _steps_aside(texts, rest)
    return not figures and _steps_aside(texts, rest)


def _texts(asked: Asked) -> tuple[str, ...]:
    """What both lists say of a parameter; hundreds of devices may say the same."""
    return asked.approved.text, *(one.text for one in asked.tender)


def _is_same(listed: Measure, figure: Measure, text: str, rules: Rules) -> bool:
    return compare_measures(listed, figure, direction_of(text), rules)[0] is Effect.SAME


def _steps_aside(texts: Sequence[str], rest: str) -> bool:
    """Whether a sentence says another step of a ladder (SATA for SAS) than the lists do."""
    levels = {(one.ladder, one.rank) for one in find_levels(fold(rest))[0]}
    held = [{(one.ladder, one.rank) for one in find_levels(fold(split_name(text)[1]))[0]} for text in texts]
    ladders = {ladder for ladder, _ in held[0]} & {ladder for ladder, _ in levels}
    return any(not any((name, rank) in one for one in held) for name, rank in levels if name in ladders)


def _quantity(at: int, entry: Entry, stretch: str) -> Iterator[Restated]:
    known = [one.quantity for one in (*entry.approved, *entry.tender) if one.quantity and one.quantity.number]
    if not known or entry.approved[0].quantity is None:
        return
    units = "|".join(sorted({re.escape(said(one.unit)) for one in known if one.unit}, key=len, reverse=True))
    given = [
        Decimal(match[1])
        for match in (re.finditer(rf"(?<![第\d.])(\d+(?:\.\d+)?)\s*(?:{units})(?!/)", stretch) if units else ())
        if not phrase("serves_so_many").search(stretch[max(0, match.start() - _CLOSE) : match.start()])
    ]
    if given and not set(given) & _numbers(known, entry):
        text, place = entry.approved[0].quantity.text, entry.approved[0].quantity.place
        yield Restated(frozenset({at}), Side(f"数量：{text}", place), "数量")


def _numbers(known: list[Quantity], entry: Entry) -> set[Decimal]:
    """Every number of devices that a sentence may repeat: of a row, and of the rows of one side."""
    sums = [
        sum((item.quantity.number or Decimal(0) for item in side if item.quantity), Decimal(0))
        for side in (entry.approved, entry.tender)
    ]
    return {one.number for one in known if one.number is not None} | set(sums)


def _price(at: int, entry: Entry, stretch: str) -> Iterator[Restated]:
    approved = entry.approved[0].unit_price
    if approved is None or approved.fen is None:
        return
    total = entry.approved[0].amount_fen or approved.fen
    given = [one for one in find_amounts(stretch) if one.fen is not None]
    if any(one.fen in {approved.fen, total} for one in given):
        return
    for one in given[:1]:
        fen = one.fen or 0
        of_one = _PER.match(fold(stretch)[one.end :]) is not None
        if fen > total or (of_one and fen > approved.fen):
            excess = f"限价 {written(fen)}，超出批复 {written(approved.fen if of_one else total)}"
            yield Restated(frozenset({at}), Side(f"单价：{approved.text}", approved.place), excess, exceeds=True)
        elif fen > approved.fen and not of_one:
            yield Restated(
                frozenset({at}), Side(f"单价：{approved.text}", approved.place), "限价（未写明是单价还是合价）"
            )
