"""The figures the checks compare with: configurable, never law, each with what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache

from domain.parameters.rules import ConfigRefused
from domain.reasonableness.data import load

EXPERIENCE = "经验默认值"
OWN = "本市配置值"
WHOLE = 100
"""What a whole is in percent."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole number (money in fen) and what it rests on; `is_default` says that nobody has set it."""

    value: int
    basis: str
    is_default: bool = True

    def told(self, written: str) -> str:
        """Return the figure for people, `written` being its value in words."""
        return f"{EXPERIENCE if self.is_default else OWN}{written}：{self.basis}"


@dataclass(frozen=True, slots=True)
class Criteria:
    """Every number of the reasonableness check; `data/figures.toml` tells what each is for."""

    low_price_percent: Figure
    contract_samples: Figure
    contract_years: Figure
    contract_quantity_factor: Figure
    high_contract_percent: Figure
    low_contract_percent: Figure
    concurrency_percent: Figure
    small_project_fen: Figure
    odd_figures: Figure
    duplicate_own_percent: Figure
    duplicate_other_percent: Figure
    duplicate_years: Figure
    split_threshold_fen: Figure


@cache
def shipped() -> Criteria:
    """Return the defaults."""
    return Criteria(**{name: Figure(**figure) for name, figure in load("figures").items()})


def from_config(config: object) -> Criteria:
    """Read the section `[reasonableness]` of a configuration: `low_price_percent = 50`, what is left out stays.

    Raises:
        ConfigRefused: no section, an unknown name, or a value that is no positive whole number.
    """
    if not isinstance(config, Mapping):
        raise ConfigRefused("配置项 reasonableness 须是一节（写成 [reasonableness]）。")
    names = [field.name for field in fields(Criteria)]
    for name, value in config.items():
        if name not in names:
            allowed = "、".join(names)
            raise ConfigRefused(f"没有配置项 reasonableness.{name}，可用的有：{allowed}。")
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ConfigRefused(f"配置项 reasonableness.{name} 的值 {value!r} 不可用，须是正整数（金额以分为单位）。")
    defaults = shipped()
    chosen = {name: replace(getattr(defaults, name), value=value, is_default=False) for name, value in config.items()}
    return replace(defaults, **chosen)
