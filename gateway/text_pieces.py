"""A text taken apart into what the eye compares: numbers, their measures, comparators, words, phrases, signs."""

import re
import unicodedata

AT_LEAST = "不低于|不少于|不小于|大于等于|大于或等于|至少|≥|>=|＞＝"
AT_MOST = "不高于|不超过|不大于|不多于|小于等于|小于或等于|至多|最多|≤|<=|＜＝"
JOINTS = "和|及|或|与|以上|以下|以内|大于|小于|高于|低于|超过|不含"
RATES = "[百千万]兆"
MEASURES = (
    "个(?:月|工作日|日历日|自然日)?|工作日|日历日|自然日|小时|分钟|秒|年|月|日|天|周|万元|亿元|元|万|亿"
    "|端口|台|套|项|对|箱|块|颗|核|路|口|组|根|条|只|张|份|人次|人月|人天|人|次|米|公里|平方米|倍|级|位|点|芯|寸|英寸"
)
_STOPS = f"{AT_LEAST}|{AT_MOST}|{JOINTS}|{RATES}"
PIECE = re.compile(
    rf"(?P<number>\d+(?:[.,，]\d+)*)|(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?P<joint>{JOINTS})|(?P<space>\s+)"
    rf"|(?P<word>[A-Za-zＡ-Ｚａ-ｚµμΩ]+)|(?P<measure>(?<=\d)(?:{MEASURES})|{RATES})"
    rf"|(?P<phrase>(?:(?!{_STOPS})[㐀-䶿一-鿿])+)|(?P<sign>.)",
    re.DOTALL,
)


class Piece:
    """A number, word, comparator, phrase or sign of a text, at its place, and what it is compared by."""

    __slots__ = ("at", "kind", "meaning", "text")

    def __init__(self, text: str, at: int, kind: str) -> None:
        self.text, self.at, self.kind, self.meaning = text, at, kind, _meaning(text, kind)


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of a text in order; white space is none."""
    found = ((match[0], match.start(), match.lastgroup or "sign") for match in PIECE.finditer(text))
    return [Piece(*one) for one in found if one[2] != "space"]


def _meaning(text: str, kind: str) -> str:
    if kind in {"least", "most"}:
        return {"least": "≥", "most": "≤"}[kind]
    plain = unicodedata.normalize("NFKC", text)
    if kind == "number":
        whole, _, rest = plain.replace(",", "").partition(".")
        return f"{whole}.{rest}".rstrip("0").rstrip(".") if rest else whole
    return plain
