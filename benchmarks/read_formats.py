"""A list of 2,000 rows as text and as old workbook, and one of 60 pages as PDF, each read against its bare library.

The baseline takes the same file apart with the library of its format (csv, xlrd, pdfplumber) and touches every cell;
it knows neither headers nor places nor limits. The last column is the price of a process apart, start included.
Targets: 2,000 rows in less than 2 s; 60 pages within the time of pdfplumber.
"""

import csv
import io
import statistics
import time
from collections.abc import Callable

import pdfplumber
import xlrd

from domain.documents import read_document
from intake import Intake, IntakeSettings
from tests.domain.old_workbooks import old_workbook
from tests.domain.pdf_files import pdf, table

ROUNDS = 3
HEADER = ("序号", "设备名称", "技术参数", "单位", "数量", "单价（万元）")
SPEC = "1、CPU核数：≥{n}核；\n2、内存：≥256GB，配置国产操作系统；\n3、硬盘：≥2块960GB SSD；\n4、电源：双电源冗余"
WIDTHS = (40, 90, 220, 40, 40, 60)


def rows(count: int) -> list[tuple[object, ...]]:
    """A header and rows."""
    return [HEADER, *((n, f"服务器{n}型", SPEC.format(n=n), "台", n % 9 + 1, 12.5) for n in range(1, count + 1))]


def as_text(count: int) -> bytes:
    """The list as GBK text."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows(count))
    return buffer.getvalue().encode("gbk")


def as_pdf(pages: int, each: int = 9) -> bytes:
    """The list on pages, the header on each."""
    listed = rows(pages * each)[1:]
    return pdf(*(table([HEADER, *listed[at * each : (at + 1) * each]], WIDTHS)[0] for at in range(pages)))


def bare_text(content: bytes) -> None:
    """Touch every cell with the csv module."""
    for row in csv.reader(io.StringIO(content.decode("gbk"))):
        len(row)


def bare_workbook(content: bytes) -> None:
    """Touch every cell with xlrd."""
    for sheet in xlrd.open_workbook(file_contents=content).sheets():
        for row in range(sheet.nrows):
            len(sheet.row_values(row))


def bare_pdf(content: bytes) -> None:
    """Extract every table with pdfplumber."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            for found in page.extract_tables():
                len(found)


def main() -> None:
    """Print seconds, the ratio to the bare library, and the seconds at the desk."""
    desk = Intake(IntakeSettings())
    for name, content, items, bare in (
        (".csv, 2,000 rows", as_text(2_000), 2_000, bare_text),
        (".xls, 2,000 rows", old_workbook({"设备清单": rows(2_000)}), 2_000, bare_workbook),
        (".pdf, 60 pages", as_pdf(60), 540, bare_pdf),
    ):
        assert len(read_document(content, "清单").items) == items
        ours = _seconds(lambda content=content: read_document(content, "清单"))  # type: ignore[misc]
        base = _seconds(lambda content=content, bare=bare: bare(content))  # type: ignore[misc]
        apart = _seconds(lambda content=content: desk.read(content, "清单"))  # type: ignore[misc]
        told = f"{ours:.2f} s, bare library {base:.2f} s, ratio {ours / base:.2f}; at the desk {apart:.2f} s"
        print(f"   {name} ({len(content) // 1024} kB): {told}", flush=True)


def _seconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
