"""The engine program: opens identities, engine, read model and documents, and serves gRPC and REST until a signal.

Exit status: 0 after SIGTERM or Ctrl-C; 2 when it says why it cannot run (starting it again would only repeat it);
70 or 74 when the engine itself had to stop (see `engine.core.host.end_process`).
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

from engine.addresses import AddressTakenError, check_free, is_loopback, listen

if TYPE_CHECKING:
    import socket
    import types
    from collections.abc import Callable, Iterator

    from engine.rest.services import Services
    from engine.settings import EngineSettings

REFUSED = 2


def run(settings: EngineSettings) -> NoReturn:
    """Serve until told to stop, and end the process.

    When everything is closed the process ends without the Java machine's own end, which waits for every thread an
    engine that failed to open has left behind, and has been seen to abort.
    """
    status = _serve_until_told(settings)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _serve_until_told(settings: EngineSettings) -> int:
    from engine.core.errors import EngineError  # noqa: PLC0415 - whoever only imports this module does not pay for it
    from engine.identity.file import IdentityRefusedError  # noqa: PLC0415

    _on_signals(_leave)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        with contextlib.closing(listen(settings.rest_host, settings.rest_port)) as rest:
            check_free(settings.grpc_host, settings.grpc_port)
            with services(settings) as parts:
                _on_signals(_stop)
                _serve(parts, rest)
    except SystemExit:
        return 0
    except (AddressTakenError, IdentityRefusedError, EngineError) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return REFUSED
    except OSError as error:
        where = f"数据目录 {settings.data.absolute()} 无法使用（{error}）"
        sys.stderr.write(f"{where}，引擎已停止，已确认的操作没有丢失。请检查目录权限与磁盘空间后重新启动。\n")
        return REFUSED
    return 0


@contextlib.contextmanager
def services(settings: EngineSettings) -> Iterator[Services]:
    """Open every part of the program and close them in reverse, whatever happens."""
    from engine.core.host import Engine  # noqa: PLC0415 - see `run`
    from engine.documents import DocumentStore  # noqa: PLC0415
    from engine.identity.first_start import open_identities  # noqa: PLC0415
    from engine.identity.signin import SignIn  # noqa: PLC0415
    from engine.readmodel import Exporter, ReadModel  # noqa: PLC0415
    from engine.rest.job_bell import JobBell  # noqa: PLC0415
    from engine.rest.services import Services  # noqa: PLC0415

    identities = open_identities(settings.data, demo=settings.demo)
    if identities.admin_password:
        _tell_password(identities.admin_password)
    sign_in = SignIn(identities.directory)
    with contextlib.ExitStack() as stack:
        engine = stack.enter_context(contextlib.closing(Engine.open(settings, sign_in.admits_to_grpc)))
        _tell_cut(engine.cut_bytes)
        read_model = stack.enter_context(contextlib.closing(ReadModel.open(settings.directory / "readmodel.db")))
        stack.callback(Exporter(engine, read_model).start().stop)
        documents = DocumentStore(settings.directory / "documents", settings.document_megabytes << 20)
        bell = stack.enter_context(contextlib.closing(JobBell(engine)))
        yield Services(engine, read_model, sign_in, documents, bell, settings)


def _on_signals(handler: Callable[[int, types.FrameType | None], None]) -> None:
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, handler)


def _leave(_signal: int, _frame: types.FrameType | None) -> None:
    """End at once, while the engine is still opening: nobody has been answered yet, and the log stands any end."""
    os._exit(0)


def _stop(_signal: int, _frame: types.FrameType | None) -> None:
    """End the program through every `finally`; the server catches the signal first and calls this when it is done."""
    raise SystemExit(0)


def _serve(parts: Services, rest: socket.socket) -> None:
    from engine.rest.commands import COMMANDS  # noqa: PLC0415 - see `run`
    from engine.rest.queries import QUERIES  # noqa: PLC0415
    from engine.rest.server import serve  # noqa: PLC0415

    host, port = rest.getsockname()[:2]
    operations = {operation.operation_id: operation for operation in (*COMMANDS, *QUERIES)}
    demo = "（演示方式，口令均为 demo，不可用于正式数据）" if parts.settings.demo else ""
    grpc = f"{parts.settings.grpc_host}:{parts.engine.grpc_port}"
    _warn_of_plain_text(parts.settings)
    serve(parts, operations, rest, lambda: _say(f"引擎已就绪：gRPC {grpc}  REST http://{host}:{port}/v2{demo}"))


def _warn_of_plain_text(settings: EngineSettings) -> None:
    if not (is_loopback(settings.rest_host) and is_loopback(settings.grpc_host)):
        _say("注意：引擎正以明文向其他机器提供服务，口令可被截听。请把它放在 TLS 反向代理之后，或改回 127.0.0.1。")


def _tell_password(password: str) -> None:
    _say(f"首次启动，已生成管理员账号 admin，口令：{password}\n此口令只显示这一次，系统中不保存明文，请立即妥善记下。")


def _tell_cut(cut_bytes: int) -> None:
    if cut_bytes:
        _say(f"上次运行中断时有 {cut_bytes} 字节未写完，已从日志末尾截去。已确认的操作都已保存，没有丢失。")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
