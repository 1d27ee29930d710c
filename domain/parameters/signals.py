"""Signals of a named or disguised brand, or of a steered supplier, in a text: their words and what to write instead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from domain.parameters.data import load
from domain.parameters.patterns import any_of
from domain.parameters.rules import Rules
from domain.parameters.steering import conditions, is_denied, is_only_worked_with
from domain.provisions import MAKERS_PROOF, NAMED_BRAND
from domain.text import fold, key

_NAMING = {"品牌", "专有技术"}
_PROOF = "厂家证明"
_NONE_NAMED = re.compile(r"\s*[:：]?\s*(?:无|不限|不指定|不限定|/|-|没有)(?:品牌)?\s*(?:$|[,;。)])")
_ONLY_WORKED_WITH = re.compile(r"支持|兼容|适配|对接|接入|互通|互联|迁移|纳管|集成|现有|已有|已建|原有|利旧|读取|导入")


@dataclass(frozen=True, slots=True)
class Signal:
    """What was found: the words, their kind ("品牌", "专有技术", "厂家证明" …), what to do instead, the provision.

    `points` says that it points at a product or supplier rather than asks for a proof or a condition.
    """

    words: str
    kind: str
    advice: str
    basis: str = NAMED_BRAND
    points: bool = True


@lru_cache(maxsize=65536)
def find_signals(text: str) -> tuple[Signal, ...]:
    """Find every signal of a named brand, a vendor's own technology, a maker's proof or a steering condition."""
    folded = fold(text)
    return (*_names(folded), *_pointers(folded), *_demands(folded))


def _names(folded: str) -> Iterator[Signal]:
    """Brands and vendors' technologies, save those of what stands already and is only to be worked with."""
    for words in _offered(_brands(), folded):
        yield Signal(words, "品牌", "删除品牌型号，改为性能指标或通用技术要求")
    for words in _offered(_technologies(), folded):
        general = load("brands")["technologies"].get(words) or _by_key().get(key(words), "以功能和指标描述")
        yield Signal(words, "专有技术", f"改为“{general}”等通用表述")


def _offered(pattern: re.Pattern[str], folded: str) -> Iterator[str]:
    found = _matches(pattern, folded)
    return (match[0] for match in found if not is_only_worked_with(folded, match.start(), match.end()))


def _pointers(folded: str) -> Iterator[Signal]:
    """Figures of one data sheet, and words that designate a product without its name."""
    for pattern, sheet in _fingerprints():
        advice = f"该数值与{sheet}完全一致，应论证依据或改为通用档位"
        yield from (Signal(match[0], "数值指纹", advice) for match in pattern.finditer(folded))
    for match in _designations().finditer(folded):
        if not _NONE_NAMED.match(folded[match.end() :]) and not is_denied(folded, match.start(), match.end()):
            yield Signal(match[0], "指向性表述", "货物采购不得标明品牌，“参考”“相当于”也不例外")


def _demands(folded: str) -> Iterator[Signal]:
    """Proofs that only the maker gives, and conditions that favour some suppliers."""
    for match in _matches(_proofs(), folded):
        if not is_denied(folded, match.start(), match.end()):
            advice = "不得以厂家授权、承诺、盖章等作为资格或实质性要求"
            yield Signal(match[0], _PROOF, advice, MAKERS_PROOF, points=False)
    for condition, words in conditions(folded):
        advice = "应删除或论证其必要性"
        yield Signal(words, condition.kind, advice, condition.basis, condition.points)


def new_signals(tender: str, approved: str, rules: Rules) -> tuple[Signal, ...]:
    """The tender's signals that the approved text does not already hold."""
    return signals_beside(tender, key(approved), rules)


def signals_beside(tender: str, known: str, rules: Rules) -> tuple[Signal, ...]:
    """The tender's signals that are not in what is known, the approved text reduced to its `key`.

    Reducing a whole document once for each of the tender's sentences would take minutes.

    A brand that the approved text names is still no brand for a tender to name (条例第二十条), save where it is only to
    be worked with (兼容、适配、对接): the convention `approved_brand` decides.
    """
    found = find_signals(tender)
    accept = rules.conventions.approved_brand == "accept" or _ONLY_WORKED_WITH.search(fold(tender)) is not None
    kept = [signal for signal in found if key(signal.words) not in known]
    if accept or kept:
        return tuple(kept)
    return tuple(
        replace(one, kind="批复已列品牌") if one.kind == "品牌" else one for one in found if one.kind in _NAMING
    )


def is_brand(signals: tuple[Signal, ...]) -> bool:
    """Whether any signal points at a product rather than at a proof or at a supplier."""
    return any(signal.points for signal in signals)


def basis_for(signals: tuple[Signal, ...]) -> str:
    """The provisions by which the signals are suspected, each once."""
    return "；".join(dict.fromkeys(one for signal in signals for one in signal.basis.split("；")))


def reason_for(signals: tuple[Signal, ...]) -> str:
    """Word the suspicion with its evidence and the advice."""
    kinds: dict[str, list[str]] = {}
    for signal in signals:
        kinds.setdefault(signal.kind, []).append(signal.words)
    told = "；".join(f"{kind}“{'、'.join(dict.fromkeys(words))}”" for kind, words in kinds.items())
    advice = "；".join(dict.fromkeys(signal.advice for signal in signals))
    return f"疑似限定特定产品或供应商：{told}。{advice}，请人工确认"


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    found = list(pattern.finditer(text))
    spans = [match.span() for match in _innocent().finditer(text)] if found else []
    return [match for match in found if not any(start <= match.start() and match.end() <= end for start, end in spans)]


def _words(words: list[str]) -> re.Pattern[str]:
    folded = [fold(word).casefold() for word in words]
    latin = any_of([word for word in folded if word.isascii()], latin_end="(?![A-Za-z])")
    chinese = any_of([word for word in folded if not word.isascii()])
    return re.compile(f"(?<![A-Za-z]){latin}|{chinese}", re.IGNORECASE)


@cache
def _brands() -> re.Pattern[str]:
    classes = load("brands")["brands"].items()
    return _words([word for name, words in classes if name != "innocent" for word in words])


@cache
def _innocent() -> re.Pattern[str]:
    words = _words(load("brands")["brands"]["innocent"])
    return re.compile(f"{words.pattern}|{'|'.join(load('brands')['ordinary']['patterns'])}", re.IGNORECASE)


@cache
def _technologies() -> re.Pattern[str]:
    return _words(list(load("brands")["technologies"]))


@cache
def _by_key() -> dict[str, str]:
    return {key(name): neutral for name, neutral in load("brands")["technologies"].items()}


@cache
def _fingerprints() -> tuple[tuple[re.Pattern[str], str], ...]:
    entries = load("brands")["fingerprints"].items()
    return tuple((re.compile(rf"(?<![\d.]){pattern}", re.IGNORECASE), sheet) for pattern, sheet in entries)


@cache
def _designations() -> re.Pattern[str]:
    return _words(load("brands")["phrases"]["designation"])


@cache
def _proofs() -> re.Pattern[str]:
    return re.compile("|".join(load("brands")["proofs"]["patterns"]))


def neutral(text: str) -> str:
    """Put the neutral wording in the place of a vendor's technology name, so that what it answers can be found."""
    names = load("brands")["technologies"]
    return _technologies().sub(lambda match: names.get(match[0]) or _by_key().get(key(match[0]), match[0]), fold(text))
