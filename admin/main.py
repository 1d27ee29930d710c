"""The `zhengjian` command: one entry, one module a sub-command, imported only when called."""

import argparse
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence

from admin.command_line import Parser
from admin.settings import SettingsError

# Order of the help text: serving first, then models, then rules.
COMMANDS = {
    "up": "admin.up",
    "demo": "admin.demo",
    "engine": "admin.programs",
    "workers": "admin.programs",
    "gateway": "admin.programs",
    "lint": "admin.lint",
    "deploy": "admin.deploy",
    "review": "admin.review",
    "contracts": "admin.contracts",
    "dictionary": "admin.dictionary",
    "identity": "admin.identity",
    "doctor": "admin.doctor",
}

REFUSED = 2
INTERRUPTED = 130  # what a shell reports of a program that Ctrl-C ended
BROKEN = 70  # what sysexits.h calls an error of the software itself
READER_GONE = 141  # what a shell reports of a program that SIGPIPE ended


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command and return its exit status (0 done, 1 findings, 2 refused)."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that has no ² or ㎡ shows a question mark; a review must not end over it.
        sys.stdout.reconfigure(errors="replace")
    try:
        parsed = _parse(list(sys.argv[1:] if argv is None else argv))
        status: int = parsed.run(parsed)
        sys.stdout.flush()
    except SettingsError as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output (head, a pager) has seen enough; Python's own farewell must not fail on it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except Exception:  # noqa: BLE001  (a bug, told in full; Python's own status for it is 1, and 1 means findings)
        traceback.print_exc()
        print("程序内部出错，命令没有完成。请把上面的内容交给维护人员。", file=sys.stderr)
        return BROKEN
    return status


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog="zhengjian", description="政建：电子政务项目全过程管理（Camunda 8 + Python）")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="命令")
    chosen = arguments[0] if arguments and arguments[0] in COMMANDS else None
    for module in dict.fromkeys(COMMANDS[name] for name in COMMANDS if chosen in (None, name)):
        importlib.import_module(module).add_parser(subparsers)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
