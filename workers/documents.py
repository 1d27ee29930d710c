"""Documents from templates: a Word file edited by people, filled in by a step, the same bytes for the same words."""

import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from workers.words import writable_throughout

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a zip archive can tell; with it the archive says nothing about when it was made."""


def render(template: Path, words: Mapping[str, Any], day: date) -> bytes:
    """Fill in a .docx template.

    Args:
        template: written in Word with `{{ … }}` and `{% … %}` (docxtpl).
        words: what to fill in; markup characters in them stay what they are, unwritable ones are left out.
        day: the document's date of creation.

    Raises:
        jinja2.UndefinedError: the template asks for something that is not in `words`.
    """
    document = DocxTemplate(template)
    document.render(
        writable_throughout(dict(words)), Environment(undefined=StrictUndefined, autoescape=True), autoescape=True
    )
    properties = document.docx.core_properties
    properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a date only
    properties.last_modified_by, properties.revision = "", 1
    written = BytesIO()
    document.save(written)
    return _without_times(written.getvalue())


def _without_times(content: bytes) -> bytes:
    repacked = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(repacked, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return repacked.getvalue()
