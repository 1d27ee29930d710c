"""Whole documents: how a test says what a person reads in them, and the WordprocessingML that people's files hold."""

from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from domain.documents import Item, ParameterTable, read_document
from tests.domain.builders import saved

Read = tuple[str, str, tuple[str, ...], str, int | None, int | None]
WAN = 1_000_000
"""Fen in 万元."""


def as_read(item: Item) -> Read:
    """What a person would copy from the row: sub-system, name, parameters, quantity, unit price and total in fen."""
    return (
        item.subsystem,
        item.name,
        tuple(parameter.text for parameter in item.parameters),
        item.quantity.text if item.quantity else "",
        item.unit_price.fen if item.unit_price else None,
        item.total.fen if item.total else None,
    )


def rows(table: ParameterTable) -> list[Read]:
    """Every item as read."""
    return [as_read(item) for item in table.items]


def names(table: ParameterTable) -> list[str]:
    """The items' names in reading order."""
    return [item.name for item in table.items]


def parameters(table: ParameterTable) -> dict[str, list[str]]:
    """The parameters of each item by its name."""
    return {item.name: [parameter.text for parameter in item.parameters] for item in table.items}


def places(table: ParameterTable) -> dict[str, str]:
    """Parameter text → place, for the whole document."""
    return {parameter.text: parameter.place for item in table.items for parameter in item.parameters}


def codes(table: ParameterTable) -> list[str]:
    """The stable names of the reader's warnings."""
    return [notice.code for notice in table.notices]


def all_text(table: ParameterTable) -> str:
    """Everything the reader took over in any form: what is not in here was lost silently."""
    lines = [clause.text for clause in table.clauses] + [notice.message for notice in table.notices]
    for item in table.items:
        lines += [item.name, item.subsystem, item.package, item.remark]
        lines += [parameter.text for parameter in item.parameters]
        lines += [held.text for held in (item.quantity, item.unit_price, item.total) if held]
    return "\n".join([*lines, *(subtotal.label for subtotal in table.subtotals)])


def read(content: bytes, name: str = "清单.xlsx") -> ParameterTable:
    """Read with the standard limits."""
    return read_document(content, name)


def in_body(document: Any, *fragments: str) -> Any:
    """Append raw WordprocessingML before the section properties."""
    body = document.element.body
    for fragment in fragments:
        body.insert(len(body) - 1, element(fragment))
    return document


def element(fragment: str) -> Any:
    """An element whose prefixes are declared: w, wp, a, r and the ones text boxes need."""
    head, rest = fragment.split(">", 1) if not fragment.split(">", 1)[0].endswith("/") else (fragment[:-2], "/>")
    declared = nsdecls("w", "wp", "a", "r", "pic")
    declared += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    declared += ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    declared += ' xmlns:v="urn:schemas-microsoft-com:vml"'
    if rest == "/>":
        return parse_xml(f"{head} {declared}/>")
    return parse_xml(f"{head} {declared}>{rest}")


def raw_document(*fragments: str) -> bytes:
    """A text document of raw body elements."""
    return saved(in_body(docx.Document(), *fragments))


def p(text: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    """A table cell: text, or block elements as they are."""
    blocks = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A table row of texts or of cells."""
    made = "".join(cell if cell.startswith(("<w:tc", "<w:sdt")) else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{made}</w:tr>"


def tbl(*made: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(made)}</w:tbl>"
