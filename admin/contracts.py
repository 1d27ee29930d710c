"""`zhengjian contracts import`: prices of earlier contracts into the registry, all lines of a file or none."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from admin.settings import add_options, data_folder, environment
from domain.documents import DocumentRefused
from domain.documents.reader import open_document
from domain.formats import CHINA
from domain.reasonableness.price_list import COLUMNS, REQUIRED, ContractLine, PriceList, read_price_list
from records import audit, connections
from records.contracts import Contracts
from records.database import open_database
from records.documents import Documents, DocumentStore, NewDocument
from records.migrations import SchemaError, upgrade

MOST_PROBLEMS = 20
ACTOR = "zhengjian.contracts"
SUBJECT = "contract_prices"
NOTHING = "没有登记任何一行；改正后请重新导入整个文件。"
ABOUT = f"""把以往合同的单价登记入库，供合理性审查比对。第一个工作表（或 CSV，UTF-8 或 GBK）的表头须有：
{"、".join(COLUMNS[name][0] for name in REQUIRED)}；可以有：行号、供应商、规格、单位、数量、含税。
单价的货币单位写在表头，例如“单价（元）”。同一合同的同一行只登记一次，重复导入没有影响。
不要写入个人信息；涉密项目的合同不得登记。"""


class _Refused(Exception):  # noqa: N818 - it says what happened to the file
    """The file is not taken in; the text tells the person why."""


def add_parser(subparsers: Any) -> None:
    """Add `contracts` to the command line."""
    parser = subparsers.add_parser("contracts", help="登记以往合同的单价，供合理性审查比对")
    actions = parser.add_subparsers(dest="action", required=True, metavar="动作")
    importing = actions.add_parser("import", help="导入一个合同价格表（.csv .xlsx）", description=ABOUT)
    importing.add_argument("file", type=Path, metavar="文件", help="合同价格表")
    add_options(importing)
    importing.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import a file: 0 registered (or known already), 2 refused as a whole, the reasons on standard error."""
    env = environment(arguments)
    try:
        content = arguments.file.read_bytes()
        read = _read(content, arguments.file.name)
        added = _register(env, content, arguments.file.name, read)
    except _Refused as reason:
        print(f"合同价格表未被接受：{reason}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"合同价格表无法打开：{arguments.file}（{error.strerror}）。没有登记任何一行。", file=sys.stderr)
        return 2
    except SchemaError as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except SQLAlchemyError as error:
        print(
            f"打不开登记库（{type(error).__name__}）。{NOTHING}请检查数据库是否在运行、地址是否正确。", file=sys.stderr
        )
        return 2
    ignored = f"未登记的列：{'、'.join(read.ignored)}。" if read.ignored else ""
    print(f"合同价格登记完成：新登记 {added} 行，以前已登记 {len(read.lines) - added} 行。{ignored}")
    return 0


def _read(content: bytes, name: str) -> PriceList:
    try:
        source = open_document(content, name)
    except DocumentRefused as refused:
        raise _Refused(refused.message) from refused
    if not source.grids:
        raise _Refused(f"文件里没有表格。{NOTHING}")
    read = read_price_list(source.grids[0], datetime.now(CHINA).date())
    if read.problems:
        raise _Refused(_told(read.problems))
    if not read.lines:
        raise _Refused(f"表头下面没有数据。{NOTHING}")
    return read


def _register(env: dict[str, str], content: bytes, name: str, read: PriceList) -> int:
    """Write the lines that are new, with the file they came from, in one transaction; return how many."""
    data, now = data_folder(env), datetime.now(UTC)
    data.mkdir(parents=True, exist_ok=True)
    url = connections.address(env, data)
    upgrade(url)
    database = open_database(url)
    try:
        with database.session() as session:
            contracts = Contracts(session)
            new = _new_lines(contracts, read)
            if new:
                file = NewDocument(content, "contract_prices", name, "application/octet-stream", ACTOR, now)
                sha256 = Documents(session, DocumentStore(data / "documents")).add(file).sha256
                contracts.add(new, sha256, now)
                told = {"sha256": sha256, "added": len(new), "known": len(read.lines) - len(new)}
                audit.append(session, ACTOR, "contracts.imported", SUBJECT, told, now)
        return len(new)
    finally:
        database.close()


def _new_lines(contracts: Contracts, read: PriceList) -> list[ContractLine]:
    """Return the lines the registry lacks; one that it has with other content refuses the file."""
    known = contracts.recorded({line.contract_number for line in read.lines})
    problems = [
        f"{place}：合同“{line.contract_number}”第{line.line}行已经登记，内容不同；登记过的价格不能改写。"
        for line, place in zip(read.lines, read.places, strict=True)
        if line.identity in known and known[line.identity] != line
    ]
    if problems:
        raise _Refused(_told(problems))
    return [line for line in read.lines if line.identity not in known]


def _told(problems: Sequence[str]) -> str:
    more = f"\n……另有 {len(problems) - MOST_PROBLEMS} 处。" if len(problems) > MOST_PROBLEMS else ""
    return f"有 {len(problems)} 处须改正。{NOTHING}\n" + "\n".join(problems[:MOST_PROBLEMS]) + more
