"""What a file is, told from its bytes and never from its name."""

from enum import StrEnum

from domain.documents.refusals import DocumentRefused

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"

_SIGNATURES = (
    (b"%PDF", "PDF 文档"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"MZ", "可执行程序"),
    (b"\x7fELF", "可执行程序"),
    (b"PK\x05\x06", "空的压缩包"),
)


class Kind(StrEnum):
    """The two families of documents that are read."""

    WORKBOOK = "workbook"
    TEXT = "text"


def check_container(content: bytes) -> None:
    """Refuse everything that is not an Office Open XML package by its first bytes.

    Raises:
        DocumentRefused: empty_file, password_protected, legacy_format or wrong_type.
    """
    if not content:
        raise DocumentRefused("empty_file")
    if content.startswith(_OLE):
        raise _ole_refusal(content)
    if not content.startswith(_ZIP):
        raise DocumentRefused("wrong_type", found=_describe(content))


def kind_of(names: frozenset[str]) -> Kind:
    """Tell a workbook from a text document by the parts of its package.

    Raises:
        DocumentRefused: wrong_type, when the package is neither.
    """
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    if "word/document.xml" in names:
        return Kind.TEXT
    if "xl/workbook.bin" in names:
        raise DocumentRefused("wrong_type", found=" .xlsb 二进制工作簿")
    if any(name.startswith("ppt/") for name in names):
        raise DocumentRefused("wrong_type", found="演示文稿")
    if "mimetype" in names:
        raise DocumentRefused("wrong_type", found="开放文档格式（ODF）")
    raise DocumentRefused("wrong_type", found="普通压缩包")


def _ole_refusal(content: bytes) -> DocumentRefused:
    # The compound file keeps its stream names as UTF-16LE, so the names alone tell a locked package from an old file.
    if _has_stream(content, "EncryptedPackage"):
        return DocumentRefused("password_protected")
    if _has_stream(content, "Workbook") or _has_stream(content, "Book"):
        return DocumentRefused("legacy_format", found=".xls/.et")
    if _has_stream(content, "WordDocument"):
        return DocumentRefused("legacy_format", found=".doc/.wps")
    return DocumentRefused("legacy_format", found="Office/WPS")


def _has_stream(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\x00\x00" in content


def _describe(content: bytes) -> str:
    for signature, found in _SIGNATURES:
        if content.startswith(signature):
            return found
    head = content[:512].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "网页"
    if head.startswith(b"<?xml"):
        return " XML 文本"
    return "纯文本" if b"\x00" not in content[:4096] else "未知格式"
