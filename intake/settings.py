"""What reading documents may cost, and which program converts them: from the environment or a configuration file."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Self, TypeVar

from domain.documents import Limits
from domain.documents.limits import LimitRefused

OFF = "off"
_MEGABYTE = 1024 * 1024
_PROGRAMS = ("soffice", "libreoffice")


class IntakeSettingsError(ValueError):
    """A setting of reading or conversion is unreadable; the text is Chinese and names it."""


@dataclass(frozen=True)
class IntakeSettings:
    """How documents are taken in.

    Attributes:
        limits: how large a document may be (`ZHENGJIAN_LIMIT_<NAME>`).
        converter: LibreOffice's `soffice`, None when there is none or it is switched off (`ZHENGJIAN_CONVERTER`, a path
            or `off`; unset, it is looked for on the path).
        conversion_timeout: how long one conversion may take (`ZHENGJIAN_CONVERSION_TIMEOUT`, seconds).
        conversion_memory: bytes of address space a conversion may take (`ZHENGJIAN_CONVERSION_MEMORY_MB`).
        reading_timeout: how long a document that is read apart may take (`ZHENGJIAN_READING_TIMEOUT`, seconds).
        reading_memory: bytes of address space it may take (`ZHENGJIAN_READING_MEMORY_MB`).
    """

    limits: Limits = field(default_factory=Limits)
    converter: Path | None = None
    conversion_timeout: timedelta = timedelta(seconds=60)
    conversion_memory: int = 4096 * _MEGABYTE
    reading_timeout: timedelta = timedelta(seconds=60)
    reading_memory: int = 2048 * _MEGABYTE

    @classmethod
    def from_environment(cls, env: Mapping[str, str], look_for: Callable[[str], str | None] = shutil.which) -> Self:
        """Read the settings from `ZHENGJIAN_…` variables.

        Raises:
            IntakeSettingsError: a number is none, a limit is unknown, or the converter is not there.
        """
        told = {
            "converter": env.get("ZHENGJIAN_CONVERTER"),
            "conversion_timeout": env.get("ZHENGJIAN_CONVERSION_TIMEOUT"),
            "conversion_memory_mb": env.get("ZHENGJIAN_CONVERSION_MEMORY_MB"),
            "reading_timeout": env.get("ZHENGJIAN_READING_TIMEOUT"),
            "reading_memory_mb": env.get("ZHENGJIAN_READING_MEMORY_MB"),
        }
        try:
            limits = Limits.from_environment(env)
        except LimitRefused as refused:
            raise IntakeSettingsError(str(refused)) from refused
        found = cls(limits, _found(look_for))
        return _laid(found, {name: value for name, value in told.items() if value is not None})

    def with_config(self, config: Mapping[str, Any]) -> Self:
        """Lay the tables `[limits]` and `[intake]` of a configuration file over these settings.

        `[intake]` has `converter`, `conversion_timeout` and `reading_timeout` (seconds), `conversion_memory_mb` and
        `reading_memory_mb`; other tables of the file are others' concern.

        Raises:
            IntakeSettingsError: a name is unknown, or a value is unreadable.
        """
        limits, intake = config.get("limits", {}), config.get("intake", {})
        if not isinstance(limits, Mapping) or not isinstance(intake, Mapping):
            raise IntakeSettingsError("配置文件的 limits 和 intake 应各是一张表（[limits]、[intake]）。请改正后重试。")
        try:
            laid = replace(self, limits=self.limits.overlaid(limits))
        except LimitRefused as refused:
            raise IntakeSettingsError(str(refused)) from refused
        return _laid(laid, intake)


_Settings = TypeVar("_Settings", bound=IntakeSettings)


def _laid(settings: _Settings, told: Mapping[str, Any]) -> _Settings:
    changes: dict[str, Any] = {}
    for name, value in told.items():
        if name == "converter":
            changes["converter"] = _program(str(value))
        elif name in {"conversion_timeout", "reading_timeout"}:
            changes[name] = timedelta(seconds=_number(name, value))
        elif name in {"conversion_memory_mb", "reading_memory_mb"}:
            changes[name.removesuffix("_mb")] = int(_number(name, value) * _MEGABYTE)
        else:
            raise IntakeSettingsError(f"intake 里没有“{name}”这一项。请改正后重试。")
    return replace(settings, **changes)


def _number(name: str, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = 0.0
    if not 0 < number < 1e9:
        raise IntakeSettingsError(f"{name} 应为正数，现在是“{value}”。请改正后重试。")
    return number


def _found(look_for: Callable[[str], str | None]) -> Path | None:
    return next((Path(path) for path in map(look_for, _PROGRAMS) if path), None)


def _program(told: str) -> Path | None:
    if told.strip().lower() in {OFF, ""}:
        return None
    path = Path(told)
    if not path.is_file():
        raise IntakeSettingsError(
            f"找不到转换程序 {told}（ZHENGJIAN_CONVERTER）。请改成 LibreOffice 的 soffice 的路径，或写 off 关闭转换。"
        )
    return path
