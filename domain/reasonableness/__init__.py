"""技术参数合理性审查, the other half of Article 18: hints about prices, configuration, duplication, cloud and reuse."""

from domain.documents.table import ParameterTable
from domain.parameters.align import Alignment
from domain.reasonableness.criteria import Criteria, Figure, shipped
from domain.reasonableness.hints import Hint, Topic, identify
from domain.reasonableness.prices import check_unit_prices

__all__ = ["Criteria", "Figure", "Hint", "Topic", "check_documents", "identify", "shipped"]


def check_documents(
    approved: ParameterTable, tender: ParameterTable, alignment: Alignment, criteria: Criteria
) -> tuple[Hint, ...]:
    """Return the hints that the two documents give by themselves, in the approved table's order, not yet identified."""
    return tuple(check_unit_prices(approved, tender, alignment, criteria))
