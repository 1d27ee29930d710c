"""A pair of documents of 2,000 items × 8 parameters reviewed end to end by `zhengjian review --json`, .xlsx and .docx.

Each run is a process of its own, from its start to the written JSON; its peak memory is what the system counted for it.
Its modules are compiled beforehand, as an installation does; the first run of either program is not counted.
The baseline in the same run is a process that merely opens the same two files with the library of their format
(openpyxl, python-docx) and touches every cell. Targets: at most 10 s and at most 500 MB.
The tender in .docx has a thousand paragraphs before its list, as tenders do: each is read, scanned for brands and held
against the approved terms.
"""

import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx

from benchmarks.mutation.facts import Line
from benchmarks.mutation.lists import APPROVED, TENDER, approved_list, approved_rows, tender_list, tender_rows
from benchmarks.mutation.projects import project
from benchmarks.mutation.tenders import Draw

ITEMS = 2_000
ROUNDS = 3
PARAGRAPHS = 1_000
CLAUSES = (
    "投标人须知第{number}条：投标文件应当按照招标文件的要求编制，并对提出的要求和条件作出明确响应。",
    "第{number}条 供应商应在合同签订后{number}日内提交实施方案，经采购人书面确认后方可进场施工。",
    "评分办法{number}：类似项目业绩每提供一份得2分，最高得6分，须附合同关键页和验收证明复印件。",
    "第{number}条 所有系统须与市统一身份认证平台和政务数据共享交换平台对接，接口规范由采购人提供。",
    "第{number}条 项目验收分初验和终验，初验合格后试运行不少于3个月，试运行期间发现的问题由供应商负责整改。",
)
"""What a tender says around its list; the numbers keep every paragraph another."""

REVIEW = "import sys; from admin.main import main; sys.exit(main())"
LAUNCH = """
import json, os, sys, time
started = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], dict(os.environ))
_, status, usage = os.wait4(process, 0)
seconds, busy = time.perf_counter() - started, usage.ru_utime + usage.ru_stime
print(json.dumps([os.waitstatus_to_exitcode(status), seconds, busy, usage.ru_maxrss]))
"""
"""A process is counted with the peak of the one that started it, so a small one starts it, not this one."""
OPEN = {
    ".xlsx": """
import sys, openpyxl
for path in sys.argv[1:]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows(values_only=True):
            len(row)
""",
    ".docx": """
import sys, docx
for path in sys.argv[1:]:
    for table in docx.Document(path).tables:
        for row in table.rows:
            for cell in row.cells:
                len(cell.text)
""",
}


def main() -> None:
    """Print seconds, megabytes and the ratio to merely opening, for both formats."""
    rng = random.Random(18)
    drawn = Draw(project(ITEMS, rng), rng).run()
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".xlsx", ".docx"):
            pair = [Path(folder) / f"批复{suffix}", Path(folder) / f"招标{suffix}"]
            pair[0].write_bytes(_document(suffix, drawn.approved, approved=True))
            pair[1].write_bytes(_document(suffix, drawn.tender, approved=False))
            _measure(suffix, pair, Path(folder))


def _measure(suffix: str, pair: Sequence[Path], folder: Path) -> None:
    result = folder / "结果.json"
    ours, opened, busy, memory = [], [], [], 0.0
    for turn in range(ROUNDS + 1):
        run = _run(folder, REVIEW, "review", *map(str, pair), "--json", str(result))
        baseline = _run(folder, OPEN[suffix], *map(str, pair))
        if turn:
            ours.append(run.seconds)
            busy.append(run.busy)
            opened.append(baseline.seconds)
            memory = max(memory, run.megabytes)
    rows = len(json.loads(result.read_text("utf-8"))["rows"])
    took, ratio = statistics.median(ours), statistics.median(a / b for a, b in zip(ours, opened, strict=True))
    size = sum(path.stat().st_size for path in pair) / 1e6
    print(f"   {suffix}: {ITEMS:,} items × 8 parameters, {size:.1f} MB of documents, {rows:,} rows of findings")
    computing = statistics.median(busy)
    print(f"      review {took:.1f} s (target ≤ 10), of which computing {computing:.1f} s")
    print(f"      peak {memory:.0f} MB (target ≤ 500)")
    print(f"      merely opening both {statistics.median(opened):.1f} s, ratio {ratio:.2f}")


@dataclass(frozen=True, slots=True)
class _Run:
    """What a process took: seconds by the clock and on the processor, and megabytes at its peak."""

    seconds: float
    busy: float
    megabytes: float


def _run(folder: Path, program: str, *arguments: str) -> _Run:
    """Run a Python program in a process of its own; its compiled modules are kept in the folder.

    Raises:
        RuntimeError: the process failed (1 is `review`'s answer that there are deviations).
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    told = subprocess.run(
        [sys.executable, "-c", LAUNCH, sys.executable, "-c", program, *arguments],
        env=environment, stdout=subprocess.PIPE, check=True,
    ).stdout  # fmt: skip
    code, seconds, busy, kilobytes = json.loads(told)
    if code not in {0, 1}:
        raise RuntimeError(f"the process ended with {code}")
    return _Run(seconds, busy, kilobytes / 1024)


def _document(suffix: str, lines: list[Line], *, approved: bool) -> bytes:
    if suffix == ".xlsx":
        return approved_list(lines) if approved else tender_list(lines)
    header, rows = (APPROVED, approved_rows(lines)) if approved else (TENDER, tender_rows(lines))
    document = docx.Document()
    for number in range(0 if approved else PARAGRAPHS):
        document.add_paragraph(CLAUSES[number % len(CLAUSES)].format(number=number + 1))
    document.add_heading("批复的设备清单及技术参数" if approved else "第五章 采购需求")
    table = document.add_table(rows=0, cols=len(header))
    # python-docx looks every cell up by its place; written this way the generator takes seconds, not minutes.
    for row in (header, *rows):
        cells = table.add_row()._tr.tc_lst
        for cell, value in zip(cells, row, strict=True):
            cell.p_lst[0].add_r().text = str(value)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
