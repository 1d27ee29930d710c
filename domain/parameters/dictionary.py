"""An installation's own synonyms beside the shipped ones: what may be suggested, what is refused, what counts when.

A synonym makes the machine call equal what it would have left to a person. So a pair is refused whenever calling it one
thing could hide a deviation: opposites (输入/输出), a statistic or negation on one side only (峰值, 非), opposite
directions of strictness, brands, and names that already stand for something else.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.parameters.data import load
from domain.parameters.directions import Direction, direction_of
from domain.parameters.judge import judge
from domain.parameters.name_subjects import is_within, without
from domain.parameters.names import contrasts, item_key, name_key, split_name
from domain.parameters.rules import SECTIONS, Rules, Section
from domain.parameters.signals import find_signals, is_brand
from domain.parameters.verdicts import Finding, Subject, Verdict
from domain.text import key

LONGEST = 40
"""Characters of a name; what is longer is a requirement, not a name."""

SECTION_NAMES = {"items": "设备（服务）名称", "names": "参数名称"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names for one thing: `alias` is to be read as `canonical`."""

    section: Section
    canonical: str
    alias: str

    @property
    def keys(self) -> tuple[str, str]:
        """Both names reduced, in the same order whichever side wrote which."""
        first, second = sorted((key(self.canonical), key(self.alias)))
        return first, second


@dataclass(frozen=True, slots=True)
class Entry:
    """An accepted pair and the days it counts: from `effective_from` until, but not on, `effective_until`."""

    pair: Pair
    effective_from: date
    effective_until: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether the entry is used for what begins on this day."""
        return self.effective_from <= day and (self.effective_until is None or day < self.effective_until)


def pair_of(finding: Finding, rules: Rules) -> Pair | None:
    """Return the two names a finding sets against each other, None when the rules already take them for one.

    A parameter's own names come first; where they agree, or there are none, it is the names of the items.
    """
    if not finding.approved or not finding.tender or finding.subject is Subject.EXCLUSIVITY:
        return None
    mine, theirs = split_name(finding.approved)[0], split_name(finding.tender)[0]
    if finding.subject is Subject.PARAMETER and mine and theirs and name_key(mine, rules) != name_key(theirs, rules):
        return Pair("names", mine, theirs)
    mine, theirs = finding.item, finding.tender_item
    if mine and theirs and item_key(mine, rules) != item_key(theirs, rules):
        return Pair("items", mine, theirs)
    return None


def pair_between(missing: Finding, added: Finding, rules: Rules) -> Pair | None:
    """Return the two names under which one thing stands in two findings: not found (缺失) and not approved (新增).

    None when they are not such findings of one kind, or when the rules already take their names for one.
    """
    if missing.subject is not added.subject or missing.tender or added.approved:
        return None
    return pair_of(replace(missing, tender=added.tender, tender_item=added.tender_item), rules)


def hangs_on_names(finding: Finding, rules: Rules) -> bool:
    """Whether a person was asked only because two names differ: with the names taken for one, nothing is left to ask.

    Then whoever calls the finding 一致 says that the names mean the same.
    """
    if finding.verdict is not Verdict.MANUAL or pair_of(finding, rules) is None:
        return False
    if finding.subject is not Subject.PARAMETER:
        return finding.subject is Subject.ITEM
    mine, theirs = split_name(finding.approved), split_name(finding.tender)
    return judge(finding.item, mine, (mine[0], theirs[1]), rules).verdict is Verdict.SAME


def refusal(pair: Pair, rules: Rules) -> str | None:
    """Return why a pair cannot be taken into the dictionary, in Chinese and for people; None when it can.

    Args:
        pair: as it would be taken in.
        rules: with every entry that counts on any day on which the new one would.
    """
    return _unfit(pair) or _taken(pair, rules) or _hides_a_difference(pair, rules)


def rules_with(entries: Iterable[Entry], rules: Rules) -> Rules:
    """Return the rules with these entries added, in this order, but for those that the rules contradict."""
    known = [entry.pair for entry in entries if not contradicts(rules, entry.pair)]
    added = rules
    for section in SECTIONS:
        pairs = [(pair.alias, pair.canonical) for pair in known if pair.section == section]
        if pairs:
            added = added.with_synonyms(section, pairs)
    return added


def contradicts(rules: Rules, pair: Pair) -> bool:
    """Whether the rules hold the two names for two different things.

    It happens to an accepted entry when a newer program ships a dictionary that knows better; counting it would join
    two groups of names that the shipped dictionary keeps apart.
    """
    table = getattr(rules.dictionary, pair.section)
    alias, canonical = (table.get(key(name)) for name in (pair.alias, pair.canonical))
    return alias is not None and canonical is not None and alias != canonical


def as_toml(entries: Sequence[Entry], heading: Sequence[str]) -> str:
    """Give entries as a configuration for `zhengjian review --config`, its `heading` as comments."""
    lines = [f"# {line}" for line in heading]
    for section in SECTIONS:
        pairs = [entry.pair for entry in entries if entry.pair.section == section]
        lines += ["", f"[synonyms.{section}]  # {SECTION_NAMES[section]}：别名 = 标准名称"]
        lines += [f"{_quoted(pair.alias)} = {_quoted(pair.canonical)}" for pair in pairs]
    return "\n".join(lines) + "\n"


def _unfit(pair: Pair) -> str | None:
    for name in (pair.canonical, pair.alias):
        if len(key(name)) < 2:
            return f"“{name}”太短，不能作为名称收入词典。"
        if len(name) > LONGEST:
            return f"“{name[:LONGEST]}……”超过 {LONGEST} 个字，是一段要求而不是名称，不能收入词典。"
        signals = find_signals(name)
        if is_brand(signals):
            words = "、".join(dict.fromkeys(signal.words for signal in signals))
            return f"“{name}”含有品牌或专有技术（{words}），收入词典会掩盖指定品牌的问题，不能收入。"
    return None


def _taken(pair: Pair, rules: Rules) -> str | None:
    table = getattr(rules.dictionary, pair.section)
    alias, canonical = key(pair.alias), key(pair.canonical)
    if table.get(alias, alias) == table.get(canonical, canonical):
        return f"“{pair.alias}”与“{pair.canonical}”在词典中已是同一名称，不必再收。"
    if alias not in table:
        return None
    if canonical not in table:
        other = f"可以改以“{pair.alias}”为标准名称，再收入“{pair.canonical}”。"
        return f"“{pair.alias}”在词典中已有同义词，收作别名会牵动它们。{other}"
    meaning = "是另一个标准名称" if table[alias] == alias else f"指“{table[alias]}”"
    return f"“{pair.alias}”在词典中已{meaning}，不能再指“{pair.canonical}”。"


def _hides_a_difference(pair: Pair, rules: Rules) -> str | None:
    table = getattr(rules.dictionary, pair.section)
    canonical = table.get(key(pair.canonical), key(pair.canonical))
    group = {key(pair.canonical), canonical, *(name for name, word in table.items() if word == canonical)}
    opposite = next((name for name in sorted(group) if contrasts(key(pair.alias), name)), None)
    if opposite:
        shown = pair.canonical if opposite == key(pair.canonical) else opposite
        return f"“{pair.alias}”与“{shown}”含有互相对立的词，不是同一内容，不能收入词典。"
    if words := _on_one_side(key(pair.canonical), key(pair.alias)):
        return f"只有一方带有“{'、'.join(words)}”，含义不同，不能收入词典；个别情况请在审查时逐项改判。"
    directions = {direction_of(pair.alias), direction_of(pair.canonical)}
    if pair.section == "names" and len(directions) > 1 and Direction.MIN not in directions:
        return f"“{pair.alias}”与“{pair.canonical}”判断宽严的方法不同，不能收入词典。"
    return None


def _on_one_side(canonical: str, alias: str) -> list[str]:
    """The qualifying words that only one name has; a single character counts where it is added to the other name."""
    short, long = sorted((canonical, alias), key=len)
    added = without(long, short) if is_within(short, long) else ""
    return [
        word
        for word in load("levels")["contrasts"]["qualifiers"]
        if word in added or (len(word) > 1 and (word in canonical) != (word in alias))
    ]


def _quoted(text: str) -> str:
    """Write a text as a TOML string; JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
