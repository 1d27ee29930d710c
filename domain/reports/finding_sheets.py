"""The list of findings as a workbook: deviations, the whole comparison, hints on reasonableness, a summary."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from domain.formats import FEN_IN_WAN, FEN_IN_YUAN
from domain.parameters.verdicts import Finding, FindingKind, Verdict
from domain.provisions import REVIEW
from domain.reports.finding_list import FindingList, HintLine, Line, meaning_of
from domain.reports.spreadsheet import Cell, Sheet, write
from domain.reports.styles import Style

_TONES = {
    Verdict.SAME: Style.GOOD, Verdict.RAISED: Style.WARN, Verdict.LOWERED: Style.BAD, Verdict.MISSING: Style.BAD,
    Verdict.ADDED: Style.INFO, Verdict.MANUAL: Style.DOUBT, Verdict.BRAND: Style.BAD, Verdict.QUANTITY: Style.WARN,
    Verdict.AMOUNT: Style.BAD,
}  # fmt: skip
_Column = tuple[str, float, Callable[[Line], Cell]]
_COLUMNS: tuple[_Column, ...] = (
    ("序号", 6, lambda line: Cell(line.number, Style.NUMBER)),
    ("子系统", 11, lambda line: Cell(line.finding.subsystem)),
    ("设备或条目", 14, lambda line: Cell(_item(line.finding))),
    ("参数", 12, lambda line: Cell(line.finding.parameter)),
    ("批复内容", 26, lambda line: Cell(line.finding.approved)),
    ("批复位置", 12, lambda line: Cell(line.finding.approved_ref)),
    ("招标内容", 26, lambda line: Cell(line.finding.tender)),
    ("招标位置", 12, lambda line: Cell(line.finding.tender_ref)),
    ("判定", 10, lambda line: Cell(line.verdict.value, _TONES[line.verdict])),
    ("理由", 32, lambda line: Cell(_reason(line))),
    ("判读口径", 15, lambda line: Cell(line.finding.convention)),
    ("依据", 15, lambda line: Cell(_basis(line))),
    ("类别", 8, lambda line: Cell(line.finding.kind.value, Style.CENTRE)),
    ("把握", 7, lambda line: Cell(Decimal(str(line.finding.confidence)), Style.PERCENT)),
    ("单位说明", 15, lambda line: Cell(line.explanation)),
    ("处理意见", 15, lambda line: Cell(line.handling)),
)
_AGREED: _Column = ("原审定", 26, lambda line: Cell(line.agreed or "（无）"))
_OVERRIDE: tuple[_Column, ...] = (
    ("系统判定", 10, lambda line: Cell(line.finding.verdict.value, _TONES[line.finding.verdict])),
    ("审查人员改判", 24, lambda line: Cell(line.override)),
)
_HINT_COLUMNS = (
    ("序号", 6.0, ""), ("类别", 10.0, "topic"), ("子系统", 12.0, "subsystem"), ("设备或条目", 16.0, "item"),
    ("参数", 12.0, "parameter"), ("提示", 40.0, "reason"), ("批复内容", 20.0, "approved"),
    ("批复位置", 12.0, "approved_ref"), ("招标内容", 20.0, "tender"), ("招标位置", 12.0, "tender_ref"),
    ("数值口径", 22.0, "figure"), ("依据", 18.0, "basis"), ("佐证", 24.0, "evidence"), ("答复", 16.0, "answer"),
)  # fmt: skip


def as_workbook(content: FindingList) -> bytes:
    """Write the list of findings as .xlsx; the same content gives the same bytes."""
    deviations = [line for line in content.lines if line.verdict is not Verdict.SAME]
    columns = list(_columns(content))
    sheets = [_findings("偏差", columns, deviations), _findings("全部比对", columns, content.lines)]
    if content.hints:
        sheets.append(_hints(content.hints))
    return write([*sheets, _summary(content, len(deviations))])


def _columns(content: FindingList) -> Iterator[_Column]:
    """The usual columns, with those that only a change or a review with overruled findings has where they belong."""
    is_overruled = any(line.override or line.verdict is not line.finding.verdict for line in content.lines)
    for column in _COLUMNS:
        if column[0] == "招标内容" and content.is_change:
            yield _AGREED
        yield column
        if column[0] == "判定" and is_overruled:
            yield from _OVERRIDE


def _findings(name: str, columns: Sequence[_Column], lines: Sequence[Line]) -> Sheet:
    header = [Cell(title, Style.HEAD) for title, _, _ in columns]
    rows = [header, *([cell(line) for _, _, cell in columns] for line in lines)]
    return Sheet(name, rows, [width for _, width, _ in columns], frozen_rows=1, frozen_columns=4, table=True)


def _hints(hints: Sequence[HintLine]) -> Sheet:
    header = [Cell(title, Style.HEAD) for title, _, _ in _HINT_COLUMNS]
    rows = [
        [Cell(number, Style.NUMBER), *(Cell(getattr(hint, name)) for _, _, name in _HINT_COLUMNS[1:])]
        for number, hint in enumerate(hints, 1)
    ]
    widths = [width for _, width, _ in _HINT_COLUMNS]
    return Sheet("合理性提示", [header, *rows], widths, frozen_rows=1, frozen_columns=5, table=True)


def _summary(content: FindingList, deviations: int) -> Sheet:
    rows = [
        [Cell("技术参数一致性审查　比对结果", Style.TITLE)],
        *([Cell(label, Style.LABEL), Cell(text), Cell(""), Cell("")] for label, text in content.facts),
        [],
        *_counts(content.lines, deviations),
        [],
        *_money(content),
        [],
        *_files(content),
        [],
        *_conventions(content),
    ]
    if content.warnings:
        rows += [[], [Cell("读取提示", Style.HEAD)], *([Cell(warning)] for warning in content.warnings)]
    return Sheet("汇总", rows, (24, 34, 24, 70))


def _counts(lines: Sequence[Line], deviations: int) -> list[list[Cell]]:
    verdicts = Counter(line.verdict for line in lines)
    kinds = Counter(line.finding.kind for line in lines if line.verdict is not Verdict.SAME)
    return [
        [Cell("判定", Style.HEAD), Cell("含义", Style.HEAD), Cell("数量", Style.HEAD)],
        *(
            [Cell(verdict.value, _TONES[verdict]), Cell(meaning_of(verdict)), Cell(verdicts[verdict], Style.NUMBER)]
            for verdict in Verdict
        ),
        [Cell("合计", Style.LABEL), Cell("", Style.LABEL), Cell(len(lines), Style.NUMBER)],
        [Cell("其中偏差", Style.LABEL), Cell("一致以外的各项", Style.LABEL), Cell(deviations, Style.NUMBER)],
        *(
            [Cell(f"偏差·{kind.value}", Style.LABEL), Cell("", Style.LABEL), Cell(kinds[kind], Style.NUMBER)]
            for kind in FindingKind
            if kinds[kind]
        ),
    ]


def _money(content: FindingList) -> list[list[Cell]]:
    known = content.approved_fen is not None and content.tender_fen is not None
    excess = (content.tender_fen or 0) - (content.approved_fen or 0) if known else None
    amounts = (("批复合计", content.approved_fen), ("招标合计", content.tender_fen), ("招标减批复", excess))
    return [
        [Cell("金额（分项之和）", Style.HEAD), Cell("元", Style.HEAD), Cell("万元", Style.HEAD)],
        *(
            [Cell(label, Style.LABEL), *([Cell("未读出")] * 2 if fen is None else _amounts(fen))]
            for label, fen in amounts
        ),
    ]


def _amounts(fen: int) -> list[Cell]:
    return [Cell(Decimal(fen) / FEN_IN_YUAN, Style.MONEY), Cell(Decimal(fen) / FEN_IN_WAN, Style.WAN)]


def _files(content: FindingList) -> list[list[Cell]]:
    return [
        [Cell("送审文件", Style.HEAD), Cell("文件名", Style.HEAD), Cell("", Style.HEAD), Cell("SHA-256", Style.HEAD)],
        *([Cell(file.side, Style.LABEL), Cell(file.name), Cell(""), Cell(file.sha256)] for file in content.files),
    ]


def _conventions(content: FindingList) -> list[list[Cell]]:
    used = Counter(
        part.strip() for line in content.lines for part in line.finding.convention.split("；") if part.strip()
    )
    return [
        [Cell("判读口径", Style.HEAD), Cell("内容", Style.HEAD), Cell("用到的行数", Style.HEAD)],
        [Cell("规则版本", Style.LABEL), Cell(content.rules_version), Cell("")],
        *([Cell("口径", Style.LABEL), Cell(text), Cell(number, Style.NUMBER)] for text, number in used.most_common()),
    ]


def _item(finding: Finding) -> str:
    if finding.item and finding.tender_item and finding.tender_item != finding.item:
        return f"{finding.item}\n（招标名称：{finding.tender_item}）"
    return finding.item or finding.tender_item


def _basis(line: Line) -> str:
    """The provision of the finding; every deviation from what was approved rests on the review's own."""
    return line.finding.basis or (REVIEW if line.verdict is not Verdict.SAME else "")


def _reason(line: Line) -> str:
    machine = line.finding.verdict
    return line.finding.reason if machine is line.verdict else f"（系统判定：{machine}）{line.finding.reason}"
