"""What the workers are told from outside, read once at the start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from domain.parameters.rules import ConfigRefused
from domain.reasonableness import Criteria, from_config, shipped
from intake import IntakeSettings, IntakeSettingsError
from records import connections


class SettingsError(ValueError):
    """A setting is missing or unreadable; the text is Chinese and for whoever started the program."""


@dataclass(frozen=True)
class Settings:
    """Everything the workers need to know.

    Attributes:
        data: folder of this installation; documents and secrets live below it.
        database_url: the records (`sqlite:///…` or `postgresql://…`).
        grpc_address: `host:port` of the engine's gRPC gateway (jobs).
        rest_address: `http://host:port` of the engine's REST API (task listeners, documents).
        tls: whether the gRPC channel is encrypted; REST says so by `https` in its address.
        user: technical user the workers sign in as.
        password: its password; never printed.
        job_timeout: after this long without an answer the engine gives a job to another worker.
        intake: how documents are read and converted.
        criteria: the figures of the reasonableness check (`[reasonableness]` of the file in `ZHENGJIAN_REVIEW_CONFIG`).
        poll_timeout: how long the engine may hold a poll open when there is no job.
        outbox: where pushed events go: a folder or an `http(s)` address.
        anchor_file: where heads of the audit trail are kept; best on a disk that the database's owner cannot write.
    """

    data: Path
    database_url: str
    grpc_address: str
    rest_address: str
    user: str
    password: str = field(repr=False)
    outbox: str
    anchor_file: Path | None = None
    tls: bool = False
    job_timeout: timedelta = timedelta(seconds=30)
    poll_timeout: timedelta = timedelta(seconds=10)
    intake: IntakeSettings = field(default_factory=IntakeSettings)
    criteria: Criteria = field(default_factory=shipped)

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> "Settings":
        """Read the settings from `ZHENGJIAN_…` variables.

        Raises:
            SettingsError: a number is not a number, a setting of reading documents or the review's configuration is
                unreadable, or the technical user's password is nowhere to be found.
        """
        data = Path(env.get("ZHENGJIAN_DATA", "var"))
        scheme = "https" if env.get("ZHENGJIAN_TLS") == "1" else "http"
        return cls(
            data=data,
            database_url=connections.address(env, data),
            grpc_address=_address(env, "GRPC", 26500),
            rest_address=f"{scheme}://{_address(env, 'REST', 8080)}",
            tls=scheme == "https",
            user=env.get("ZHENGJIAN_ENGINE_USER", "worker"),
            password=_password(env, data),
            outbox=env.get("ZHENGJIAN_OUTBOX", str(data / "outbox")),
            anchor_file=Path(env["ZHENGJIAN_ANCHOR_FILE"]) if "ZHENGJIAN_ANCHOR_FILE" in env else None,
            job_timeout=_seconds(env, "ZHENGJIAN_JOB_TIMEOUT", cls.job_timeout),
            poll_timeout=_seconds(env, "ZHENGJIAN_POLL_TIMEOUT", cls.poll_timeout),
            intake=_intake(env),
            criteria=_criteria(env),
        )

    @property
    def anchors(self) -> Path:
        """File of the audit trail's anchors."""
        return self.anchor_file or self.data / "audit" / "anchors.jsonl"

    @property
    def documents(self) -> Path:
        """Folder of the document store."""
        return self.data / "documents"


def _address(env: Mapping[str, str], name: str, port: int) -> str:
    return f"{env.get(f'ZHENGJIAN_{name}_HOST', '127.0.0.1')}:{env.get(f'ZHENGJIAN_{name}_PORT', port)}"


def _password(env: Mapping[str, str], data: Path) -> str:
    if "ZHENGJIAN_ENGINE_PASSWORD" in env:
        return env["ZHENGJIAN_ENGINE_PASSWORD"]
    secret = data / "secrets" / "worker"
    try:
        return secret.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(
            f"读不到作业程序的口令文件 {secret}。\n"
            "没有影响任何数据。请先启动引擎（首次启动会生成口令），或设置 ZHENGJIAN_ENGINE_PASSWORD。"
        ) from error


def _intake(env: Mapping[str, str]) -> IntakeSettings:
    try:
        return IntakeSettings.from_environment(env)
    except IntakeSettingsError as error:
        raise SettingsError(f"{error}没有启动任何程序。") from error


def _criteria(env: Mapping[str, str]) -> Criteria:
    name = "ZHENGJIAN_REVIEW_CONFIG"
    if name not in env:
        return shipped()
    try:
        return from_config(tomllib.loads(Path(env[name]).read_text("utf-8-sig")).get("reasonableness", {}))
    except ConfigRefused as refused:
        raise SettingsError(f"{name} 指定的文件未被接受：{refused.message}没有启动任何程序。") from refused
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{name} 指定的文件“{env[name]}”读不出（须为 UTF-8 的 TOML）。没有启动任何程序。"
        ) from error


def _seconds(env: Mapping[str, str], name: str, default: timedelta) -> timedelta:
    text = env.get(name)
    if text is None:
        return default
    try:
        return timedelta(seconds=float(text))
    except ValueError as error:
        raise SettingsError(f"环境变量 {name} 应为秒数，现在是“{text}”。请改正后重新启动。") from error
