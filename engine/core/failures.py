"""What the operator is told when the engine cannot start or cannot go on."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from engine.core.errors import DataDirectoryBusy, EngineError, LogDamaged

if TYPE_CHECKING:
    from engine.settings import EngineSettings


def end_process(kind: str, detail: str) -> None:
    """Say why the engine cannot go on and end this process: status 74 for the disk, 70 for the engine itself."""
    if kind == "disk":
        text = (
            f"引擎无法写入日志（{detail}），已停止。已确认的操作都已保存，没有丢失。"
            "请检查磁盘空间与磁盘状态后重新启动。"
        )
    else:
        text = (
            f"引擎内部出错（{detail}），已停止。已确认的操作都已保存，没有丢失。"
            "请重新启动；如再次出现，请附上日志报告此问题。"
        )
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
    os._exit(74 if kind == "disk" else 70)


def report_cut(file: str, length: int) -> None:
    """Say that the log ended in an interrupted write, which was cut."""
    text = (
        f"引擎上次在写入日志时中断：已从 {file} 末尾截去 {length} 字节未写完的内容。"
        "这些内容从未确认过，没有丢失任何已确认的操作。"
    )
    sys.stderr.write(text + "\n")


def opening_failed(error: Any, settings: EngineSettings) -> EngineError:
    """A Java exception that kept the engine from starting, as an error with a text for the operator."""
    name = error.getClass().getSimpleName()
    if name == "DirectoryBusy":
        owner = str(error.owner()) or "未知"
        return DataDirectoryBusy(
            f"数据目录 {settings.directory} 正由另一个引擎使用（进程号 {owner}）。没有改动任何数据。"
            "请先停止该进程，或换用另一个数据目录。"
        )
    if name == "LogDamaged":
        return LogDamaged(
            f"引擎日志已损坏：文件 {error.file()} 偏移 {error.offset()} 处（{error.getMessage()}）。"
            "引擎没有启动，也没有改动任何文件。请勿删除该文件，从备份恢复数据目录，或联系维护人员。"
        )
    if "Failed to bind" in str(error):
        return EngineError(
            f"引擎无法监听 {settings.grpc_host} 的端口 {settings.grpc_port}，该端口可能正被占用。数据未受影响。"
            "请停止占用该端口的程序，或换用另一个端口（ZHENGJIAN_GRPC_PORT）。"
        )
    return EngineError(f"引擎启动失败（{error}），数据未受影响。请检查磁盘后重试。")
