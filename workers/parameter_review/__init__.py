"""技术参数审查 (Article 18): one module a step, named as its element in `bpmn/parameter_review/parameter_review.bpmn`.

Modules with an underscore in front are shared by several steps and are no step of their own.
"""

from workers.parameter_review._periods import Periods
from workers.parameter_review.align_items import AlignItems
from workers.parameter_review.check_amounts import CheckAmounts
from workers.parameter_review.check_reasonableness import CheckReasonableness
from workers.parameter_review.compare_parameters import CompareParameters
from workers.parameter_review.compare_published import ComparePublished
from workers.parameter_review.confirm_review import ConfirmReview
from workers.parameter_review.correct_documents import CorrectDocuments
from workers.parameter_review.explain_deviations import ExplainDeviations
from workers.parameter_review.parse_documents import ParseDocuments
from workers.parameter_review.record_explanations import RecordExplanations
from workers.parameter_review.record_outcome import RecordOutcome
from workers.parameter_review.render_opinion import RenderOpinion
from workers.parameter_review.review_parameters import ReviewParameters
from workers.parameter_review.revise_tender import ReviseTender
from workers.parameter_review.scan_brands import ScanBrands
from workers.parameter_review.settle_findings import SettleFindings
from workers.parameter_review.submit_published_tender import SubmitPublishedTender
from workers.parts import Parts, Rooms


def rooms(parts: Parts) -> Rooms:
    """Make every step and task listener of the process from what it needs."""
    registry, periods = parts.registry, Periods()
    return Rooms(
        steps=(
            ParseDocuments(registry, parts.uploads, parts.people, periods, parts.documents),
            AlignItems(registry),
            CompareParameters(registry),
            ScanBrands(registry),
            CheckAmounts(registry, periods),
            CheckReasonableness(registry, parts.criteria),
            RecordExplanations(registry, periods),
            SettleFindings(registry),
            RenderOpinion(registry, parts.people, parts.models / "parameter_review" / "render_opinion.docx", periods),
            RecordOutcome(registry, periods),
            ComparePublished(registry, parts.uploads, periods, parts.documents),
        ),
        listeners=(
            CorrectDocuments(registry),
            ExplainDeviations(registry),
            ReviewParameters(registry, periods),
            ConfirmReview(registry, periods),
            ReviseTender(registry),
            SubmitPublishedTender(registry),
        ),
    )
