"""What the command line and the environment say together: options win over variables."""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

OPTIONS = {
    "data": ("ZHENGJIAN_DATA", "数据目录（默认 var）"),
    "database_url": ("ZHENGJIAN_DATABASE_URL", "业务数据库地址（默认数据目录下的 SQLite）"),
    "grpc_port": ("ZHENGJIAN_GRPC_PORT", "引擎 gRPC 端口（默认 26500）"),
    "rest_port": ("ZHENGJIAN_REST_PORT", "引擎 REST 端口（默认 8080）"),
    "gateway_port": ("ZHENGJIAN_GATEWAY_PORT", "页面端口（默认 8000）"),
}


PORTS = ("grpc_port", "rest_port", "gateway_port")


class SettingsError(ValueError):
    """An option or variable cannot be read; the text is Chinese and names it."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give a sub-command the options every program shares."""
    for name, (variable, text) in OPTIONS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="值", help=f"{text}；环境变量 {variable}")


def environment(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the environment with the given options laid over it, the data folder made absolute.

    Raises:
        SettingsError: a port is none.
    """
    merged = dict(os.environ)
    for name, (variable, _) in OPTIONS.items():
        given = getattr(arguments, name, None)
        if given is not None:
            merged[variable] = str(given)
    for name in PORTS:
        _require_port(merged, name)
    merged["ZHENGJIAN_DATA"] = str(Path(merged.get("ZHENGJIAN_DATA", "var")).resolve())
    return merged


def variables() -> Mapping[str, str]:
    """Return the environment as it is, for commands without the programs' options."""
    return dict(os.environ)


def data_folder(env: Mapping[str, str]) -> Path:
    """Return the folder that holds everything this installation remembers."""
    return Path(env["ZHENGJIAN_DATA"])


def _require_port(env: Mapping[str, str], name: str) -> None:
    variable = OPTIONS[name][0]
    given = env.get(variable, "1")
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
        option = f"--{name.replace('_', '-')}"
        raise SettingsError(f"端口应为 1 到 65535 的数，现在是“{given}”（{option} 或 {variable}）。没有启动任何程序。")
