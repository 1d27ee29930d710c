"""What the sentences of a correction notice change: 原…更正为…, 由…改为…, 增加：…, 删除：….

A sentence that speaks of a change in a way that cannot be taken apart is kept whole, for a person.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.documents.table import Clause

CHANGE = "(?:更正|变更|修改|修订|调整|澄清|替换)"
_MOVES = "(?:延期|延长|延迟|推迟|顺延|提高|提升|降低|增加|减少|扩大|缩短|下调|上调|调减|调增)"
_TURNS = re.compile(
    rf"[,，]?\s*(?:现|统一|均)?(?:(?:{CHANGE}|改)\s*(?:为|成|至|到)|{_MOVES}\s*(?:为|至|到))\s*[:：]?\s*"
)
_FROM = re.compile(r"(?:原(?:招标|采购|文件)*(?:内容|参数|要求|条款|规定)?|由|将)\s*(?:为|是)?\s*[:：]?\s*")
_SENTENCE = re.compile(r"(?<=[。；;])|\n")
_QUOTED = re.compile(r"[“\"「『‘'](?P<text>[^”\"」』’']*)[”\"」』’']")
_WHAT = r"(?:以下|如下)?(?:内容|参数|要求|条款|一条|一项)?\s*(?:[:：]|(?=[“\"「]))\s*"
_PAIR = re.compile(
    rf"[“\"「『](?P<before>[^”\"」』]*)[”\"」』]{_TURNS.pattern}[“\"「『](?P<after>[^”\"」』]*)[”\"」』]"
)
_UNCHANGED = re.compile(r"[,，。；;\s]*(?:其[他余][^,，]{0,8}不变)?[。；;\s]*")
_ADDS = re.compile(rf"(?:增加|新增|补充){_WHAT}")
_DROPS = re.compile(rf"(?:删除|删去|取消){_WHAT}")
_LOOSE = re.compile(r"增加|新增|删除|删去|取消")
_LEADS = re.compile(r"^(?:将|把)|(?:原|由|将|把)$")
_LONGEST = 2_000
_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十\d]+[条项点]|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．])\s*[:：]?"
)
_EDGES = " \t\r\n:：,，。；;的中"


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that stands in a row of corrections, in a column of its own without before and after.

    `role` is "quantity", "unit_price" or "total", `title` the column's title as written, which may name the unit.
    """

    role: str
    title: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One change that a notice puts into words: what it is about, what stood there, what stands there now.

    `item` and `parameter` are the notice's own columns for them ("" when it has none), `subject` all its words about
    where the change belongs. An empty `before` adds, an empty `after` drops. `is_read` is False for a sentence that
    speaks of a change in a way that cannot be taken apart; then `after` is the sentence. `beside` are the row's other
    figures: context, or a change that the notice does not point out. With them alone `before` and `after` are equal.
    """

    subject: str
    before: str
    after: str
    place: str
    item: str = ""
    parameter: str = ""
    is_read: bool = True
    beside: tuple[Beside, ...] = ()


def spoken(clause: Clause) -> Iterator[Correction]:
    """What the sentences of a paragraph change."""
    for sentence in _sentences(clause.text):
        turns = list(_TURNS.finditer(sentence))
        if len(turns) == 1 and len(sentence) <= _LONGEST:
            yield _turned(sentence, turns[0], clause.place)
        elif turns:
            yield from _turned_often(sentence, len(turns), clause.place)
        elif (added := _ADDS.search(sentence)) is not None and (told := wording(sentence[added.end() :])):
            yield Correction(_about(sentence[: added.start()]), "", told, clause.place)
        elif (dropped := _DROPS.search(sentence)) is not None and (told := wording(sentence[dropped.end() :])):
            yield Correction(_about(sentence[: dropped.start()]), told, "", clause.place)
        elif _LOOSE.search(sentence):
            yield _unread(sentence, clause.place)


def _turned(sentence: str, turn: re.Match[str], place: str) -> Correction:
    lead, after = sentence[: turn.start()], _only(sentence[turn.end() :])
    begins = [match for match in _FROM.finditer(lead) if lead[match.end() :].strip(_EDGES)]
    quoted = list(_QUOTED.finditer(lead))
    if after and quoted and not lead[quoted[-1].end() :].strip(_EDGES):
        # What stands in quotation marks right before the turn is what was there, whatever leads to it.
        return Correction(_about(lead[: quoted[-1].start()]), quoted[-1]["text"].strip(), after, place)
    if not begins or not after:
        return _unread(sentence, place)
    last = begins[-1]
    return Correction(_about(lead[: last.start()]), wording(lead[last.end() :]), after, place)


def _turned_often(sentence: str, turns: int, place: str) -> Iterator[Correction]:
    """Several changes in one sentence: only quotation marks tell where one ends and the next begins."""
    pairs = list(_PAIR.finditer(sentence)) if len(sentence) <= _LONGEST else []
    if (
        len(pairs) != turns
        or not all(pair["before"].strip() or pair["after"].strip() for pair in pairs)
        or not _UNCHANGED.fullmatch(sentence[pairs[-1].end() :])
    ):
        yield _unread(sentence, place)
        return
    ends = [0, *(pair.end() for pair in pairs)]
    for end, pair in zip(ends, pairs, strict=False):
        yield Correction(_about(sentence[end : pair.start()]), pair["before"].strip(), pair["after"].strip(), place)


def _only(text: str) -> str:
    """What the new wording is; "" where more follows its quotation marks than that the rest stays."""
    quoted = _QUOTED.match(text.strip())
    if quoted is None:
        return wording(re.sub(r"[,，]\s*其[他余][^,，]{0,8}不变[。；;\s]*$", "", text))
    return quoted["text"].strip() if _UNCHANGED.fullmatch(text.strip()[quoted.end() :]) else ""


def _unread(sentence: str, place: str) -> Correction:
    return Correction("", "", sentence.strip(), place, is_read=False)


def _sentences(text: str) -> Iterator[str]:
    """Sentences of a paragraph; what stands in quotation marks is never cut."""
    held = ""
    for piece in _SENTENCE.split(text):
        held += piece
        if len(held) > _LONGEST or held.count("“") <= held.count("”"):
            if held.strip():
                yield held
            held = ""
    if held.strip():
        yield held


def wording(text: str) -> str:
    """The words themselves, out of their quotation marks and without what ends the sentence."""
    stripped = text.strip().rstrip("。；;,， ")
    whole = _QUOTED.fullmatch(stripped)
    return (whole["text"] if whole else stripped).strip()


def _about(text: str) -> str:
    return _LEADS.sub("", _NUMBER.sub("", text).strip(_EDGES)).strip(_EDGES)
