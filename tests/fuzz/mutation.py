"""Mutations that keep an input close to what a reader can still understand: tags, attributes, words of the trade.

Blind flips of bits die in the XML parser; these move, repeat and swap elements, and put hostile values into attributes.
"""

import random
import re

_TOKEN = re.compile(rb"<[^<>]*>|[^<>]+")
_ATTRIBUTE = re.compile(rb'="[^"]*"')
_NUMBER = re.compile(rb"\d+")
_VALUES = (
    b"", b"0", b"1", b"2", b"-1", b"9", b"255", b"65536", b"999999999", b"4294967296", b"99999999999999999999",
    b"1e999", b"NaN", b"true", b"none", b"restart", b"A1", b"A0", b"XFD1048576", b"A1:XFD1048576", b"B2:A1",
    b"ZZZZZZZ9", b"s", b"str", b"inlineStr", b"shared", b"array", b"e", b"d", b"../../x", b"External",
)  # fmt: skip
_WRITTEN = (
    "序号", "设备名称", "技术参数", "指标名称", "数量", "单位", "单价（万元）", "合价", "备注", "子系统",
    "合计", "其中：税金", "小计", "一、", "（二）", "1、",
    "2、", "1.1 ", "1.2 ", "（1）", "①", "★", "▲", "；", "，", "。", "：", "≥16核", "±10%", "2台", "1,000", "１２",
    "10+2", "12.5万元", "¥1e5", "壹佰万元整", "包1", "第二包：", "备注：", "详见附件", "商务要求", "评分标准",
    "单位：万元", "\u200b", "\xa0", "_x000D_",
    "\n", "\t", "   ", "=SUM(A1:XFD99999)", "=A1", "=((((((((1))))))))", "=1/0", "=1E999*1E999", "50%",
    "0.30000000000000004", "2026-01-02", "华为", "鲲鹏", "IRF",
    "（" * 40, "9" * 400, " " * 400, "1、" * 60, "，" * 100, "1.1." * 60,
)  # fmt: skip
_WORDS = tuple(word.encode() for word in _WRITTEN)
_PIECES = (
    b'<mergeCell ref="A1:Z9999"/>', b'<c r="B2" t="s"><v>99</v></c>', b'<c t="inlineStr"><is><t>x</t></is></c>',
    b'<c r="G5"><f t="shared" si="0" ref="G5:G9">G6</f></c>', b'<c><f t="shared" si="0"/></c>',
    b'<row r="49999"><c r="IV49999"><v>1</v></c></row>', b"<row>", b"</row>", b"<c>", b"</c>", b"<f>G6</f>",
    b"<v>1</v>", b'<w:gridSpan w:val="1000000000"/>', b"<w:vMerge/>", b'<w:vMerge w:val="restart"/>',
    b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"</w:tr>", b"<w:tc>",
    b"</w:tc>", b"<w:p>", b"</w:p>", b'<w:gridBefore w:val="300"/>', b"<w:sdt><w:sdtContent>",
    b"</w:sdtContent></w:sdt>", b"<w:del>", b"<w:ins>",
    b'<w:numPr><w:ilvl w:val="8"/><w:numId w:val="3"/></w:numPr>', b'<w:lvlText w:val="%1%1%1%9"/>',
    b'<w:numStyleLink w:val="a"/>', b"<w:strike/>", b"<w:vanish/>", b"<w:br/>", b"<w:tab/>", b"<!DOCTYPE a>",
    b"<![CDATA[x]]>", b"<!-- -->", b"<?x?>", b"&amp;", b"&#0;", b"&#xFFFF;", b"&lt;", b"\xff", b"\x00",
)  # fmt: skip


def mutated(data: bytes, limit: int, chance: random.Random, *, is_markup: bool, header: int) -> bytes:
    """Change an input in one to four places; the first `header` bytes say which part it is and mostly stay."""
    head, body = bytearray(data[:header]), data[header:]
    if head and chance.random() < 0.02:
        head[chance.randrange(len(head))] = chance.randrange(256)
    for _ in range(chance.choice((1, 1, 2, 4))):
        body = _tokens(body, chance) if is_markup and chance.random() < 0.8 else _bytes(body, chance)
    return (bytes(head) + body)[:limit]


def _tokens(body: bytes, chance: random.Random) -> bytes:
    tokens = _TOKEN.findall(body)
    if not tokens:
        return chance.choice(_PIECES)
    at = chance.randrange(len(tokens))
    way = chance.randrange(8)
    if way == 0:
        tokens[at:at] = [chance.choice(_PIECES)]
    elif way == 1:
        end = min(at + chance.choice((1, 2, 5, 20)), len(tokens))
        tokens[at:at] = tokens[at:end] * chance.choice((1, 1, 2, 8))
    elif way == 2:
        del tokens[at : at + chance.choice((1, 1, 2, 6))]
    elif way == 3:
        other = chance.randrange(len(tokens))
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif way in {4, 5} and tokens[at].startswith(b"<"):
        tokens[at] = _ATTRIBUTE.sub(lambda _: b'="' + chance.choice(_VALUES) + b'"', tokens[at], count=1)
    else:
        _reword(tokens, chance)
    return b"".join(tokens)


def _reword(tokens: list[bytes], chance: random.Random) -> None:
    """Put words of the trade into a text between tags."""
    texts = [index for index, token in enumerate(tokens) if not token.startswith(b"<") and token.strip()]
    if not texts:
        return
    at = chance.choice(texts)
    word = chance.choice(_WORDS).replace(b"<", b"&lt;")
    tokens[at] = chance.choice((word, tokens[at] + word, word + tokens[at], chance.choice(_VALUES)))


def _bytes(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    way = chance.randrange(6)
    if way == 0:
        return body[:at] + chance.choice(_WORDS) + body[at:]
    if way == 1:
        return body[:at] + body[at + chance.choice((1, 2, 8, 64)) :]
    if way == 2:
        end = at + chance.choice((1, 4, 32, 200))
        return body[:at] + body[at:end] * 2 + body[end:]
    if way == 3:
        return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]
    if way == 4:
        return body[:at] + chance.choice(_VALUES) + body[at + chance.choice((0, 1, 4)) :]
    return body[:at] + _NUMBER.sub(lambda _: chance.choice(_VALUES), body[at:], count=1)
