"""Numbers in words brought to digits: `十二核`, `半小时`, `七成`, `1.2×10^8`, `双控制器`, `介于5与10之间`."""

import re
from decimal import Decimal
from functools import lru_cache

from domain.numerals import DIGIT_NUMBER, number
from domain.parameters.frequency import in_rates
from domain.parameters.patterns import Rule, in_turn

_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_SPOKEN = rf"[一二两三四五六七八九十][{_DIGITS}]{{0,11}}"
# What a spoken number may count. 次性, 体化, 级 and 层 are no counts: 一次性, 一体化, 三级, 三层交换.
_COUNTED = (
    r"个|台|套|项|只|件|块|颗|枚|支|把|根|张|片|路(?!由)|核|年(?!级)|月|天|日(?!志)|小时|分钟|秒|周|星期|季度"
    r"|对(?!一|多)|双(?!向|活|机)|名|人(?!工|民)"
    r"|份(?!额)|次(?!性|开)|箱|部(?!分|署|门)|组(?!织)|处|节点|用户|工作日|端口|槽位|盘位|口|点(?!对)"
    r"|米|公里|毫米|厘米|平方|英寸|寸|倍|元|轮|场|批|期|节|条|座|间|芯"
    r"|[A-Za-z%°]"
)
_COMPARED = (
    r"(?:[≥≤><=]|不(?:得|能|应)?(?:低|少|小|高|大|多|超)[于过]|至少|最少|至多|最多"
    r"|超过|大于|小于|等于|多于|少于|高于|低于)\s*"
)
# Devices that come in pairs and singles; 双栈, 双活, 双向, 双机 are qualities and stay words.
_PAIRED = r"控制器|控(?=缓存|架构|配置|$)|运营商|路由(?!器)|链路|网卡|网口|风扇|主控|引擎|万兆|千兆"
_DEGREE = "(?:°|度|摄氏|至|到|~)"
_NUMBER = rf"[-+]?{DIGIT_NUMBER}"
_MEASURED = rf"{_NUMBER}\s*[^\d\s,;。与和至到~-]{{0,6}}"

"""A pattern and what its match becomes; the text as it was where the match turns out to be no number."""


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _spoken(match: re.Match[str]) -> str:
    value = number(match["n"].replace("〇", "零"))
    return match[0] if value is None else match[0].replace(match["n"], _plain(value), 1)


def _last(match: re.Match[str]) -> str:
    value = number(match["m"])
    return match[0] if value is None else match[0].replace(match["m"], _plain(value))


def _figure(written: str) -> str:
    value = number(written)
    return written if value is None else _plain(value)


def _power(match: re.Match[str]) -> str:
    return _plain(Decimal(match["base"] or "1").scaleb(int(match["power"])))


def _fraction(match: re.Match[str]) -> str:
    part, whole = number(match["a"]), number(match["b"])
    if part is None or not whole or part >= whole:
        return match[0]
    return f"{match['how'] or ''}{_plain(part / whole)}"


def _share(match: re.Match[str]) -> str:
    whole = {"百": 1, "千": 10, "万": 100}[match["of"]]
    value = number(match["n"]) if match["n"][0] in _DIGITS else Decimal(match["n"])
    return match[0] if value is None else f"{_plain(value / whole)}%"


def _tenths(match: re.Match[str]) -> str:
    value = number(match["n"])
    return match[0] if value is None else f"{_plain(value * 10)}%"


def _and_a_half(match: re.Match[str]) -> str:
    value = number(match["n"])
    return match[0] if value is None else f"{_plain(value + Decimal('0.5'))}{match['u']}"


def _halves(match: re.Match[str]) -> str:
    return {"小时": "30分钟", "年": "6个月", "天": "12小时", "个月": "15天", "分钟": "30秒"}[match["u"]]


def _pair(match: re.Match[str]) -> str:
    return f"{'2' if match['n'] == '双' else '1'}个{'控制器' if match['what'] == '控' else match['what']}"


def _versions(match: re.Match[str]) -> str:
    return "、".join(f"{match['of']}{version}" for version in re.split(r"[/、,]", match["all"]))


def _counted_list(match: re.Match[str]) -> str:
    """A list followed by how many it lists; the count goes, what it counts for stands as one more member.

    Grades of protection (等保、密评二级) are no counts.
    """
    stated = number(match["n"])
    return f"{match['all']}、" if stated == match["all"].count("、") + 1 and "保" not in match["all"] else match[0]


_STEPS: tuple[Rule, ...] = (  # in this order: a later one reads what an earlier one wrote
    # 支持甲、乙、丙三级: three members, the count goes
    (
        re.compile(
            r"(?P<all>[一-龥A-Za-z]{1,12}(?:、[一-龥A-Za-z]{1,6}?)+)(?P<n>[二两三四五六七八九])(?:级|层|方|端|网)(?!等保|保护|甲|防)"
        ),
        _counted_list,
    ),
    # SNMP v1/v2c/v3 names one protocol three times
    (re.compile(r"(?P<of>[A-Za-z]{3,10})\s*(?P<all>v\d[a-z]?(?:[/、,]v\d[a-z]?)+)(?![A-Za-z0-9.])"), _versions),
    (re.compile(r"(?<=\d)\s+(?=[A-Za-z])"), lambda _: ""),
    (re.compile(r"dB\s*\(A\)", re.IGNORECASE), lambda _: "dB"),
    # P1.5 is a pitch: 1.5 mm or less between the points of a screen.
    (re.compile(r"(?:≤|不大于|不超过)?(?<![A-Za-z])P(?P<n>\d{1,2}\.\d{1,3})(?:mm)?(?!\d)"), lambda m: f"≤{m['n']}mm"),
    # 长4.8m×高2.7m is an area
    (
        re.compile(
            r"(?:净)?(?:长|宽)(?:度)?[:为]?\s*(?P<a>\d+(?:\.\d+)?)\s*m\s*[×xX*]\s*(?:宽|高)(?:度)?[:为]?\s*(?P<b>\d+(?:\.\d+)?)\s*m"
        ),
        lambda m: f"{_plain(Decimal(m['a']) * Decimal(m['b']))}平方米",
    ),
    # 200kVA(功率因数0.9) is 180 kW too
    (
        re.compile(
            r"(?P<a>\d+(?:\.\d+)?)kVA(?:\(|,)(?:输出)?功率因数(?:为|≥|:|=)?(?P<f>[01]?\.\d+|1)\)?", re.IGNORECASE
        ),
        lambda m: f"{m['a']}kVA {_plain(Decimal(m['a']) * Decimal(m['f']))}kW",
    ),
    # 200kVA/180kW
    (re.compile(r"(?<=kVA)/(?=\d)", re.IGNORECASE), lambda _: " "),
    # 1.2×10^8, 10的5次方
    (
        re.compile(
            rf"(?:(?P<base>{DIGIT_NUMBER})\s*[×xX*]\s*)?(?<![\d.])10(?:\^|的)(?P<power>-?\d{{1,2}})(?:次方|次幂)?"
        ),
        _power,
    ),
    # 百分之五, 千分之3
    (re.compile(rf"(?P<of>[百千万])分之(?P<n>\d+(?:\.\d+)?|[{_DIGITS}点]+)"), _share),
    (re.compile(r"(?P<n>[一二三四五六七八九1-9])成(?=$|[,;。以)及]|[^果员立本套功品分为熟])"), _tenths),
    # 两个半小时
    (re.compile(r"(?P<n>\d+|[一二两三四五六七八九十])个?半(?P<u>小时|年|天|分钟)"), _and_a_half),
    (re.compile(r"(?P<n>\d+|[一二两三四五六七八九十])(?P<u>小时|年|天|分钟)半(?!年|天|小时)"), _and_a_half),
    (re.compile(r"半(?:个)?(?P<u>小时|年|天|分钟)(?!度)|半(?P<m>个月)"), lambda m: _halves(m) if m["u"] else "15天"),
    # 零下二十度至零上60度, 负20℃
    (re.compile(rf"(?P<frost>零下|负)(?P<n>{_SPOKEN}|\d+(?:\.\d+)?)(?=\s*{_DEGREE})"), lambda m: f"-{_figure(m['n'])}"),
    (re.compile(rf"(?:零上|(?<=[至到~])正)(?P<n>{_SPOKEN}|\d+(?:\.\d+)?)(?=\s*{_DEGREE})"), lambda m: _figure(m["n"])),
    # 十二核
    (re.compile(rf"(?<![第数几统唯同{_DIGITS}])(?:(?<!多)|(?<=[至最]多))(?P<n>{_SPOKEN})(?=(?:{_COUNTED}))"), _spoken),
    # 不低于三, with nothing counted
    (
        re.compile(rf"(?<=[^\s]){_COMPARED}(?P<n>{_SPOKEN})(?=$|[,;。)(万亿])|^{_COMPARED}(?P<m>{_SPOKEN})$"),
        lambda m: _spoken(m) if m["n"] else _last(m),
    ),
    # 双控制器, 单电源
    (re.compile(rf"(?P<n>[双单])(?P<what>{_PAIRED})"), _pair),
    # 介于5与10之间
    (
        re.compile(rf"(?:介于|在)?(?P<a>{_MEASURED}?)\s*(?:与|和|至|到|~|-)\s*(?P<b>{_MEASURED}?)之间"),
        lambda m: f"{m['a']}~{m['b']}",
    ),
    (
        re.compile(r"(?P<n>[双单])[路颗](?P<what>CPU|处理器)"),
        lambda m: f"{'2' if m['n'] == '双' else '1'}颗{m['what']}",
    ),
    # 三分之一; 不少于1/5, ≤1/2小时
    (re.compile(r"(?P<how>)(?P<b>[二三四五六七八九十]|\d{1,2})分之(?P<a>[一二三四五六七八九]|\d{1,2})"), _fraction),
    (
        re.compile(rf"(?P<how>{_COMPARED})(?P<a>\d{{1,2}})/(?P<b>\d{{1,3}})(?=$|[,;。)]|以[上下内]|小时|天|年)"),
        _fraction,
    ),
    # 以上（不含本数）
    (
        re.compile(r"(?P<f>以[上下内])?\s*\((?P<no>不)?(?:包含|包括|含)(?:本数|本级|该值|此数)?\)(?P<b>以[上下内])?"),
        lambda m: f"{m['f'] or ''}{m['no'] or ''}含本数{m['b'] or ''}" if m["f"] or m["b"] else m[0],
    ),
    # 10K SAS, 10K rpm
    (re.compile(r"(?<=\d)[Kk](?=\s*(?:SAS|rpm|转))"), lambda _: "000转/分 "),
)


_in_turn = in_turn(_STEPS)


@lru_cache(maxsize=32768)
def in_digits(folded: str) -> str:
    """Rewrite every number in words of a folded text in digits; what only looks like one (统一, 三级, 一体化) stays."""
    return in_rates(_in_turn(folded))
