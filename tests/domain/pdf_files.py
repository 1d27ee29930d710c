"""PDF documents built in memory: text at places, ruled tables, pages turned, pictures; broken where wanted."""

from collections.abc import Iterable, Sequence

SIZE = 10.0
LEADING = 14.0
WIDTH, HEIGHT = 595.0, 842.0


def text(x: float, y: float, words: str, *, size: float = SIZE, mode: int = 0, turn: str = "1 0 0 1") -> str:
    """One line of text with its left end at x, y points above the page's foot."""
    return f"BT /F1 {size} Tf {mode} Tr {turn} {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """One drawn line."""
    return f"0.5 w {x0} {y0} m {x1} {y1} l S\n"


def width(words: str) -> float:
    """How wide a text is: half a character for letters and digits."""
    return sum(SIZE / 2 if " " <= sign <= "~" else SIZE for sign in words)


def wrapped(words: str, room: float) -> list[str]:
    """Break a text where a typesetter would: at its line breaks, and before what has no room left."""
    lines = []
    for part in words.split("\n"):
        current = ""
        for sign in part:
            if width(current + sign) > room:
                lines.append(current)
                current = ""
            current += sign
        lines.append(current)
    return lines


def table(
    rows: Iterable[Sequence[object]],
    widths: Sequence[float],
    *,
    top: float = 780.0,
    left: float = 50.0,
    upright: bool = True,
) -> tuple[str, float]:
    """A ruled table: its drawing, and where it ends.

    None in a row goes on with the cell above, "←" with the one before.
    """
    drawing, y = "", top
    edges = [left + sum(widths[:index]) for index in range(len(widths) + 1)]
    rows = list(rows)
    for number, row in enumerate(rows):
        cells = [wrapped("" if cell in {None, "←"} else str(cell), widths[at] - 6) for at, cell in enumerate(row)]
        height = max(len(cell) for cell in cells) * LEADING + 4
        for at, cell in enumerate(row):
            if cell is not None:
                drawing += line(edges[at], y, edges[at + 1], y)
            if upright and cell != "←":
                drawing += line(edges[at], y, edges[at], y - height)
            for order, words in enumerate(cells[at]):
                drawing += text(edges[at] + 3, y - LEADING * (order + 1) + 2, words) if words else ""
        if upright:
            drawing += line(edges[-1], y, edges[-1], y - height)
        y -= height
        if number == len(rows) - 1:
            drawing += line(edges[0], y, edges[-1], y)
    return drawing, y


def pdf(
    *pages: str, rotate: int = 0, box: tuple[float, float] = (WIDTH, HEIGHT), extra: str = "", info: str = ""
) -> bytes:
    """A document of pages, each given as its drawing; `extra` goes into every page's resources."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    font = len(objects) + 1
    face = "/Type /Font /BaseFont /STSong-Light"
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
    measures = "/Ascent 880 /Descent -120 /CapHeight 880 /ItalicAngle 0 /StemV 93 /FontBBox [-25 -254 1000 880]"
    picture = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    widths = "/DW 1000 /W [1 95 500 814 939 500]"
    objects += [
        f"<< {face} /Subtype /Type0 /Encoding /UniGB-UCS2-H /DescendantFonts [{font + 1} 0 R] >>",
        f"<< {face} /Subtype /CIDFontType0 {widths} {system} /FontDescriptor {font + 2} 0 R >>",
        f"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 {measures} >>",
        f"<< {picture} /Length 1 >>\nstream\nx\nendstream",
    ]
    kids = []
    for drawing in pages:
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}endstream")
        kids.append(len(objects) + 1)
        resources = f"/Resources << /Font << /F1 {font} 0 R >> /XObject << /Im {font + 3} 0 R >> {extra} >>"
        page = f"/MediaBox [0 0 {box[0]} {box[1]}] /Rotate {rotate} /Contents {len(objects)} 0 R {resources}"
        objects.append(f"<< /Type /Page /Parent 2 0 R {page} >>")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    if info:
        objects.append(f"<< /Title <feff{info.encode('utf-16-be').hex()}> >>")
    return written(objects, f"/Info {len(objects)} 0 R" if info else "")


def written(objects: Sequence[str], trailer: str = "") -> bytes:
    """A document of bare objects, numbered from one; the first is its catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(content)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    content += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    return content + f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
