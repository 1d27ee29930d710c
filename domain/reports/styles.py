"""The looks a report's cells can have, as the style sheet of an Office Open XML workbook."""

from enum import IntEnum

_FACE = '<name val="等线"/><family val="2"/><charset val="134"/>'
_FONTS = {  # bold or not, size in points, colour
    "plain": ("", 10, "1B252D"), "bold": ("<b/>", 10, "1B252D"), "head": ("<b/>", 10, "FFFFFF"),
    "title": ("<b/>", 16, "123C57"), "good": ("", 10, "24633F"), "warn": ("<b/>", 10, "7C5200"),
    "bad": ("<b/>", 10, "9B2720"), "info": ("<b/>", 10, "1C5477"), "doubt": ("<b/>", 10, "5B3F86"),
}  # fmt: skip
_FILLS = {
    "head": "FF1C5477", "label": "FFE8F0F5", "good": "FFE5F1E9", "warn": "FFFBF0D9", "bad": "FFFAE8E5",
    "info": "FFE8F0F5", "doubt": "FFEFE9F7",
}  # fmt: skip
_FORMATS = {"money": (164, "#,##0.00"), "wan": (165, "#,##0.00####"), "percent": (9, "")}


class Style(IntEnum):
    """A cell's look; the number is its place in the style sheet."""

    BARE = 0
    TITLE = 1
    HEAD = 2
    TEXT = 3
    CODE = 4
    """Text that a spreadsheet could take for a formula: kept as text even when the cell is edited."""
    NUMBER = 5
    PERCENT = 6
    LABEL = 7
    MONEY = 8
    WAN = 9
    GOOD = 10
    WARN = 11
    BAD = 12
    INFO = 13
    DOUBT = 14
    CENTRE = 15


_LOOKS: dict[Style, tuple[str, str, str, str]] = {
    # font, fill, horizontal alignment, number format
    Style.BARE: ("plain", "", "", ""),
    Style.TITLE: ("title", "", "", ""),
    Style.HEAD: ("head", "head", "center", ""),
    Style.TEXT: ("plain", "", "left", ""),
    Style.CODE: ("plain", "", "left", ""),
    Style.NUMBER: ("plain", "", "center", ""),
    Style.PERCENT: ("plain", "", "center", "percent"),
    Style.LABEL: ("bold", "label", "left", ""),
    Style.MONEY: ("plain", "", "right", "money"),
    Style.WAN: ("plain", "", "right", "wan"),
    Style.GOOD: ("good", "good", "center", ""),
    Style.WARN: ("warn", "warn", "center", ""),
    Style.BAD: ("bad", "bad", "center", ""),
    Style.INFO: ("info", "info", "center", ""),
    Style.DOUBT: ("doubt", "doubt", "center", ""),
    Style.CENTRE: ("plain", "", "center", ""),
}
_BARE = frozenset({Style.BARE, Style.TITLE})
_LINE = '<{0} style="thin"><color rgb="FFC9D1D5"/></{0}>'


def style_sheet() -> str:
    """Return `xl/styles.xml`."""
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in _FORMATS.values() if code
    )
    fonts = "".join(
        f'<font>{bold}<sz val="{size}"/><color rgb="FF{colour}"/>{_FACE}</font>'
        for bold, size, colour in _FONTS.values()
    )
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill></fill>'
        for colour in _FILLS.values()
    )
    box = "".join(_LINE.format(side) for side in ("left", "right", "top", "bottom"))
    looks = "".join(_look(style) for style in Style)
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="2">{formats}</numFmts>'
        f'<fonts count="{len(_FONTS)}">{fonts}</fonts>'
        f'<fills count="{len(_FILLS) + 2}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fills}</fills>'
        f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f"<border>{box}<diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(Style)}">{looks}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _look(style: Style) -> str:
    font, fill, align, number = _LOOKS[style]
    bare = style in _BARE
    vertical = "center" if style is Style.HEAD else "top"
    alignment = "" if bare else f'<alignment horizontal="{align}" vertical="{vertical}" wrapText="1"/>'
    return (
        f'<xf numFmtId="{_FORMATS[number][0] if number else 0}" fontId="{list(_FONTS).index(font)}"'
        f' fillId="{list(_FILLS).index(fill) + 2 if fill else 0}" borderId="{0 if bare else 1}" xfId="0"'
        f' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        f"{' quotePrefix=' + chr(34) + '1' + chr(34) if style is Style.CODE else ''}>{alignment}</xf>"
    )
