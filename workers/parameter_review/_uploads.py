"""Files that a form's file picker left in a variable; other clients than the form may leave anything there."""

from collections.abc import Mapping
from typing import Any

from workers.parts import Reference
from workers.words import writable

LONGEST_NAME = 200


class Refusal(Exception):  # noqa: N818 - becomes an outcome of the process
    """A file that cannot be taken in: a code for the audit trail, and the Chinese sentence for the unit."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def only_file(given: Any, side: str) -> Reference:
    """Return the one file of a variable.

    Args:
        given: what the variable holds; a file picker leaves a list of one reference.
        side: what the file is to the unit (招标文件, …).

    Raises:
        Refusal: there is none, there are several, or it is no file.
    """
    files = given if isinstance(given, list) else [given] if given else []
    if not files:
        raise Refusal("missing", f"没有收到{side}，请上传。")
    if len(files) > 1:
        raise Refusal("several", f"{side}收到 {len(files)} 个文件，只能审查一个，请合并成一个文件后重新上传。")
    reference = files[0]
    if not isinstance(reference, dict) or not isinstance(reference.get("documentId"), str):
        raise Refusal("no_file", f"{side}没有作为文件上传，请在表单中选择文件重新上传。")
    return reference


def name_of(reference: Reference) -> str:
    """Return a file's name, "" when it has none."""
    return writable(_metadata(reference).get("fileName"))[-LONGEST_NAME:]


def media_type_of(reference: Reference) -> str:
    """Return a file's media type as its uploader named it, "" when unknown."""
    return writable(_metadata(reference).get("contentType"))[:LONGEST_NAME]


def _metadata(reference: Reference) -> Mapping[str, Any]:
    metadata = reference.get("metadata")
    return metadata if isinstance(metadata, dict) else {}
