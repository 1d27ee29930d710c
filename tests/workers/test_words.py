"""What people write is kept without the characters that no document and no database can hold."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from workers.documents import render
from workers.words import writable, writable_throughout


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("第一行\x0b第二行\r\n第三行\u2028", "第一行\n第二行\n第三行\n"),
        ("金额\x00\x08\ud800\ufffe１万元\t", "金额１万元\t"),
        ("𠮷", "𠮷"),
        (5, "5"),
        (1.5, "1.5"),
        (None, ""),
        (True, ""),
        ({"a": 1}, ""),
        (["a"], ""),
    ],
)
def test_a_value_becomes_text_that_can_be_kept(value: Any, kept: str) -> None:
    assert writable(value) == kept


def test_plain_data_is_made_writable_throughout() -> None:
    assert writable_throughout({"a": ["x\x00", {"b": "y\x0c"}], "n": 1, "t": True}) == {
        "a": ["x", {"b": "y\n"}],
        "n": 1,
        "t": True,
    }


def test_unwritable_characters_cut_nothing_off_a_rendered_document(tmp_path: Path) -> None:
    template = Document()
    template.add_paragraph("{{ first }}")
    template.add_paragraph("{{ second }}")
    template.save(str(tmp_path / "t.docx"))
    content = render(tmp_path / "t.docx", {"first": "前\x00\x0b后<b>&", "second": "完"}, date(2026, 11, 23))
    assert zipfile.ZipFile(BytesIO(content)).testzip() is None
    assert [each.text for each in Document(BytesIO(content)).paragraphs] == ["前\n后<b>&", "完"]
