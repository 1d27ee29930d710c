"""`zhengjian up`: engine, models, workers and pages together, watched until Ctrl-C."""

import argparse
import signal
import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from admin.deploy import deploy_all
from admin.settings import add_options, data_folder, environment
from admin.supervisor import REFUSED, Program, StartFailedError, Supervisor, zhengjian
from engine.core import classes
from engine.core.errors import EngineError
from engine.settings import EngineSettings

STOPPING = (signal.SIGINT, signal.SIGTERM)

ABOUT = "启动引擎，部署流程，再启动作业程序和页面；按 Ctrl-C 一起结束，数据都留在数据目录里。"


@dataclass(frozen=True)
class Addresses:
    """Where the running system answers."""

    grpc: str
    rest: str
    gateway: str

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> "Addresses":
        """Read hosts and ports the way the three programs do."""

        def address(program: str, port: int) -> str:
            host = env.get(f"ZHENGJIAN_{program}_HOST", "127.0.0.1")
            return f"{host}:{env.get(f'ZHENGJIAN_{program}_PORT', port)}"

        return cls(address("GRPC", 26500), f"http://{address('REST', 8080)}", f"http://{address('GATEWAY', 8000)}")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `up` to the command line."""
    parser = subparsers.add_parser("up", help="启动整套系统（引擎、作业程序、页面）", description=ABOUT)
    add_options(parser)
    parser.add_argument("--demo", action="store_true", help="带演示账户（口令均为 demo），不可用于正式数据")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C, which is the way to end and leaves 0; exit 2 when a program says why it can't run."""
    env = environment(arguments)
    try:
        with running(env, demo=arguments.demo) as supervisor:
            addresses = Addresses.from_environment(env)
            say(f"系统已就绪：{addresses.gateway}  引擎 REST {addresses.rest}/v2  gRPC {addresses.grpc}（Ctrl-C 结束）")
            return supervisor.watch()
    except KeyboardInterrupt:
        return 0
    except StartFailedError:
        return REFUSED


@contextmanager
def running(env: Mapping[str, str], *, demo: bool) -> Iterator[Supervisor]:
    """Start everything, deploy the models, hand over the supervisor and stop everything at the end.

    Raises:
        KeyboardInterrupt: Ctrl-C or SIGTERM, wherever it came; everything is stopped by then.
        StartFailedError: a program did not come up; whoever started it has been told.
    """
    supervisor = Supervisor(say)
    addresses = Addresses.from_environment(env)
    logs = data_folder(env) / "logs"
    engine = zhengjian("engine", *(["--demo"] if demo else []))
    programs = [
        Program("引擎", engine, env, logs / "engine.log", f"{addresses.rest}/v2/status"),
        Program("作业程序", zhengjian("workers"), env, logs / "workers.log"),
        Program("页面", zhengjian("gateway"), env, logs / "gateway.log", f"{addresses.gateway}/healthz"),
    ]

    def end(_signal: int, _frame: types.FrameType | None) -> None:
        # Once is enough: impatience must not interrupt the stopping and leave programs behind.
        for each in STOPPING:
            signal.signal(each, signal.SIG_IGN)
        supervisor.interrupt()

    for each in STOPPING:
        signal.signal(each, end)
    try:
        _make_folder(logs)
        _prepare(env)
        supervisor.start(programs[0])
        _deploy(env)
        for program in programs[1:]:
            supervisor.start(program)
        yield supervisor
    except KeyboardInterrupt:
        say("正在结束……")
        raise
    except StartFailedError as failure:
        say(str(failure))
        raise
    finally:
        for each in STOPPING:
            signal.signal(each, signal.SIG_IGN)
        supervisor.stop()
        say("已结束。数据保存在 " + str(data_folder(env)))


def _prepare(env: Mapping[str, str]) -> None:
    """Fetch and compile the engine here: a slow download then shows its progress and doesn't count as a slow start."""
    settings = EngineSettings.from_environment(env)
    try:
        classes.prepare(settings.cache, offline=settings.offline)
    except EngineError as refusal:
        raise StartFailedError(f"{refusal}\n没有启动任何程序。") from refusal


def _deploy(env: Mapping[str, str]) -> None:
    if deploy_all(env) != 0:
        raise StartFailedError("流程没有部署，原因见上；作业程序和页面没有启动。")


def _make_folder(logs: Path) -> None:
    try:
        logs.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartFailedError(
            f"数据目录不能使用：{logs.parent}（{error.strerror}）。没有启动任何程序；请用 --data 换一个可写的目录。"
        ) from error


def say(text: str) -> None:
    """Tell the person at the terminal, at once."""
    print(text, flush=True)
