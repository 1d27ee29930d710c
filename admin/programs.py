"""`zhengjian engine|workers|gateway`: one program each, in the foreground, until a signal ends it."""

import argparse
import importlib
import sys
from functools import partial
from typing import TYPE_CHECKING

from admin.settings import add_options, environment
from admin.supervisor import REFUSED

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAMS = {
    "engine": "启动内嵌的 Camunda 8 引擎（gRPC 与 REST）",
    "workers": "启动作业程序（参数审查等自动步骤）",
    "gateway": "启动页面（待办、项目、技术参数审查）",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the three programs to the command line."""
    for name, text in PROGRAMS.items():
        parser = subparsers.add_parser(name, help=text, description=text)
        add_options(parser)
        if name == "engine":
            parser.add_argument("--demo", action="store_true", help="带演示账户（口令均为 demo），不可用于正式数据")
        parser.set_defaults(run=partial(run, name))


def run(name: str, arguments: argparse.Namespace) -> int:
    """Start one program with its own settings and return its exit status."""
    env: Mapping[str, str] = environment(arguments)
    if getattr(arguments, "demo", False):
        env = {**env, "ZHENGJIAN_DEMO": "1"}
    try:
        settings = importlib.import_module(f"{name}.settings").Settings.from_environment(env)
    except ValueError as refusal:  # a setting that cannot be read: whoever set it is told, in the program's own words
        print(refusal, file=sys.stderr)
        return REFUSED
    status: int = importlib.import_module(f"{name}.main").run(settings)
    return status
