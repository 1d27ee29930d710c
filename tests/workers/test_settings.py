"""What the workers are told from outside."""

from datetime import timedelta
from pathlib import Path

import pytest

from intake import IntakeSettings
from workers.settings import Settings, SettingsError


def test_a_data_folder_is_enough(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "worker").write_text("s3cret\n", "utf-8")
    assert Settings.from_environment({"ZHENGJIAN_DATA": str(tmp_path)}) == Settings(
        data=tmp_path,
        database_url=f"sqlite:///{tmp_path}/records.db",
        grpc_address="127.0.0.1:26500",
        rest_address="http://127.0.0.1:8080",
        user="worker",
        password="s3cret",  # noqa: S106 - the test's own
        outbox=str(tmp_path / "outbox"),
        tls=False,
        job_timeout=timedelta(seconds=30),
        poll_timeout=timedelta(seconds=10),
        intake=IntakeSettings.from_environment({}),
    )


def test_figures_of_the_reasonableness_check_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "review.toml"
    env = {"ZHENGJIAN_ENGINE_PASSWORD": "p", "ZHENGJIAN_REVIEW_CONFIG": str(file)}
    file.write_text("[reasonableness]\nlow_price_percent = 50\n", "utf-8")
    assert Settings.from_environment(env).criteria.low_price_percent.value == 50
    for content, told in ((b"[reasonableness]\nlow = 1\n", "没有配置项 reasonableness.low"), (b"=\xff", "读不出")):
        file.write_bytes(content)
        with pytest.raises(SettingsError, match=told):
            Settings.from_environment(env)
    file.unlink()
    with pytest.raises(SettingsError, match="读不出"):
        Settings.from_environment(env)


def test_every_value_can_be_given(tmp_path: Path) -> None:
    given = {
        "ZHENGJIAN_DATA": str(tmp_path),
        "ZHENGJIAN_DATABASE_URL": "postgresql://db/zhengjian",
        "ZHENGJIAN_GRPC_HOST": "engine",
        "ZHENGJIAN_GRPC_PORT": "1",
        "ZHENGJIAN_REST_HOST": "engine",
        "ZHENGJIAN_REST_PORT": "2",
        "ZHENGJIAN_TLS": "1",
        "ZHENGJIAN_ENGINE_USER": "robot",
        "ZHENGJIAN_ENGINE_PASSWORD": "p",
        "ZHENGJIAN_OUTBOX": "https://platform/events",
        "ZHENGJIAN_JOB_TIMEOUT": "5",
        "ZHENGJIAN_POLL_TIMEOUT": "0.5",
    }
    assert Settings.from_environment(given) == Settings(
        data=tmp_path,
        database_url="postgresql://db/zhengjian",
        grpc_address="engine:1",
        rest_address="https://engine:2",
        user="robot",
        password="p",  # noqa: S106 - the test's own
        outbox="https://platform/events",
        tls=True,
        job_timeout=timedelta(seconds=5),
        poll_timeout=timedelta(seconds=0.5),
        intake=IntakeSettings.from_environment({}),
    )


def test_the_password_is_never_printed(tmp_path: Path) -> None:
    given = {"ZHENGJIAN_DATA": str(tmp_path), "ZHENGJIAN_ENGINE_PASSWORD": "s3cret"}
    assert "s3cret" not in repr(Settings.from_environment(given))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "读不到作业程序的口令文件"),
        ({"ZHENGJIAN_ENGINE_PASSWORD": "p", "ZHENGJIAN_JOB_TIMEOUT": "soon"}, "应为秒数，现在是“soon”"),
    ],
)
def test_a_setting_that_cannot_be_read_is_told_in_chinese(tmp_path: Path, given: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        Settings.from_environment({"ZHENGJIAN_DATA": str(tmp_path), **given})


def test_how_documents_are_read_is_a_setting_of_the_workers() -> None:
    settings = Settings.from_environment(
        {"ZHENGJIAN_ENGINE_PASSWORD": "p", "ZHENGJIAN_CONVERTER": "off", "ZHENGJIAN_LIMIT_ROWS": "80"}
    )
    assert settings.intake.converter is None
    assert settings.intake.limits.rows == 80
    with pytest.raises(SettingsError, match="rows"):
        Settings.from_environment({"ZHENGJIAN_ENGINE_PASSWORD": "p", "ZHENGJIAN_LIMIT_ROWS": "many"})
