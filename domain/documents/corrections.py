"""A document that names only what changes 更正公告: its rows like any table's, and what it says as 原…更正为….

┌────┬────────────┬──────────────┬──────────────┐
│序号│更正项      │更正前        │更正后        │      一、原“内存≥256GB”更正为“内存≥512GB”。
└────┴────────────┴──────────────┴──────────────┘
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.documents.grid import Grid, Row
from domain.documents.limits import Limits
from domain.documents.listing import lay_out
from domain.documents.reader import open_document
from domain.documents.refusals import DocumentRefused
from domain.documents.table import Clause, ParameterTable
from domain.documents.titles import role_of
from domain.text import fold

_STANDARD = Limits()
_SEARCH_ROWS = 40
_TITLE_LENGTH = 24
_CHANGE = "(?:更正|变更|修改|修订|调整|澄清|替换)"
_BEFORE = re.compile(rf"{_CHANGE}前|^原")
_AFTER = re.compile(rf"{_CHANGE}后|{_CHANGE}为|改为|^现|^替代")
_TURNS = re.compile(rf"[,，]?\s*(?:现|统一|均)?(?:{_CHANGE}|改)\s*(?:为|成)\s*[:：]?\s*")
_FROM = re.compile(r"(?:原(?:招标|采购|文件)*(?:内容|参数|要求|条款|规定)?|由|将)\s*(?:为|是)?\s*[:：]?\s*")
_SENTENCE = re.compile(r"(?<=[。；;])|\n")
_QUOTED = re.compile(r"[“\"「『‘'](?P<text>[^”\"」』’']*)[”\"」』’']")
_WHAT = r"(?:以下|如下)?(?:内容|参数|要求|条款|一条|一项)?\s*(?:[:：]|(?=[“\"「]))\s*"
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
class Correction:
    """One change that a notice puts into words: what it is about, what stood there, what stands there now.

    `item` and `parameter` are the notice's own columns for them ("" when it has none), `subject` all its words about
    where the change belongs. An empty `before` adds, an empty `after` drops. `is_read` is False for a sentence that
    speaks of a change in a way that cannot be taken apart; then `after` is the sentence.
    """

    subject: str
    before: str
    after: str
    place: str
    item: str = ""
    parameter: str = ""
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class ChangeDocument:
    """A change document as the rules see it: rows that state an item anew, and corrections of what was there."""

    table: ParameterTable
    corrections: tuple[Correction, ...] = ()


def read_changes(content: bytes, file_name: str, limits: Limits = _STANDARD) -> ChangeDocument:
    """Read a document that names only what changes; arguments and refusals as of `read_document`.

    Raises:
        DocumentRefused: the document cannot be taken in, or it names neither rows nor corrections.
    """
    source = open_document(content, file_name, limits)
    corrections: list[Correction] = []
    grids = []
    for grid in source.grids:
        found = _corrections_of(grid)
        corrections.extend(found)
        if not found:
            grids.append(grid)
    source.grids = grids
    corrections.extend(one for clause in source.clauses for one in _spoken(clause))
    digest = hashlib.sha256(content).hexdigest()
    try:
        table = lay_out(source, file_name, digest, limits, source.closing)
    except DocumentRefused as refusal:
        if refusal.code not in {"no_header", "empty_table"} or not corrections:
            raise
        table = ParameterTable(file_name, digest, (), (), tuple(source.clauses), (*source.notices, *source.closing))
    return ChangeDocument(table, tuple(corrections))


def _corrections_of(grid: Grid) -> list[Correction]:
    """The rows of a table with one column for what was and one for what is; none when it has no such columns."""
    for start, row in enumerate(grid.rows[:_SEARCH_ROWS]):
        titles = [re.sub(r"\s", "", fold(cell.text)) for cell in row.cells]
        before = [index for index, title in enumerate(titles) if _is_title(title, _BEFORE)]
        after = [index for index, title in enumerate(titles) if _is_title(title, _AFTER) and index not in before]
        if len(before) == 1 and len(after) == 1:
            read = _ColumnReader(titles, before[0], after[0])
            return [one for each in grid.rows[start + 1 :] if (one := read.correction(each)) is not None]
    return []


def _is_title(title: str, pattern: re.Pattern[str]) -> bool:
    return len(title) <= _TITLE_LENGTH and bool(pattern.search(title))


@dataclass(frozen=True, slots=True)
class _ColumnReader:
    titles: list[str]
    before: int
    after: int

    def correction(self, row: Row) -> Correction | None:
        texts = [cell.text.strip() for cell in row.cells]
        if max(self.before, self.after) >= len(texts) or not (texts[self.before] or texts[self.after]):
            return None
        if (
            _is_title(re.sub(r"\s", "", fold(texts[self.before])), _BEFORE)
            and texts[self.before] == self.titles[self.before]
        ):
            return None  # The header repeated on a further page.
        others = [index for index in range(len(texts)) if index not in {self.before, self.after}]
        about = [index for index in others if texts[index] and not texts[index].replace(".", "").isdigit()]
        roles = {index: role_of(self.titles[index]) for index in about}
        named = [texts[index] for index in about if roles[index] == "name"]
        detailed = [texts[index] for index in about if roles[index] in {"attribute", "spec"}]
        cells = row.cells[self.before], row.cells[self.after]
        return Correction(
            subject=" ".join(texts[index] for index in about if roles[index] not in {"remark", "number"}),
            before=_wording(texts[self.before]),
            after=_wording(texts[self.after]),
            place=cells[1].place or cells[0].place,
            item=named[0] if named else "",
            parameter=detailed[0] if detailed else "",
            is_read=all(cell.readable for cell in cells),
        )


def _spoken(clause: Clause) -> Iterator[Correction]:
    """What the sentences of a paragraph change."""
    for sentence in _sentences(clause.text):
        turn = _TURNS.search(sentence)
        if turn is not None and len(sentence) > _LONGEST:
            yield Correction("", "", sentence.strip(), clause.place, is_read=False)
        elif turn is not None:
            yield _turned(sentence, turn, clause.place)
        elif (added := _ADDS.search(sentence)) is not None:
            yield Correction(_about(sentence[: added.start()]), "", _wording(sentence[added.end() :]), clause.place)
        elif (dropped := _DROPS.search(sentence)) is not None:
            yield Correction(_about(sentence[: dropped.start()]), _wording(sentence[dropped.end() :]), "", clause.place)
        elif _LOOSE.search(sentence):
            yield Correction("", "", sentence.strip(), clause.place, is_read=False)


def _turned(sentence: str, turn: re.Match[str], place: str) -> Correction:
    lead, after = sentence[: turn.start()], _wording(sentence[turn.end() :])
    begins = [match for match in _FROM.finditer(lead) if lead[match.end() :].strip(_EDGES)]
    quoted = list(_QUOTED.finditer(lead))
    if quoted:
        # What stands in quotation marks right before the turn is what was there, whatever leads to it.
        return Correction(_about(lead[: quoted[-1].start()]), quoted[-1]["text"].strip(), after, place)
    if not begins or not after:
        return Correction(_about(lead), "", sentence.strip(), place, is_read=False)
    last = begins[-1]
    return Correction(_about(lead[: last.start()]), _wording(lead[last.end() :]), after, place)


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


def _wording(text: str) -> str:
    """The words themselves, out of their quotation marks and without what ends the sentence."""
    stripped = text.strip().rstrip("。；;,， ")
    whole = _QUOTED.fullmatch(stripped)
    return (whole["text"] if whole else stripped).strip()


def _about(text: str) -> str:
    return _LEADS.sub("", _NUMBER.sub("", text).strip(_EDGES)).strip(_EDGES)
