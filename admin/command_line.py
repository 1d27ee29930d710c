"""Python's argument parser, speaking Chinese: whoever mistypes is told what to type instead."""

import argparse
import re
import sys
from typing import Any, NoReturn

SAYINGS = (
    (r"the following arguments are required: (.+)", r"还缺少 \1"),
    (r"unrecognized arguments: (.+)", r"不认识 \1"),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.+)\)", r"\1 没有“\2”，可以是 \3"),
    (r"argument (\S+): expected one argument", r"\1 后面要写一个值"),
    (r"argument (\S+): expected at least one argument", r"\1 后面至少要写一个值"),
    (r"argument (\S+): ignored explicit argument '?(.*?)'?", r"\1 后面不能写值（现在是“\2”）"),
    (r"argument (\S+): invalid \S+ value: '?(.*?)'?", r"\1 不能是“\2”"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 不止一种意思：\2"),
)
"""Python's own words for each kind of mistake, and ours."""


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)  # type: ignore[arg-type]


class Parser(argparse.ArgumentParser):
    """An argument parser whose help and refusals are Chinese; sub-commands are parsers of the same kind."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=_Formatter, add_help=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Say what was typed wrong and how to see what can be typed; exit 2, nothing was done."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{in_chinese(message)}。什么也没有做；用 {self.prog} --help 查看用法。\n")


def in_chinese(message: str) -> str:
    """Return a message of Python's parser in Chinese; one that is not known here stays as it is."""
    for pattern, saying in SAYINGS:
        if found := re.fullmatch(pattern, message):
            return found.expand(saying)
    return message
