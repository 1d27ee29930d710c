"""How documents are taken in is a setting, of the environment and of a configuration file."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.documents import Limits
from intake import IntakeSettings, IntakeSettingsError


def nowhere(_: str) -> None:
    return None


def test_every_setting_can_be_given_in_the_environment(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.touch()
    given = {
        "ZHENGJIAN_CONVERTER": str(program),
        "ZHENGJIAN_CONVERSION_TIMEOUT": "7",
        "ZHENGJIAN_CONVERSION_MEMORY_MB": "100",
        "ZHENGJIAN_READING_TIMEOUT": "0.5",
        "ZHENGJIAN_READING_MEMORY_MB": "200",
        "ZHENGJIAN_LIMIT_ROWS": "80000",
        "ZHENGJIAN_LIMIT_FILE_BYTES": "1000",
    }
    assert IntakeSettings.from_environment(given, nowhere) == IntakeSettings(
        limits=Limits(rows=80_000, file_bytes=1_000),
        converter=program,
        conversion_timeout=timedelta(seconds=7),
        conversion_memory=100 * 1024 * 1024,
        reading_timeout=timedelta(seconds=0.5),
        reading_memory=200 * 1024 * 1024,
    )


def test_the_converter_is_looked_for_and_can_be_switched_off() -> None:
    assert IntakeSettings.from_environment({}, lambda name: f"/opt/{name}").converter == Path("/opt/soffice")
    assert IntakeSettings.from_environment({}, nowhere).converter is None
    assert IntakeSettings.from_environment({"ZHENGJIAN_CONVERTER": "off"}, lambda name: name).converter is None


@pytest.mark.parametrize(
    ("variable", "value", "word"),
    [
        ("ZHENGJIAN_CONVERTER", "/nowhere/soffice", "ZHENGJIAN_CONVERTER"),
        ("ZHENGJIAN_CONVERSION_TIMEOUT", "soon", "conversion_timeout"),
        ("ZHENGJIAN_READING_MEMORY_MB", "-1", "reading_memory_mb"),
        ("ZHENGJIAN_LIMIT_ROWS", "0", "rows"),
        ("ZHENGJIAN_LIMIT_ROWS", "many", "rows"),
        ("ZHENGJIAN_LIMIT_ROWZ", "5", "rowz"),
    ],
)
def test_a_setting_that_cannot_be_read_is_refused_by_name(variable: str, value: str, word: str) -> None:
    with pytest.raises(IntakeSettingsError, match=word):
        IntakeSettings.from_environment({variable: value}, nowhere)


def test_a_configuration_file_is_laid_over_the_environment() -> None:
    base = IntakeSettings(limits=Limits(rows=10, pages=3))
    laid = base.with_config(
        {"limits": {"rows": 20}, "intake": {"converter": "off", "reading_timeout": 5}, "conventions": {"x": 1}}
    )
    assert laid == IntakeSettings(limits=Limits(rows=20, pages=3), reading_timeout=timedelta(seconds=5))


@pytest.mark.parametrize(
    "config", [{"limits": {"rows": "20"}}, {"limits": {"x": 1}}, {"limits": 3}, {"intake": {"x": 1}}, {"intake": []}]
)
def test_a_configuration_that_cannot_be_read_is_refused(config: dict[str, object]) -> None:
    with pytest.raises(IntakeSettingsError):
        IntakeSettings().with_config(config)
