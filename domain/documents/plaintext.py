"""Bytes of a text file to text: the encodings that Chinese offices write, told apart without guessing over doubt."""

import codecs
import re

from domain.documents.refusals import DocumentRefused

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHINESE = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")
_CERTAIN = 2
# GB18030 gives every byte pair some character; what no text holds tells that the guess was wrong.
_NEVER_WRITTEN = re.compile("[\x80-\x9f\ue000-\uf8ff\ufffd]")


def decode(content: bytes) -> str:
    """Decode UTF-8 (with or without a mark), UTF-16 with a mark, or GBK/GB18030.

    Raises:
        DocumentRefused: mixed_encoding or nul_bytes, with the first line that tells.
    """
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return _checked(_strict(content[len(mark) :], encoding))
    try:
        return _checked(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        position = error.start
    _check_lines(content)
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise DocumentRefused("mixed_encoding", place=_line(content, max(position, error.start))) from error
    odd = _NEVER_WRITTEN.search(text)
    if odd is not None:
        raise DocumentRefused("mixed_encoding", place=f"文本第{text.count(chr(10), 0, odd.start()) + 1}行")
    return _checked(text)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        raise DocumentRefused("mixed_encoding", place=f"文本第{before.count(chr(10)) + 1}行") from error


def _check_lines(content: bytes) -> None:
    """Refuse a file of which some lines are certainly UTF-8 although the whole is not.

    Two Chinese characters of UTF-8 in one line hardly ever come from GBK; one may.
    """
    certain: list[int] = []
    other: list[int] = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            sure = len(_CHINESE.findall(line.decode("utf-8"))) >= _CERTAIN
        except UnicodeDecodeError:
            other.append(number)
        else:
            if sure:
                certain.append(number)
    if certain and len(certain) * 20 >= len(other):
        fewer = min((certain, other), key=len)
        raise DocumentRefused("mixed_encoding", place=f"文本第{fewer[0]}行")


def _line(content: bytes, position: int) -> str:
    lines = content.count(b"\n", 0, position) + 1
    return f"文本第{lines}行"


def _checked(text: str) -> str:
    position = text.find("\x00")
    if position >= 0:
        raise DocumentRefused("nul_bytes", place=f"文本第{text.count(chr(10), 0, position) + 1}行")
    return text.removeprefix("\ufeff")
