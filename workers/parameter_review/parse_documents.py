"""解析送审文件."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from domain.documents import DocumentRefused, Limits, ParameterTable, read_document
from records.documents import NewDocument
from records.models import Document, ParameterReview, ReviewState
from records.projects import NewProject
from records.reviews import Request
from workers.failures import Outcome
from workers.parameter_review._periods import Periods
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type

Reference = Mapping[str, Any]
"""A Camunda document reference, as a file picker leaves it in a variable."""

SECRET = "secrecy_marking"  # noqa: S105 - the reader's code for a marked file


class Uploads(Protocol):
    """The files users uploaded to the engine."""

    def fetch(self, reference: Reference, limit: int) -> bytes | None:
        """Return at most `limit` + 1 bytes of a file, or None when the engine no longer has it."""

    def delete(self, reference: Reference) -> None:
        """Remove a file for good."""


@dataclass(frozen=True)
class _Request:
    project: NewProject
    package: str
    approval_number: str
    approval_date: date


@dataclass(frozen=True)
class _Upload:
    kind: str
    content: bytes
    file_name: str
    media_type: str
    table: ParameterTable


class _Refusal(Exception):  # noqa: N818 - becomes the outcome `document_refused`
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ParseDocuments:
    """Read the approved table and the tender and keep both, or send them back with the reason (Article 18).

    Files and rows are written in one transaction under the element instance key: a second run finds its result there.
    """

    def __init__(self, registry: Registry, uploads: Uploads, periods: Periods) -> None:
        self._registry = registry
        self._uploads = uploads
        self._periods = periods
        self._limits = Limits()

    def handle(  # noqa: PLR0913, PLR0917 - the fields of the start form, each by its name
        self,
        at: Occasion,
        project_code: str,
        project_name: str,
        unit_code: str,
        unit_name: str,
        approval_number: str,
        approval_date: str,
        package_name: str,
        approved_document: Sequence[Reference],
        tender_document: Sequence[Reference],
    ) -> Variables:
        """Return the round and the tender under review; raise `document_refused` when a file can't be taken in."""
        done = self._registry.finished(at, job_type(self))
        if done is None:
            project = NewProject(project_code, project_name, unit_code, unit_name)
            request = _Request(project, package_name, approval_number, date.fromisoformat(approval_date))
            done = self._take_in(at, request, approved_document, tender_document)
        if "refusal_message" in done:
            raise Outcome("document_refused", done["refusal_message"], done)
        return done

    def _take_in(
        self, at: Occasion, request: _Request, approved: Sequence[Reference], tender: Sequence[Reference]
    ) -> Variables:
        try:
            uploads = (
                self._read(approved, "approved_table", "审批后方案参数价格表"),
                self._read(tender, "tender", "招标文件"),
            )
        except _Refusal as refusal:
            code, message = refusal.code, str(refusal)
            return self._registry.once(
                at, job_type(self), lambda books: self._refuse(books, _open(books, at, request), at, code, message)
            )
        return self._registry.once(
            at, job_type(self), lambda books: self._keep(books, _open(books, at, request), at, *uploads)
        )

    def _read(self, references: Sequence[Reference], kind: str, side: str) -> _Upload:
        if not references:
            raise _Refusal("missing", f"没有收到{side}，请上传。")
        metadata = references[0].get("metadata") or {}
        name = str(metadata.get("fileName") or "")
        content = self._uploads.fetch(references[0], self._limits.file_bytes)
        if content is None:
            raise _Refusal("gone", f"{side}《{name}》已不在文件库中，请重新上传。")
        try:
            table = read_document(content, name, self._limits)
        except DocumentRefused as refusal:
            if refusal.code == SECRET:
                # Neither the content nor the name of a marked file may stay anywhere.
                self._uploads.delete(references[0])
                name = "名称不予显示"
            raise _Refusal(refusal.code, f"{side}《{name}》：{refusal.message}") from None
        return _Upload(kind, content, name, str(metadata.get("contentType") or ""), table)

    def _keep(
        self, books: Books, review: ParameterReview, at: Occasion, approved: _Upload, tender: _Upload
    ) -> Variables:
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
        counts = {"approved_rows": len(approved.table.items), "tender_rows": len(tender.table.items)}
        hashes = {"approved_sha256": table.sha256, "tender_sha256": document.sha256}
        books.note("documents.parsed", {"round": review.round, **counts, **hashes})
        return {"review_round": review.round, "reviewed_file_name": document.file_name}

    def _refuse(self, books: Books, review: ParameterReview, at: Occasion, code: str, message: str) -> Variables:
        books.reviews.move(review, ReviewState.CORRECTING, at.now)
        books.note("documents.refused", {"code": code})
        return {"refusal_message": message, "correction_due": books.open_period(self._periods.correction)}


def _open(books: Books, at: Occasion, request: _Request) -> ParameterReview:
    opened = Request(
        process_instance_key=at.process_instance_key,
        project_id=books.projects.register(request.project, at.now).id,
        package=request.package,
        approval_number=request.approval_number,
        approval_date=request.approval_date,
        submitted_by=request.project.unit_name,
    )
    return books.reviews.open(opened, at.now)


def _same_as_before(books: Books, review: ParameterReview, approved: _Upload) -> Document | None:
    """Return the approved table's document when this round brings the very same file again."""
    if review.baseline_table_id is None:
        return None
    earlier = books.documents.with_id(books.tables.baseline(review.baseline_table_id).document_id)
    return earlier if earlier is not None and earlier.sha256 == approved.table.sha256 else None


def _new_document(upload: _Upload, review: ParameterReview, at: Occasion) -> NewDocument:
    return NewDocument(
        content=upload.content,
        kind=upload.kind,
        file_name=upload.file_name,
        media_type=upload.media_type,
        created_by=review.submitted_by,
        created_at=at.now,
    )
