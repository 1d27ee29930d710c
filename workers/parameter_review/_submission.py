"""What a unit hands in, looked at as a whole before anything is written: every problem is told at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.documents import DocumentRefused, Limits, ParameterTable, read_document
from workers.parameter_review._request import FIELDS, ReviewRequest, read_request, valid_unit_code
from workers.parameter_review._uploads import Refusal, media_type_of, name_of, only_file
from workers.parts import People, Uploads
from workers.words import writable

SECRET = "secrecy_marking"  # noqa: S105 - the reader's code for a marked file
UNKNOWN_UNIT = "unknown_unit"

BUREAU = "bdb_tech"
"""Corrects a request whose unit nobody knows: the office that reviews (Article 18)."""

SIDES = {
    "approved_document": ("approved_table", "审批后方案参数价格表"),
    "tender_document": ("tender", "招标文件"),
}
"""Of each file's variable: its kind in the registry, and what it is to the unit."""

WANTED = frozenset({*FIELDS, *SIDES, "submitted_by"})


@dataclass(frozen=True)
class Upload:
    """A file that was read, and the table in it."""

    kind: str
    content: bytes
    file_name: str
    media_type: str
    table: ParameterTable


@dataclass(frozen=True)
class Problem:
    """What must be corrected: a code for the audit trail, and the Chinese sentence for the unit."""

    code: str
    message: str


@dataclass(frozen=True)
class Submission:
    """The request and the files as far as they are good, what must be corrected, and by which group.

    `references` are the two variables of the files as they may stay: a marked file's is emptied.
    """

    request: ReviewRequest | None
    uploads: Mapping[str, Upload]
    references: Mapping[str, Any]
    problems: Sequence[Problem]
    corrected_by: str
    submitted_by: str


def look_at(given: Mapping[str, Any], uploads: Uploads, people: People, limits: Limits) -> Submission:
    """Check the request's fields (`WANTED`, each may be anything or None) and read both files."""
    request, wrong = read_request(given)
    problems = [Problem("request", message) for message in wrong]
    code = valid_unit_code(given["unit_code"])
    corrected_by, name = f"pu_{code}_operator" if code else BUREAU, ""
    if code:
        group_name = people.group_name(corrected_by)
        if group_name is None:
            corrected_by = BUREAU
            problems.append(Problem(UNKNOWN_UNIT, f"系统中没有单位代码为“{code}”的单位，请核对单位代码。"))
        else:
            name = group_name.rsplit(" ", 1)[0]  # A unit's group is named 单位 + space + duty.
    read, references = {}, {side: given[side] for side in SIDES}
    for side in SIDES:
        try:
            read[side] = _read(given[side], side, uploads, limits)
        except Refusal as refusal:
            problems.append(Problem(refusal.code, str(refusal)))
            references[side] = None if refusal.code == SECRET else given[side]
    # The people's directory says what the unit is called; one slip of the pen in a form must not rename it.
    request = replace(request, unit_name=name) if request and name else request
    return Submission(request, read, references, problems, corrected_by, writable(given["submitted_by"]))


def _read(given: Any, side: str, uploads: Uploads, limits: Limits) -> Upload:
    kind, label = SIDES[side]
    reference = only_file(given, label)
    name = name_of(reference)
    content = uploads.fetch(reference, limits.file_bytes)
    if content is None:
        raise Refusal("gone", f"文件库中没有{label}《{name}》，或它与上传时不符，请重新上传。")
    try:
        table = read_document(content, name, limits)
    except DocumentRefused as refusal:
        if refusal.code == SECRET:
            # Neither the content nor the name of a marked file may stay anywhere.
            uploads.delete(reference)
            name = "名称不予显示"
        raise Refusal(refusal.code, f"{label}《{name}》：{refusal.message}") from None
    return Upload(kind, content, name, media_type_of(reference), table)
