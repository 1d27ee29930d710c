"""解析送审文件."""

from collections.abc import Sequence
from typing import Any

from domain.documents import Limits
from domain.formats import CHINA
from domain.parameters.rules import shipped
from records.documents import NewDocument
from records.models import Document, ParameterReview, ReviewState
from records.projects import NewProject
from records.reviews import Request
from workers.failures import Outcome
from workers.parameter_review._periods import Periods
from workers.parameter_review._request import ReviewRequest
from workers.parameter_review._submission import (
    SIDES,
    UNKNOWN_UNIT,
    WANTED,
    Problem,
    Submission,
    Upload,
    look_at,
)
from workers.parts import People, Uploads
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type

CONFLICT = "conflict"


class ParseDocuments:
    """Read the approved table and the tender and keep both, or send the request back with every reason (Article 18).

    Files and rows are written in one transaction under the element instance key: a second run finds its result there.
    """

    def __init__(self, registry: Registry, uploads: Uploads, people: People, periods: Periods) -> None:
        self._registry = registry
        self._uploads = uploads
        self._people = people
        self._periods = periods
        self._limits = Limits()

    def handle(  # noqa: PLR0913, PLR0917 - the fields of the start form, each by its name; a client may leave any out
        self,
        at: Occasion,
        project_code: Any = None,
        project_name: Any = None,
        unit_code: Any = None,
        unit_name: Any = None,
        approval_number: Any = None,
        approval_date: Any = None,
        package_name: Any = None,
        approved_document: Any = None,
        tender_document: Any = None,
        submitted_by: Any = None,
    ) -> Variables:
        """Return the round and the tender under review; raise `document_refused` when something must be corrected."""
        given = {name: value for name, value in locals().items() if name in WANTED}
        done = self._registry.finished(at, job_type(self))
        if done is None:
            submission = look_at(given, self._uploads, self._people, self._limits)
            done = self._registry.once(at, job_type(self), lambda books: self._take_in(books, at, submission))
        if "refusal_message" in done:
            raise Outcome("document_refused", done["refusal_message"], done)
        return done

    def _take_in(self, books: Books, at: Occasion, submission: Submission) -> Variables:
        problems = [*submission.problems, *_conflicts(books, at, submission.request)]
        if problems or submission.request is None:
            return self._refuse(books, at, submission, problems)
        return self._keep(books, _open(books, at, submission.request), at, submission)

    def _keep(self, books: Books, review: ParameterReview, at: Occasion, submission: Submission) -> Variables:
        approved, tender = (submission.uploads[side] for side in SIDES)
        for period in (self._periods.correction, self._periods.revision, self._periods.publication):
            books.close_period(period)
        if books.tables.tender(review.id, review.round) is None:
            books.reviews.move(review, ReviewState.CHECKING, at.now)
        else:
            books.reviews.start_round(review, review.round + 1, at.now)
        table = _same_as_before(books, review, approved) or books.documents.add(_new_document(approved, review, at))
        document = books.documents.add(_new_document(tender, review, at))
        baseline = books.tables.store_baseline(review.project_id, table, approved.table, at.now)
        review.baseline_table_id = baseline.id
        books.tables.store_tender(review.id, review.round, document, tender.table, at.now)
        pinned = books.dictionary.pin(review, shipped(), at.now.astimezone(CHINA).date(), at.now)
        counts = {"approved_rows": len(approved.table.items), "tender_rows": len(tender.table.items)}
        hashes = {"approved_sha256": table.sha256, "tender_sha256": document.sha256}
        rules = {"rules": pinned.rules_version, "dictionary": pinned.dictionary_version}
        told = {"round": review.round, **counts, **hashes, **rules, "submitted_by": submission.submitted_by}
        books.note("documents.parsed", told)
        return {"review_round": review.round, "reviewed_file_name": document.file_name}

    def _refuse(self, books: Books, at: Occasion, submission: Submission, problems: Sequence[Problem]) -> Variables:
        codes = [problem.code for problem in problems]
        review = books.reviews.find_instance(at.process_instance_key)
        if submission.request and {CONFLICT, UNKNOWN_UNIT}.isdisjoint(codes):
            review = _open(books, at, submission.request)
        if review is not None:
            books.reviews.move(review, ReviewState.CORRECTING, at.now)
        books.note("documents.refused", {"codes": codes, "submitted_by": submission.submitted_by})
        return {
            "refusal_message": _listed([problem.message for problem in problems]),
            "correction_due": books.open_period(self._periods.correction),
            "correction_group": submission.corrected_by,
            **submission.references,
        }


def _conflicts(books: Books, at: Occasion, request: ReviewRequest | None) -> list[Problem]:
    """Return what a good request has against it in the registry."""
    if request is None:
        return []
    project = books.projects.with_code(request.project_code)
    is_others = project is not None and project.organisation.code != request.unit_code
    if project is not None and is_others and books.projects.is_settled(project):
        other = f"项目代码 {request.project_code} 已由其他单位登记，请核对项目代码和单位代码。"
        return [Problem(CONFLICT, other)]
    review = books.reviews.find_instance(at.process_instance_key)
    if review is None or review.baseline_table_id is None:
        return []
    if (review.project.code, review.package) != (request.project_code, request.package_name):
        registered = f"项目代码 {review.project.code}、采购包“{review.package}”"
        fixed = f"本次审查登记的是{registered}，审查开始后不能更改；审查其他项目或采购包请另行申请。"
        return [Problem(CONFLICT, fixed)]
    return []


def _open(books: Books, at: Occasion, request: ReviewRequest) -> ParameterReview:
    project = NewProject(request.project_code, request.project_name, request.unit_code, request.unit_name)
    opened = Request(
        process_instance_key=at.process_instance_key,
        project_id=books.projects.register(project, at.now).id,
        package=request.package_name,
        approval_number=request.approval_number,
        approval_date=request.approval_date,
        submitted_by=request.unit_name,
    )
    return books.reviews.open(opened, at.now)


def _listed(messages: Sequence[str]) -> str:
    if len(messages) == 1:
        return messages[0]
    return "\n\n".join(f"（{number}）{message}" for number, message in enumerate(messages, 1))


def _same_as_before(books: Books, review: ParameterReview, approved: Upload) -> Document | None:
    """Return the approved table's document when this round brings the very same file again."""
    if review.baseline_table_id is None:
        return None
    earlier = books.documents.with_id(books.tables.baseline(review.baseline_table_id).document_id)
    return earlier if earlier is not None and earlier.sha256 == approved.table.sha256 else None


def _new_document(upload: Upload, review: ParameterReview, at: Occasion) -> NewDocument:
    return NewDocument(
        content=upload.content,
        kind=upload.kind,
        file_name=upload.file_name,
        media_type=upload.media_type,
        created_by=review.submitted_by,
        created_at=at.now,
    )
