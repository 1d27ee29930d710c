"""`zhengjian lint`: whether the models can be deployed, and whether every element has its other half."""

import argparse
import sys
from pathlib import Path

from admin.checks import Complaint, Tree
from admin.checks.camunda import LintersMissingError, check_with_camunda
from admin.checks.forms import check_forms
from admin.checks.layout import check_layout
from admin.checks.wiring import check_wiring

REPOSITORY = Path(__file__).resolve().parents[1]
CLEAN, COMPLAINTS, NOT_ALL_RUN = 0, 1, 2


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `lint` to the command line."""
    parser = subparsers.add_parser("lint", help="检查流程图、表单、决策表及其与程序的对应", description=__doc__)
    parser.add_argument("--strict", action="store_true", help="有检查没能运行时也算不通过")
    parser.add_argument("--root", type=Path, default=REPOSITORY, metavar="目录", help="要检查的源码目录（默认本程序）")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every complaint; exit 0 for none, 1 for some, 2 when `--strict` could not check everything."""
    tree = Tree(arguments.root.resolve())
    complaints, not_run = lint(tree)
    for complaint in complaints:
        print(complaint)
    for reason in not_run:
        print(f"!! 未检查：{reason}", file=sys.stderr)
    if complaints:
        print(f"共 {len(complaints)} 处需要改正；已部署的流程没有受影响。")
        return COMPLAINTS
    if not_run and arguments.strict:
        return NOT_ALL_RUN
    print(f"{len(tree.processes())} 个流程检查通过。" if not not_run else "已运行的检查全部通过。")
    return CLEAN


def lint(tree: Tree) -> tuple[list[Complaint], list[str]]:
    """Return what is wrong, and which checks could not be run and why (Chinese)."""
    complaints = check_wiring(tree) + check_layout(tree) + check_forms(tree)
    try:
        complaints += check_with_camunda(tree)
    except LintersMissingError as error:
        return complaints, [str(error)]
    return complaints, []
