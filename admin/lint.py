"""`zhengjian lint`: whether the models can be deployed, and whether every element has its other half."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from admin.checks import Complaint, Tree
from admin.checks.camunda import LintersMissingError, check_with_camunda
from admin.checks.forms import check_forms
from admin.checks.layout import check_layout
from admin.checks.templates import check_templates
from admin.checks.variables import check_variables
from admin.checks.wiring import check_wiring
from gateway.assets.node import Node, find_node

REPOSITORY = Path(__file__).resolve().parents[1]
CLEAN, COMPLAINTS, NOT_ALL_RUN = 0, 1, 2

ABOUT = "检查每个流程：表单、决策表、作业程序、测试是否齐全，条款是否写明，图是否清楚；再运行 Camunda 的检查。"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `lint` to the command line."""
    parser = subparsers.add_parser("lint", help="检查流程图、表单、决策表及其与程序的对应", description=ABOUT)
    parser.add_argument("--strict", action="store_true", help="有检查没能运行时也算不通过")
    parser.add_argument("--root", type=Path, default=REPOSITORY, metavar="目录", help="要检查的源码目录（默认本程序）")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check and tell; exit 0 for no complaint, 1 for some, 2 when not everything, or nothing, could be checked."""
    tree = Tree(arguments.root.resolve())
    if not (tree.root / "bpmn").is_dir():
        print(f"{tree.root} 下没有 bpmn 目录，没有检查任何内容；请用 --root 指明源码目录。", file=sys.stderr)
        return NOT_ALL_RUN
    complaints, not_run = lint(tree)
    return tell(tree, complaints, not_run, strict=arguments.strict)


def lint(tree: Tree, find: Callable[[], Node | None] = find_node) -> tuple[list[Complaint], list[str]]:
    """Return what is wrong, and which checks could not be run and why (Chinese).

    Args:
        tree: what to check.
        find: gives the Node.js that Camunda's own linters run on, or None.
    """
    complaints = check_ourselves(tree)
    try:
        complaints += check_with_camunda(tree, find())
    except LintersMissingError as error:
        return complaints, [str(error)]
    return complaints, []


def check_ourselves(tree: Tree) -> list[Complaint]:
    """Return what is wrong as far as it can be told without Camunda's own linters."""
    return [
        complaint
        for check in (check_wiring, check_layout, check_forms, check_variables, check_templates)
        for complaint in check(tree)
    ]


def tell(tree: Tree, complaints: list[Complaint], not_run: list[str], *, strict: bool) -> int:
    """Print every complaint and every check that was not run, and return the exit status."""
    for complaint in complaints:
        print(complaint)
    for reason in not_run:
        print(f"!! 未检查：{reason}", file=sys.stderr)
    if complaints:
        print(f"共 {len(complaints)} 处需要改正；已部署的流程没有受影响。")
        return COMPLAINTS
    if not_run and strict:
        return NOT_ALL_RUN
    print(f"{len(tree.processes())} 个流程检查通过。" if not not_run else "已运行的检查全部通过。")
    return CLEAN
