"""`zhengjian review`: the parameter consistency review of Article 18 without the engine, on two files or on pairs."""

import argparse
import gc
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from os.path import realpath
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError

from admin import review_hints, review_pairs, review_texts
from admin.os_errors import in_chinese
from admin.pairs_file import PairsRefusedError, read_pairs
from admin.review_intake import open_intake
from admin.review_outputs import TEMPLATE, Reviewed, as_docx, as_xlsx
from admin.writing import write_all
from domain import reasonableness
from domain.documents import DocumentRefused, ParameterTable
from domain.parameters import Counts, count, review
from domain.parameters.rules import ConfigRefused, Rules, from_config, shipped
from domain.reasonableness import Criteria, Hint
from intake import Intake, IntakeSettingsError

_USAGE = """zhengjian review 批复文件 招标文件 [--json 文件] [--xlsx 文件] [--docx 文件] [--config 文件]
       zhengjian review --pairs 文件 [--json 文件] [--config 文件]"""
_EPILOG = "退出码：0 没有偏差，1 有偏差或需人工判断，2 没有完成（原因见标准错误，此时不写任何文件）。"


class _Unfinished(Exception):  # noqa: N818  (the name says what happened to the command)
    """The command cannot be finished; the text tells the person why."""


def add_parser(subparsers: Any) -> None:
    """Add the sub-command to the `zhengjian` command."""
    parser = subparsers.add_parser("review", help="技术参数一致性审查：批复清单与招标文件逐项比对", usage=_USAGE)
    parser.epilog = _EPILOG
    parser.add_argument("approved", type=Path, nargs="?", metavar="批复文件", help="批复的设备清单及技术参数")
    parser.add_argument("tender", type=Path, nargs="?", metavar="招标文件", help="招标文件或采购需求")
    parser.add_argument(
        "--pairs",
        type=Path,
        metavar="文件",
        help="逐对判定：制表符分隔，列 item、approved_name、approved_value、tender_name、tender_value",
    )
    parser.add_argument("--json", type=Path, metavar="文件", help="把结果写成 JSON；写了文件就不再打印表格")
    parser.add_argument("--xlsx", type=Path, metavar="文件", help="把偏差、全部比对和汇总写成 .xlsx 工作簿")
    parser.add_argument("--docx", type=Path, metavar="文件", help="写成审查意见书草稿（.docx），须由人填写处标【待填】")
    parser.add_argument("--config", type=Path, metavar="文件", help="判读口径和词典（TOML）；不给则用默认口径")
    parser.set_defaults(run=run, refuse=parser.error)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Leave cyclic garbage be: a review builds lasting objects, and walking over them costs a sixth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def run(args: argparse.Namespace) -> int:
    """Review: 0 no deviation, 1 deviations, 2 not finished (the reason on standard error, nothing written)."""
    _check_usage(args)
    try:
        with _no_collections():
            return _on_pairs(args) if args.pairs is not None else _on_files(args)
    except _Unfinished as reason:
        print(reason, file=sys.stderr)
        return 2


def _check_usage(args: argparse.Namespace) -> None:
    read = [path for path in (args.approved, args.tender, args.pairs, args.config) if path is not None]
    written = [path for path in (args.json, args.xlsx, args.docx) if path is not None]
    if args.pairs is not None and args.approved is not None:
        args.refuse("--pairs 不能与批复文件、招标文件同时使用")
    if args.pairs is not None and (args.xlsx or args.docx):
        args.refuse("--pairs 的结果只能写成 --json")
    if args.pairs is None and args.tender is None:
        args.refuse("还缺少招标文件" if args.approved else "还缺少批复文件和招标文件（或 --pairs 文件）")
    if len({*map(realpath, (*read, *written))}) < len({*map(realpath, read)}) + len(written):
        args.refuse("写入的文件不能与读取的文件相同，也不能彼此相同")


def _on_files(args: argparse.Namespace) -> int:
    rules, criteria = _configured(args.config)
    desk = _desk(args.config)
    approved, tender = _read(desk, "批复文件", args.approved), _read(desk, "招标文件", args.tender)
    result = review(approved, tender, rules)
    reviewed = Reviewed(approved, tender, result, rules)
    hints = review_hints.find_hints(reviewed, criteria)
    content = {**review_texts.as_json(result), "reasonableness": review_hints.as_json(hints)}
    outputs = [
        (args.json, lambda: review_texts.json_bytes(content)),
        (args.xlsx, lambda: as_xlsx(reviewed, hints)),
        (args.docx, lambda: _draft(reviewed, hints)),
    ]
    _give(outputs, lambda: "\n".join(filter(None, (review_texts.as_text(result), review_hints.as_text(hints)))))
    return _status(result.counts)


def _on_pairs(args: argparse.Namespace) -> int:
    rules, _ = _configured(args.config)
    try:
        pairs = read_pairs(args.pairs)
    except PairsRefusedError as refused:
        raise _Unfinished(f"参数对文件未被接受：{refused}") from refused
    except OSError as error:
        raise _cannot_open("参数对文件", args.pairs, error) from error
    findings = review_pairs.judge_pairs(pairs, rules)
    _give(
        [(args.json, lambda: review_texts.json_bytes(review_pairs.as_json(pairs, findings)))],
        lambda: review_pairs.as_text(pairs, findings),
    )
    return _status(count(findings))


def _give(outputs: Sequence[tuple[Path | None, Callable[[], bytes]]], as_text: Callable[[], str]) -> None:
    """Write every output that was asked for, all or none; without any, print the table."""
    asked = {path: made() for path, made in outputs if path is not None}
    try:
        write_all(asked)
    except OSError as error:
        told = f"结果无法写入：{error.filename}（{in_chinese(error)}）。审查已完成但未保存，请换一个位置重试。"
        raise _Unfinished(told) from error
    if not asked:
        print(as_text())


def _draft(reviewed: Reviewed, hints: Sequence[Hint]) -> bytes:
    try:
        return as_docx(reviewed, hints)
    except (OSError, TemplateError, PackageNotFoundError, BadZipFile) as error:
        told = f"意见书模板不能使用：{TEMPLATE.name}（{error}）。请用 zhengjian lint 检查模板；没有写任何文件。"
        raise _Unfinished(told) from error


def _configured(config: Path | None) -> tuple[Rules, Criteria]:
    if config is None:
        return shipped(), reasonableness.shipped()
    try:
        text = config.read_text("utf-8-sig")
        return from_config(text), reasonableness.from_config(tomllib.loads(text).get("reasonableness", {}))
    except ConfigRefused as refused:
        raise _Unfinished(f"配置文件未被接受：{refused.message}") from refused
    except UnicodeDecodeError as error:
        raise _Unfinished("配置文件未被接受：不是 UTF-8 编码的文本。请另存为 UTF-8 后重试。") from error
    except OSError as error:
        raise _cannot_open("配置文件", config, error) from error


def _desk(config: Path | None) -> Intake:
    try:
        return open_intake(config)
    except IntakeSettingsError as refused:
        raise _Unfinished(f"读取文件的设置未被接受：{refused}") from refused


def _read(desk: Intake, label: str, path: Path) -> ParameterTable:
    try:
        return desk.read(path.read_bytes(), path.name)
    except DocumentRefused as refused:
        raise _Unfinished(f"{label}未被接受：{refused.message}") from refused
    except OSError as error:
        raise _cannot_open(label, path, error) from error


def _cannot_open(label: str, path: Path, error: OSError) -> _Unfinished:
    return _Unfinished(f"{label}无法打开：{path}（{in_chinese(error)}）。请检查路径和读取权限后重试。")


def _status(counts: Counts) -> int:
    return 1 if counts.deviations else 0
