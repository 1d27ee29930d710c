"""What a parameter's name says of its figures: `日处理量：≥1亿条` is `≥1亿条/日`, `IOPS：≥200000` is `≥200000IOPS`."""

import re

from domain.parameters.glossary import in_one_wording
from domain.parameters.registry import known
from domain.text import fold

_NAMED_TIME = re.compile(
    r"(?:^|[^\d每])(?:每)?(?P<u>日|天|秒|分钟|小时|月|年)(?:均|(?=处理|访问|交易|交换|采集|新增|查询|调用|办件|数据|业务))"
)
_COUNT_END = re.compile(r"(?P<n>\d[\d.,]*\s*(?:百万|千万|万|亿)?\s*(?:条|次|笔|件|份|张|个|人次)?)(?=$|[,;。以及])")

_SOCKETS = re.compile(r"(?<=\d)路(?=$|[,;。、]|CPU|处理器)")
_PAGES = re.compile("速度|打印|复印|扫描|输出")
_PPM = re.compile(r"(?<=\d)\s*ppm(?![A-Za-z])", re.IGNORECASE)
_BARE = re.compile(r"[^\dA-Za-z]{0,6}\d[\d.,]*\s*(?:百万|千万|万|亿)?")
_BARE_CLASS = re.compile(r"((?<![\d.])[1-5一二三四五]级)(?!能|电|联)")


def by_name(name: str, text: str) -> str:
    """Write into a text, folded and in digits, what the name of its parameter says of the figures in it."""
    worded = in_one_wording(fold(name))
    if "CPU" in worded:
        text = _SOCKETS.sub("颗", text)
    if worded.isascii() and worded.isupper() and known(worded) and _BARE.fullmatch(text):
        text = f"{text}{worded}"
    if _PAGES.search(fold(name)):
        text = _PPM.sub("页/分钟", text)
    if "能效" in name:
        text = _BARE_CLASS.sub(r"\1能效", text)
    match = _NAMED_TIME.search(fold(name))
    return _COUNT_END.sub(lambda found: f"{found['n']}/{match['u']}", text) if match and "/" not in text else text
