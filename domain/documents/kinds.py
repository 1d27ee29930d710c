"""What a file is, told from its bytes and never from its name."""

from dataclasses import dataclass
from enum import StrEnum

from domain.documents.compound import SIGNATURE, CompoundFile
from domain.documents.limits import Limits
from domain.documents.markup import check_markup
from domain.documents.package import open_package
from domain.documents.refusals import DocumentRefused

_ZIP = b"PK\x03\x04"
_RTF = b"{\\rtf"
_PDF = b"%PDF-"
_PDF_HEAD = 1024
_HEAD = 4096

_SIGNATURES = (
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"II*\x00", "TIFF 图片"),
    (b"MM\x00*", "TIFF 图片"),
    (b"%OFD", "OFD 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"MZ", "可执行程序"),
    (b"\x7fELF", "可执行程序"),
    (b"PK\x05\x06", "空的压缩包"),
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NOT_IN_TEXT = frozenset({*range(1, 9), *range(14, 26), *range(27, 32), 127})
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": ("odt", ".odt", "docx"),
    b"application/vnd.oasis.opendocument.spreadsheet": ("ods", ".ods", "xlsx"),
}


_CONVERTED_PARTS = (b"xl/workbook.bin", b"mimetype")
"""A package is looked into only when one of these names stands in its directory."""


class Kind(StrEnum):
    """The families of documents that are read."""

    PACKAGE = "package"
    OLD_WORKBOOK = "old_workbook"
    PDF = "pdf"
    DELIMITED = "delimited"
    WORKBOOK = "workbook"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Conversion:
    """A format that only an office program reads: its suffix, how users call it, and what to convert it into."""

    suffix: str
    found: str
    target: str


def family_of(content: bytes) -> Kind:
    """Tell the family of a file by its first bytes; `PACKAGE` is looked into by `kind_of`.

    Raises:
        DocumentRefused: empty_file, password_protected, legacy_format or wrong_type.
    """
    if not content:
        raise DocumentRefused("empty_file")
    if content.startswith(SIGNATURE):
        return _compound(content)
    if content.startswith(_ZIP):
        return Kind.PACKAGE
    if content.startswith(_RTF):
        raise DocumentRefused("legacy_format", found=".rtf")
    if _PDF in content[:_PDF_HEAD]:
        return Kind.PDF
    if (found := _describe(content)) != "":
        raise DocumentRefused("wrong_type", found=found)
    return Kind.DELIMITED


def kind_of(names: frozenset[str]) -> Kind:
    """Tell a workbook from a text document by the parts of its package.

    Raises:
        DocumentRefused: wrong_type or legacy_format, when the package is neither.
    """
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    if "word/document.xml" in names:
        return Kind.TEXT
    if "xl/workbook.bin" in names:
        raise DocumentRefused("legacy_format", found=".xlsb 二进制工作簿")
    if any(name.startswith("ppt/") for name in names):
        raise DocumentRefused("wrong_type", found="演示文稿")
    if "mimetype" in names:
        raise DocumentRefused("legacy_format", found="开放文档（ODF）")
    if any(name.lower().endswith("ofd.xml") for name in names):
        raise DocumentRefused("wrong_type", found="OFD 文档")
    raise DocumentRefused("wrong_type", found="普通压缩包")


def conversion_of(content: bytes, limits: Limits) -> Conversion | None:
    """Tell whether a file must be converted before it can be read, None when it is read as it is or not at all.

    A package is judged by the same limits as one that is read, so that no converter meets a bomb.

    Raises:
        DocumentRefused: the file is locked or damaged, or its package exceeds a limit or declares a document type.
    """
    if content.startswith(_RTF):
        return Conversion("rtf", ".rtf", "docx")
    if content.startswith(SIGNATURE):
        return _old_text(CompoundFile(content))
    if not content.startswith(_ZIP) or not any(name in content for name in _CONVERTED_PARTS):
        return None
    package = open_package(content, limits)
    if "xl/workbook.bin" in package.names:
        check_markup(package)
        return Conversion("xlsb", ".xlsb", "xlsx")
    if b"encryption-data" in package.parts.get("META-INF/manifest.xml", b""):
        raise DocumentRefused("password_protected")
    known = _OPEN_DOCUMENT.get(package.parts.get("mimetype", b"").strip())
    if known is not None:
        check_markup(package)
    return None if known is None else Conversion(*known)


def _old_text(compound: CompoundFile) -> Conversion | None:
    if "EncryptedPackage" in compound.names or "WordDocument" not in compound.names:
        return None
    head = compound.stream("WordDocument") or b""
    if len(head) > 11 and head[11] & 1:
        # The bit fEncrypted of the file's head: [MS-DOC] 2.5.2.
        raise DocumentRefused("password_protected")
    return Conversion("doc", ".doc/.wps", "docx")


def _compound(content: bytes) -> Kind:
    names = CompoundFile(content).names
    if "EncryptedPackage" in names:
        raise DocumentRefused("password_protected")
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return Kind.OLD_WORKBOOK
    if "WordDocument" in names:
        raise DocumentRefused("legacy_format", found=".doc/.wps")
    raise DocumentRefused("wrong_type", found="其他旧版 Office/WPS 文件")


def _describe(content: bytes) -> str:
    """Name what is surely no text of a table; "" for what may be one."""
    for signature, found in _SIGNATURES:
        if content.startswith(signature):
            return found
    head = content[:_HEAD]
    if head.startswith(_BOMS):
        return ""
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        return "网页"
    if start.startswith(b"<?xml"):
        return " XML 文本"
    # A text without a mark that has a zero byte in every other place is UTF-16; its reader says so.
    return "未知格式" if _NOT_IN_TEXT & set(head) or _is_mostly_zero(head) else ""


def _is_mostly_zero(head: bytes) -> bool:
    return head.count(0) > len(head) * 0.6
