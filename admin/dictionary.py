"""`zhengjian dictionary`: the synonyms of this installation listed, taken to `zhengjian review`, brought from another.

What is brought becomes suggestions: taking them in stays an administrator's decision on the page 词典.
"""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from admin.settings import add_options, data_folder, environment
from admin.writing import write_all
from domain.formats import CHINA
from domain.formats import day as in_words
from domain.parameters.dictionary import SECTION_NAMES, Entry, Pair, as_toml
from domain.parameters.rules import ConfigRefused, from_config
from records import audit, connections
from records.database import Database, open_database
from records.dictionary import SUBJECT, Dictionary
from records.migrations import SchemaError
from records.suggestions import Suggestions

ACTOR = "zhengjian dictionary import"
ABOUT = "查看、导出本系统收入词典的同义词，或把别处导出的词典导入为建议。"
NOTHING = "没有改动任何数据。"


class _Refused(Exception):  # noqa: N818 - the person's mistake or the machine's state, told in Chinese
    """Why the command cannot be carried out."""


def add_parser(subparsers: Any) -> None:
    """Add `dictionary` to the command line."""
    parser = subparsers.add_parser("dictionary", help="同义词典：查看、导出、导入", description=ABOUT)
    actions = parser.add_subparsers(dest="action", required=True, metavar="操作")
    for name, text in (("list", "列出生效的词条"), ("export", "导出为 zhengjian review --config 可用的配置")):
        action = actions.add_parser(name, help=text, description=text)
        add_options(action)
        action.add_argument("--on", metavar="日期", help="在这一天生效的词条，如 2026-12-01（默认今天）")
        if name == "export":
            action.add_argument("--output", type=Path, metavar="文件", help="写入文件；不给则打印")
    text = "把别处导出的词典导入为建议，由管理员在“词典”页面逐条收入"
    action = actions.add_parser("import", help=text, description=text)
    add_options(action)
    action.add_argument("file", type=Path, metavar="文件", help="zhengjian dictionary export 写出的文件")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it: 0 done, 2 refused with the reason on standard error."""
    try:
        return {"list": _list, "export": _export, "import": _import}[arguments.action](arguments)
    except _Refused as refused:
        print(refused, file=sys.stderr)
        return 2


def _list(arguments: argparse.Namespace) -> int:
    heading, entries = _counting(arguments)
    print("\n".join(heading))
    for entry in entries:
        until = f"，{in_words(entry.effective_until)}停用" if entry.effective_until else ""
        pair, since = entry.pair, in_words(entry.effective_from)
        print(f"{SECTION_NAMES[pair.section]}：{pair.alias} = {pair.canonical}（{since}生效{until}）")
    print(f"共 {len(entries)} 条。")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    heading, entries = _counting(arguments)
    written = as_toml(entries, heading)
    if arguments.output is None:
        sys.stdout.write(written)
        return 0
    try:
        write_all({arguments.output: written.encode()})
    except OSError as error:
        raise _Refused(f"无法写入 {arguments.output}（{error.strerror}）。{NOTHING}请换一个位置重试。") from None
    return 0


def _import(arguments: argparse.Namespace) -> int:
    try:
        added = from_config(arguments.file.read_text("utf-8")).added
    except ConfigRefused as refused:
        raise _Refused(f"{refused.message}{NOTHING}") from None
    except UnicodeDecodeError:
        raise _Refused(f"{arguments.file} 不是 UTF-8 编码的文件。{NOTHING}") from None
    except OSError as error:
        raise _Refused(f"无法读取 {arguments.file}（{error.strerror}）。{NOTHING}") from None
    now = datetime.now(UTC)
    with _open(arguments) as database, database.session() as session:
        suggestions = Suggestions(session)
        new = sum(suggestions.propose(Pair(section, canonical, alias), now) for section, alias, canonical in added)
        if new:
            audit.append(session, ACTOR, "synonym.imported", SUBJECT, {"read": len(added), "new": new}, now)
    print(f"读到 {len(added)} 条，新增建议 {new} 条。请管理员在“词典”页面逐条收入或驳回。")
    return 0


def _counting(arguments: argparse.Namespace) -> tuple[list[str], list[Entry]]:
    """Return the entries that count on the chosen day, and what they are, as heading."""
    day = datetime.now(CHINA).date()
    if arguments.on is not None:
        try:
            day = date.fromisoformat(arguments.on)
        except ValueError:
            raise _Refused(f"“{arguments.on}”不是日期，请写成 2026-12-01 的形式。{NOTHING}") from None
    with _open(arguments) as database, database.reading() as session:
        version = Dictionary(session).current()
        entries = Dictionary(session).counting_on(version.number, day)
    return [f"政建词典第 {version.number} 版，{in_words(day)}生效的词条", f"校验值 {version.digest}"], entries


@contextlib.contextmanager
def _open(arguments: argparse.Namespace) -> Iterator[Database]:
    env = environment(arguments)
    data = data_folder(env)
    url, kept = connections.address(env, data), data / "records.db"
    if url == f"sqlite:///{kept}" and not kept.exists():
        raise _Refused(f"数据目录 {data} 中还没有登记库：先启动一次系统，或用 --data 指明数据目录。{NOTHING}")
    try:
        database = open_database(url)
    except SchemaError as refusal:
        raise _Refused(str(refusal)) from None
    except SQLAlchemyError as error:
        raise _Refused(f"打不开登记库（{type(error).__name__}）。{NOTHING}请检查数据库地址和口令。") from None
    with contextlib.closing(database):
        yield database
