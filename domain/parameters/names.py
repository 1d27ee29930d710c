"""Names that mean the same: synonym dictionaries, canonical words, and whether two names may stand for one thing."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz.distance import Indel

from domain.parameters.data import load
from domain.parameters.glossary import in_one_wording
from domain.parameters.name_ends import bare, spellings
from domain.parameters.name_subjects import is_within, replaces_whole, without
from domain.parameters.patterns import any_of
from domain.parameters.rules import Rules
from domain.text import fold, key

_SPLIT_LIMIT = 24
_KINDS = ("系统", "设备", "平台", "软件", "装置")
_KIND = re.compile(f"(?:{'|'.join(_KINDS)})$")
_VARIANT = re.compile(r"(?<=[\u4e00-\u9fff])[-_]?(?:[a-fⅰⅱⅲⅳ甲乙丙丁]|[1-9一二三四五六])[型类款号#]?$")
_NAME_END = re.compile(
    r"(?:[:：=]|[≥≤><±]|不低于|不少于|不小于|不高于|不大于|不超过|不多于|至少|最少|至多|大于|小于|超过|高于|低于|达到|优于|支持|提供|具备|采用|满足|配置|(?<=[^\d\s.A-Za-z])\d)"
)
# One character for one, so that what is found in the half-width text stands at the same place in the text as written.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_COLON = re.compile(r"^\s*([^:：]{1,24}?)\s*[:：]\s*(?=\S)")


@lru_cache(maxsize=65536)
def split_name(text: str) -> tuple[str, str]:
    """Split a parameter into its name and its value: `CPU核数：≥16核` → (`CPU核数`, `≥16核`).

    Without a colon the name is the leading words before the first comparator or number, and the whole text stays the
    value, because those words may carry the requirement itself. The name is "" when there is no such lead.
    """
    plain = re.sub(r"^[\s★▲☆△*※]+", "", text)
    even = plain.translate(_HALF_WIDTH)
    match = _COLON.match(even)
    if (
        match
        and not re.search(r"[≥≤><]|\d\s*(?:[%A-Za-z]|个|台)", fold(match[1]))
        and not re.fullmatch(r"\d+", match[1])
    ):
        return plain[match.start(1) : match.end(1)].strip(), plain[match.end() :].strip()
    end = _NAME_END.search(even)
    lead = plain[: end.start()].strip(" ,，、的为") if end else ""
    return (lead, plain) if 1 < len(lead) <= _SPLIT_LIMIT and not lead[0].isdigit() else ("", plain)


def short_name(text: str) -> str:
    """A parameter's short name for the report: its name, or its beginning when it has none."""
    name, value = split_name(text)
    if name:
        return name
    first = re.split(r"[,，;；。]", value)[0].strip()
    return first if len(first) <= _SPLIT_LIMIT else f"{first[:_SPLIT_LIMIT]}…"


@lru_cache(maxsize=16384)
def item_key(name: str, rules: Rules) -> str:
    """A device's name reduced to its canonical form."""
    reduced = key(re.sub(r"[((].*?[))]", "", fold(name)) or name)
    known = rules.dictionary.items
    return known.get(reduced) or known.get(key(name)) or _with_kind(reduced, known) or _with_known_end(reduced, known)


def kind_of(name: str) -> str:
    """A canonical name without the sign that tells variants apart: 服务器a, 服务器甲 and 服务器2型 are one kind."""
    return _VARIANT.sub("", name) or name


def _with_kind(reduced: str, known: Mapping[str, str]) -> str | None:
    """Look a name up with the word for its kind left out or put in: 运维安全审计 is 运维安全审计系统."""
    bare = _KIND.sub("", reduced)
    spellings = (bare, *(f"{bare}{kind}" for kind in _KINDS))
    return next((known[spelling] for spelling in spellings if len(bare) > 1 and spelling in known), None)


def _with_known_end(reduced: str, known: Mapping[str, str]) -> str:
    """Read the longest known name at the end of a name as its canonical one: 一层弱电间NGFW is 一层弱电间防火墙."""
    for start in range(1, len(reduced) - 1):
        if canonical := known.get(reduced[start:]):
            return f"{reduced[:start]}{canonical}"
    return reduced


@lru_cache(maxsize=16384)
def name_key(name: str, rules: Rules) -> str:
    """A parameter's name reduced to its canonical form."""
    reduced = key(re.sub(r"[((].*?[))]", "", fold(name)) or name)
    known = rules.dictionary.names
    if found := known.get(reduced) or known.get(key(name)):
        return found
    short = bare(reduced)
    found = next((known[spelling] for spelling in spellings(short) if spelling in known), None)
    return found or canonical_words(short) or canonical_words(reduced)


@lru_cache(maxsize=32768)
def canonical_words(text: str) -> str:
    """Reduce a phrase: canonical words, without noise, spaces and case. Equal results mean equal requirements."""
    reduced = key(in_one_wording(fold(text)))
    for alias, word in _words():
        if isinstance(alias, re.Pattern):
            reduced = alias.sub(word, reduced)
        elif alias in reduced:
            reduced = reduced.replace(alias, word)
    return _noise().sub("", reduced)


@lru_cache(maxsize=32768)
def similarity(left: str, right: str) -> float:
    """How alike two names are, 0 to 1; names that a contrast sets apart (输入, 输出) are 0."""
    if left == right:
        return 1.0
    if contrasts(left, right):
        return 0.0
    return Indel.normalized_similarity(left, right)


def contrasts(left: str, right: str) -> bool:
    """Whether one text holds a word that the other replaces by its opposite (读/写, 平均/峰值)."""
    mine, theirs = _contrast_words(left), _contrast_words(right)
    return any(group in theirs and not words & theirs[group] for group, words in mine.items())


@lru_cache(maxsize=65536)
def _contrast_words(text: str) -> dict[int, frozenset[str]]:
    """The words of each contrast group that a text holds."""
    folded = _whole_words().sub("", text.casefold())
    found: dict[int, frozenset[str]] = {}
    for group, words in _contrast_groups():
        held = frozenset(word for word in words if word in folded)
        if held:
            found[group] = held
    return found


@cache
def _whole_words() -> re.Pattern[str]:
    """Words that hold a contrasting character and say nothing of it: 设备 is no 备."""
    return re.compile(any_of(load("levels")["contrasts"]["whole"]))


@cache
def _contrast_groups() -> tuple[tuple[int, tuple[str, ...]], ...]:
    groups = load("levels")["contrasts"]["groups"]
    return tuple((index, tuple(word.casefold() for word in words)) for index, words in enumerate(groups))


@lru_cache(maxsize=32768)
def same_name(left: str, right: str, rules: Rules) -> bool:
    """Whether two parameter names may stand for one thing: synonyms, or one the other with harmless words added."""
    first, second = name_key(left, rules), name_key(right, rules)
    if first == second or not first or not second:
        return True
    short, long = sorted((first, second), key=len)
    if contrasts(short, long) or len(short) < 2 or not is_within(short, long):
        return False
    added = without(long, short)
    if any(word in added for word in load("levels")["contrasts"]["qualifiers"]):
        return False
    whole, part = (left, right) if short == first else (right, left)
    return not (added and replaces_whole(key(whole), key(part), added))


@cache
def _words() -> tuple[tuple[re.Pattern[str] | str, str], ...]:
    """Each alias with its word, the longest first; only those with conditions about them need a pattern."""
    pairs = [
        (alias.casefold(), terms[0].casefold()) for terms in load("synonyms")["words"]["lists"] for alias in terms[1:]
    ]
    pairs.sort(key=lambda pair: -len(pair[0]))
    return tuple((re.compile(alias) if "(?" in alias else key(alias), key(word)) for alias, word in pairs)


@cache
def _noise() -> re.Pattern[str]:
    return re.compile("|".join(load("synonyms")["noise"]["patterns"]))


@cache
def labels() -> re.Pattern[str]:
    """Words before a figure that its unit or form says anyway (分辨率1080P, 高度42U)."""
    return re.compile("|".join(load("synonyms")["noise"]["labels"]))


def is_label(words: str) -> bool:
    """Whether words are nothing but labels."""
    return not labels().sub("", words)
