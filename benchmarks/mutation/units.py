"""How numbers and units may be written without saying anything else, and which units are another thing altogether."""

import random
from dataclasses import dataclass
from decimal import Decimal

CHINESE = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Unit:
    """Spellings with how many of each make one of the first; `swap` is a unit people take for it, `larger` or not."""

    spellings: tuple[tuple[str, Decimal], ...]
    swap: str = ""
    larger: bool = False
    other: str = "≥3台"
    counted: bool = False


def _unit(*spellings: str | tuple[str, str], swap: str = "", larger: bool = False, counted: bool = False) -> Unit:
    pairs = tuple((one, Decimal(1)) if isinstance(one, str) else (one[0], Decimal(one[1])) for one in spellings)
    return Unit(pairs, swap, larger, counted=counted)


UNITS: dict[str, Unit] = {
    "核": _unit("核", "核心", counted=True),
    "颗": _unit("颗", "个", counted=True),
    "个": _unit("个", counted=True),
    "路": _unit("路", counted=True),
    "台": _unit("台", counted=True),
    "点": _unit("点", counted=True),
    "节点": _unit("个节点", "节点", counted=True),
    "用户": _unit("用户", "个用户", counted=True),
    "授权": _unit("个授权", "授权", counted=True),
    "内存": _unit("GB", "G", ("TB", "0.0009765625"), swap="MB"),
    "硬盘": _unit("TB", "T", ("GB", "1000"), swap="GB"),
    "缓存": _unit("GB", "G", swap="MB"),
    "主频": _unit("GHz", ("MHz", "1000"), swap="MHz"),
    "吞吐": _unit("Gbps", ("Mbps", "1000"), "Gbit/s", swap="GB/s", larger=True),
    "链路": _unit("Mbps", "M", ("Gbps", "0.001"), swap="MB/s", larger=True),
    "盘速": _unit("MB/s", swap="Mbps"),
    "交换": _unit("Tbps", ("Gbps", "1000"), swap="Gbps"),
    "转发": _unit("Mpps", ("Gpps", "0.001"), swap="Kpps"),
    "个数": _unit("", "个"),
    "每秒": _unit("个/秒", "/s", "个/s"),
    "签名": _unit("次/秒", "次/s", swap="次/分钟"),
    "IOPS": _unit("IOPS"),
    "毫秒": _unit("ms", "毫秒", ("秒", "0.001"), swap="s", larger=True),
    "秒": _unit("秒", "s", ("毫秒", "1000"), ("ms", "1000"), swap="分钟", larger=True),
    "分钟": _unit("分钟", "min", swap="小时", larger=True),
    "小时": _unit("小时", "h", ("分钟", "60"), swap="天", larger=True),
    "天": _unit("天", "日", swap="个月", larger=True),
    "年": _unit("年", ("个月", "12"), swap="个月"),
    "月": _unit("个月", "月", swap="年", larger=True),
    "功率": _unit("kW", "千瓦", ("W", "1000"), swap="W"),
    "视在": _unit("kVA", ("VA", "1000")),
    "瓦": _unit("W", "瓦"),
    "分贝": _unit("dB", "分贝", "dB(A)"),
    "衰减": _unit("dB", "分贝"),
    "百分": _unit("%", "％"),
    "米": _unit("米", "m", swap="cm"),
    "毫米": _unit("mm", "毫米", swap="cm", larger=True),
    "平米": _unit("㎡", "平方米", "m²"),
    "英寸": _unit("英寸", "寸"),
    "亮度": _unit("nits", "cd/㎡"),
    "像素": _unit("万像素"),
    "帧": _unit("fps", "帧/秒"),
    "赫兹": _unit("Hz", "赫兹"),
    "电流": _unit("A", "安培"),
    "电压": _unit("V", "伏"),
    "人天": _unit("人天"),
    "人": _unit("人", "名", counted=True),
    "流明": _unit("流明", "lm"),
    "摄氏": _unit("℃", "摄氏度", "°C"),
    "湿度": _unit("%RH", "%"),
    "风量": _unit("m³/h"),
    "公斤": _unit("kg", "公斤", "千克"),
    "万条": _unit("万条"),
    "次": _unit("次"),
    "芯": _unit("芯"),
}


def numeral(value: Decimal, rng: random.Random, *, counted: bool) -> str:
    """A number in one of the ways people write it."""
    plain = format(value.normalize(), "f")
    ways = [plain, plain, plain]
    if value == value.to_integral_value():
        whole = int(value)
        if whole >= 10_000 and whole % 1_000 == 0:
            ways += [format((value / 10_000).normalize(), "f") + "万"] * 2
        if whole >= 1_000:
            ways.append(f"{whole:,}")
        if counted and whole in range(1, 11):
            ways.append("两" if whole == 2 else CHINESE[whole])
    return rng.choice(ways)


def measured(value: Decimal, unit: str, rng: random.Random) -> str:
    """A value with its unit, in any of the unit's spellings that leaves a plain number."""
    known = UNITS[unit]
    fitting = [
        (spelling, value * times)
        for spelling, times in known.spellings
        if times == 1 or (value * times * 100 == (value * times * 100).to_integral_value() and value * times >= 1)
    ]
    spelling, number = rng.choice(fitting)
    return numeral(number, rng, counted=known.counted and spelling == known.spellings[0][0]) + spelling
