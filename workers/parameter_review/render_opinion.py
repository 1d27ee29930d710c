"""生成审查意见书."""

from pathlib import Path
from typing import Any

from domain.formats import CHINA, document_number
from records.documents import NewDocument
from records.models import ParameterReview
from workers.documents import DOCX, render
from workers.parameter_review._change_words import TITLE
from workers.parameter_review._lines import answers_of
from workers.parameter_review._opinion import Opinion, collect
from workers.parameter_review._periods import Periods
from workers.parameter_review._round import review_of
from workers.parts import People
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type
from workers.words import writable

ISSUER = "沈数技审"
FILE_NAME = "技术参数审查意见"


class RenderOpinion:
    """Write the round's opinion as a document: every deviation, the amounts, the reviewers and the files (Article 18).

    The same round gives the same bytes; document and number are kept under the element instance key.
    """

    def __init__(self, registry: Registry, people: People, template: Path, periods: Periods) -> None:
        self._registry = registry
        self._people = people
        self._template = template
        self._periods = periods

    def handle(  # noqa: PLR0913, PLR0917 - what the opinion says, each by its name
        self,
        at: Occasion,
        review_round: int,
        conclusion: str,
        approved_total_fen: int,
        tender_total_fen: int,
        reasonableness: Any = None,
        requirements: Any = None,
    ) -> Variables:
        """Return the opinion's number and the hash of the document."""
        done = self._registry.finished(at, job_type(self))
        if done is not None:
            return done
        with self._registry.reading(at, job_type(self)) as books:
            review = review_of(books, at)
            opinion = Opinion(
                number=_number(review, at),
                conclusion=conclusion,
                totals=(approved_total_fen, tender_total_fen),
                reasonableness=answers_of(reasonableness),
                requirements=writable(requirements),
                day=at.now.astimezone(CHINA).date(),
                periods=self._periods,
            )
            words = collect(books, review, review_round, opinion, self._people.name)
        content = render(self._template, words, opinion.day)
        return self._registry.once(at, job_type(self), lambda books: self._keep(books, at, opinion.number, content))

    def _keep(self, books: Books, at: Occasion, number: str, content: bytes) -> Variables:
        review = review_of(books, at)
        new = NewDocument(
            content=content,
            kind="opinion",
            file_name=f"{FILE_NAME if review.change is None else TITLE} {number}.docx",
            media_type=DOCX,
            created_by=job_type(self),
            created_at=at.now,
        )
        document = books.documents.add(new)
        review.opinion_document_id = document.id
        books.note("opinion.rendered", {"round": review.round, "number": number, "sha256": document.sha256})
        return {"opinion_number": number, "opinion_sha256": document.sha256}


def _number(review: ParameterReview, at: Occasion) -> str:
    """Return the document number 文号: one serial a review; further rounds of it are told apart by a suffix."""
    number = document_number(ISSUER, at.now.astimezone(CHINA).year, review.id)
    return number if review.round == 1 else number.replace("号", f"-{review.round}号")
