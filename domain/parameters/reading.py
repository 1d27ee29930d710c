"""A parameter read into phrases: words, measures, levels and enumerations, each ready to be compared."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from domain.parameters.coordination import spelled_out
from domain.parameters.data import load
from domain.parameters.glossary import in_one_wording
from domain.parameters.grammar import JOINT, joined_bounds
from domain.parameters.intervals import Measure
from domain.parameters.levels import Level, find_levels, ladders, rewrite
from domain.parameters.named import by_name
from domain.parameters.names import canonical_words, name_key
from domain.parameters.options import Options, find_options, measured_member, measured_options, member_words
from domain.parameters.rules import Rules
from domain.parameters.units import MeasureClass
from domain.parameters.values import find_measures
from domain.parameters.wording import in_digits
from domain.text import fold, key

_CLAUSES = re.compile(
    r"[;。]|(?<!\d),|,(?!\d{3}(?!\d))|(?<=[^\x00-\x7f+至到])\+(?=[^+])|(?<=[^\x00-\x7f])并且|,?(?<![并而尚况])且(?=[^\x00-\x7f])"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LISTED = re.compile(r"、")
_LEVELLED_COUNT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One clause of a requirement; `words` is what is left, in canonical form, when the rest is taken out.

    `aside` marks what stood in brackets; `named` are the name's levels, which count when the other side answers them;
    `whole` are the words with the levels still among them, for a phrase that answers one member of an enumeration.
    """

    text: str
    words: str
    measures: tuple[Measure, ...] = ()
    levels: tuple[Level, ...] = ()
    options: Options | None = None
    aside: bool = False
    named: tuple[Level, ...] = ()
    whole: str = ""


@lru_cache(maxsize=32768)
def read(name: str, value: str, kind: MeasureClass, rules: Rules) -> tuple[Phrase, ...]:
    """Read a parameter's value; levels that the name carries (`网络层吞吐量`) count as said in its first phrase."""
    text = by_name(name, joined_bounds(rewrite(in_digits(in_one_wording(spelled_out(_plain(value)))))))
    asides = [aside for aside in _BRACKETS.findall(text) if aside.strip()]
    main = _BRACKETS.sub("", text)
    own = _own_words(name, rules)
    phrases = [_phrase(clause, own, kind, rules) for clause in _clauses(main, rules)]
    phrases.extend(replace(_phrase(aside, own, kind, rules), aside=True) for aside in asides)
    phrases = [phrase for phrase in phrases if phrase.words or phrase.measures or phrase.levels or phrase.options]
    return tuple(_explained(_with_name_levels(phrases, name)))


def joinable(left: tuple[Phrase, ...], right: tuple[Phrase, ...]) -> bool:
    """Whether joining clauses cannot mix up their figures: none listed, no two figures of one dimension on a side."""
    phrases = (*left, *right)
    dimensions = [[one.dimension for phrase in side for one in phrase.measures] for side in (left, right)]
    return not any(phrase.options for phrase in phrases) and all(len(set(d)) == len(d) for d in dimensions)


def joined(phrases: tuple[Phrase, ...]) -> Phrase:
    """Several clauses as one."""
    return Phrase(
        "，".join(phrase.text for phrase in phrases),
        "".join(phrase.words for phrase in phrases),
        tuple(measure for phrase in phrases for measure in phrase.measures),
        tuple(level for phrase in phrases for level in phrase.levels),
        named=tuple(level for phrase in phrases for level in phrase.named),
    )


def _plain(value: str) -> str:
    return re.sub(r"^[★▲☆△*※\s]+", "", fold(value)).rstrip(";。,")


def _clauses(text: str, rules: Rules) -> list[str]:
    pieces = []
    for clause in _CLAUSES.split(text):
        parts = _LISTED.split(clause)
        # A list of measured things (2个千兆电口、4个万兆光口) is several requirements, not an enumeration of words.
        pieces.extend(
            parts
            if len(parts) > 1 and all(_LEVELLED_COUNT.search(part) for part in parts) and _measured(parts, rules)
            else [clause]
        )
    return [piece.strip() for piece in pieces if piece and piece.strip()]


def _measured(parts: list[str], rules: Rules) -> bool:
    """Whether every part has a figure, and at least one more than that (a bare list of figures is an enumeration)."""
    found = [find_measures(part, MeasureClass.OTHER, rules) for part in parts]
    return all(measures for measures, _ in found) and any(member_words(rest) for _, rest in found)


def _own_words(name: str, rules: Rules) -> tuple[str, ...]:
    said = load("synonyms")["own"].get(name_key(name, rules), ())
    written = rewrite(in_one_wording(fold(name)))
    own = {*said, key(name), name_key(name, rules), canonical_words(name), canonical_words(written)}
    own |= {canonical_words(find_levels(text)[1]) for text in (fold(name), written)}
    # Longest first; the word itself breaks ties, so that every run reads alike.
    return tuple(sorted((word for word in own if word), key=lambda word: (-len(word), word)))


def _phrase(clause: str, own: tuple[str, ...], kind: MeasureClass, rules: Rules) -> Phrase:
    levels, rest = find_levels(clause)
    measures, rest = find_measures(rest, kind, rules)
    # Inside an enumeration a level belongs to its member (千兆、万兆), only modal words to the whole.
    modal, listed = find_levels(clause, modal_only=True)
    options = measured_options(measures, find_measures(listed, kind, rules)[1], clause) if len(measures) > 1 else None
    if not measures:
        options = find_options(listed, clause)
    if options:
        levels, measures = modal, ()
    whole = measured_member(measures[0]) if len(measures) == 1 else member_words(listed)
    words = "" if options else _without(own, canonical_words(rest))
    return Phrase(clause.replace(JOINT, "且"), words, measures, levels, options, whole=whole)


def _without(own: tuple[str, ...], words: str) -> str:
    for word in own:
        words = words.replace(word, "", 1)
    return words.strip("/")


def _with_name_levels(phrases: list[Phrase], name: str) -> list[Phrase]:
    levels, _ = find_levels(in_one_wording(fold(name)))
    if not levels or not phrases:
        return phrases
    said = {level.ladder for phrase in phrases for level in phrase.levels}
    free = [level for level in levels if level.ladder not in said]
    added = tuple(level for level in free if ladders()[level.ladder].in_names == "always")
    named = tuple(level for level in free if ladders()[level.ladder].in_names == "answering")
    return [replace(phrases[0], levels=phrases[0].levels + added, named=named), *phrases[1:]]


def _explained(phrases: list[Phrase]) -> list[Phrase]:
    """Drop what only explains: `256GB(8×32GB)` is 256 GB; and open containers: `1箱(305米)` is 305 metres."""
    kept = [phrase for phrase in phrases if not phrase.aside]
    for aside in (phrase for phrase in phrases if phrase.aside):
        if len(aside.measures) == 1 and not aside.words and kept and _explains(aside.measures[0], kept):
            said = {level.ladder for phrase in kept for level in phrase.levels}
            more = tuple(level for level in aside.levels if level.ladder not in said)
            kept[0] = replace(kept[0], levels=kept[0].levels + more)
            continue
        if kept and not aside.measures and not aside.options and _repeats(aside, kept):
            continue
        if len(aside.measures) == 1 and kept and (opened := _opened(kept[0], aside.measures[0])):
            kept[0] = opened
            continue
        kept.append(aside)
    return kept


def _repeats(aside: Phrase, phrases: list[Phrase]) -> bool:
    """Whether brackets only say again what stands before them: `PoE(802.3af)`."""
    levels = {(level.ladder, level.rank) for phrase in phrases for level in phrase.levels}
    told = {(level.ladder, level.rank) for level in aside.levels}
    return told <= levels and any(aside.words in phrase.words for phrase in phrases)


def _explains(measure: Measure, phrases: list[Phrase]) -> bool:
    """Whether a composition or a repeated value in brackets comes to a value already said."""
    totals = {_total(measure), measure.low}
    return any(
        one.dimension == measure.dimension and (totals & {one.low, one.high, _total(one)}) - {None}
        for phrase in phrases
        for one in phrase.measures
    )


def _total(measure: Measure) -> Decimal | None:
    return measure.low * (measure.parts or 1) if measure.low is not None else None


def _opened(phrase: Phrase, content: Measure) -> Phrase | None:
    containers = [
        one
        for one in phrase.measures
        if one.dimension in {"count:箱", "count:盘", "count:卷", "count:包", "count:套", "count:盒"}
    ]
    if len(containers) != 1 or containers[0].low is None or content.low is None:
        return None
    measure = replace(
        content,
        high=content.low,
        kind="bare",
        parts=containers[0].low * (content.parts or 1),
        text=f"{containers[0].text}({content.text})",
        convention="按箱（套）内数量折算",
    )
    return replace(phrase, measures=tuple(measure if one is containers[0] else one for one in phrase.measures))
