"""What a unit hands in about a change during procurement: one document, against what was approved and agreed before."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain.documents import ParameterTable
from domain.parameters.amend import Amended, amend
from domain.parameters.offers import replace_models
from domain.parameters.rules import Rules
from records.models import ReviewKind
from workers.parameter_review._agreed import Agreed
from workers.parameter_review._change import CHANGED_ONLY, ChangeRequest, read_change
from workers.parameter_review._request import Problem, read_request, wrong_fields
from workers.parameter_review._submission import SECRET, Change, Submission, Upload, take, who_corrects
from workers.parameter_review._uploads import Refusal
from workers.parts import Documents, People, Uploads
from workers.words import writable

LABEL = "变更文件"
NAMED = ("unit_code", "project_code", "package_name")
"""What the unit says itself; everything else about the project is taken from the agreed review."""

Find = Callable[[str, str, str, str], Agreed | Problem]
"""Unit code, project code, package and number of the earlier opinion to the agreed review."""


class ChangeLook:
    """Looks at a change as a whole before anything is written: every problem is told at once."""

    def __init__(self, find: Find, uploads: Uploads, people: People, documents: Documents, rules: Rules) -> None:
        self._find = find
        self._uploads = uploads
        self._people = people
        self._documents = documents
        self._rules = rules

    def look_at(self, kind: ReviewKind, given: Mapping[str, Any]) -> Submission:
        """Check the fields, find what was agreed before, and lay the document over it."""
        stated, wrong = read_change(kind, given)
        wrong = [*wrong_fields(given, NAMED), *wrong]
        problems = [Problem("request", message) for message in wrong]
        corrected_by, name, unknown = who_corrects(given, self._people)
        problems += unknown
        if given["approved_document"]:
            told = "变更审查沿用原审查的批复参数价格表，不能另行上传；已上传的没有采用，请直接重新提交。"
            problems.append(Problem("baseline_given", told))
        references = {"approved_document": None, "tender_document": given["tender_document"]}
        submission = Submission(None, {}, references, problems, corrected_by, writable(given["submitted_by"]))
        if stated is None or wrong_fields(given, NAMED):
            return submission
        package = writable(given["package_name"]).strip()
        agreed = self._find(given["unit_code"], given["project_code"], package, stated.opinion)
        if isinstance(agreed, Problem):
            return replace(submission, problems=[*problems, agreed])
        request, incomplete = read_request({**given, **_known(agreed), "unit_name": name or agreed.unit_name})
        problems += [Problem("request", message) for message in incomplete]
        return self._with_document(replace(submission, request=request, problems=problems), stated, agreed, given)

    def _with_document(
        self, submission: Submission, stated: ChangeRequest, agreed: Agreed, given: Mapping[str, Any]
    ) -> Submission:
        change = Change(stated, agreed, ())
        try:
            content, name, media_type, amended = take(
                given["tender_document"], LABEL, self._uploads, self._documents.limits.file_bytes,
                lambda content, name: self._amended(stated, agreed.tender, content, name),
            )  # fmt: skip
        except Refusal as refusal:
            kept = None if refusal.code == SECRET else given["tender_document"]
            problems = [*submission.problems, Problem(refusal.code, str(refusal))]
            references = {**submission.references, "tender_document": kept}
            return replace(submission, problems=problems, references=references, change=change)
        refused = [Problem("not_placed", message) for message in amended.refusals]
        upload = Upload("change_notice", content, name, media_type, amended.table)
        return replace(
            submission,
            uploads={"tender_document": upload},
            problems=[*submission.problems, *refused],
            change=replace(change, doubts=amended.doubts),
        )

    def _amended(self, stated: ChangeRequest, agreed: ParameterTable, content: bytes, name: str) -> Amended:
        if stated.scope != CHANGED_ONLY:
            return Amended(self._documents.read(content, name))
        document = self._documents.read_changes(content, name)
        lay = replace_models if stated.kind is ReviewKind.REPLACEMENT else amend
        return lay(agreed, document, self._rules)


def _known(agreed: Agreed) -> dict[str, Any]:
    return {
        "project_name": agreed.project_name,
        "approval_number": agreed.approval_number,
        "approval_date": agreed.approval_date.isoformat() if agreed.approval_date else None,
    }
