"""XML parts of a document, parsed without entities, network or unbounded depth."""

import codecs
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from domain.documents.limits import Limits
from domain.documents.package import Package
from domain.documents.refusals import DocumentRefused

_XML_SUFFIXES = (".xml", ".rels", ".vml")
_DECLARATION = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
# The strict form of the standard names the same elements in another space.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def check_markup(package: Package) -> None:
    """Refuse a package in which any XML part declares a document type or an entity.

    Raises:
        DocumentRefused: external_entity, naming the part.
    """
    for name, content in package.parts.items():
        if name.lower().endswith(_XML_SUFFIXES) and _declares(content):
            raise DocumentRefused("external_entity", place=name)


def _declares(content: bytes) -> bool:
    head = content[:4]
    if head.startswith(_BOMS) or b"\x00" in head:
        # UTF-16 with or without a mark: an ASCII scan would look straight past the declaration.
        return bool(_DECLARATION.search(content.replace(b"\x00", b"").decode("latin-1")))
    # Only the prologue may hold a declaration, but a scan of the whole part costs little and trusts no boundary.
    return b"<!" in content and bool(_DECLARATION.search(content.decode("latin-1")))


def parse(package: Package, name: str, limits: Limits) -> Any:
    """Parse one part.

    Raises:
        DocumentRefused: damaged when the part is absent or not well-formed, too_deep or too_much_markup
            when it exceeds a limit.
    """
    content = package.parts.get(name)
    if content is None:
        raise DocumentRefused("damaged", place=name)
    check_amount(content, name, limits)
    content = content.replace(_STRICT, _TRANSITIONAL)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        code = "too_deep" if "depth" in str(error) else "damaged"
        raise DocumentRefused(code, place=name) from error
    _check_depth(root, name, limits)
    return root


def check_amount(content: bytes, name: str, limits: Limits) -> None:
    """Refuse a part with more tags and attributes than any honest one, before a tree of it is built.

    Raises:
        DocumentRefused: too_much_markup.
    """
    if content.count(b"<") + content.count(b"=") > limits.markup:
        raise DocumentRefused("too_much_markup", place=name, limit=limits.markup)


def _check_depth(root: Any, name: str, limits: Limits) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.nesting:
            raise DocumentRefused("too_deep", place=name)


def relationships(package: Package, name: str, limits: Limits) -> Iterator[tuple[str, str, str, bool]]:
    """Give the relations of a part: id, type's last word, target, whether it points outside the package."""
    folder, _, stem = name.rpartition("/")
    path = f"{folder}/_rels/{stem}.rels" if folder else f"_rels/{stem}.rels"
    if path not in package.parts:
        return
    for relation in parse(package, path, limits):
        if isinstance(relation.tag, str):
            kind = relation.get("Type", "").rpartition("/")[2]
            outside = relation.get("TargetMode") == "External"
            yield relation.get("Id", ""), kind, relation.get("Target", ""), outside
