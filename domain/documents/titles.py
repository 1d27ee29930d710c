"""Column titles and row labels as people write them, looked up in `headers.toml`."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from domain.text import fold

FORMER, APPROVED, TENDER, PRESENT = 1, 2, 3, 5
"""Stages of `stage_of`; APPROVED and TENDER are documents of their own."""
_LENGTH = 24
_LONGEST = 120
_SUFFIXES = ("单价", "数量", "合价", "金额", "总价", "名称", "备注", "限价", "参数", "要求")
_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_SPACE = re.compile(r"\s+")
_DECORATION = re.compile(r"[\s:：*★▲#]+")
_LATIN = re.compile(r"[A-Za-z.]+")
_VALUE = re.compile(r"[≥≤><=±]|\d{3,}")


@lru_cache(maxsize=16384)
def role_of(text: str) -> str:
    """Give the role of a column title, "" when it is none."""
    if len(text) > _LONGEST:
        return ""
    title = title_of(text)
    if not title or len(title) > _LENGTH:
        return ""
    chinese = _LATIN.sub("", title)
    # 数量 Qty, 技术参数Specification: the Chinese words are the title.
    own = _aliases().get(title) or _aliases().get(title.lower().strip(".")) or (chinese and _aliases().get(chinese))
    return own or _likely(title)


def _likely(title: str) -> str:
    """The role of a title that holds or ends with a known one."""
    if title.endswith("行业"):
        return "core"
    if title.startswith("是否"):
        return "mark" if any(word in title for word in _data()["marks"]["asks"]) else "core"
    if level_of(title):
        return "level"
    inside = [alias for alias in _aliases() if len(alias) > 2 and alias in title and len(title) <= len(alias) + 6]
    if inside:
        return _aliases()[max(inside, key=len)]
    ending = next((_aliases()[suffix] for suffix in _SUFFIXES if title.endswith(suffix) and len(title) <= 8), "")
    return ending or _staged_role(title)


def _staged_role(title: str) -> str:
    """The role of a title behind the words of a stage: 现配置 and 招标配置 are what 配置 is."""
    stages = (prefix for prefix in _data()["stages"]["prefixes"] if title.startswith(prefix))
    role = next((role for prefix in stages if (role := _aliases().get(title.removeprefix(prefix), ""))), "")
    return role if role in {"spec", "attribute", "quantity", "unit_price", "total"} else ""


def level_of(title: str) -> int:
    """How deep a column of modules stands by its title: 1 for 一级模块, 2 for 二级功能, 0 for other titles."""
    levels = _data()["levels"]
    number = levels["order"].find(title[:1]) + 1 if title[1:2] == "级" else 0
    return number if title[2:] in levels["things"] else 0


def stage_of(title: str) -> int:
    """Whose words a column holds, the later the higher: 原参数 1, 批复 2, 招标 3, 变更后 4, 现参数 5; 0 untold."""
    ranks = {"latest": 4, "present": PRESENT, "former": FORMER, "tender": TENDER, "approved": APPROVED}
    stages = _data()["stages"]
    return next((rank for stage, rank in ranks.items() if any(word in title for word in stages[stage])), 0)


def stage_words(stage: int) -> tuple[str, ...]:
    """Words by which a document tells its stage, APPROVED or TENDER."""
    return tuple(_data()["stages"]["approvals" if stage == APPROVED else "tenders"])


def naming_titles() -> tuple[str, ...]:
    """Titles under a group of parameters (技术指标 → 名称 | 数值) whose column names them."""
    return tuple(_data()["groups"]["naming"])


def is_place(title: str, *, by_end: bool = False) -> bool:
    """Whether a column of quantities is that of a place or a unit (区县数量); `by_end` takes 和平区 for one too."""
    told = any(word in title for word in _data()["quantities"]["places"])
    return told or (by_end and title.endswith(tuple(_data()["quantities"]["place_ends"])))


def mark_words(kind: str) -> tuple[str, ...]:
    """Words of a column of marks; `kind` is a list of `[marks]`."""
    return tuple(_data()["marks"][kind])


def weak_name_words() -> tuple[str, ...]:
    """Words of titles that name a purchase's heading (采购品目, 包名称): no name beside a column that is one."""
    return tuple(_data()["columns"]["weak_names"])


def aside_words() -> tuple[str, ...]:
    """Words of titles that say where, who, when or under which code, and never what is asked for."""
    return tuple(_data()["columns"]["asides"])


def telling_asides(title: str) -> bool:
    """Whether a change in a column that is no parameter may change what is asked for (安装地点, 计费依据)."""
    told = any(word in title for word in _data()["columns"]["telling"])
    return told or not any(word in title for word in aside_words())


def exact_role(text: str) -> str:
    """Give the role of a title that is one word for word, "" otherwise."""
    return _aliases().get(title_of(text), "")


@lru_cache(maxsize=16384)
def title_of(text: str) -> str:
    """Reduce a title to its words: simplified characters, without spaces, marks, brackets and what stands in them."""
    folded = simplified(fold(text[:_LONGEST]))
    return _DECORATION.sub("", _BRACKETS.sub("", folded)) or _SPACE.sub("", folded)


def is_titlelike(text: str) -> bool:
    """Whether a text may stand in a header: short, and no value."""
    return len(text) <= _LONGEST and len(text.strip()) <= _LENGTH and not _VALUE.search(fold(text))


def simplified(text: str) -> str:
    """Write the traditional characters that titles use in their simplified form."""
    return text.translate(_characters())


def subtotal_words() -> tuple[str, ...]:
    """Words that label a printed sum."""
    return tuple(_data()["rows"]["subtotal"])


def part_words() -> tuple[str, ...]:
    """Words that begin the label of a row which is part of a sum above it (`其中：税金`)."""
    return tuple(_data()["rows"]["part"])


def piece_units() -> tuple[str, ...]:
    """Units in which devices are counted by the piece, unlike 套 and 项."""
    return tuple(_data()["quantities"]["pieces"])


def whole_units() -> tuple[str, ...]:
    """Units of whole purchases, unlike those of a device's parts (颗, 块)."""
    return tuple(_data()["quantities"]["wholes"])


def caption_words(kind: str) -> tuple[str, ...]:
    """Words of lines above and in tables; `kind` is a list of `[captions]`."""
    return tuple(_data()["captions"][kind])


def foreign_titles() -> frozenset[str]:
    """Column titles that only tables of scoring, qualification and business terms have."""
    return frozenset(_data()["foreign"]["titles"])


def accompanying_titles() -> frozenset[str]:
    """Titles of scoring tables that stand beside the parameters of a list as well (证明材料, 分值)."""
    return frozenset(_data()["foreign"]["accompanying"])


def goods_words(kind: str) -> tuple[str, ...]:
    """Words of titles under which goods are named ("names") or described ("demands")."""
    return tuple(_data()["goods"][kind])


def foreign_words() -> tuple[str, ...]:
    """Words of a caption or sheet name under which no equipment is listed."""
    return tuple(_data()["foreign"]["words"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("headers.toml").read_text("utf-8"))


@cache
def _characters() -> dict[int, int]:
    written = _data()["characters"]
    return str.maketrans(written["traditional"], written["simplified"])


@cache
def _aliases() -> dict[str, str]:
    aliases: dict[str, str] = {}
    for role, titles in _data()["roles"].items():
        for title in titles:
            aliases.setdefault(title_of(title), role)
    return aliases
