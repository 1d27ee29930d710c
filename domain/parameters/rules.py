"""What a review is judged by: conventions, dictionary and version, passed to every step and pinned with the review.

Every convention is a switch (the reading that decides where the texts themselves do not); the shipped values are those
of `docs/conventions.md`.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Literal

from domain.parameters.data import digest, load
from domain.text import key

Section = Literal["items", "names"]
SECTIONS: tuple[Section, ...] = ("items", "names")


@dataclass(frozen=True)
class Conventions:
    """How a text is read where it leaves the reading open; `docs/conventions.md` tells each in Chinese."""

    bare_value: Literal["at_least", "exact", "ask"] = "at_least"
    memory_base: Literal[1024, 1000] = 1024
    disk_base: Literal[1000, 1024] = 1000
    inclusive: bool = True
    month_days: Literal[30, "ask"] = 30
    unstated_tax: Literal["included", "excluded", "ask"] = "included"
    unstated_generation: Literal["hint", "missing"] = "hint"
    custom_units: bool = True
    approved_brand: Literal["suspect", "accept"] = "suspect"


ALLOWED: Mapping[str, tuple[Any, ...]] = {
    "bare_value": ("at_least", "exact", "ask"),
    "memory_base": (1024, 1000),
    "disk_base": (1000, 1024),
    "inclusive": (True, False),
    "month_days": (30, "ask"),
    "unstated_tax": ("included", "excluded", "ask"),
    "unstated_generation": ("hint", "missing"),
    "custom_units": (True, False),
    "approved_brand": ("suspect", "accept"),
}
"""Every convention's allowed values, the default first."""


@dataclass(frozen=True, eq=False)
class Synonyms:
    """Reduced alias → reduced canonical name: of devices and services (`items`), of parameters (`names`)."""

    items: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Rules:
    """Conventions, dictionary and version; equal content is one object, so that caches may be keyed by identity."""

    conventions: Conventions
    dictionary: Synonyms = field(repr=False)
    version: str
    added: tuple[tuple[Section, str, str], ...] = field(default=(), repr=False)

    def with_synonyms(self, section: Section, pairs: Iterable[tuple[str, str]]) -> "Rules":
        """Add accepted entries, alias and canonical name as people write them; the later entry wins.

        Raises:
            ValueError: the section is neither "items" nor "names".
        """
        if section not in SECTIONS:
            raise ValueError(f"no such section of the dictionary: {section}")
        more = tuple((section, alias, canonical) for alias, canonical in pairs)
        return _rules(self.conventions, (*self.added, *more))


class ConfigRefused(Exception):  # noqa: N818  (the name says what happened to the file)
    """A configuration that cannot be used; `message` says in Chinese which key and what is allowed."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def shipped() -> Rules:
    """The rules as they come: every convention at its default, the dictionary of `data/synonyms.toml`."""
    return _rules(Conventions(), ())


def from_config(config: str | Mapping[str, Any]) -> Rules:
    """Read rules from TOML (`[conventions]`, `[synonyms.items]`, `[synonyms.names]`: alias = canonical name).

    `[reasonableness]` is `domain.reasonableness`'s to read, `[limits]` and `[intake]` are `intake`'s.

    Raises:
        ConfigRefused: not TOML, an unknown key, or a value that is not allowed.
    """
    found = _parsed(config) if isinstance(config, str) else config
    _known(found, ("conventions", "synonyms", "reasonableness", "limits", "intake"), "")
    chosen = _section(found, "conventions")
    _known(chosen, tuple(ALLOWED), "conventions.")
    for name, value in chosen.items():
        if not any(value == allowed and type(value) is type(allowed) for allowed in ALLOWED[name]):
            allowed_values = "、".join(_toml(one) for one in ALLOWED[name])
            raise ConfigRefused(f"配置项 conventions.{name} 的值 {value!r} 不可用，可用的值：{allowed_values}。")
    synonyms = _section(found, "synonyms")
    _known(synonyms, SECTIONS, "synonyms.")
    rules = _rules(Conventions(**chosen), ())
    for section in SECTIONS:
        pairs = _section(synonyms, section, "synonyms.")
        if wrong := next((alias for alias, name in pairs.items() if not isinstance(name, str) or not key(name)), None):
            raise ConfigRefused(f'配置项 synonyms.{section}.“{wrong}” 须写成 “别名 = "标准名称"”。')
        rules = rules.with_synonyms(section, pairs.items())
    return rules


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigRefused(f"配置文件不是有效的 TOML：{error}。请检查引号、等号和中括号后重试。") from error


def _section(config: Mapping[str, Any], name: str, before: str = "") -> Mapping[str, Any]:
    section = config.get(name, {})
    if not isinstance(section, Mapping):
        raise ConfigRefused(f"配置项 {before}{name} 须是一节（写成 [{before}{name}]）。")
    return section


def _known(config: Mapping[str, Any], names: Iterable[str], before: str) -> None:
    allowed = tuple(names)
    for name in config:
        if name not in allowed:
            raise ConfigRefused(f"没有配置项 {before}{name}，可用的有：{'、'.join(before + one for one in allowed)}。")


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


@lru_cache(maxsize=256)
def _rules(conventions: Conventions, added: tuple[tuple[Section, str, str], ...]) -> Rules:
    tables = {section: dict(_shipped_names(section)) for section in SECTIONS}
    for section, alias, canonical in added:
        _join(tables[section], key(alias), key(canonical))
    written = repr((digest(), sorted(asdict(conventions).items()), added))
    version = hashlib.sha256(written.encode()).hexdigest()[:16]
    dictionary = Synonyms(MappingProxyType(tables["items"]), MappingProxyType(tables["names"]))
    return Rules(conventions, dictionary, version, added)


def _join(table: dict[str, str], alias: str, canonical: str) -> None:
    """Let an alias, and all that it stood for, stand for the canonical name's own canonical name."""
    old, new = table.get(alias, alias), table.get(canonical, canonical)
    for name in [name for name, word in table.items() if word == old]:
        table[name] = new
    table[alias] = table[canonical] = new


@cache
def _shipped_names(section: Section) -> Mapping[str, str]:
    return {key(alias): key(terms[0]) for terms in load("synonyms")[section]["lists"] for alias in terms}
