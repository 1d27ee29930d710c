"""One line that lists several requirements: `CPU≥2颗，内存≥256GB，冗余电源` is three parameters.

A line is taken apart only when at least two of its pieces name what they measure, so that a requirement with its own
conditions (`支持RAID 0/1，缓存≥2GB`; `CPU≥2颗，每颗≥16核`) stays whole.
"""

import re

_COMPARED = "≥|≤|>|<|＞|＜|=|±|不低于|不少于|不小于|不高于|不大于|不超过|不多于|至少|大于|小于|超过|优于"
_NAME = r"[^\d,，:：≥≤><=±()（）]{2,16}?"
_LABELLED = re.compile(rf"\s*[★▲]?{_NAME}[:：]")
_MEASURED = re.compile(rf"\s*[★▲]?(?!支持|提供|具备|满足|配置|采用|可)({_NAME})\s*(?:{_COMPARED}|\d)")
_DEPENDENT = re.compile(
    r"\s*(?:每|单|其中|且|并(?!发)|同时|或|含|包括|总|最大|最高|最小|分别|共|合计|不含|如|参考|推荐|品牌|备注|注[:：])"
)
_LATIN_NAME = re.compile(rf"\s*[A-Za-z][A-Za-z0-9]{{1,9}}\s*(?:{_COMPARED})")


def separate(line: str) -> list[str]:
    """Take a line apart at its commas where it lists requirements of their own; otherwise give it back whole."""
    pieces = _at_commas(line)
    if len(pieces) < 2:
        return [line]
    labelled = [bool(_LABELLED.match(piece)) and not _DEPENDENT.match(piece) for piece in pieces]
    if sum(labelled) > 1 and labelled[0]:
        return _joined(pieces, labelled)
    if any(labelled):
        return [line]
    named = [_is_named(piece) for piece in pieces]
    if sum(named) < 2:
        return [line]
    starts = [index == 0 or not _DEPENDENT.match(piece) for index, piece in enumerate(pieces)]
    return _joined(pieces, starts)


def _is_named(piece: str) -> bool:
    if _DEPENDENT.match(piece):
        return False
    return bool(_MEASURED.match(piece) or _LATIN_NAME.match(piece))


def _joined(pieces: list[str], starts: list[bool]) -> list[str]:
    lines: list[str] = []
    for piece, begins in zip(pieces, starts, strict=True):
        if begins or not lines:
            lines.append(piece)
        else:
            lines[-1] = f"{lines[-1]}，{piece}"
    return lines


def _at_commas(line: str) -> list[str]:
    """Split at commas outside brackets that do not stand between the digits of one number."""
    pieces, depth, start = [], 0, 0
    for position, char in enumerate(line):
        depth += (char in "(（") - (char in ")）")
        if depth > 0 or char not in ",，":
            continue
        if char == "," and re.match(r"\d{3}(?!\d)", line[position + 1 :]) and line[position - 1 : position].isdigit():
            continue
        pieces.append(line[start:position])
        start = position + 1
    return [*pieces, line[start:]]
