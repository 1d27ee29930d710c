"""Rules are data: conventions with allowed values, a dictionary that grows, a version that changes with either."""

from pathlib import Path

import pytest

from domain.parameters import review
from domain.parameters.judge import judge
from domain.parameters.pairs import judge_pair
from domain.parameters.rules import ALLOWED, ConfigRefused, Conventions, Rules, from_config, shipped
from tests.domain.builders import item, table

ROOT = Path(__file__).parents[3]
DEFAULTS = set(vars(Conventions()).items())


def test_the_shipped_rules_are_the_defaults_and_always_the_same_object() -> None:
    assert shipped() is from_config("")
    assert shipped().conventions == Conventions()
    assert {name: values[0] for name, values in ALLOWED.items()} == {
        name: getattr(Conventions(), name) for name in Conventions.__dataclass_fields__
    }


def test_any_change_changes_the_version() -> None:
    versions = [
        shipped().version,
        from_config("[conventions]\nmemory_base = 1000").version,
        shipped().with_synonyms("names", [("甲", "乙")]).version,
        shipped().with_synonyms("items", [("甲", "乙")]).version,
    ]
    assert len(set(versions)) == 4


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("[conventions]\nmemory_base = 512", "conventions.memory_base 的值 512 不可用，可用的值：1024、1000"),
        ("[conventions]\ninclusive = 1", "conventions.inclusive 的值 1 不可用，可用的值：true、false"),
        ('[conventions]\nbare = "x"', "没有配置项 conventions.bare"),
        ("colour = 1", "没有配置项 colour"),
        ("conventions = 1", "配置项 conventions 须是一节"),
        ("[synonyms.brands]", "没有配置项 synonyms.brands"),
        ("[synonyms]\nnames = 1", "配置项 synonyms.names 须是一节"),
        ("[synonyms.names]\n甲 = 1", "不是有效的 TOML"),
        ('[synonyms.names]\n"甲" = 1', "synonyms.names.“甲”"),
        ("conventions", "不是有效的 TOML"),
    ],
)
def test_a_wrong_configuration_is_refused_by_key(config: str, told: str) -> None:
    with pytest.raises(ConfigRefused) as refused:
        from_config(config)
    assert told in refused.value.message


def test_only_the_two_sections_take_synonyms() -> None:
    with pytest.raises(ValueError, match="brands"):
        shipped().with_synonyms("brands", [])  # type: ignore[arg-type]


def test_an_accepted_synonym_joins_names_and_items() -> None:
    pair = ("掉电保护时长", "≥5分钟"), ("断电维持", "≥5分钟")
    before = judge("设备", *pair, shipped())
    rules = shipped().with_synonyms("names", [("断电维持", "掉电保护时长")])
    after = judge("设备", *pair, rules)
    assert (before.verdict.value, after.verdict.value) == ("不可比/需人工", "一致")
    approved, tender = table(item("云边网关")), table(item("边缘盒子"))
    assert review(approved, tender).counts.manual == 1
    joined = review(approved, tender, shipped().with_synonyms("items", [("边缘盒子", "云边网关")]))
    assert joined.counts.manual == joined.counts.missing == 0


def test_a_synonym_of_a_synonym_reaches_the_whole_group() -> None:
    rules = shipped().with_synonyms("names", [("甲指标", "乙指标"), ("丙指标", "甲指标")])
    names = rules.dictionary.names
    assert names["甲指标"] == names["乙指标"] == names["丙指标"]


def verdict(rules: Rules, name: str, approved: str, tender: str) -> str:
    return judge_pair("业务软件", name, approved, name, tender, rules).verdict.value


SWITCHES = [
    ('bare_value = "exact"', "内存", "256GB", "≥256GB", "一致", "降低"),
    ('bare_value = "ask"', "内存", "256GB", "≥256GB", "一致", "不可比/需人工"),
    ('month_days = "ask"', "日志留存", "不少于6个月", "不少于180天", "一致", "不可比/需人工"),
    ("inclusive = false", "并发用户数", "500个以上", "≥500个", "一致", "降低"),
    ('unstated_tax = "ask"', "合价", "100万元(含税)", "100万元", "一致", "不可比/需人工"),
    ("custom_units = false", "数量", "1套", "1项", "一致", "不可比/需人工"),
    ("memory_base = 1000", "内存", "≥1TB", "≥1000GB", "降低", "一致"),
    ("disk_base = 1024", "硬盘", "≥1TB", "≥1000GB", "一致", "降低"),
    ('unstated_generation = "missing"', "内存", "≥256GB DDR4", "≥256GB", "一致", "降低"),
    ('unstated_tax = "excluded"', "合价", "100万元(含税)", "100万元", "一致", "不可比/需人工"),
    ('approved_brand = "accept"', "CPU", "鲲鹏920，≥48核", "鲲鹏920，≥48核", "指定品牌", "一致"),
]


@pytest.mark.parametrize(("config", "name", "approved", "tender", "by_default", "switched"), SWITCHES)
def test_a_convention_is_a_switch(  # noqa: PLR0917  (a row of the table)
    config: str, name: str, approved: str, tender: str, by_default: str, switched: str
) -> None:
    rules = from_config(f"[conventions]\n{config}")
    assert (verdict(shipped(), name, approved, tender), verdict(rules, name, approved, tender)) == (
        by_default,
        switched,
    )


def test_every_value_of_every_convention_is_tried_and_told() -> None:
    switched = (vars(from_config(f"[conventions]\n{config}").conventions) for config, *_ in SWITCHES)
    tried = {change for conventions in switched for change in set(conventions.items()) - DEFAULTS}
    assert tried == {(name, value) for name, values in ALLOWED.items() for value in values[1:]}
    told = (ROOT / "docs" / "conventions.md").read_text("utf-8")
    assert [name for name in ALLOWED if f"`{name}`" not in told] == []


def test_a_brand_that_was_approved_is_still_no_brand_to_name_unless_the_bureau_says_so() -> None:
    approved, tender = (
        table(item(parameters=("CPU：鲲鹏920，≥48核",))),
        table(item(parameters=("CPU：鲲鹏920，≥48核",))),
    )
    accepting = from_config('[conventions]\napproved_brand = "accept"')
    assert (review(approved, tender).counts.brand, review(approved, tender, accepting).counts.brand) == (1, 0)
    worked_with = table(item(parameters=("兼容鲲鹏920处理器",)))
    assert review(worked_with, worked_with).counts.brand == 0
