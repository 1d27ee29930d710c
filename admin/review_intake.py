"""How `zhengjian review` reads its files: the environment's settings, and those of the configuration file over them."""

import tomllib
from pathlib import Path

from admin.settings import variables
from intake import Intake, IntakeSettings


def open_intake(config: Path | None) -> Intake:
    """Make the desk that reads the files; `config` is a TOML file that was found readable before.

    Raises:
        IntakeSettingsError: a setting of reading or conversion is unreadable; the text is Chinese.
    """
    settings = IntakeSettings.from_environment(variables())
    if config is None:
        return Intake(settings)
    return Intake(settings.with_config(tomllib.loads(config.read_text("utf-8-sig"))))
