"""核对公告文件."""

from collections.abc import Mapping
from typing import Any

from records.canonical import sha256_hex
from records.documents import NewDocument
from records.models import ReviewState
from workers.parameter_review._periods import Periods
from workers.parameter_review._round import documents_of, review_of
from workers.parameter_review._uploads import Refusal, media_type_of, name_of, only_file
from workers.parameter_review.record_outcome import PLATFORM
from workers.parts import Documents, Uploads
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type
from workers.words import writable


class ComparePublished:
    """Make sure that what was published is what was reviewed, byte for byte (Article 18).

    Another file is not judged here: it goes into the next round, where it is read like any tender. The outcome is
    written under the element instance key.
    """

    def __init__(self, registry: Registry, uploads: Uploads, periods: Periods, documents: Documents) -> None:
        self._registry = registry
        self._uploads = uploads
        self._periods = periods
        self._documents = documents

    def handle(
        self, at: Occasion, review_round: int, published_document: Any = None, notice_number: Any = None
    ) -> Variables:
        """Return whether the files are the same; when not, the published one as the tender to review."""
        done = self._registry.finished(at, job_type(self))
        if done is not None:
            return done
        try:
            reference = only_file(published_document, "公告文件")
        except Refusal:
            reference = {}  # Told to the unit when the file is read, in the round that follows.
        content = self._uploads.fetch(reference, self._documents.limits.file_bytes) if reference else None

        def work(books: Books) -> Variables:
            review = review_of(books, at)
            _, reviewed = documents_of(books, review, review_round)
            books.close_period(self._periods.publication)
            matches = content is not None and sha256_hex(content) == reviewed.sha256
            told = {"round": review_round, "notice_number": writable(notice_number), "matches": matches}
            books.note("published.compared", told)
            if content is None or not matches:
                return {"published_matches": False, "tender_document": published_document}
            return self._end(books, at, content, reference, writable(notice_number))

        return self._registry.once(at, job_type(self), work)

    def _end(
        self, books: Books, at: Occasion, content: bytes, reference: Mapping[str, Any], notice_number: str
    ) -> Variables:
        review = review_of(books, at)
        new = NewDocument(
            content=content,
            kind="published_tender",
            file_name=name_of(reference) or "公告文件",
            media_type=media_type_of(reference),
            created_by=review.submitted_by,
            created_at=at.now,
        )
        review.published_document_id = books.documents.add(new).id
        books.reviews.move(review, ReviewState.AGREED, at.now)
        told = {"project_code": review.project.code, "package": review.package, "notice_number": notice_number}
        books.push(PLATFORM, "parameter_review.published", told)
        return {"published_matches": True}
