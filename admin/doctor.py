"""`zhengjian doctor`: what this machine has, what this installation lacks, and what its licences allow."""

import argparse
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from admin import records_health
from admin.settings import add_options, data_folder, environment
from engine.core import jars
from engine.core.errors import JarsUnavailable
from engine.settings import EngineSettings
from intake import IntakeSettings, IntakeSettingsError

LICENCE = (
    "引擎组件（Camunda 8）遵循 Camunda License 1.0：开发、测试和试点可免费使用；正式生产须取得 Camunda 授权，"
    "并把本系统指向 Camunda 自己的集群。本项目自身的代码遵循 Apache-2.0。"
)
SPARE_BYTES = 2 * 1024**3
ASSETS = Path(__file__).parents[1] / "gateway" / "static" / "vendor"

Finding = tuple[bool, str]
"""Whether it is well, and the sentence that says so or what to do."""

ABOUT = "检查本机环境、端口和本次安装，逐项说明哪里好、哪里须处理，以及引擎的许可范围。"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `doctor` to the command line."""
    parser = subparsers.add_parser("doctor", help="检查本机环境和本次安装", description=ABOUT)
    add_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; exit 1 when one of them needs something done."""
    env = environment(arguments)
    findings = [*_machine(env), *_ports(env), *records_health.findings(env)]
    for well, sentence in findings:
        print(("  好  " if well else "须处理 ") + sentence)
    print(LICENCE)
    return 0 if all(well for well, _ in findings) else 1


def _machine(env: Mapping[str, str]) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), f"Python {version}（需要 3.11 或更新）"
    data = data_folder(env)
    existing = next(folder for folder in (data, *data.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    yield free > SPARE_BYTES, f"数据目录 {data} 所在磁盘剩余 {free / 1024**3:.1f} GB（应多于 2 GB）"
    yield _jars(env)
    yield _converter(env)
    built = (ASSETS / "stamp").exists()
    yield built, "页面组件" + ("齐全" if built else "未安装：请运行 make setup")


def _jars(env: Mapping[str, str]) -> Finding:
    try:
        kept = jars.folder(EngineSettings.from_environment(env).cache, offline=True)
    except JarsUnavailable:
        return False, "引擎组件尚未取得：联网后启动一次引擎，即自动取得并校验"
    return True, f"引擎组件齐全（{kept}）"


def _converter(env: Mapping[str, str]) -> Finding:
    try:
        program = IntakeSettings.from_environment(env).converter
    except IntakeSettingsError as refused:
        return False, str(refused)
    if program is None:
        return True, "没有转换程序（LibreOffice）：.doc、.wps 等旧格式会请送审人另存后再传"
    return True, f"转换程序 {program}：.doc、.wps 等旧格式转换后读取"


def _ports(env: Mapping[str, str]) -> Iterator[Finding]:
    for program, default, use in (("GRPC", 26500, "引擎 gRPC"), ("REST", 8080, "引擎 REST"), ("GATEWAY", 8000, "页面")):
        host = env.get(f"ZHENGJIAN_{program}_HOST", "127.0.0.1")
        port = int(env.get(f"ZHENGJIAN_{program}_PORT", default))
        with socket.socket() as probe:
            taken = probe.connect_ex((host, port)) == 0
        yield True, f"{use} {host}:{port} " + ("已有程序在运行（若不是本系统，请换端口）" if taken else "空闲")
